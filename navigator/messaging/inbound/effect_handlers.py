"""What a turn asks for: a referral, taking it back, being forgotten, a person."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from navigator.domain.conversation_state import (
    ConversationState,
    DialogueMemory,
    Referred,
    ShowingList,
)
from navigator.domain.handover import Handover, Speaker, next_speaker
from navigator.messaging.inbound.handoff_commands import create_code_by_text, delete_codes_in_text
from navigator.messaging.inbound.message_context import MessageContext, Response
from navigator.services.conversations.human_handover import wait_message
from navigator.services.dialogue.dialogue_turn import DialogueTurn, Effect
from navigator.services.dialogue.referral_steps import consent_words
from navigator.services.interview.contactable_services import ContactableService
from navigator.services.referrals import referral_service
from navigator.services.referrals.decision_trace import take_snapshot
from navigator.storage import audit_log, carrier_erasures, conversations, inbound_messages, outbox
from navigator.storage.unmet_needs import record_unmet_need
from navigator.wording.content import text_message
from navigator.wording.date_format import short_day
from sms.segments import to_gsm7

ALL_REPLIES = 500
"""More exchanges than a conversation has."""

LONGEST_ANSWER = 20
"""How much of the answer to a consent is kept with it: "1 j'accepte" and the like."""


def apply_effect(context: MessageContext, turn: DialogueTurn) -> Response:
    """Do what a turn asks for, in the same transaction."""
    return EFFECT_HANDLERS[turn.effect](context, turn)


def _no_effect(context: MessageContext, turn: DialogueTurn) -> Response:
    if (
        isinstance(turn.state, ShowingList)
        and turn.state.person.needs
        and not turn.state.shown.page
    ):
        _record_unmet_need(context, turn.state, turn.language)
    return Response(turn.reply, turn.state, turn.language, Speaker.BOT)


def _record_unmet_need(context: MessageContext, state: ShowingList, language: str) -> None:
    # Where a list holds nothing but the widest doors, nothing was found.
    if not set(state.shown.keys) <= set(context.dialogue.directory.policy.widest):
        return
    person = state.person
    place, age = person.answers.get("municipality"), person.answers.get("age")
    record_unmet_need(
        context.uow,
        channel="sms",
        language=language,
        needs=person.needs,
        place=str(place) if place else None,
        age=age if type(age) is int else None,
        now=context.now,
    )


def _refer(context: MessageContext, turn: DialogueTurn) -> Response:
    state, language = turn.state, turn.language
    assert isinstance(state, Referred), "only who agreed is referred"
    option = context.dialogue.option(state.person, state.chosen)
    if option is None:
        text = text_message("nothing_shared", language)
        return Response(text, state, language, Speaker.BOT)
    request = _referral_request(context, state, language, option)
    referral = referral_service.create_referral(
        context.uow, request, now=context.now, calendar=context.container.calendar
    )
    due = short_day(referral.due_at or context.now, language, context.container.zone)
    text = to_gsm7(text_message("referred", language, code=referral.code, day=due))
    memory = _after_referral(state, referral.code)
    return Response(text, replace(state, memory=memory), language, Speaker.BOT)


def _after_referral(state: ConversationState, code: str) -> DialogueMemory:
    """There is no way back behind a referral: it is taken back by UNSHARE alone."""
    progress = replace(state.progress, misses=0)
    return replace(state.memory, progress=progress, referral_code=code, past=())


def _referral_request(
    context: MessageContext, state: Referred, language: str, option: ContactableService
) -> referral_service.ReferralRequest:
    person = state.person
    return referral_service.ReferralRequest(
        name=person.name,
        number=context.incoming.sender,
        language=language,
        safe_contact=person.safe_contact,
        need=person.needs[0],
        service=option.service,
        door=option.contact if option.contact is not option.service else None,
        snapshot=take_snapshot(
            context.dialogue,
            option.service,
            person.words,
            person.answers,
            for_other=person.for_other,
            channel="sms",
        ),
        consent_words=consent_words(context.dialogue, state, language),
        answer=context.incoming.body.strip()[:LONGEST_ANSWER],
        channel="sms",
    )


def withdraw_all_consents(context: MessageContext, turn: DialogueTurn) -> Response:
    """Take back every consent and open request of the number."""
    count = referral_service.withdraw_consents(
        context.uow, context.incoming.sender, now=context.now, calendar=context.container.calendar
    )
    text = text_message("unshared" if count else "nothing_shared", turn.language)
    return Response(text, turn.state, turn.language, Speaker.BOT)


def erase_everything(context: MessageContext, turn: DialogueTurn) -> Response:
    """Forget all that the number told us, and have the worker ask the carrier to do the same."""
    uow, number, conversation = context.uow, context.incoming.sender, context.conversation
    sids = {*inbound_messages.list_sids(uow, conversation.id), context.incoming.sid}
    sids |= outbox.list_sids_to_number(uow, number)
    now = context.container.now()
    carrier_erasures.enqueue(uow, sorted(sids), now=now)
    for exchange in inbound_messages.list_exchanges(uow, conversation.id, last=ALL_REPLIES):
        delete_codes_in_text(uow, exchange.reply)
        if exchange.reply:
            carrier_erasures.enqueue_reply(
                uow, number=number, body=exchange.reply, since=exchange.at, now=now
            )
    calendar = context.container.calendar
    referral_service.erase_person(uow, number, now=context.now, calendar=calendar)
    conversations.erase(uow, conversation)
    return Response(turn.reply, turn.state, turn.language, Speaker.BOT, erased=True)


def _ask_for_person(context: MessageContext, turn: DialogueTurn) -> Response:
    subject = f"talk {context.conversation.id}"
    audit_log.record(
        context.uow, actor="person", act="ask-for-person", subject=subject, now=context.now
    )
    desk, zone = context.container.desk_schedule, context.container.zone
    text = wait_message(desk, context.now, zone, turn.language, lead=turn.reply)
    waiting = replace(turn.state, memory=replace(turn.state.memory, wait_explained=False))
    speaker = next_speaker(context.conversation.speaker, Handover.ASK)
    return Response(text, waiting, turn.language, speaker)


EFFECT_HANDLERS: Mapping[Effect, Callable[[MessageContext, DialogueTurn], Response]] = {
    Effect.NONE: _no_effect,
    Effect.REFER: _refer,
    Effect.UNSHARE: withdraw_all_consents,
    Effect.ERASE: erase_everything,
    Effect.PERSON: _ask_for_person,
    Effect.HAND_ON: create_code_by_text,
}
