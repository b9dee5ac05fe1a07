"""A person takes over: one speaker at a time, never nobody for long, and the truth about hours."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from navigator.container import Container
from navigator.domain.handover import HANDOVERS, Handover, Speaker, next_speaker
from navigator.messaging.outbox import sender
from navigator.storage import audit_log, conversations, outbox, people
from navigator.storage.conversations import Conversation
from navigator.worker import handle_conversation_timeouts
from tests.makers import Clock, make_container, make_staff, sign_in, text
from tests.web.html import page_of

NUMBER = "+14165550101"
FRIDAY_NIGHT = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)  # 22:00 on Friday 27 in Halton


@pytest.fixture
def container(tmp_path: Path, clock: Clock) -> Container:
    made = make_container(tmp_path, now=clock)
    make_staff(made)
    return made


@pytest.fixture
def desk(client: FlaskClient) -> FlaskClient:
    browser = client.application.test_client()
    sign_in(browser)
    return browser


def talk_of(container: Container) -> Conversation:
    with container.database.unit_of_work() as uow:
        talk = conversations.find_by_number(uow, NUMBER)
    assert talk is not None
    return talk


def press(desk: FlaskClient, container: Container, do: str, words: str = "") -> int:
    answer = desk.post(f"/workspace/talks/{talk_of(container).id}", data={"do": do, "text": words})
    return answer.status_code


def letters(container: Container) -> list[str]:
    sender.send_due(container)
    with container.database.unit_of_work() as uow:
        return [letter.body for letter in outbox.list_to_number(uow, NUMBER)]


def test_every_handover_leaves_one_speaker() -> None:
    for speaker, handover in product(Speaker, Handover):
        assert next_speaker(speaker, handover) in set(Speaker)


def test_every_speaker_gives_the_word_back_somehow() -> None:
    for start in Speaker:
        reached, edge = {start}, {start}
        while edge:
            edge = {next_speaker(speaker, how) for speaker in edge for how in Handover} - reached
            reached |= edge
        assert reached == set(Speaker)


def test_only_a_navigator_or_a_new_beginning_takes_the_word_from_a_navigator() -> None:
    ways = {how for how, then in HANDOVERS[Speaker.PERSON].items() if then is Speaker.BOT}
    assert ways == {Handover.HAND_BACK, Handover.BEGIN}


MODEL: dict[str, Callable[[Speaker], Speaker]] = {
    "text": lambda speaker: speaker,
    "9": lambda speaker: next_speaker(speaker, Handover.ASK),
    "MENU": lambda speaker: next_speaker(speaker, Handover.MENU),
    "take": lambda speaker: next_speaker(speaker, Handover.TAKE),
    "write": lambda speaker: next_speaker(speaker, Handover.TAKE),
    "hand_back": lambda speaker: next_speaker(speaker, Handover.HAND_BACK),
}


@pytest.mark.parametrize("first", MODEL)
def test_the_talk_follows_the_model_and_never_has_two_speakers(
    container: Container, client: FlaskClient, desk: FlaskClient, clock: Clock, first: str
) -> None:
    """Play every row of three events; after each the speaker is the model's, and alone."""
    text(client, "I need food")
    for events in product([first], MODEL, MODEL):
        sign_in(desk)
        with container.database.unit_of_work() as uow:
            conversations.set_speaker(uow, talk_of(container), Speaker.BOT, now=clock())
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
                assert press(desk, container, event, "Hello, this is Robin") == 302
            assert talk_of(container).speaker is speaker, events
            clock.forward(minutes=4)


def test_a_navigator_reads_writes_and_hands_back(
    container: Container, client: FlaskClient, desk: FlaskClient
) -> None:
    text(client, "I'm 17 in Milton and couch surfing")
    text(client, "9")
    page = page_of(desk.get(f"/workspace/talks/{talk_of(container).id}")).text
    for words in ("couch surfing", "17", "Milton", "This person waits"):
        assert words in page
    assert press(desk, container, "write", "Hi, I am Robin. Where are you now?") == 302
    assert letters(container)[-1] == "Hi, I am Robin. Where are you now?"
    assert text(client, "at the library") == ""
    lines = page_of(desk.get(f"/workspace/talks/{talk_of(container).id}/lines"))
    assert "at the library" in lines.parts(".bubble.person")[-1].text
    assert press(desk, container, "hand_back") == 302
    assert text(client, "MENU")


