"""Letters leave once: claimed, asked again at hand-over, looked up before they are sent again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from navigator.container import Container
from navigator.domain.consent import Consent
from navigator.domain.referral import Move, MoveCommand, Status, apply_move
from navigator.domain.request_snapshot import RequestSnapshot
from navigator.messaging.outbox import sender
from navigator.services.messaging import delivery_reports
from navigator.storage import conversations, outbox, people, referrals
from navigator.storage.delivery_reports import list_statuses
from navigator.storage.outbox import OutboxMessage, OutboxState
from navigator.worker import poll_delivery_reports
from sms import signature
from sms.delivery_status import DeliveryStatus
from sms.status_callback import StatusCallback
from sms.twilio_carrier import TwilioCarrier
from tests.fakes.twilio_server import FakeTwilio
from tests.makers import CALENDAR, TOKEN, Clock, make_app, make_container, text

NUMBER = "+14165550101"
NIGHT = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)  # midnight in Halton


@pytest.fixture
def fake(clock: Clock) -> Iterator[FakeTwilio]:
    with FakeTwilio(clock=clock) as fake:
        yield fake


@pytest.fixture
def container(
    tmp_path: Path, clock: Clock, fake: FakeTwilio, database_url: str
) -> Iterator[Container]:
    carrier = TwilioCarrier(
        fake.account_sid,
        fake.auth_token,
        fake.number,
        "https://texts.example.org/sms/status",
        base_url=fake.base_url,
        timeout=0.3,
    )
    yield replace(make_container(tmp_path, now=clock, url=database_url), carrier=carrier)
    carrier.close()


def write(
    container: Container,
    body: str = "a notice",
    *,
    kind: str = "notice",
    referral: int | None = None,
) -> None:
    with container.database.unit_of_work() as uow:
        outbox.enqueue(
            uow, number=NUMBER, body=body, kind=kind, now=container.now(),
            not_before=container.now(), referral_id=referral,
        )  # fmt: skip


def letters(container: Container) -> list[OutboxMessage]:
    with container.database.unit_of_work() as uow:
        return outbox.list_to_number(uow, NUMBER)


def one(container: Container) -> OutboxMessage:
    (letter,) = letters(container)
    return letter


def work(container: Container, clock: Clock, *, minutes: int = 10) -> None:
    """Let the postman go round for some time."""
    for _ in range(minutes * 2):
        sender.send_due(container)
        sender.look_up_uncertain(container)
        clock.forward(seconds=30)


def a_referral(container: Container, *, safe: str = "any") -> tuple[int, int]:
    """Make a referral; give its id and the person's."""
    now = container.now()
    with container.database.unit_of_work() as uow:
        person = people.add(
            uow,
            name="Sam",
            number=NUMBER,
            language="en",
            safe_contact=safe,
            now=now,
        )
        consent = people.add_consent(
            uow, person, Consent("a", "An agency", "words", "en", "1", "sms", now)
        )
        snapshot = RequestSnapshot("words", {}, for_other=False, channel="sms")
        new = referrals.NewReferral(person, consent, "food", "a", "A", None, None, snapshot)
        command = MoveCommand(Move.SEND, at=now)
        state = apply_move(Status.DRAFT, command, CALENDAR)
        return referrals.add(uow, new, command, state).id, person


def test_a_letter_is_sent_once(container: Container, fake: FakeTwilio, clock: Clock) -> None:
    write(container)
    work(container, clock)
    assert one(container).state is OutboxState.SENT
    assert one(container).carrier_sid == fake.accepted[0].sid
    assert len(fake.accepted) == 1


@pytest.mark.parametrize(
    "fault",
    ["429", "500", "503", "500_after_accept", "timeout", "timeout_after_accept",
     "reset_after_accept", "garbage_after_accept", "queue_full"],
)  # fmt: skip
def test_whatever_happens_at_the_carrier_a_letter_arrives_once(
    container: Container, fake: FakeTwilio, clock: Clock, fault: str
) -> None:
    fake.script(fault)
    write(container)
    work(container, clock)
    assert one(container).state is OutboxState.SENT
    assert len(fake.accepted) == 1


@pytest.mark.parametrize("number", ["+19005551234", "+18765551234", "+252612345678"])
def test_of_our_own_accord_nothing_leaves_for_a_number_that_costs_us_dearly(
    container: Container, fake: FakeTwilio, number: str
) -> None:
    now = container.now()
    with container.database.unit_of_work() as uow:
        for kind in ("notice", "safety"):
            outbox.enqueue(
                uow, number=number, body=kind, kind=kind, now=now, not_before=now, referral_id=None
            )
    sender.send_due(container)
    with container.database.unit_of_work() as uow:
        ended = {letter.kind: letter for letter in outbox.list_to_number(uow, number)}
    assert ended["notice"].state is OutboxState.STOPPED
    assert ended["notice"].reason == "destination"
    assert ended["safety"].state is OutboxState.SENT, "who texted us is answered wherever they are"
    assert [message.body for message in fake.accepted] == ["safety"]


