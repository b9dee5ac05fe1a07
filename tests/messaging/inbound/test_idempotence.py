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

from navigator.container import Container
from navigator.domain import rate_limit
from navigator.messaging.cost_guard import check_daily_cost
from navigator.messaging.inbound.disk_spool import DiskSpool
from navigator.messaging.inbound.message_handler import Overtaken, handle_message
from navigator.messaging.inbound.reconciliation import reconcile, take_in_spooled
from navigator.messaging.inbound.reply_or_spool import reply_to_webhook
from navigator.messaging.outbox import sender
from navigator.storage import audit_log, conversations, inbound_messages, outbox
from navigator.storage.database import Database
from sms.inbound_message import InboundMessage
from sms.twilio_carrier import TwilioCarrier
from tests.fakes.twilio_server import FakeTwilio
from tests.makers import Clock, make_container, text

NUMBER = "+14165550101"
DANGER = "I am going to kill myself"


@pytest.fixture
def container(tmp_path: Path, clock: Clock, database_url: str) -> Container:
    return make_container(tmp_path, now=clock, url=database_url)


def test_a_text_is_on_the_disk_before_the_carrier_is_answered(tmp_path: Path) -> None:
    """And nobody else waits for the disk: the next writer has its turn meanwhile."""
    container = make_container(tmp_path)
    url = container.database.url
    on_disk: list[tuple[str, list[str]]] = []

    def meanwhile(path: Path) -> None:
        other = replace(container, database=Database(url, container.encryption))
        with other.database.unit_of_work() as uow:
            conversations.create(
                uow,
                f"+1416555060{len(on_disk)}",
                language="en",
                now=container.now(),
            )
        on_disk.append((path.name, said_so_far(other) if on_disk else []))
        other.database.close()

    container.edition_store.edition(container.now())
    slow = replace(container, database=Database(url, container.encryption, to_disk=meanwhile))
    handle_message(container, a_text("I need food", "SM-a"))
    assert on_disk == []
    handle_message(slow, a_text("Milton", "SM-b"))
    handle_message(slow, a_text("Milton", "SM-b"))
    assert on_disk[-1] == ("navigator.db-wal", ["I need food", "Milton"])
    slow.database.close()


@pytest.fixture
def away(container: Container) -> Container:
    """Give the same instance while its database is away."""
    return replace(
        container, database=Database("sqlite:////nowhere/at/all.db", container.encryption)
    )


def a_text(body: str, sid: str = "SM1", sender: str = NUMBER) -> InboundMessage:
    return InboundMessage(sid, sender, "+12895550100", body, 0, None, 1)


def letters(container: Container) -> list[str]:
    with container.database.unit_of_work() as uow:
        return [message.body for message in outbox.list_to_number(uow, NUMBER)]


def said_so_far(container: Container, number: str = NUMBER) -> list[str]:
    with container.database.unit_of_work() as uow:
        talk = conversations.find_by_number(uow, number)
        assert talk is not None
        return [exchange.body for exchange in inbound_messages.list_exchanges(uow, talk.id)]


def test_a_copy_gets_the_same_reply_and_has_no_second_effect(
    container: Container, client: FlaskClient
) -> None:
    first = text(client, "food in Milton, I am 40", sid="SM-a")
    second = text(client, "0", sid="SM-b")
    assert text(client, "food in Milton, I am 40", sid="SM-a") == first
    assert text(client, "0", sid="SM-b") == second
    assert said_so_far(container) == ["food in Milton, I am 40", "0"]


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


def test_four_processes_at_once_have_one_effect_for_each_text(container: Container) -> None:
    numbers = [f"+1416555020{place}" for place in range(6)]
    texts = [
        a_text(body, f"SM-{number}-{at}", number)
        for at, body in enumerate(("I need food", "Milton"))
        for number in numbers
    ]
    container.edition_store.edition(container.now())
    container.database.close()

    def deliver(_: int) -> None:
        container.database.engine.dispose(close=False)
        for message in texts:
            handle_message(container, message)

    in_processes(4, deliver)
    for number in numbers:
        assert said_so_far(container, number) == ["I need food", "Milton"]
    with container.database.unit_of_work() as uow:
        assert inbound_messages.count_since(uow, container.now()) == len(texts)


