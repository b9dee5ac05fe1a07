"""One effect for each text: copies, several processes, a database that is away, a flood."""

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from navigator import postman, texting
from navigator.actions.hearing import danger_lexicon
from navigator.domain import pace
from navigator.parts import Parts
from navigator.storage import conversations, history, incoming, outbox
from navigator.storage.database import Database
from navigator.texting.catching_up import reconcile, take_in_spooled
from navigator.texting.costing import watch_cost
from navigator.texting.handling import Overtaken, handle
from navigator.texting.spooling import Spool
from sms.fake_twilio import FakeTwilio
from sms.incoming import Incoming
from sms.twilio_carrier import TwilioCarrier
from tests.makers import Clock, make_parts, text

NUMBER = "+14165550101"
DANGER = "I am going to kill myself"


@pytest.fixture
def parts(tmp_path: Path, clock: Clock, database_url: str) -> Parts:
    return make_parts(tmp_path, now=clock, url=database_url)


def test_a_text_is_on_the_disk_before_the_carrier_is_answered(tmp_path: Path) -> None:
    """And nobody else waits for the disk: the next writer has its turn meanwhile."""
    parts = make_parts(tmp_path)
    url = parts.database.url
    on_disk: list[tuple[str, list[str]]] = []

    def meanwhile(path: Path) -> None:
        other = replace(parts, database=Database(url))
        with other.database.transaction() as tx:
            conversations.begin(
                tx, parts.vault, f"+1416555060{len(on_disk)}", language="en", now=parts.now()
            )
        on_disk.append((path.name, said_so_far(other) if on_disk else []))
        other.database.close()

    parts.shelf.edition(parts.now())
    slow = replace(parts, database=Database(url, to_disk=meanwhile))
    handle(parts, a_text("I need food", "SM-a"))
    assert on_disk == []
    handle(slow, a_text("Milton", "SM-b"))
    handle(slow, a_text("Milton", "SM-b"))
    assert on_disk[-1] == ("navigator.db-wal", ["I need food", "Milton"])
    slow.database.close()


@pytest.fixture
def away(parts: Parts) -> Parts:
    """Give the same instance while its database is away."""
    return replace(parts, database=Database("sqlite:////nowhere/at/all.db"))


def a_text(body: str, sid: str = "SM1", sender: str = NUMBER) -> Incoming:
    return Incoming(sid, sender, "+12895550100", body, 0, None, 1)


def letters(parts: Parts) -> list[str]:
    with parts.database.transaction() as tx:
        return [one.body for one in outbox.to_number(tx, parts.vault, NUMBER)]


def said_so_far(parts: Parts, number: str = NUMBER) -> list[str]:
    with parts.database.transaction() as tx:
        talk = conversations.of_number(tx, parts.vault, number)
        assert talk is not None
        return [one.body for one in incoming.exchanges(tx, parts.vault, talk.id)]


def test_a_copy_gets_the_same_reply_and_has_no_second_effect(
    parts: Parts, client: FlaskClient
) -> None:
    first = text(client, "food in Milton, I am 40", sid="SM-a")
    second = text(client, "0", sid="SM-b")
    assert text(client, "food in Milton, I am 40", sid="SM-a") == first
    assert text(client, "0", sid="SM-b") == second
    assert said_so_far(parts) == ["food in Milton, I am 40", "0"]


def in_processes(count: int, act: Callable[[int], None]) -> None:
    children = []
    for place in range(count):
        child = os.fork()
        if child == 0:
            status = 1
            try:
                act(place)
                status = 0
            finally:
                os._exit(status)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * count


def test_four_processes_at_once_have_one_effect_for_each_text(parts: Parts) -> None:
    numbers = [f"+1416555020{place}" for place in range(6)]
    texts = [
        a_text(body, f"SM-{number}-{at}", number)
        for at, body in enumerate(("I need food", "Milton"))
        for number in numbers
    ]
    parts.shelf.edition(parts.now())
    parts.database.close()

    def deliver(_: int) -> None:
        parts.database.engine.dispose(close=False)
        for one in texts:
            handle(parts, one)

    in_processes(4, deliver)
    for number in numbers:
        assert said_so_far(parts, number) == ["I need food", "Milton"]
    with parts.database.transaction() as tx:
        assert incoming.count_since(tx, parts.now()) == len(texts)


def test_the_words_of_danger_are_read_once_however_many_texts_come_first(parts: Parts) -> None:
    """Each thread that read them for itself kept the others waiting for half a minute."""
    parts.shelf.edition(parts.now())
    danger_lexicon.cache_clear()
    texts = [a_text("I need food", f"SM-{place}", f"+1416555030{place}") for place in range(6)]
    with ThreadPoolExecutor(len(texts)) as pool:
        assert all(pool.map(lambda one: handle(parts, one), texts))
    assert danger_lexicon.cache_info().misses == 1