def test_a_letter_in_doubt_is_not_looked_up_before_the_carrier_can_know(
    container: Container, fake: FakeTwilio, clock: Clock
) -> None:
    fake.script("timeout_after_accept")
    write(container)
    sender.send_due(container)
    assert one(container).state is OutboxState.DOUBTED
    assert sender.look_up_uncertain(container) == 0
    clock.forward(seconds=60)
    assert sender.look_up_uncertain(container) == 1
    assert one(container).state is OutboxState.SENT


def test_two_equal_letters_are_told_apart(
    container: Container, fake: FakeTwilio, clock: Clock
) -> None:
    fake.script("ok", "timeout")
    write(container, "the same words")
    write(container, "the same words")
    work(container, clock)
    assert [message.state for message in letters(container)] == [OutboxState.SENT] * 2
    assert len({message.carrier_sid for message in letters(container)}) == 2
    assert len(fake.accepted) == 2


def test_a_letter_that_nobody_can_look_up_is_shown_as_uncertain(
    container: Container, fake: FakeTwilio, clock: Clock
) -> None:
    write(container)
    fake.script("timeout_after_accept")
    sender.send_due(container)
    away = replace(container, carrier=TwilioCarrier(
        fake.account_sid, "a-wrong-token", fake.number, None, base_url=fake.base_url
    ))  # fmt: skip
    for _ in range(40):
        clock.forward(minutes=3)
        sender.look_up_uncertain(away)
    assert one(container).state is OutboxState.UNCERTAIN
    with container.database.unit_of_work() as uow:
        assert outbox.list_failed(uow, within=timedelta(days=1), now=clock())
    work(container, clock)
    assert len(fake.accepted) == 1


def test_a_letter_whose_postman_died_is_looked_up(
    container: Container, fake: FakeTwilio, clock: Clock
) -> None:
    write(container)
    with container.database.unit_of_work() as uow:
        taken = outbox.claim(uow, now=clock())
    assert taken is not None
    container.carrier.send(to=NUMBER, body=taken.body, reference="x")
    work(container, clock, minutes=10)
    assert one(container).state is OutboxState.SENT
    assert len(fake.accepted) == 1


def test_an_opted_out_number_gets_nothing_more(
    container: Container, fake: FakeTwilio, clock: Clock
) -> None:
    text(make_app(container).test_client(), "I need food")
    fake.script("opted_out")
    write(container)
    write(container)
    work(container, clock)
    assert {message.state for message in letters(container)} == {OutboxState.STOPPED}
    assert fake.accepted == []
    with container.database.unit_of_work() as uow:
        talk = conversations.find_by_number(uow, NUMBER)
    assert talk is not None
    assert talk.opted_out


@pytest.mark.parametrize("fault", ["invalid", "not_mobile", "unauthorized"])
def test_a_refused_letter_is_shown_to_a_person(
    container: Container, fake: FakeTwilio, clock: Clock, fault: str
) -> None:
    fake.script(fault)
    write(container)
    work(container, clock)
    assert one(container).state is OutboxState.FAILED
    assert fake.accepted == []


def test_quiet_hours_are_asked_again_at_the_hand_over(
    container: Container, fake: FakeTwilio, clock: Clock
) -> None:
    write(container)
    clock.moment = NIGHT
    sender.send_due(container)
    assert fake.accepted == []
    clock.forward(hours=9, minutes=5)
    sender.send_due(container)
    assert len(fake.accepted) == 1


@pytest.mark.parametrize("kind", ["safety", "reply", "person"])
def test_what_answers_somebody_leaves_at_night_too(
    container: Container, fake: FakeTwilio, clock: Clock, kind: str
) -> None:
    clock.moment = NIGHT
    write(container, kind=kind)
    sender.send_due(container)
    assert len(fake.accepted) == 1


def test_a_withdrawn_consent_stops_the_letter(
    container: Container, fake: FakeTwilio, clock: Clock
) -> None:
    referral, person = a_referral(container)
    write(container, referral=referral)
    with container.database.unit_of_work() as uow:
        people.withdraw_consents(uow, person, now=clock())
    sender.send_due(container)
    assert one(container).reason == "consent_ended"
    assert fake.accepted == []


def test_a_phone_that_is_not_private_gets_no_letter(container: Container, fake: FakeTwilio) -> None:
    referral, _ = a_referral(container, safe="call")
    write(container, referral=referral)
    sender.send_due(container)
    assert one(container).reason == "not_private"
    assert fake.accepted == []


def send_one(container: Container) -> str:
    write(container)
    sender.send_due(container)
    sid = one(container).carrier_sid
    assert sid
    return sid