def test_a_text_is_kept_on_disk_while_the_database_is_away(
    container: Container, away: Container, clock: Clock
) -> None:
    acknowledged = reply_to_webhook(away, a_text("I need food in Milton"))
    assert "911" in acknowledged
    assert reply_to_webhook(away, a_text("I need food in Milton")) == acknowledged
    assert DiskSpool(container.settings.home, container.encryption).count() == (1, 0)
    (kept,) = (container.settings.home / "spool").iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    for secret in ("food", "Milton", "4165550101"):
        assert secret not in kept.name + kept.read_text()
    assert take_in_spooled(away) == 0
    assert take_in_spooled(container) == 1
    assert said_so_far(container) == ["I need food in Milton"]
    assert reply_to_webhook(container, a_text("I need food in Milton")) == acknowledged
    (late,) = letters(container)
    assert "I got: food, Milton." in late
    clock.forward(seconds=5)
    sender.send_due(container)
    with container.database.unit_of_work() as uow:
        (letter,) = outbox.list_to_number(uow, NUMBER)
    assert letter.state is outbox.OutboxState.SENT


def test_danger_gets_its_card_without_a_database_and_no_second_one(
    container: Container, away: Container
) -> None:
    card = reply_to_webhook(away, a_text(DANGER))
    assert "9-8-8" in card
    take_in_spooled(container)
    assert card not in letters(container)
    assert said_so_far(container) == [DANGER]


@pytest.mark.parametrize(("word", "says"), [("INFO", "Free."), ("START", "Tell me what you need")])
def test_a_word_of_both_languages_is_acknowledged_in_both_without_a_database(
    container: Container, away: Container, word: str, says: str
) -> None:
    """The language of the talk is not known then; the word's own answer comes later."""
    acknowledged = reply_to_webhook(away, a_text(word))
    assert "We have your text" in acknowledged
    assert "Nous avons votre texto" in acknowledged
    take_in_spooled(container)
    (late,) = letters(container)
    assert says in late


def test_an_opt_out_without_a_database_is_obeyed_when_it_is_back(
    container: Container, away: Container
) -> None:
    assert "no more texts" in reply_to_webhook(away, a_text("STOP"))
    take_in_spooled(container)
    with container.database.unit_of_work() as uow:
        talk = conversations.find_by_number(uow, NUMBER)
    assert talk is not None
    assert talk.opted_out
    sender.send_due(container)
    with container.database.unit_of_work() as uow:
        sent = outbox.list_to_number(uow, NUMBER)
    assert outbox.OutboxState.SENT not in {message.state for message in sent}


def test_texts_of_a_number_stay_in_order_after_the_database_was_away(
    container: Container, away: Container, clock: Clock
) -> None:
    reply_to_webhook(away, a_text("I need food", "SM1"))
    clock.forward(seconds=1)
    reply_to_webhook(away, a_text("Milton", "SM2"))
    clock.forward(seconds=1)
    assert reply_to_webhook(container, a_text("I am 40", "SM3"))
    assert said_so_far(container) == ["I need food", "Milton", "I am 40"]


def test_a_text_that_waited_for_the_database_gives_way_to_those_put_on_disk_meanwhile(
    container: Container, away: Container, clock: Clock
) -> None:
    """One process gave up waiting, another with a copy of the text did not: both say the same."""
    reply_to_webhook(container, a_text("hello", "SM0"))
    spool = DiskSpool(container.settings.home, container.encryption)
    acknowledged = reply_to_webhook(away, a_text("I need food", "SM1"))
    clock.forward(seconds=1)
    for late in ("SM1", "SM2"):
        with pytest.raises(Overtaken):
            handle_message(container, a_text("I need food", late), spool=spool)
    assert said_so_far(container) == ["hello"]
    assert reply_to_webhook(container, a_text("Milton", "SM2")) != acknowledged
    assert reply_to_webhook(container, a_text("I need food", "SM1")) == acknowledged
    assert said_so_far(container) == ["hello", "I need food", "Milton"]


def test_a_copy_that_waited_in_vain_says_what_the_other_said(tmp_path: Path) -> None:
    """The database is held by a writer; what was answered before can be read all the same."""
    container = make_container(tmp_path)
    said = reply_to_webhook(container, a_text("I need food", "SM1"))
    waits = replace(container, database=Database(container.database.url, container.encryption))
    event.listen(waits.database.engine, "begin", _in_vain)
    with container.database.unit_of_work() as uow:
        uow.session.connection()
        assert reply_to_webhook(waits, a_text("I need food", "SM1")) == said
    assert DiskSpool(container.settings.home, container.encryption).count() == (0, 0)
    waits.database.close()


def _in_vain(connection: Connection) -> None:
    raise OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked"))


