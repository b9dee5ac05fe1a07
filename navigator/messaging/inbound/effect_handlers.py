"""What a turn asks for: a referral, taking it back, being forgotten, a person."""

from collections.abc import Callable, Mapping

from navigator.domain.conversation_state import ConversationState, Stage
from navigator.domain.handover import Handover, Speaker, next_speaker
from navigator.messaging.inbound.handoff_commands import create_code_by_text, delete_codes_in_text
from navigator.messaging.inbound.message_context import MessageContext, Response
from navigator.services.conversations.wait_messages import wait_message
from navigator.services.dialogue.messages import option_by_key
from navigator.services.dialogue.referral_steps import consent_words
from navigator.services.dialogue.turn_types import DialogueTurn, Effect
from navigator.services.interview.contact_options import ContactOption
from navigator.services.referrals import referral_service
from navigator.services.referrals.decision_trace import take_snapshot
from navigator.storage import audit_log, carrier_redactions, conversations, inbound_messages, outbox
from navigator.storage.unmet_needs import record_unmet_need
from navigator.wording.content import text_message
from navigator.wording.date_format import short_day
from sms.segments import to_gsm7

ALL_REPLIES = 500
"""More exchanges than a talk has."""


def apply_effect(scene: MessageContext, done: DialogueTurn) -> Response:
    """Do what a turn asks for, in the same transaction."""
    return EFFECTS[done.effect](scene, done)


def _nothing(scene: MessageContext, done: DialogueTurn) -> Response:
    if done.state.stage is Stage.LIST and done.state.needs and done.state.page == 0:
        _note_miss(scene, done)
    return Response(done.reply, done.state, done.language, Speaker.BOT)


def _note_miss(scene: MessageContext, done: DialogueTurn) -> None:
    # Where a list holds nothing but the widest doors, nothing was found.
    if not set(done.state.menu) <= set(scene.guide.directory.policy.widest):
        return
    place, age = done.state.answers.get("municipality"), done.state.answers.get("age")
    record_unmet_need(
        scene.uow,
        channel="sms",
        language=done.language,
        needs=done.state.needs,
        place=str(place) if place else None,
        age=age if type(age) is int else None,
        now=scene.now,
    )


def _refer(scene: MessageContext, done: DialogueTurn) -> Response:
    state = done.state
    way = option_by_key(scene.guide, state, state.chosen)
    if way is None:
        return Response(
            text_message("nothing_shared", done.language), state, done.language, Speaker.BOT
        )
    referral = referral_service.create_referral(
        scene.uow,
        _asking(scene, state, done.language, way),
        now=scene.now,
        calendar=scene.container.calendar,
    )
    due = short_day(referral.due_at or scene.now, done.language, scene.container.zone)
    text = to_gsm7(text_message("referred", done.language, code=referral.code, day=due))
    kept = state.but(code=referral.code, misses=0, past=())
    return Response(text, kept, done.language, Speaker.BOT)


def _asking(
    scene: MessageContext, state: ConversationState, language: str, way: ContactOption
) -> referral_service.ReferralRequest:
    return referral_service.ReferralRequest(
        name=state.name,
        number=scene.incoming.sender,
        language=language,
        safe_contact=state.safe_contact,
        need=state.needs[0],
        service=way.service,
        door=way.contact if way.contact is not way.service else None,
        snapshot=take_snapshot(
            scene.guide,
            way.service,
            state.words,
            state.answers,
            for_other=state.for_other,
            channel="sms",
        ),
        consent_words=consent_words(scene.guide, state, language),
        answer=scene.body.strip()[:20],
        channel="sms",
    )


def withdraw_all_consents(scene: MessageContext, done: DialogueTurn) -> Response:
    """Take back every consent and open request of the number."""
    count = referral_service.withdraw_consents(
        scene.uow, scene.incoming.sender, now=scene.now, calendar=scene.container.calendar
    )
    key = "unshared" if count else "nothing_shared"
    return Response(text_message(key, done.language), done.state, done.language, Speaker.BOT)


def erase_everything(scene: MessageContext, done: DialogueTurn) -> Response:
    """Forget all that the number told us, and have the worker ask the carrier to do the same."""
    uow, number = scene.uow, scene.incoming.sender
    sids = {*inbound_messages.list_sids(uow, scene.talk.id), scene.incoming.sid}
    sids |= outbox.list_sids_to_number(uow, number)
    now = scene.container.now()
    carrier_redactions.enqueue(uow, sorted(sids), now=now)
    for one in inbound_messages.list_exchanges(uow, scene.talk.id, last=ALL_REPLIES):
        delete_codes_in_text(scene, one.reply)
        if one.reply:
            carrier_redactions.enqueue_reply(
                uow, number=number, body=one.reply, since=one.at, now=now
            )
    referral_service.erase_person(uow, number, now=scene.now, calendar=scene.container.calendar)
    conversations.erase(uow, scene.talk)
    return Response(done.reply, done.state, done.language, Speaker.BOT, erased=True)


def _person(scene: MessageContext, done: DialogueTurn) -> Response:
    audit_log.record(
        scene.uow,
        actor="person",
        act="ask-for-person",
        subject=f"talk {scene.talk.id}",
        now=scene.now,
    )
    text = wait_message(
        scene.container.office_hours,
        scene.now,
        scene.container.zone,
        done.language,
        lead=done.reply,
    )
    kept = done.state.but(told=False)
    return Response(text, kept, done.language, next_speaker(scene.talk.speaker, Handover.ASK))


EFFECTS: Mapping[Effect, Callable[[MessageContext, DialogueTurn], Response]] = {
    Effect.NONE: _nothing,
    Effect.REFER: _refer,
    Effect.UNSHARE: withdraw_all_consents,
    Effect.ERASE: erase_everything,
    Effect.PERSON: _person,
    Effect.HAND_ON: create_code_by_text,
}
