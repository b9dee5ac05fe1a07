"""The main job, end to end: a text for help, a referral, a navigator who acts, a person told."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from navigator.container import Container
from navigator.domain.roles import Role
from navigator.messaging.outbox import sender
from navigator.storage import conversations, outbox
from sms.segments import measure
from tests.makers import Clock, make_container, make_staff, sign_in, text
from tests.web.html import page_of

NUMBER = "+14165550101"


@dataclass(frozen=True)
class RegionWords:
    """What somebody of 17 writes who has no home, and what a region has for them."""

    region: str
    place: str
    first: str
    """The service that stands first in the list, and is asked to make contact."""

    @property
    def english(self) -> str:
        return f"I'm 17 in {self.place} and couch surfing"

    @property
    def french(self) -> str:
        return f"j'ai 17 ans, je suis à {self.place} et je dors chez des amis"


REGIONS = (
    RegionWords("halton", "Milton", "Bridging the Gap"),
    RegionWords("example", "Fauxford", "Example Youth Home"),
)


@pytest.fixture(params=REGIONS, ids=lambda words: words.region)
def words(request: pytest.FixtureRequest) -> RegionWords:
    """Give what is said in each region in turn."""
    return request.param


@pytest.fixture
def container(tmp_path: Path, clock: Clock, words: RegionWords) -> Container:
    """Put an instance of the region together."""
    return make_container(tmp_path, now=clock, region=words.region)


def until_the_list(client: FlaskClient, first: str, answers: dict[str, str]) -> str:
    """Text and answer questions until the list comes; at most three questions are asked first."""
    said = text(client, first)
    for _ in range(4):
        if "1 = " in said:
            return said
        wanted = next((a for words, a in answers.items() if words in said), "0")
        said = text(client, wanted)
    pytest.fail("no list after three questions")


def refer(client: FlaskClient, name: str = "Sam") -> str:
    """Go from the list to a referral; give its code."""
    said = text(client, "1")
    if "0 " in said:
        said = text(client, "1")
    said = text(client, name)
    assert name in said
    said = text(client, "1")
    assert "UNSHARE" in said
    done = text(client, "1")
    found = re.search(r"\b([A-Z2-9]{6})\b", done)
    assert found, done
    return found.group(1)


def letters(container: Container) -> list[str]:
    """Deliver what is due and give all that was sent to the number."""
    sender.send_due(container)
    with container.database.unit_of_work() as uow:
        return [letter.body for letter in outbox.list_to_number(uow, NUMBER)]


def test_from_a_text_for_help_to_a_closed_referral(
    container: Container, client: FlaskClient, clock: Clock, words: RegionWords
) -> None:
    make_staff(container)
    said = until_the_list(client, words.english, {})
    assert words.first in said
    code = refer(client)

    desk = parts_app_client(client)
    sign_in(desk)
    assert code in page_of(desk.get("/workspace")).text
    shown = page_of(desk.get(f"/workspace/referrals/{code}")).text
    for told in ("Sam", NUMBER, "couch surfing", "17", words.place, "1 = I agree"):
        assert told in shown

    move(desk, code, "take")
    assert any(code in letter for letter in letters(container))
    clock.forward(minutes=20)
    move(desk, code, "reach", note="Spoke on the phone")
    move(desk, code, "complete")
    shown = page_of(desk.get(f"/workspace/referrals/{code}")).text
    assert "Spoke on the phone" in shown
    assert "Closed: got help" in shown
    assert code in page_of(desk.get("/workspace?view=closed")).text
    told = letters(container)
    assert len(told) == 2
    assert not any(words.first in letter or "sleep" in letter for letter in told)


def parts_app_client(client: FlaskClient) -> FlaskClient:
    """Give another browser at the same site."""
    return client.application.test_client()


def move(desk: FlaskClient, code: str, step: str, **more: str) -> None:
    """Press a button on a request."""
    address = f"/workspace/referrals/{code}"
    (version,) = page_of(desk.get(address)).sent("version")
    answer = desk.post(address, data={"move": step, "version": version, **more})
    assert answer.status_code == 302, answer.text


def test_the_same_job_in_french(
    container: Container, client: FlaskClient, words: RegionWords
) -> None:
    said = until_the_list(client, words.french, {})
    assert "qu'on me contacte" in said
    refer(client, "Camille")
    assert "Votre demande" in text(client, "allo?")
    assert "annulé" in text(client, "UNSHARE")


def test_no_is_a_whole_answer(client: FlaskClient, words: RegionWords) -> None:
    until_the_list(client, words.english, {})
    said = text(client, "1")
    if "0 " in said:
        text(client, "1")
    text(client, "Sam")
    text(client, "1")
    said = text(client, "2")
    assert "nothing is shared" in said
    assert re.search(r"\d{3}", said), "the way to call them is still given"


def test_unshare_takes_it_back(
    container: Container, client: FlaskClient, words: RegionWords
) -> None:
    make_staff(container)
    until_the_list(client, words.english, {})
    code = refer(client)
    assert "taken back" in text(client, "unshare")
    desk = parts_app_client(client)
    sign_in(desk)
    shown = page_of(desk.get(f"/workspace/referrals/{code}")).text
    assert "taken back" in shown
    assert "It does not count any more" in shown


def test_erase_forgets_the_person(
    container: Container, client: FlaskClient, words: RegionWords
) -> None:
    make_staff(container)
    until_the_list(client, words.english, {})
    code = refer(client)
    assert "1 = " in text(client, "ERASE")
    assert "erased" in text(client, "1")
    with container.database.unit_of_work() as uow:
        assert conversations.find_by_number(uow, NUMBER) is None
    desk = parts_app_client(client)
    sign_in(desk)
    shown = page_of(desk.get(f"/workspace/referrals/{code}")).text
    for told in ("Sam", NUMBER, "couch surfing"):
        assert told not in shown
    assert "Community Navigator" in text(client, "hello"), "a new talk begins"


def test_a_worker_sees_no_requests(
    container: Container, client: FlaskClient, words: RegionWords
) -> None:
    make_staff(container, "Wren", Role.WORKER)
    until_the_list(client, words.english, {})
    code = refer(client)
    desk = parts_app_client(client)
    sign_in(desk, "Wren")
    assert code not in page_of(desk.get("/workspace")).text
    assert desk.get(f"/workspace/referrals/{code}").status_code == 403


def test_a_move_needs_what_it_records_and_keeps_what_was_typed(
    container: Container, client: FlaskClient, words: RegionWords
) -> None:
    make_staff(container)
    until_the_list(client, words.english, {})
    code = refer(client)
    desk = parts_app_client(client)
    sign_in(desk)
    data = {"move": "decline", "version": "1", "note": "a long note", "reason": ""}
    page = page_of(desk.post(f"/workspace/referrals/{code}", data=data))
    assert page.status == 400
    assert "Something is missing" in page.text
    assert page.sent("note") == ["a long note"]
    again = {"move": "take", "version": "0"}
    stale = page_of(desk.post(f"/workspace/referrals/{code}", data=again))
    assert stale.status == 409
    assert "Somebody else changed this" in stale.text


def test_every_message_fits_two_segments(client: FlaskClient) -> None:
    for body in ("hello", "food", "0", "0", "0", "more", "2", "1", "menu", "9", "info", "aide"):
        said = text(client, body)
        assert measure(said).segments <= 2, said


def test_a_stranger_is_locked_out_after_five_wrong_passwords(
    container: Container, client: FlaskClient, clock: Clock
) -> None:
    make_staff(container)
    for _ in range(5):
        answer = client.post("/sign-in", data={"name": "Robin", "password": "wrong"})
        assert answer.status_code == 403
    right = {"name": "Robin", "password": "correct-horse-battery"}
    assert client.post("/sign-in", data=right).status_code == 403
    clock.forward(minutes=16)
    assert client.post("/sign-in", data=right).status_code == 302


def test_a_sign_in_ends_by_itself(container: Container, client: FlaskClient, clock: Clock) -> None:
    make_staff(container)
    sign_in(client)
    assert client.get("/workspace").status_code == 200
    clock.forward(minutes=31)
    assert client.get("/workspace").status_code == 302
