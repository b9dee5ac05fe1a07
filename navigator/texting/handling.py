"""Handle a text: one transaction, one effect for its carrier id, the same reply ever after."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from navigator.actions.hearing import danger_lexicon
from navigator.actions.referring import after_quiet_hours
from navigator.domain import conversation, pace
from navigator.domain.conversation import SafeContact, Stage, State
from navigator.domain.safety import Level
from navigator.domain.speaking import Handover, Speaker, after
from navigator.parts import Parts
from navigator.storage import conversations, outbox, signs
from navigator.storage import incoming as remembered
from navigator.storage.conversations import Exchange, Talk
from navigator.storage.database import Clash, Transaction
from navigator.texting.answering import answer
from navigator.texting.costing import BRAKE, brake_word
from navigator.texting.scene import Answer, Scene
from navigator.texting.spooling import Spool
from sms.incoming import Incoming
from sms.numbers import NumberKind, kind
from sms.segments import fits, measure

SILENT_AFTER = timedelta(days=90)
"""A number that was silent for this long may belong to somebody else: nothing of the past shows."""

A_MOMENT = timedelta(microseconds=1)

ATTEMPTS = 3
"""Two processes may take the same text, or a number's first one, at the same moment."""

FRESH = timedelta(hours=3)
"""A late answer to a text of so long ago is still a reply; later it waits for the daytime."""

REMIND_AFTER = timedelta(hours=24)
UNFINISHED = frozenset(
    {
        Stage.NEED,
        Stage.QUESTION,
        Stage.WHICH_CONTACT,
        Stage.WHICH_MORE,
        Stage.NAME,
        Stage.SAFE,
        Stage.CONSENT,
    }
)
"""Here something was asked; who falls silent is reminded once."""

NEVER_REMINDED = frozenset({"abuse-safety", "sexual-assault", "elder-abuse", "victim-support"})
"""A text that comes unasked may be read by the one whom the person fears."""

_READING = Lock()


@dataclass(frozen=True, slots=True)
class Late:
    """A text taken in after its webhook: what was acknowledged then, and when it came."""

    acknowledged: str
    came_at: datetime


class Overtaken(Exception):
    """While the database kept this text waiting, a text of its number was put on disk."""


def handle(
    parts: Parts,
    incoming: Incoming,
    *,
    language: str = "en",
    late: Late | None = None,
    spool: Spool | None = None,
) -> str:
    """Answer a text in one transaction; a late one is answered by a letter.

    With a spool, raises Overtaken where texts of the number have come to lie there meanwhile.
    """
    with _READING:
        # Read once in a process, however many texts come first, and with no transaction open.
        danger_lexicon()
    for _ in range(ATTEMPTS - 1):
        try:
            return _handle(parts, incoming, language, late, spool)
        except Clash:
            continue
    return _handle(parts, incoming, language, late, spool)


def _handle(
    parts: Parts, incoming: Incoming, language: str, late: Late | None, spool: Spool | None
) -> str:
    now = parts.now()
    guide = replace(parts.shelf.edition(now).guide, moment=now.astimezone(parts.zone))
    with parts.database.transaction() as tx:
        is_phone = kind(incoming.sender) is NumberKind.PHONE
        number = incoming.sender
        held = conversations.of_number(tx, parts.vault, number, hold=True) if is_phone else None
        if spool is not None and spool.holds(incoming):
            raise Overtaken
        # Asked once the talk is ours: a copy that another process has at hand is answered by then.
        before = conversations.reply_to(tx, parts.vault, incoming.sid)
        if before is not None:
            return before if late is None else _make_good(parts, tx, incoming, before, late)
        if not is_phone:
            # Short codes and named senders are machines: remembered, never answered.
            exchange = Exchange(incoming.body, "", Level.NONE, now)
            conversations.remember(
                tx, parts.vault, sid=incoming.sid, talk_id=None, exchange=exchange
            )
            return ""
        talk = held or conversations.begin(tx, parts.vault, number, language=language, now=now)
        # The moments of a talk never stand still, so that its texts keep their order.
        now = max(parts.now(), talk.heard_at + (timedelta() if talk.new else A_MOMENT))
        talk = replace(talk, pace=pace.counted(talk.pace, now))
        talk, state = _past_of(tx, talk, now)
        quiet = pace.too_fast(talk.pace, braked=_is_braked(parts, tx, talk))
        scene = Scene(parts, tx, guide, incoming, talk, state, now, quiet=quiet)
        said = _shortened(answer(scene))
        if not said.erased:
            _keep(scene, said)
        return _remember(scene, said, late)


