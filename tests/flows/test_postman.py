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

from navigator import postman
from navigator.actions import reporting_back
from navigator.domain.consent import Consent
from navigator.domain.referral import Actor, Move, Status, after
from navigator.domain.story import Story
from navigator.parts import Parts
from navigator.storage import conversations, outbox, people, referrals
from navigator.storage.outbox import Letter, LetterState
from navigator.worker import ask_for_reports
from sms import signature
from sms.fake_twilio import FakeTwilio
from sms.reports import Report
from sms.status import DeliveryStatus
from sms.twilio_carrier import TwilioCarrier
from tests.makers import TOKEN, Clock, make_app, make_parts, text

NUMBER = "+14165550101"
NIGHT = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)  # midnight in Halton


@pytest.fixture
def fake(clock: Clock) -> Iterator[FakeTwilio]:
    with FakeTwilio(clock=clock) as fake:
        yield fake


@pytest.fixture
def parts(tmp_path: Path, clock: Clock, fake: FakeTwilio, database_url: str) -> Iterator[Parts]:
    carrier = TwilioCarrier(
        fake.account_sid,
        fake.auth_token,
        fake.number,
        "https://texts.example.org/sms/status",
        base_url=fake.base_url,
        timeout=0.3,
    )
    yield replace(make_parts(tmp_path, now=clock, url=database_url), carrier=carrier)
    carrier.close()


def write(
    parts: Parts, body: str = "a notice", *, kind: str = "notice", referral: int | None = None
) -> None:
    with parts.database.transaction() as tx:
        outbox.put(
            tx, parts.vault, number=NUMBER, body=body, kind=kind, now=parts.now(),
            not_before=parts.now(), referral_id=referral,
        )  # fmt: skip


def letters(parts: Parts) -> list[Letter]:
    with parts.database.transaction() as tx:
        return outbox.to_number(tx, parts.vault, NUMBER)


def one(parts: Parts) -> Letter:
    (letter,) = letters(parts)
    return letter


def work(parts: Parts, clock: Clock, *, minutes: int = 10) -> None:
    """Let the postman go round for some time."""
    for _ in range(minutes * 2):
        postman.deliver_all(parts)
        postman.look_up_doubted(parts)
        clock.forward(seconds=30)


def a_referral(parts: Parts, *, safe: str = "any") -> tuple[int, int]:
    """Make a referral; give its id and the person's."""
    now = parts.now()
    with parts.database.transaction() as tx:
        person = people.add(
            tx, parts.vault, name="Sam", number=NUMBER, language="en", safe_contact=safe, now=now
        )
        consent = people.add_consent(
            tx, parts.vault, person, Consent("a", "An agency", "words", "en", "1", "sms", now)
        )
        story = Story("words", {}, for_other=False, channel="sms")
        request = referrals.Request(person, consent, "food", "a", "A", None, None, story)
        standing = after(Status.DRAFT, Move.SEND, actor=Actor.PERSON, now=now)
        return referrals.add(tx, parts.vault, request, standing, now=now).id, person


def test_a_letter_is_sent_once(parts: Parts, fake: FakeTwilio, clock: Clock) -> None:
    write(parts)
    work(parts, clock)
    assert one(parts).state is LetterState.SENT
    assert one(parts).carrier_sid == fake.accepted[0].sid
    assert len(fake.accepted) == 1


@pytest.mark.parametrize(
    "fault",
    ["429", "500", "503", "500_after_accept", "timeout", "timeout_after_accept",
     "reset_after_accept", "garbage_after_accept", "queue_full"],
)  # fmt: skip
def test_whatever_happens_at_the_carrier_a_letter_arrives_once(
    parts: Parts, fake: FakeTwilio, clock: Clock, fault: str
) -> None:
    fake.script(fault)
    write(parts)
    work(parts, clock)
    assert one(parts).state is LetterState.SENT
    assert len(fake.accepted) == 1


def test_a_letter_in_doubt_is_not_looked_up_before_the_carrier_can_know(
    parts: Parts, fake: FakeTwilio, clock: Clock
) -> None:
    fake.script("timeout_after_accept")
    write(parts)
    postman.deliver_all(parts)
    assert one(parts).state is LetterState.DOUBTED
    assert postman.look_up_doubted(parts) == 0
    clock.forward(seconds=60)
    assert postman.look_up_doubted(parts) == 1
    assert one(parts).state is LetterState.SENT


