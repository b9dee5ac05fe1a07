"""Taking the list along: texted to a phone, or left under a code for another device or a worker."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text

from navigator.container import Container
from navigator.services.interview import handoff_codes
from navigator.services.interview.handoff_codes import CodeRefused, HandoffPayload
from navigator.services.messaging import list_by_text
from navigator.storage import outbox
from navigator.storage.tables import HandoffRow
from sms.segments import is_gsm7, measure
from tests.makers import Clock, make_container, make_staff, sign_in
from tests.web.html import Page, page_of, press, press_button

NUMBER, OTHER = "+14165550133", "+14165550134"


@pytest.fixture
def container(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Container:
    return make_container(tmp_path_factory.mktemp("handing"), now=clock)


def listed(client: FlaskClient) -> Page:
    """Go to a list: 17, Milton, no home."""
    first = page_of(client.get("/find"))
    page = press(client, first, "do", "next", words="I'm 17 in Milton and couch surfing")
    return press(client, page, "do", "list")


def act(client: FlaskClient, page: Page, action: str, **typed: str) -> Page:
    """Press the button that leads elsewhere with the page's state."""
    button = next(button for button in page.buttons if button.action == action)
    return press_button(client, page, button, **typed)


def letters(container: Container, number: str = NUMBER) -> list[str]:
    """Give what waits for a number."""
    with container.database.unit_of_work() as uow:
        return [letter.body for letter in outbox.list_to_number(uow, number)]


def texted(client: FlaskClient, number: str = "416-555-0133") -> Page:
    """Ask for the list by text."""
    page = act(client, listed(client), "/find/text")
    return press(client, page, "do", "send", number=number)


def code_of(client: FlaskClient) -> str:
    """Get a code, with a yes."""
    offer = act(client, listed(client), "/find/code/new")
    made = press(client, offer, "do", "yes")
    return made.part("main .code").text


def opened(client: FlaskClient, code: str, do: str = "open") -> Page:
    """Type a code."""
    return press(client, page_of(client.get("/find/code")), "do", do, code=code)


def test_the_list_is_texted_as_it_was_shown_and_nothing_else_is_kept(
    container: Container, client: FlaskClient
) -> None:
    page = act(client, listed(client), "/find/text")
    assert "Bridging the Gap" in page.text
    done = press(client, page, "do", "send", number="416-555-0133")
    assert "on its way" in done.text
    [letter] = letters(container)
    assert "Bridging the Gap" in letter
    assert "STOP ends texts" in letter
    assert is_gsm7(letter)
    assert measure(letter).segments <= list_by_text.WEB_LIST.segments
    with container.database.unit_of_work() as uow:
        for table in ("person", "conversation", "referral", "handoff"):
            assert uow.session.scalar(text(f"select count(*) from {table}")) == 0
    assert press(client, done, "do", "list").sent("at") == ["list"]


def test_words_of_a_stranger_never_get_into_the_text(
    container: Container, client: FlaskClient
) -> None:
    start = page_of(client.get("/find"))
    page = press(client, start, "do", "next", words="food, and call me at evil.example.org")
    page = act(client, press(client, page, "do", "list"), "/find/text")
    press(client, page, "do", "send", number="416-555-0133")
    assert "evil" not in letters(container)[0]


def test_a_number_gets_two_lists_a_day(
    container: Container, client: FlaskClient, clock: Clock
) -> None:
    texted(client)
    texted(client, "+1 (416) 555 0133")
    third = texted(client)
    assert third.status == 400
    assert "enough lists for today" in third.text
    assert third.sent("number") == ["416-555-0133"]
    assert len(letters(container)) == list_by_text.WEB_LIST.most_to_number
    texted(client, "416-555-0134")
    assert len(letters(container, OTHER)) == 1, "another number is not held back"
    clock.forward(hours=25)
    texted(client)
    assert len(letters(container)) == list_by_text.WEB_LIST.most_to_number + 1


def test_an_instance_sends_so_many_lists_an_hour(container: Container, clock: Clock) -> None:
    def send(number: str) -> list_by_text.ListOutcome:
        with container.database.unit_of_work() as uow:
            return list_by_text.send_list(
                uow,
                number=number,
                ways=(),
                language="en",
                now=clock(),
                zone=container.zone,
            )

    sent = [send(f"+1416555{place:04}") for place in range(list_by_text.MOST_IN_AN_HOUR)]
    assert set(sent) == {list_by_text.ListOutcome.SENT}
    assert send(OTHER) is list_by_text.ListOutcome.TOO_BUSY
    clock.forward(minutes=61)
    assert send(OTHER) is list_by_text.ListOutcome.SENT


def test_a_wrong_number_is_said_and_stays_typed(container: Container, client: FlaskClient) -> None:
    page = texted(client, "12")
    assert page.status == 400
    assert page.sent("number") == ["12"]
    assert letters(container) == []