def tell(container: Container, sid: str, status: str, code: int | None = None) -> DeliveryStatus:
    with container.database.unit_of_work() as uow:
        return delivery_reports.record_delivery_report(
            uow, StatusCallback(sid, status, code), now=container.now()
        )


def test_the_derived_status_is_the_same_in_every_order(container: Container) -> None:
    for place, order in enumerate(permutations(["queued", "sent", "delivered", "a-new-word"])):
        ranks = [tell(container, f"SM{place}", status) for status in order]
        assert ranks[-1] is DeliveryStatus.DELIVERED
        numbers = [list(DeliveryStatus).index(status) for status in ranks]
        assert numbers == sorted(numbers), "it never moves backwards"


@given(st.lists(st.sampled_from([*DeliveryStatus, "new", "sent"]), min_size=1, max_size=8))
@settings(max_examples=30, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
def test_no_report_moves_a_status_backwards(sqlite_parts: Container, told: list[str]) -> None:
    sid = f"SM{hash(tuple(told))}"
    ranks = [list(DeliveryStatus).index(tell(sqlite_parts, sid, status)) for status in told]
    assert ranks == sorted(ranks)


@pytest.fixture
def sqlite_parts(tmp_path: Path) -> Container:
    return make_container(tmp_path / "more")


def test_a_phone_that_was_off_is_tried_once_more(
    container: Container, fake: FakeTwilio, clock: Clock
) -> None:
    tell(container, send_one(container), "undelivered", 30003)
    work(container, clock)
    assert len(fake.accepted) == 1
    clock.forward(hours=1)
    work(container, clock)
    assert len(fake.accepted) == 2
    tell(container, one(container).carrier_sid or "", "undelivered", 30003)
    work(container, clock)
    assert len(fake.accepted) == 2
    assert one(container).state is OutboxState.FAILED


def test_an_opt_out_that_the_carrier_reports_is_obeyed(container: Container, clock: Clock) -> None:
    text(make_app(container).test_client(), "I need food")
    tell(container, send_one(container), "failed", 21610)
    write(container)
    work(container, clock)
    assert {message.state for message in letters(container)} == {OutboxState.STOPPED}


def test_a_letter_without_a_last_report_is_asked_for(
    container: Container, fake: FakeTwilio, clock: Clock
) -> None:
    sid = send_one(container)
    fake.messages.report(sid, "delivered", None)
    clock.forward(minutes=15)
    poll_delivery_reports(container)
    with container.database.unit_of_work() as uow:
        assert list_statuses(uow, sid) == ["delivered"]
        assert outbox.list_unreported(uow, since=clock() - timedelta(days=1), before=clock()) == ()


@pytest.mark.parametrize("times", [1, 3])
def test_a_report_comes_through_the_signed_address(container: Container, times: int) -> None:
    sid = send_one(container)
    client: FlaskClient = make_app(container).test_client()
    params = [("MessageSid", sid), ("MessageStatus", "delivered"), ("To", NUMBER)]
    url = "https://texts.example.org/sms/status?ref=letter-1"
    signed = signature.sign(url=url, params=params, token=TOKEN)
    for _ in range(times):
        answer = client.post(
            "/sms/status?ref=letter-1", data=dict(params),
            headers={"X-Twilio-Signature": signed},
        )  # fmt: skip
        assert answer.status_code == 204
    unsigned = client.post("/sms/status", data=dict(params))
    assert unsigned.status_code == 403
    with container.database.unit_of_work() as uow:
        assert list_statuses(uow, sid) == ["delivered"]


@pytest.mark.parametrize("code", [21611, 30007, 30034, 99999])
def test_a_code_that_a_person_has_to_mend_rings(
    container: Container, caplog: pytest.LogCaptureFixture, code: int
) -> None:
    tell(container, send_one(container), "undelivered", code)
    assert f"alarm: the carrier reports code {code}" in caplog.text
    assert NUMBER.removeprefix("+1") not in caplog.text


def test_a_refusal_that_a_person_has_to_mend_rings(
    container: Container, fake: FakeTwilio, caplog: pytest.LogCaptureFixture
) -> None:
    fake.script("unauthorized")
    write(container)
    sender.send_due(container)
    assert "alarm: the carrier refuses letters with code 20003" in caplog.text


@pytest.mark.parametrize("code", [21211, 21614, 30005, 30006])
def test_a_landline_or_a_wrong_number_is_shown_and_not_tried_again(
    container: Container, fake: FakeTwilio, clock: Clock, code: int
) -> None:
    tell(container, send_one(container), "undelivered", code)
    clock.forward(hours=3)
    work(container, clock)
    assert one(container).state is OutboxState.FAILED
    assert one(container).reason == f"unreachable {code}"
    assert len(fake.accepted) == 1