def test_two_equal_letters_are_told_apart(parts: Parts, fake: FakeTwilio, clock: Clock) -> None:
    fake.script("ok", "timeout")
    write(parts, "the same words")
    write(parts, "the same words")
    work(parts, clock)
    assert [one.state for one in letters(parts)] == [LetterState.SENT] * 2
    assert len({one.carrier_sid for one in letters(parts)}) == 2
    assert len(fake.accepted) == 2


def test_a_letter_that_nobody_can_look_up_is_shown_as_uncertain(
    parts: Parts, fake: FakeTwilio, clock: Clock
) -> None:
    write(parts)
    fake.script("timeout_after_accept")
    postman.deliver_all(parts)
    away = replace(parts, carrier=TwilioCarrier(
        fake.account_sid, "a-wrong-token", fake.number, None, base_url=fake.base_url
    ))  # fmt: skip
    for _ in range(40):
        clock.forward(minutes=3)
        postman.look_up_doubted(away)
    assert one(parts).state is LetterState.UNCERTAIN
    with parts.database.transaction() as tx:
        assert outbox.in_doubt(tx, parts.vault, within=timedelta(days=1), now=clock())
    work(parts, clock)
    assert len(fake.accepted) == 1


def test_a_letter_whose_postman_died_is_looked_up(
    parts: Parts, fake: FakeTwilio, clock: Clock
) -> None:
    write(parts)
    with parts.database.transaction() as tx:
        taken = outbox.take(tx, parts.vault, now=clock())
    assert taken is not None
    parts.carrier.send(to=NUMBER, body=taken.body, reference="x")
    work(parts, clock, minutes=10)
    assert one(parts).state is LetterState.SENT
    assert len(fake.accepted) == 1


def test_an_opted_out_number_gets_nothing_more(
    parts: Parts, fake: FakeTwilio, clock: Clock
) -> None:
    text(make_app(parts).test_client(), "I need food")
    fake.script("opted_out")
    write(parts)
    write(parts)
    work(parts, clock)
    assert {one.state for one in letters(parts)} == {LetterState.STOPPED}
    assert fake.accepted == []
    with parts.database.transaction() as tx:
        talk = conversations.of_number(tx, parts.vault, NUMBER)
    assert talk is not None
    assert talk.opted_out


@pytest.mark.parametrize("fault", ["invalid", "not_mobile", "unauthorized"])
def test_a_refused_letter_is_shown_to_a_person(
    parts: Parts, fake: FakeTwilio, clock: Clock, fault: str
) -> None:
    fake.script(fault)
    write(parts)
    work(parts, clock)
    assert one(parts).state is LetterState.FAILED
    assert fake.accepted == []


def test_quiet_hours_are_asked_again_at_the_hand_over(
    parts: Parts, fake: FakeTwilio, clock: Clock
) -> None:
    write(parts)
    clock.moment = NIGHT
    postman.deliver_all(parts)
    assert fake.accepted == []
    clock.forward(hours=9, minutes=5)
    postman.deliver_all(parts)
    assert len(fake.accepted) == 1


@pytest.mark.parametrize("kind", ["safety", "reply", "person"])
def test_what_answers_somebody_leaves_at_night_too(
    parts: Parts, fake: FakeTwilio, clock: Clock, kind: str
) -> None:
    clock.moment = NIGHT
    write(parts, kind=kind)
    postman.deliver_all(parts)
    assert len(fake.accepted) == 1


def test_a_withdrawn_consent_stops_the_letter(parts: Parts, fake: FakeTwilio, clock: Clock) -> None:
    referral, person = a_referral(parts)
    write(parts, referral=referral)
    with parts.database.transaction() as tx:
        people.withdraw_consents(tx, person, now=clock())
    postman.deliver_all(parts)
    assert one(parts).reason == "consent_ended"
    assert fake.accepted == []


def test_a_phone_that_is_not_private_gets_no_letter(parts: Parts, fake: FakeTwilio) -> None:
    referral, _ = a_referral(parts, safe="call")
    write(parts, referral=referral)
    postman.deliver_all(parts)
    assert one(parts).reason == "not_private"
    assert fake.accepted == []


def send_one(parts: Parts) -> str:
    write(parts)
    postman.deliver_all(parts)
    sid = one(parts).carrier_sid
    assert sid
    return sid