def test_danger_is_heard_in_the_boxes_for_a_number_and_a_code(client: FlaskClient) -> None:
    assert "Get help right now" in texted(client, "i want to die").text
    assert "Get help right now" in opened(client, "kill myself").text


def test_a_list_asked_for_at_night_says_that_it_comes_in_the_morning(
    client: FlaskClient, clock: Clock
) -> None:
    clock.forward(hours=11)
    assert "after 9 in the morning" in texted(client).text


def test_a_code_opens_on_another_device_where_the_person_stopped(client: FlaskClient) -> None:
    code = code_of(client)
    elsewhere = client.application.test_client()
    page = opened(elsewhere, f" {code.lower()} ")
    assert page.sent("a.age") == ["17"]
    assert page.sent("a.municipality") == ["Milton"]
    assert "Bridging the Gap" in page.text
    assert page.sent("words") == [""], "own words are not handed on"


def test_no_code_without_a_yes(container: Container, client: FlaskClient) -> None:
    offer = act(client, listed(client), "/find/code/new")
    assert "14 days" in offer.text
    assert press(client, offer, "do", "list").sent("at") == ["list"]
    assert kept(container) == []


def kept(container: Container) -> list[HandoffRow]:
    """Give what is kept under codes."""
    with container.database.unit_of_work() as uow:
        return list(uow.session.scalars(select(HandoffRow)))


def test_what_is_kept_shows_neither_code_nor_answers(
    container: Container, client: FlaskClient
) -> None:
    code = code_of(client).replace("-", "")
    [row] = kept(container)
    assert code not in row.code_hash + row.state_sealed
    assert "Milton" not in row.state_sealed
    assert "couch" not in container.encryption.decrypt(row.state_sealed)


def test_a_code_ends_after_14_days_and_is_deleted_by_the_clock(
    container: Container, client: FlaskClient, clock: Clock
) -> None:
    code = code_of(client)
    clock.forward(days=13)
    assert opened(client, code).sent("a.age") == ["17"]
    clock.forward(days=1)
    assert "opens nothing" in opened(client, code).text
    with container.database.unit_of_work() as uow:
        assert handoff_codes.delete_expired_codes(uow, now=clock()) == 1
    assert kept(container) == []


def test_a_code_can_be_deleted_by_who_has_it(container: Container, client: FlaskClient) -> None:
    code = code_of(client)
    assert "It is deleted" in opened(client, code, "forget").text
    assert kept(container) == []


def test_guessing_is_stopped_for_strangers_and_not_for_staff(
    container: Container, client: FlaskClient, clock: Clock
) -> None:
    code = code_of(client)
    for _ in range(handoff_codes.MOST_WRONG):
        assert opened(client, "222-222").status == 400
    assert opened(client, code).status == 429
    make_staff(container)
    desk = client.application.test_client()
    sign_in(desk)
    assert opened(desk, code).sent("a.age") == ["17"]
    clock.forward(minutes=61)
    assert opened(client, code).sent("a.age") == ["17"]


def test_who_of_the_staff_opened_a_code_is_written_down(
    container: Container, client: FlaskClient
) -> None:
    make_staff(container)
    sign_in(client)
    opened(client, code_of(client))
    with container.database.unit_of_work() as uow:
        acts = uow.session.execute(text("select actor, act, subject from audit")).all()
    assert ("Robin", "open-handoff", "") in [tuple(row) for row in acts]


def test_codes_and_limits_work_on_either_database(
    database_url: str, tmp_path_factory: pytest.TempPathFactory, clock: Clock
) -> None:
    here = make_container(tmp_path_factory.mktemp("either"), now=clock, url=database_url)
    carried = HandoffPayload(
        ("food",), {"age": 17, "newcomer": "declined"}, ("age",), for_other=True, language="fr"
    )
    with here.database.unit_of_work() as uow:
        code = handoff_codes.create_code(uow, carried, now=clock())
        assert code
        assert (
            handoff_codes.redeem_code(uow, "AAAAAA", who=None, now=clock()) is CodeRefused.UNKNOWN
        )
    with here.database.unit_of_work() as uow:
        assert handoff_codes.redeem_code(uow, code, who=None, now=clock()) == carried
        clock.forward(days=15)
        assert handoff_codes.delete_expired_codes(uow, now=clock()) == 1
        assert handoff_codes.delete_expired_codes(uow, now=clock()) == 0
    here.database.close()


@pytest.mark.parametrize("typed", ["", "hello there", "OOOOOO", "K7F3P", "K7F3PQR"])
def test_what_can_be_no_code_is_none(typed: str) -> None:
    assert handoff_codes.normalize_code(typed) is None
