"""The verdict on a fault run: one effect for each text, each letter once or shown as uncertain."""

import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import text as sql

from navigator import texting
from navigator.parts import Parts
from navigator.storage import conversations, outbox
from navigator.storage.incoming import seen
from navigator.storage.outbox import LetterState
from navigator.texting.spooling import Spool
from sms.fake_twilio import FakeTwilio
from sms.incoming import Incoming
from tests.faults.scenes import REFERRALS, STORIES, Caller
from tests.faults.town import Told

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


def expected_replies(parts: Parts) -> list[list[str]]:
    """Play every story undisturbed, in another instance."""
    told = []
    for place, story in enumerate(STORIES):
        number = f"+1555555010{place}"
        told.append([
            plain(texting.reply(parts, Incoming(f"X{place}-{at}", number, "", body, 0, None, 1)))
            for at, body in enumerate(story)
        ])  # fmt: skip
    return told


def plain(reply: str) -> str:
    """Give a reply without its code and day, which differ from run to run."""
    return re.sub(r"\b[A-HJ-NP-Z2-9]{6}\b|\b[A-Z][a-z]{2} [A-Z][a-z]{2} \d+", "-", reply)


def settled(parts: Parts) -> bool:
    """Say whether nothing is left to be done."""
    open_states = (LetterState.WAITING, LetterState.TAKEN, LetterState.DOUBTED)
    with parts.database.transaction() as tx:
        left = tx.scalar(
            sql("SELECT count(*) FROM letter WHERE state IN (:a, :b, :c)"),
            dict(zip("abc", map(str, open_states), strict=True)),
        )
    return left == 0 and Spool(parts.settings.home, parts.vault).count()[0] == 0


def judge(
    parts: Parts, fake: FakeTwilio, told: Told, people: list[Caller], expected: list[list[str]]
) -> Verdict:
    """Look at every text and every letter."""
    wrong: list[str] = []
    late = 0
    for caller in people:
        late += _judge_talk(parts, caller, told, expected[caller.story], wrong)
    wrong += [f"different replies for {sid}" for sid, ways in told.replies.items() if len(ways) > 1]
    with parts.database.transaction() as tx:
        count = tx.scalar(sql("SELECT count(*) FROM incoming"))
        referrals = int(tx.scalar(sql("SELECT count(*) FROM referral")) or 0)
        letters = tx.execute(sql("SELECT id, state FROM letter")).all()
    texts = sum(len(sids) for sids in told.sids.values())
    if count != texts:
        wrong.append(f"{count} texts are kept of {texts}")
    if referrals != sum(REFERRALS[caller.story] for caller in people):
        wrong.append(f"{referrals} referrals were made")
    if Spool(parts.settings.home, parts.vault).count() != (0, 0):
        wrong.append("texts are left on disk")
    wrong += _judge_letters(fake, [(int(number), str(state)) for number, state in letters])
    states = dict(Counter(str(state) for _, state in letters))
    return Verdict(texts, states, len(fake.accepted), referrals, late, tuple(wrong))


def _judge_talk(
    parts: Parts, caller: Caller, told: Told, expected: list[str], wrong: list[str]
) -> int:
    """Compare a talk with the undisturbed one; late replies are letters: give how many."""
    with parts.database.transaction() as tx:
        talk = conversations.of_number(tx, parts.vault, caller.number)
        if talk is None:
            wrong.append(f"no talk of story {caller.story}")
            return 0
        exchanges = conversations.exchanges(tx, parts.vault, talk.id)
        letters = Counter(
            plain(one.body) for one in outbox.to_number(tx, parts.vault, caller.number)
        )
        missing = [sid for sid in told.sids[caller.number] if not seen(tx, sid)]
    wrong += [f"{sid} was lost" for sid in missing]
    if [one.body for one in exchanges] != list(caller.bodies):
        wrong.append(f"the texts of a talk are not in order: {[one.body for one in exchanges]}")
        return 0
    late = 0
    for at, (one, reply) in enumerate(zip(exchanges, expected, strict=True)):
        if plain(one.reply) == reply:
            continue
        late += 1
        if one.reply and not one.reply.startswith(ACKNOWLEDGED) and reply not in one.reply:
            wrong.append(f"story {caller.story}, text {at}: another reply than undisturbed")
        elif reply and letters[reply] < 1 and one.reply.startswith(ACKNOWLEDGED):
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
        if state == LetterState.SENT and count != 1:
            wrong.append(f"letter {number} counts as sent, but {count} were")
        if state in {LetterState.STOPPED, LetterState.FAILED} and count:
            wrong.append(f"letter {number} is {state}, but was sent")
        if state in {LetterState.WAITING, LetterState.TAKEN, LetterState.DOUBTED}:
            wrong.append(f"letter {number} was never settled")
    return wrong
