"""Who falls silent is reminded once; then the conversation is closed with the best list so far."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from directory_data.vocabulary.loader import NeedFlag, Vocabulary
from navigator.domain.conversation_state import ConversationState, SafeContact, Stage
from navigator.domain.handover import Speaker
from navigator.domain.stored_conversation_state import dump_state, load_state
from navigator.nlp.danger.detector import DangerLevel
from navigator.services.dialogue.dialogue_turn import DialogueContext
from navigator.services.dialogue.messages import show_list
from navigator.services.interview.contactable_services import option_line
from navigator.services.referrals.referral_service import after_quiet_hours
from navigator.storage import conversations, outbox
from navigator.storage.unit_of_work import UnitOfWork
from navigator.wording.content import text_message
from sms.segments import fits_segments, to_gsm7

REMIND_AFTER = timedelta(hours=24)
CLOSE_AFTER = timedelta(hours=48)
"""Reminded after 24 hours of silence, closed after 72."""

NOT_YET, REMINDED, CLOSED = 0, 1, 2
"""How many times a silence was acted on, as it is stored."""

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

SERVICES = 2
"""Most services that the last text names: with the words around them, more rarely fit."""


def reminder_time(
    state: ConversationState, vocabulary: Vocabulary, *, now: datetime
) -> datetime | None:
    """Give when a person who falls silent now is reminded; None where nothing is open, or safe."""
    # A text that comes unasked may be read by the one whom the person fears.
    remindable = vocabulary.needs_with(NeedFlag.REMINDED)
    private = (
        state.memory.answered_danger is not DangerLevel.NONE
        or state.person.safe_contact is SafeContact.CALL
        or not remindable.issuperset(state.person.needs)
    )
    return now + REMIND_AFTER if state.stage in UNFINISHED and not private else None


def handle_silence(
    uow: UnitOfWork,
    context: DialogueContext,
    conversation_id: int,
    *,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """Remind a silent conversation, or close it with the best list."""
    conversation = conversations.find(uow, conversation_id, hold=True)
    if conversation is None:
        return
    state, idle_at, step = load_state(conversation.state), None, conversation.idle_step
    moment, text, kind = after_quiet_hours(now, zone), "", ""
    if conversation.opted_out or conversation.speaker is not Speaker.BOT:
        pass
    elif moment > now:
        idle_at = moment
    elif step == NOT_YET:
        text, kind = text_message("nudge", conversation.language), "nudge"
        idle_at, step = now + CLOSE_AFTER, REMINDED
    else:
        state, text = _close(context, state, conversation.language)
        kind, step = "closed", CLOSED
    if text:
        outbox.enqueue(
            uow, number=conversation.number, body=text, kind=kind, now=now, not_before=now
        )
    conversations.save(
        uow,
        conversation.id,
        state=dump_state(state),
        language=conversation.language,
        idle_at=idle_at,
        idle_step=step,
    )


def _close(
    context: DialogueContext, state: ConversationState, language: str
) -> tuple[ConversationState, str]:
    """Close with the best list so far, where its services may be named in a text unasked."""
    person = state.person
    if not person.needs:
        return state, text_message("closed", language)
    shown = show_list(context, state, language).state
    # The services of other needs are shown when they are asked for.
    if not context.vocabulary.needs_with(NeedFlag.NAMED).issuperset(person.needs):
        return shown, text_message("closed", language)
    options = context.options(person)
    for count in range(SERVICES, 0, -1):
        lines = "\n".join(option_line(option, language) for option in options[:count])
        text = to_gsm7(text_message("closed_list", language, lines=lines))
        if fits_segments(text, segments=2):
            return shown, text
    return shown, text_message("closed", language)