def _past_of(tx: Transaction, talk: Talk, now: datetime) -> tuple[Talk, State]:
    """Give the talk as it goes on; after a long silence somebody else may have the number."""
    if now - talk.heard_at <= SILENT_AFTER:
        return talk, conversation.load(talk.state)
    speaker = after(talk.speaker, Handover.BEGIN)
    conversations.turn_to(tx, talk, speaker, now=now)
    return replace(talk, speaker=speaker, started_at=now, new=True), State()


def _is_braked(parts: Parts, tx: Transaction, talk: Talk) -> bool:
    return talk.pace.day > pace.A_DAY_BRAKED and signs.read(tx, BRAKE) == brake_word(parts)


def _shortened(said: Answer) -> Answer:
    """Hold the budget of two segments, whatever names and numbers were filled in."""
    text = said.reply
    while text and not fits(text, segments=2):
        text = text[: len(text) - 8].rstrip() + "..."
    return said if text == said.reply else replace(said, reply=text)


def _keep(scene: Scene, said: Answer) -> None:
    talk, changes = scene.talk, {}
    if said.speaker is not talk.speaker:
        conversations.turn_to(scene.tx, talk, said.speaker, now=scene.now)
    if talk.new:
        changes["started_at"] = scene.now
    conversations.keep(
        scene.tx,
        scene.parts.vault,
        talk.id,
        state=conversation.dump(said.state),
        language=said.language,
        idle_at=_remind_at(scene, said),
        pace=talk.pace,
        heard_at=scene.now,
        idle_step=0,
        **_with_number(scene),
        **changes,
    )


def _with_number(scene: Scene) -> dict[str, Any]:
    # After ERASE an opted-out row holds no number; the person is back, so it does again.
    if scene.talk.number:
        return {}
    return {"number_sealed": scene.parts.vault.seal(scene.incoming.sender)}


def _remind_at(scene: Scene, said: Answer) -> datetime | None:
    state = said.state
    private = (
        said.danger != Level.NONE
        or state.paused
        or state.safe_contact is SafeContact.CALL
        or not NEVER_REMINDED.isdisjoint(state.needs)
    )
    if scene.talk.opted_out or said.speaker is not Speaker.BOT or private:
        return None
    return scene.now + REMIND_AFTER if state.stage in UNFINISHED else None


def _remember(scene: Scene, said: Answer, late: Late | None) -> str:
    """Remember the text with its reply; a late reply leaves as a letter."""
    told = said.reply if late is None else late.acknowledged
    if late is not None and said.reply and said.reply != told:
        urgent = said.danger != Level.NONE
        _send_later(scene.parts, scene.tx, scene.incoming, said.reply, late, urgent=urgent)
    exchange = Exchange(
        "" if said.erased else scene.body,
        told,
        said.danger,
        scene.now,
        measure(told).segments,
    )
    conversations.remember(
        scene.tx,
        scene.parts.vault,
        sid=scene.incoming.sid,
        talk_id=None if said.erased else scene.talk.id,
        exchange=exchange,
    )
    return told


def _make_good(parts: Parts, tx: Transaction, incoming: Incoming, before: str, late: Late) -> str:
    """Send the reply of a text that has had its effect, but was acknowledged in other words.

    Its process died, or lost the database, between the commit and the answer; then the text came
    again, to the disk.
    """
    if not late.acknowledged or before in {"", late.acknowledged}:
        return before
    remembered.tell_again(tx, parts.vault, sid=incoming.sid, reply=late.acknowledged)
    _send_later(parts, tx, incoming, before, late, urgent=False)
    return late.acknowledged


def _send_later(
    parts: Parts, tx: Transaction, incoming: Incoming, reply: str, late: Late, *, urgent: bool
) -> None:
    now = parts.now()
    soon = urgent or now - late.came_at <= FRESH
    outbox.put(
        tx,
        parts.vault,
        number=incoming.sender,
        body=reply,
        kind="safety" if urgent else "reply",
        now=now,
        not_before=now if soon else after_quiet_hours(now, parts.zone),
    )