def test_a_navigator_has_the_same_budget_as_the_bot(
    container: Container, client: FlaskClient, desk: FlaskClient
) -> None:
    text(client, "9")
    assert press(desk, container, "write", "x" * 400) == 400
    assert press(desk, container, "write", "") == 400
    assert press(desk, container, "dance") == 400
    assert letters(container) == []


def test_nobody_writes_to_a_number_that_opted_out(
    container: Container, client: FlaskClient, desk: FlaskClient
) -> None:
    text(client, "9")
    text(client, "STOP")
    assert press(desk, container, "write", "hello") == 409
    assert letters(container) == []


def test_strangers_see_no_talk(container: Container, client: FlaskClient) -> None:
    text(client, "9")
    for path in ("", "/lines"):
        answer = client.get(f"/workspace/talks/{talk_of(container).id}{path}")
        assert answer.status_code == 302


def test_waiting_tells_when_a_person_is_there(client: FlaskClient, clock: Clock) -> None:
    assert "today until 5 pm" in text(client, "9")
    clock.moment = FRIDAY_NIGHT
    said = text(client, "9", sender="+14165550102")
    assert "on Monday from 9 am" in said
    assert "211" in said
    text(client, "français", sender="+14165550103")
    assert "lundi dès 9 h" in text(client, "9", sender="+14165550103")


def test_the_desk_knows_public_holidays(container: Container) -> None:
    christmas = datetime(2026, 12, 25, 17, 0, tzinfo=UTC)
    desk = container.desk_schedule
    assert not desk.is_open(christmas, container.zone)
    opens = desk.next_opening(christmas, container.zone)
    # Boxing Day falls on a Saturday: offices close on Monday.
    assert (opens.month, opens.day, opens.hour) == (12, 29, 9)


def test_nothing_is_lost_while_somebody_waits(
    container: Container, client: FlaskClient, desk: FlaskClient
) -> None:
    text(client, "I need food")
    text(client, "9")
    said = [text(client, words) for words in ("first thing", "second thing", "third thing")]
    assert "keep this" in said[0]
    assert said[1:] == ["", ""]
    page = page_of(desk.get(f"/workspace/talks/{talk_of(container).id}")).text
    for words in ("first thing", "second thing", "third thing"):
        assert words in page


def test_others_are_called_when_nobody_comes_and_the_person_is_told_once(
    container: Container, client: FlaskClient, clock: Clock
) -> None:
    text(client, "9")
    clock.forward(minutes=50)
    handle_conversation_timeouts(container)
    assert letters(container) == []
    clock.forward(minutes=20)
    for _ in range(2):
        handle_conversation_timeouts(container)
    (late,) = letters(container)
    assert "211" in late
    with container.database.unit_of_work() as uow:
        assert [entry.act for entry in audit_log.list_entries(uow)].count("nobody-came") == 1


def test_a_night_is_not_counted_as_waiting(
    container: Container, client: FlaskClient, clock: Clock
) -> None:
    clock.moment = FRIDAY_NIGHT
    text(client, "9")
    clock.forward(hours=48)
    handle_conversation_timeouts(container)
    assert letters(container) == []


def test_a_talk_that_its_navigator_left_waits_for_others(
    container: Container, client: FlaskClient, desk: FlaskClient, clock: Clock
) -> None:
    text(client, "9")
    press(desk, container, "take")
    clock.forward(minutes=5)
    assert text(client, "hello?") == ""
    clock.forward(hours=3, minutes=1)
    handle_conversation_timeouts(container)
    assert talk_of(container).speaker is Speaker.WAITING


def test_who_falls_silent_is_reminded_once_and_then_the_talk_is_closed(
    container: Container, client: FlaskClient, clock: Clock
) -> None:
    text(client, "I need food in Milton")
    for _ in range(30):
        clock.forward(hours=4)
        handle_conversation_timeouts(container)
    told = letters(container)
    assert len(told) == 2
    assert "still there" in told[0]
    assert "food" not in told[0]
    assert re.search(r"\d{3}-\d{4}", told[1]), "the best list so far"
    assert "MENU" in told[1]
    assert "1 = " in text(client, "LIST")