def tell(parts: Parts, sid: str, status: str, code: int | None = None) -> DeliveryStatus:
    with parts.database.transaction() as tx:
        return reporting_back.report(tx, parts.vault, Report(sid, status, code), now=parts.now())


def test_the_derived_status_is_the_same_in_every_order(parts: Parts) -> None:
    for place, order in enumerate(permutations(["queued", "sent", "delivered", "a-new-word"])):
        ranks = [tell(parts, f"SM{place}", status) for status in order]
        assert ranks[-1] is DeliveryStatus.DELIVERED
        numbers = [list(DeliveryStatus).index(one) for one in ranks]
        assert numbers == sorted(numbers), "it never moves backwards"


@given(st.lists(st.sampled_from([*DeliveryStatus, "new", "sent"]), min_size=1, max_size=8))
@settings(max_examples=30, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
def test_no_report_moves_a_status_backwards(sqlite_parts: Parts, told: list[str]) -> None:
    sid = f"SM{hash(tuple(told))}"
    ranks = [list(DeliveryStatus).index(tell(sqlite_parts, sid, status)) for status in told]
    assert ranks == sorted(ranks)


@pytest.fixture
def sqlite_parts(tmp_path: Path) -> Parts:
    return make_parts(tmp_path / "more")


def test_a_phone_that_was_off_is_tried_once_more(
    parts: Parts, fake: FakeTwilio, clock: Clock
) -> None:
    tell(parts, send_one(parts), "undelivered", 30003)
    work(parts, clock)
    assert len(fake.accepted) == 1
    clock.forward(hours=1)
    work(parts, clock)
    assert len(fake.accepted) == 2
    tell(parts, one(parts).carrier_sid or "", "undelivered", 30003)
    work(parts, clock)
    assert len(fake.accepted) == 2
    assert one(parts).state is LetterState.FAILED


def test_an_opt_out_that_the_carrier_reports_is_obeyed(parts: Parts, clock: Clock) -> None:
    text(make_app(parts).test_client(), "I need food")
    tell(parts, send_one(parts), "failed", 21610)
    write(parts)
    work(parts, clock)
    assert {one.state for one in letters(parts)} == {LetterState.STOPPED}


def test_a_letter_without_a_last_report_is_asked_for(
    parts: Parts, fake: FakeTwilio, clock: Clock
) -> None:
    sid = send_one(parts)
    fake.messages.report(sid, "delivered", None)
    clock.forward(minutes=15)
    ask_for_reports(parts)
    with parts.database.transaction() as tx:
        assert outbox.statuses(tx, sid) == ["delivered"]
        assert outbox.unreported(tx, since=clock() - timedelta(days=1), before=clock()) == ()


@pytest.mark.parametrize("times", [1, 3])
def test_a_report_comes_through_the_signed_address(parts: Parts, times: int) -> None:
    sid = send_one(parts)
    client: FlaskClient = make_app(parts).test_client()
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
    with parts.database.transaction() as tx:
        assert outbox.statuses(tx, sid) == ["delivered"]


@pytest.mark.parametrize("code", [21611, 30007, 30034, 99999])
def test_a_code_that_a_person_has_to_mend_rings(
    parts: Parts, caplog: pytest.LogCaptureFixture, code: int
) -> None:
    tell(parts, send_one(parts), "undelivered", code)
    assert f"alarm: the carrier reports code {code}" in caplog.text
    assert NUMBER.removeprefix("+1") not in caplog.text


def test_a_refusal_that_a_person_has_to_mend_rings(
    parts: Parts, fake: FakeTwilio, caplog: pytest.LogCaptureFixture
) -> None:
    fake.script("unauthorized")
    write(parts)
    postman.deliver_all(parts)
    assert "alarm: the carrier refuses letters with code 20003" in caplog.text


@pytest.mark.parametrize("code", [21211, 21614, 30005, 30006])
def test_a_landline_or_a_wrong_number_is_shown_and_not_tried_again(
    parts: Parts, fake: FakeTwilio, clock: Clock, code: int
) -> None:
    tell(parts, send_one(parts), "undelivered", code)
    clock.forward(hours=3)
    work(parts, clock)
    assert one(parts).state is LetterState.FAILED
    assert one(parts).reason == f"unreachable {code}"
    assert len(fake.accepted) == 1