def test_a_text_is_kept_on_disk_while_the_database_is_away(
    parts: Parts, away: Parts, clock: Clock
) -> None:
    acknowledged = texting.reply(away, a_text("I need food in Milton"))
    assert "911" in acknowledged
    assert texting.reply(away, a_text("I need food in Milton")) == acknowledged
    assert Spool(parts.settings.home, parts.vault).count() == (1, 0)
    (kept,) = (parts.settings.home / "spool").iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    for secret in ("food", "Milton", "4165550101"):
        assert secret not in kept.name + kept.read_text()
    assert take_in_spooled(away) == 0
    assert take_in_spooled(parts) == 1
    assert said_so_far(parts) == ["I need food in Milton"]
    assert texting.reply(parts, a_text("I need food in Milton")) == acknowledged
    (late,) = letters(parts)
    assert "I got: food, Milton." in late
    clock.forward(seconds=5)
    postman.deliver_all(parts)
    with parts.database.transaction() as tx:
        (letter,) = outbox.to_number(tx, parts.vault, NUMBER)
    assert letter.state is outbox.LetterState.SENT


def test_danger_gets_its_card_without_a_database_and_no_second_one(
    parts: Parts, away: Parts
) -> None:
    card = texting.reply(away, a_text(DANGER))
    assert "9-8-8" in card
    take_in_spooled(parts)
    assert card not in letters(parts)
    assert said_so_far(parts) == [DANGER]


@pytest.mark.parametrize(("word", "says"), [("INFO", "Free."), ("START", "Tell me what you need")])
def test_a_word_of_both_languages_is_acknowledged_in_both_without_a_database(
    parts: Parts, away: Parts, word: str, says: str
) -> None:
    """The language of the talk is not known then; the word's own answer comes later."""
    acknowledged = texting.reply(away, a_text(word))
    assert "We have your text" in acknowledged
    assert "Nous avons votre texto" in acknowledged
    take_in_spooled(parts)
    (late,) = letters(parts)
    assert says in late


def test_an_opt_out_without_a_database_is_obeyed_when_it_is_back(parts: Parts, away: Parts) -> None:
    assert "no more texts" in texting.reply(away, a_text("STOP"))
    take_in_spooled(parts)
    with parts.database.transaction() as tx:
        talk = conversations.of_number(tx, parts.vault, NUMBER)
    assert talk is not None
    assert talk.opted_out
    postman.deliver_all(parts)
    with parts.database.transaction() as tx:
        sent = outbox.to_number(tx, parts.vault, NUMBER)
    assert outbox.LetterState.SENT not in {one.state for one in sent}


def test_texts_of_a_number_stay_in_order_after_the_database_was_away(
    parts: Parts, away: Parts, clock: Clock
) -> None:
    texting.reply(away, a_text("I need food", "SM1"))
    clock.forward(seconds=1)
    texting.reply(away, a_text("Milton", "SM2"))
    clock.forward(seconds=1)
    assert texting.reply(parts, a_text("I am 40", "SM3"))
    assert said_so_far(parts) == ["I need food", "Milton", "I am 40"]


def test_a_text_that_waited_for_the_database_gives_way_to_those_put_on_disk_meanwhile(
    parts: Parts, away: Parts, clock: Clock
) -> None:
    """One process gave up waiting, another with a copy of the text did not: both say the same."""
    texting.reply(parts, a_text("hello", "SM0"))
    spool = Spool(parts.settings.home, parts.vault)
    acknowledged = texting.reply(away, a_text("I need food", "SM1"))
    clock.forward(seconds=1)
    for late in ("SM1", "SM2"):
        with pytest.raises(Overtaken):
            handle(parts, a_text("I need food", late), spool=spool)
    assert said_so_far(parts) == ["hello"]
    assert texting.reply(parts, a_text("Milton", "SM2")) != acknowledged
    assert texting.reply(parts, a_text("I need food", "SM1")) == acknowledged
    assert said_so_far(parts) == ["hello", "I need food", "Milton"]


def test_a_copy_that_waited_in_vain_says_what_the_other_said(tmp_path: Path) -> None:
    """The database is held by a writer; what was answered before can be read all the same."""
    parts = make_parts(tmp_path)
    said = texting.reply(parts, a_text("I need food", "SM1"))
    waits = replace(parts, database=Database(parts.database.url))
    event.listen(waits.database.engine, "begin", _in_vain)
    with parts.database.transaction() as tx:
        tx.connection()
        assert texting.reply(waits, a_text("I need food", "SM1")) == said
    assert Spool(parts.settings.home, parts.vault).count() == (0, 0)
    waits.database.close()


def _in_vain(connection: Connection) -> None:
    raise OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked"))


