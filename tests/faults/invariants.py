"""The verdict on a fault run: one effect for each text, each letter once or shown as uncertain."""

import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import text as sql

from navigator.container import Container
from navigator.messaging.inbound.disk_spool import DiskSpool
from navigator.messaging.inbound.reply_or_spool import reply_to_webhook
from navigator.storage import conversations, outbox
from navigator.storage.inbound_messages import exists, list_exchanges
from navigator.storage.outbox import OutboxState
from sms.inbound_message import InboundMessage
from tests.fakes.twilio_server import FakeTwilio
from tests.faults.scenarios import REFERRALS, STORIES, Caller
from tests.faults.system_under_test import Told

ACKNOWLEDGED = "Sorry, we are slow now."


@dataclass(frozen=True)
class Verdict:
    """What was found; `wrong` is empty where everything holds."""

    texts: int
    letters: dict[str, int]
    accepted: int
    referrals: int
    late: int
    wrong: tuple[str, ...]


def expected_replies(container: Container) -> list[list[str]]:
    """Play every story undisturbed, in another instance."""
    told = []
    for place, story in enumerate(STORIES):
        number = f"+1555555010{place}"
        told.append(
            [
                plain(
                    reply_to_webhook(
                        container, InboundMessage(f"X{place}-{at}", number, "", body, 0, None, 1)
                    )
                )
                for at, body in enumerate(story)
            ]
        )
    return told


def plain(reply: str) -> str:
    """Give a reply without its code and day, which differ from run to run."""
    return re.sub(r"\b[A-HJ-NP-Z2-9]{6}\b|\b[A-Z][a-z]{2} [A-Z][a-z]{2} \d+", "-", reply)


def settled(container: Container) -> bool:
    """Say whether nothing is left to be done."""
    open_states = (OutboxState.WAITING, OutboxState.TAKEN, OutboxState.DOUBTED)
    with container.database.unit_of_work() as uow:
        left = uow.session.scalar(
            sql("SELECT count(*) FROM letter WHERE state IN (:a, :b, :c)"),
            dict(zip("abc", map(str, open_states), strict=True)),
        )
    return left == 0 and DiskSpool(container.settings.home, container.encryption).count()[0] == 0


def judge(
    container: Container,
    fake: FakeTwilio,
    told: Told,
    people: list[Caller],
    expected: list[list[str]],
) -> Verdict:
    """Look at every text and every letter."""
    wrong: list[str] = []
    late = 0
    for caller in people:
        late += _judge_talk(container, caller, told, expected[caller.story], wrong)
    wrong += [f"different replies for {sid}" for sid, ways in told.replies.items() if len(ways) > 1]
    with container.database.unit_of_work() as uow:
        count = uow.session.scalar(sql("SELECT count(*) FROM incoming"))
        referrals = int(uow.session.scalar(sql("SELECT count(*) FROM referral")) or 0)
        letters = uow.session.execute(sql("SELECT id, state FROM letter")).all()
    texts = sum(len(sids) for sids in told.sids.values())
    if count != texts:
        wrong.append(f"{count} texts are kept of {texts}")
    if referrals != sum(REFERRALS[caller.story] for caller in people):
        wrong.append(f"{referrals} referrals were made")
    if DiskSpool(container.settings.home, container.encryption).count() != (0, 0):
        wrong.append("texts are left on disk")
    wrong += _judge_letters(fake, [(int(number), str(state)) for number, state in letters])
    states = dict(Counter(str(state) for _, state in letters))
    return Verdict(texts, states, len(fake.accepted), referrals, late, tuple(wrong))


def _judge_talk(
    container: Container, caller: Caller, told: Told, expected: list[str], wrong: list[str]
) -> int:
    """Compare a talk with the undisturbed one; late replies are letters: give how many."""
    with container.database.unit_of_work() as uow:
        talk = conversations.find_by_number(uow, caller.number)
        if talk is None:
            wrong.append(f"no talk of story {caller.story}")
            return 0
        talk_exchanges = list_exchanges(uow, talk.id)
        letters = Counter(
            plain(message.body) for message in outbox.list_to_number(uow, caller.number)
        )
        missing = [sid for sid in told.sids[caller.number] if not exists(uow, sid)]
    wrong += [f"{sid} was lost" for sid in missing]
    if [exchange.body for exchange in talk_exchanges] != list(caller.bodies):
        bodies = [exchange.body for exchange in talk_exchanges]
        wrong.append(f"the texts of a talk are not in order: {bodies}")
        return 0
    late = 0
    for at, (exchange, reply) in enumerate(zip(talk_exchanges, expected, strict=True)):
        if plain(exchange.reply) == reply:
            continue
        late += 1
        acknowledged = exchange.reply.startswith(ACKNOWLEDGED)
        if exchange.reply and not acknowledged and reply not in exchange.reply:
            wrong.append(f"story {caller.story}, text {at}: another reply than undisturbed")
        elif reply and letters[reply] < 1 and acknowledged:
            wrong.append(f"story {caller.story}, text {at}: the late reply is missing")
    return late


def _judge_letters(fake: FakeTwilio, letters: list[tuple[int, str]]) -> list[str]:
    """Compare the outbox with what the carrier took, by the reference that each letter carries."""
    taken = Counter(
        parse_qs(urlsplit(message.status_callback or "").query)["ref"][0]
        for message in fake.accepted
        if message.status_callback
    )
    wrong = [f"{ref} was sent {count} times" for ref, count in taken.items() if count > 1]
    for number, state in letters:
        count = taken[f"letter-{number}"]
        if state == OutboxState.SENT and count != 1:
            wrong.append(f"letter {number} counts as sent, but {count} were")
        if state in {OutboxState.STOPPED, OutboxState.FAILED} and count:
            wrong.append(f"letter {number} is {state}, but was sent")
        if state in {OutboxState.WAITING, OutboxState.TAKEN, OutboxState.DOUBTED}:
            wrong.append(f"letter {number} was never settled")
    return wrong
