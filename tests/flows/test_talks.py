"""A person takes over: one speaker at a time, never nobody for long, and the truth about hours."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from navigator import postman
from navigator.domain.desk import Desk, holidays
from navigator.domain.speaking import HANDOVERS, Handover, Speaker, after
from navigator.parts import Parts
from navigator.storage import conversations, history, outbox
from navigator.storage.conversations import Talk
from navigator.worker import mind_talks
from tests.makers import Clock, make_parts, make_staff, sign_in, text

NUMBER = "+14165550101"
FRIDAY_NIGHT = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)  # 22:00 on Friday 27 in Halton


@pytest.fixture
def parts(tmp_path: Path, clock: Clock) -> Parts:
    made = make_parts(tmp_path, now=clock)
    make_staff(made)
    return made


@pytest.fixture
def desk(client: FlaskClient) -> FlaskClient:
    browser = client.application.test_client()
    sign_in(browser)
    return browser


def talk_of(parts: Parts) -> Talk:
    with parts.database.transaction() as tx:
        talk = conversations.of_number(tx, parts.vault, NUMBER)
    assert talk is not None
    return talk


def press(desk: FlaskClient, parts: Parts, do: str, words: str = "") -> int:
    answer = desk.post(f"/workspace/talks/{talk_of(parts).id}", data={"do": do, "text": words})
    return answer.status_code


def letters(parts: Parts) -> list[str]:
    postman.deliver_all(parts)
    with parts.database.transaction() as tx:
        return [one.body for one in outbox.to_number(tx, parts.vault, NUMBER)]


def test_every_handover_leaves_one_speaker() -> None:
    for speaker, handover in product(Speaker, Handover):
        assert after(speaker, handover) in set(Speaker)


def test_every_speaker_gives_the_word_back_somehow() -> None:
    for start in Speaker:
        reached, edge = {start}, {start}
        while edge:
            edge = {after(one, how) for one in edge for how in Handover} - reached
            reached |= edge
        assert reached == set(Speaker)


def test_only_a_navigator_or_a_new_beginning_takes_the_word_from_a_navigator() -> None:
    ways = {how for how, then in HANDOVERS[Speaker.PERSON].items() if then is Speaker.BOT}
    assert ways == {Handover.HAND_BACK, Handover.BEGIN}


MODEL: dict[str, Callable[[Speaker], Speaker]] = {
    "text": lambda speaker: speaker,
    "9": lambda speaker: after(speaker, Handover.ASK),
    "MENU": lambda speaker: after(speaker, Handover.MENU),
    "take": lambda speaker: after(speaker, Handover.TAKE),
    "write": lambda speaker: after(speaker, Handover.TAKE),
    "hand_back": lambda speaker: after(speaker, Handover.HAND_BACK),
}


@pytest.mark.parametrize("first", MODEL)
def test_the_talk_follows_the_model_and_never_has_two_speakers(
    parts: Parts, client: FlaskClient, desk: FlaskClient, clock: Clock, first: str
) -> None:
    """Play every row of three events; after each the speaker is the model's, and alone."""
    text(client, "I need food")
    for events in product([first], MODEL, MODEL):
        sign_in(desk)
        with parts.database.transaction() as tx:
            conversations.turn_to(tx, talk_of(parts), Speaker.BOT, now=clock())
        speaker = Speaker.BOT
        for event in events:
            before, speaker = speaker, MODEL[event](speaker)
            if event in {"text", "9", "MENU"}:
                said = text(client, "I need a dentist" if event == "text" else event)
                if speaker is Speaker.PERSON:
                    assert said == "", events
                if before is Speaker.BOT:
                    assert said, events
            else:
                assert press(desk, parts, event, "Hello, this is Robin") == 302
            assert talk_of(parts).speaker is speaker, events
            clock.forward(minutes=4)


def test_a_navigator_reads_writes_and_hands_back(
    parts: Parts, client: FlaskClient, desk: FlaskClient
) -> None:
    text(client, "I'm 17 in Milton and couch surfing")
    text(client, "9")
    page = desk.get(f"/workspace/talks/{talk_of(parts).id}").text
    for words in ("couch surfing", "17", "Milton", "This person waits"):
        assert words in page
    assert press(desk, parts, "write", "Hi, I am Robin. Where are you now?") == 302
    assert letters(parts)[-1] == "Hi, I am Robin. Where are you now?"
    assert text(client, "at the library") == ""
    assert "at the library" in desk.get(f"/workspace/talks/{talk_of(parts).id}/lines").text
    assert press(desk, parts, "hand_back") == 302
    assert text(client, "MENU")


def test_a_navigator_has_the_same_budget_as_the_bot(
    parts: Parts, client: FlaskClient, desk: FlaskClient
) -> None:
    text(client, "9")
    assert press(desk, parts, "write", "x" * 400) == 400
    assert press(desk, parts, "write", "") == 400
    assert press(desk, parts, "dance") == 400
    assert letters(parts) == []


def test_nobody_writes_to_a_number_that_opted_out(
    parts: Parts, client: FlaskClient, desk: FlaskClient
) -> None:
    text(client, "9")
    text(client, "STOP")
    assert press(desk, parts, "write", "hello") == 409
    assert letters(parts) == []