def test_a_reply_that_never_left_is_sent_once_the_database_is_back(
    parts: Parts, away: Parts
) -> None:
    """A process died after its commit; the copy met no database, and was promised an answer."""
    meant = texting.reply(parts, a_text("I need food", "SM1"))
    acknowledged = texting.reply(away, a_text("I need food", "SM1"))
    assert acknowledged != meant
    assert take_in_spooled(parts) == 1
    assert letters(parts) == [meant]
    assert texting.reply(parts, a_text("I need food", "SM1")) == acknowledged
    texting.reply(away, a_text("I need food", "SM1"))
    assert take_in_spooled(parts) == 1
    assert letters(parts) == [meant]
    assert said_so_far(parts) == ["I need food"]


def test_copies_of_a_text_are_answered_alike_though_one_waited_and_one_gave_up(
    tmp_path: Path,
) -> None:
    parts = make_parts(tmp_path)
    came = a_text("I need food", "SM1")
    texting.reply(parts, a_text("hello", "SM0"))
    with ThreadPoolExecutor(1) as pool:
        with parts.database.transaction() as tx:
            tx.connection()
            waits = pool.submit(texting.reply, parts, came)
            time.sleep(0.3)
            Spool(parts.settings.home, parts.vault).add(came, "We are slow.", now=parts.now())
        assert waits.result() == "We are slow."
    assert said_so_far(parts) == ["hello", "I need food"]


def test_a_file_that_can_not_be_opened_is_put_aside(parts: Parts, away: Parts) -> None:
    texting.reply(away, a_text("I need food"))
    (kept,) = (parts.settings.home / "spool").iterdir()
    kept.write_text("half a file")
    assert take_in_spooled(parts) == 0
    assert Spool(parts.settings.home, parts.vault).count() == (0, 1)


@pytest.fixture
def fake(clock: Clock) -> Iterator[FakeTwilio]:
    with FakeTwilio(clock=clock) as fake:
        yield fake


def test_what_the_carrier_alone_knows_is_taken_in_once(
    parts: Parts, fake: FakeTwilio, clock: Clock
) -> None:
    carrier = TwilioCarrier(
        fake.account_sid, fake.auth_token, fake.number, None, base_url=fake.base_url
    )
    here = replace(parts, carrier=carrier)
    known = fake.receive(NUMBER, "I need food")
    texting.reply(here, a_text("I need food", known.sid))
    fake.receive(NUMBER, "Milton")
    fake.receive("+14165550102", DANGER)
    since = clock() - timedelta(hours=1)
    assert reconcile(here, since) == (3, 2)
    assert reconcile(here, since) == (3, 0)
    assert said_so_far(parts) == ["I need food", "Milton"]
    postman.deliver_all(here)
    told = {message.to: message.body for message in fake.accepted}
    assert "9-8-8" in told["+14165550102"]
    assert "Ontario Works" in told[NUMBER]
    carrier.close()


def test_a_flood_from_one_number_is_kept_but_not_answered(
    parts: Parts, client: FlaskClient
) -> None:
    answered = [bool(text(client, f"food {place}")) for place in range(40)]
    assert sum(answered) <= pace.BURST
    assert text(client, "I need food", sender="+14165550102"), "others are not starved"
    assert "9-8-8" in text(client, DANGER), "danger is still answered"
    with parts.database.transaction() as tx:
        assert incoming.count_since(tx, parts.now()) == 42


def test_another_bot_is_not_talked_to_for_ever(client: FlaskClient, clock: Clock) -> None:
    answers = 0
    for _ in range(50):
        answers += bool(text(client, "This mailbox is not monitored. Do not reply."))
        clock.forward(minutes=5)
    assert answers < 10


def test_a_day_has_a_ceiling_for_each_number(clock: Clock) -> None:
    counted, answers = pace.Pace(), 0
    for _ in range(400):
        counted = pace.counted(counted, clock())
        answers += not pace.too_fast(counted, braked=False)
        clock.forward(minutes=1)
    assert answers == pace.A_DAY
    assert pace.too_often(counted)
    clock.forward(days=1)
    assert not pace.too_fast(pace.counted(counted, clock()), braked=True)


def test_the_daily_ceiling_rings_once_and_brakes_the_busiest(
    parts: Parts, client: FlaskClient, clock: Clock
) -> None:
    for place in range(14):
        text(client, "MENU" if place % 2 else "I need food")
        clock.forward(minutes=1)
    assert text(client, "I need food")
    for _ in range(2):
        assert watch_cost(parts, ceiling=10) > 10
    with parts.database.transaction() as tx:
        rung = [one.act for one in history.entries(tx)]
    assert rung.count("texts-brake") == 1
    assert text(client, "I need food") == ""
    assert text(client, "I need food", sender="+14165550102")
    clock.forward(days=1)
    assert text(client, "I need food"), "the next day is a new day"