def test_a_reply_that_never_left_is_sent_once_the_database_is_back(
    container: Container, away: Container
) -> None:
    """A process died after its commit; the copy met no database, and was promised an answer."""
    meant = reply_to_webhook(container, a_text("I need food", "SM1"))
    acknowledged = reply_to_webhook(away, a_text("I need food", "SM1"))
    assert acknowledged != meant
    assert take_in_spooled(container) == 1
    assert letters(container) == [meant]
    assert reply_to_webhook(container, a_text("I need food", "SM1")) == acknowledged
    reply_to_webhook(away, a_text("I need food", "SM1"))
    assert take_in_spooled(container) == 1
    assert letters(container) == [meant]
    assert said_so_far(container) == ["I need food"]


def test_copies_of_a_text_are_answered_alike_though_one_waited_and_one_gave_up(
    tmp_path: Path,
) -> None:
    container = make_container(tmp_path)
    came = a_text("I need food", "SM1")
    reply_to_webhook(container, a_text("hello", "SM0"))
    with ThreadPoolExecutor(1) as pool:
        with container.database.unit_of_work() as uow:
            uow.session.connection()
            waits = pool.submit(reply_to_webhook, container, came)
            time.sleep(0.3)
            DiskSpool(container.settings.home, container.encryption).add(
                came, "We are slow.", now=container.now()
            )
        assert waits.result() == "We are slow."
    assert said_so_far(container) == ["hello", "I need food"]


def test_a_file_that_can_not_be_opened_is_put_aside(container: Container, away: Container) -> None:
    reply_to_webhook(away, a_text("I need food"))
    (kept,) = (container.settings.home / "spool").iterdir()
    kept.write_text("half a file")
    assert take_in_spooled(container) == 0
    assert DiskSpool(container.settings.home, container.encryption).count() == (0, 1)


@pytest.fixture
def fake(clock: Clock) -> Iterator[FakeTwilio]:
    with FakeTwilio(clock=clock) as fake:
        yield fake


def test_what_the_carrier_alone_knows_is_taken_in_once(
    container: Container, fake: FakeTwilio, clock: Clock
) -> None:
    carrier = TwilioCarrier(
        fake.account_sid, fake.auth_token, fake.number, None, base_url=fake.base_url
    )
    here = replace(container, carrier=carrier)
    known = fake.receive(NUMBER, "I need food")
    reply_to_webhook(here, a_text("I need food", known.sid))
    fake.receive(NUMBER, "Milton")
    fake.receive("+14165550102", DANGER)
    since = clock() - timedelta(hours=1)
    assert reconcile(here, since) == (3, 2)
    assert reconcile(here, since) == (3, 0)
    assert said_so_far(container) == ["I need food", "Milton"]
    sender.send_due(here)
    told = {message.to: message.body for message in fake.accepted}
    assert "9-8-8" in told["+14165550102"]
    assert "Ontario Works" in told[NUMBER]
    carrier.close()


def test_a_flood_from_one_number_is_kept_but_not_answered(
    container: Container, client: FlaskClient
) -> None:
    answered = [bool(text(client, f"food {place}")) for place in range(40)]
    assert sum(answered) <= rate_limit.BURST
    assert text(client, "I need food", sender="+14165550102"), "others are not starved"
    assert "9-8-8" in text(client, DANGER), "danger is still answered"
    with container.database.unit_of_work() as uow:
        assert inbound_messages.count_since(uow, container.now()) == 42


def test_another_bot_is_not_talked_to_for_ever(client: FlaskClient, clock: Clock) -> None:
    answers = 0
    for _ in range(50):
        answers += bool(text(client, "This mailbox is not monitored. Do not reply."))
        clock.forward(minutes=5)
    assert answers < 10


def test_a_day_has_a_ceiling_for_each_number(clock: Clock) -> None:
    counted, answers = rate_limit.MessageCounts(), 0
    for _ in range(400):
        counted = rate_limit.count_message(counted, clock())
        answers += not rate_limit.exceeds_limit(counted, braked=False)
        clock.forward(minutes=1)
    assert answers == rate_limit.A_DAY
    assert rate_limit.exceeds_safety_limit(counted)
    clock.forward(days=1)
    assert not rate_limit.exceeds_limit(rate_limit.count_message(counted, clock()), braked=True)


def test_the_daily_ceiling_rings_once_and_brakes_the_busiest(
    container: Container, client: FlaskClient, clock: Clock
) -> None:
    for place in range(14):
        text(client, "MENU" if place % 2 else "I need food")
        clock.forward(minutes=1)
    assert text(client, "I need food")
    for _ in range(2):
        assert check_daily_cost(container, ceiling=10) > 10
    with container.database.unit_of_work() as uow:
        rung = [entry.act for entry in audit_log.list_entries(uow)]
    assert rung.count("texts-brake") == 1
    assert text(client, "I need food") == ""
    assert text(client, "I need food", sender="+14165550102")
    clock.forward(days=1)
    assert text(client, "I need food"), "the next day is a new day"