def test_strangers_see_no_talk(parts: Parts, client: FlaskClient) -> None:
    text(client, "9")
    for path in ("", "/lines"):
        answer = client.get(f"/workspace/talks/{talk_of(parts).id}{path}")
        assert answer.status_code == 302


def test_waiting_tells_when_a_person_is_there(client: FlaskClient, clock: Clock) -> None:
    assert "today until 5 pm" in text(client, "9")
    clock.moment = FRIDAY_NIGHT
    said = text(client, "9", sender="+14165550102")
    assert "on Monday from 9 am" in said
    assert "211" in said
    text(client, "français", sender="+14165550103")
    assert "lundi dès 9 h" in text(client, "9", sender="+14165550103")


def test_the_desk_knows_public_holidays(parts: Parts) -> None:
    christmas = datetime(2026, 12, 25, 17, 0, tzinfo=UTC)
    assert not Desk().is_open(christmas, parts.zone)
    opens = Desk().next_opening(christmas, parts.zone)
    # Boxing Day falls on a Saturday: offices close on Monday.
    assert (opens.month, opens.day, opens.hour) == (12, 29, 9)
    assert {day.weekday() for year in range(2024, 2034) for day in holidays(year)} <= set(range(5))


def test_nothing_is_lost_while_somebody_waits(
    parts: Parts, client: FlaskClient, desk: FlaskClient
) -> None:
    text(client, "I need food")
    text(client, "9")
    said = [text(client, words) for words in ("first thing", "second thing", "third thing")]
    assert "keep this" in said[0]
    assert said[1:] == ["", ""]
    page = desk.get(f"/workspace/talks/{talk_of(parts).id}").text
    for words in ("first thing", "second thing", "third thing"):
        assert words in page


def test_others_are_called_when_nobody_comes_and_the_person_is_told_once(
    parts: Parts, client: FlaskClient, clock: Clock
) -> None:
    text(client, "9")
    clock.forward(minutes=50)
    mind_talks(parts)
    assert letters(parts) == []
    clock.forward(minutes=20)
    for _ in range(2):
        mind_talks(parts)
    (late,) = letters(parts)
    assert "211" in late
    with parts.database.transaction() as tx:
        assert [one.act for one in history.entries(tx)].count("nobody-came") == 1


def test_a_night_is_not_counted_as_waiting(parts: Parts, client: FlaskClient, clock: Clock) -> None:
    clock.moment = FRIDAY_NIGHT
    text(client, "9")
    clock.forward(hours=48)
    mind_talks(parts)
    assert letters(parts) == []


def test_a_talk_that_its_navigator_left_waits_for_others(
    parts: Parts, client: FlaskClient, desk: FlaskClient, clock: Clock
) -> None:
    text(client, "9")
    press(desk, parts, "take")
    clock.forward(minutes=5)
    assert text(client, "hello?") == ""
    clock.forward(hours=3, minutes=1)
    mind_talks(parts)
    assert talk_of(parts).speaker is Speaker.WAITING


def test_who_falls_silent_is_reminded_once_and_then_the_talk_is_closed(
    parts: Parts, client: FlaskClient, clock: Clock
) -> None:
    text(client, "I need food in Milton")
    for _ in range(30):
        clock.forward(hours=4)
        mind_talks(parts)
    told = letters(parts)
    assert len(told) == 2
    assert "still there" in told[0]
    assert "food" not in told[0]
    assert re.search(r"\d{3}-\d{4}", told[1]), "the best list so far"
    assert "MENU" in told[1]
    assert "1 = " in text(client, "LIST")


def test_a_reminder_waits_for_the_morning(parts: Parts, client: FlaskClient, clock: Clock) -> None:
    clock.moment = FRIDAY_NIGHT
    text(client, "I need food in Milton")
    clock.forward(hours=24, minutes=1)
    mind_talks(parts)
    assert letters(parts) == []
    clock.forward(hours=11)
    mind_talks(parts)
    assert len(letters(parts)) == 1


@pytest.mark.parametrize(
    "body", ["I need a women's shelter, my husband beats me", "someone assaulted me last year"]
)
def test_who_may_be_watched_gets_no_text_unasked(
    parts: Parts, client: FlaskClient, clock: Clock, body: str
) -> None:
    text(client, body)
    text(client, "ok")
    postman.deliver_all(parts)
    before = letters(parts)
    for _ in range(30):
        clock.forward(hours=4)
        mind_talks(parts)
    assert letters(parts) == before


def test_a_closing_text_names_no_place_that_tells_too_much(
    parts: Parts, client: FlaskClient, clock: Clock
) -> None:
    text(client, "I want counselling in Milton")
    for _ in range(30):
        clock.forward(hours=4)
        mind_talks(parts)
    told = letters(parts)
    assert told
    assert "LIST" in told[-1]
    assert not re.search(r"\d{3}-\d{4}", told[-1])
    assert "counselling" in text(client, "LIST")


def test_an_answered_talk_is_left_alone(parts: Parts, client: FlaskClient, clock: Clock) -> None:
    said = text(client, "food in Milton, I am 40")
    while "2 = " not in said:
        said = text(client, "0")
    clock.forward(days=4)
    mind_talks(parts)
    assert letters(parts) == []