def test_a_reminder_waits_for_the_morning(
    container: Container, client: FlaskClient, clock: Clock
) -> None:
    clock.moment = FRIDAY_NIGHT
    text(client, "I need food in Milton")
    clock.forward(hours=24, minutes=1)
    handle_conversation_timeouts(container)
    assert letters(container) == []
    clock.forward(hours=11)
    handle_conversation_timeouts(container)
    assert len(letters(container)) == 1


@pytest.mark.parametrize(
    "body", ["I need a women's shelter, my husband beats me", "someone assaulted me last year"]
)
def test_who_may_be_watched_gets_no_text_unasked(
    container: Container, client: FlaskClient, clock: Clock, body: str
) -> None:
    text(client, body)
    text(client, "ok")
    sender.send_due(container)
    before = letters(container)
    for _ in range(30):
        clock.forward(hours=4)
        handle_conversation_timeouts(container)
    assert letters(container) == before


def test_a_closing_text_names_no_place_that_tells_too_much(
    container: Container, client: FlaskClient, clock: Clock
) -> None:
    text(client, "I want counselling in Milton")
    for _ in range(30):
        clock.forward(hours=4)
        handle_conversation_timeouts(container)
    told = letters(container)
    assert told
    assert "LIST" in told[-1]
    assert not re.search(r"\d{3}-\d{4}", told[-1])
    assert "counselling" in text(client, "LIST")


def test_an_answered_talk_is_left_alone(
    container: Container, client: FlaskClient, clock: Clock
) -> None:
    said = text(client, "food in Milton, I am 40")
    while "2 = " not in said:
        said = text(client, "0")
    clock.forward(days=4)
    handle_conversation_timeouts(container)
    assert letters(container) == []


@pytest.mark.parametrize("channel", ["text", "web"])
def test_who_chose_call_only_is_not_texted_by_the_desk(
    container: Container, client: FlaskClient, desk: FlaskClient, channel: str
) -> None:
    words = ("I'm 17 in Milton and couch surfing", "0", "0", "0", "1", "1", "Sam")
    for body in (*words, "2", "1") if channel == "text" else ("I need food",):
        text(client, body)
    if channel == "web":
        with container.database.unit_of_work() as uow:
            people.add(
                uow, name="Sam", number=NUMBER, language="en", safe_contact="call",
                now=container.now(),
            )  # fmt: skip
    text(client, "9")
    page = page_of(desk.get(f"/workspace/talks/{talk_of(container).id}"))
    assert "call only" in page.part(".problem").text
    before = letters(container)
    assert press(desk, container, "write", "Are you there?") == 409
    assert letters(container) == before
    assert press(desk, container, "take") == 302


def test_a_text_of_the_desk_that_waits_is_held_where_call_only_is_chosen_meanwhile(
    container: Container, client: FlaskClient, desk: FlaskClient
) -> None:
    text(client, "9")
    assert press(desk, container, "write", "Are you there?") == 302
    with container.database.unit_of_work() as uow:
        people.add(
            uow, name="Sam", number=NUMBER, language="en", safe_contact="call",
            now=container.now(),
        )  # fmt: skip
    sender.send_due(container)
    with container.database.unit_of_work() as uow:
        (letter,) = outbox.list_to_number(uow, NUMBER)
    assert letter.reason == "not_private"


def test_a_page_that_looks_for_new_texts_keeps_no_sign_in_awake(
    container: Container, client: FlaskClient, desk: FlaskClient, clock: Clock
) -> None:
    text(client, "I need food")
    talk = talk_of(container).id
    assert desk.get(f"/workspace/talks/{talk}").status_code == 200
    for _ in range(4):
        clock.forward(minutes=10)
        last = desk.get(f"/workspace/talks/{talk}/lines").status_code
    assert last == 302, "half an hour after the navigator did something it is over"
    sign_in(desk)
    for _ in range(4):
        clock.forward(minutes=10)
        assert desk.get(f"/workspace/talks/{talk}").status_code == 200
