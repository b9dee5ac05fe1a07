"""A conversation's state as text: what is stored, and the way back to earlier states."""

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from navigator.domain.conversation_state import (
    STAGES,
    ConversationState,
    DialogueMemory,
    InterviewProgress,
    KnownPerson,
    NewConversation,
    SafeContact,
    ShownList,
    Stage,
)
from navigator.nlp.danger.detector import DangerLevel

STEPS_BACK = 5
"""Earlier states that are kept: BACK goes one of them back."""

_CLASSES = {kind.stage: kind for kind in STAGES}


def dump_state(state: ConversationState) -> str:
    """Turn a state into text."""
    return json.dumps(_flat(state), default=dict)


def load_state(text: str) -> ConversationState:
    """Make a state from text; from no text, the state of a conversation that just begins."""
    if not text:
        return NewConversation()
    stored = {**_flat(NewConversation()), "need_scores": None, **json.loads(text)}
    kind = _CLASSES[Stage(stored["stage"])]
    menu = tuple(stored["menu"])
    by_name: dict[str, Any] = {
        "memory": _memory(stored),
        "menu": menu,
        "shown": ShownList(menu, stored["page"]),
        "question": stored["question"] or "",
        "chosen": stored["chosen"] or "",
    }
    return kind(**{field.name: by_name[field.name] for field in fields(kind)})


def _flat(state: ConversationState) -> dict[str, object]:
    """Give one flat object with every key at every stage, as 0.1.0 stored it."""
    memory, person, progress = state.memory, state.person, state.progress
    shown = getattr(state, "shown", ShownList(getattr(state, "menu", ())))
    return {
        "stage": state.stage,
        "words": person.words,
        "need_scores": person.need_scores,
        "for_other": person.for_other,
        "needs": person.needs,
        "answers": person.answers,
        "asked": progress.asked,
        "question": getattr(state, "question", None),
        "narrowing": progress.narrowing,
        "menu": shown.keys,
        "page": shown.page,
        "chosen": getattr(state, "chosen", None),
        "name": person.name,
        "safe_contact": person.safe_contact,
        "misses": progress.misses,
        "failures": progress.failures,
        "code": memory.referral_code,
        "paused": memory.answered_danger is not DangerLevel.NONE,
        "held": person.danger_needs,
        "urgent": memory.answered_danger is DangerLevel.EMERGENCY,
        "told": memory.wait_explained,
        "past": memory.past,
    }


def _memory(stored: Mapping[str, Any]) -> DialogueMemory:
    scores = stored["need_scores"]
    return DialogueMemory(
        person=KnownPerson(
            needs=tuple(stored["needs"]),
            answers=stored["answers"],
            for_other=stored["for_other"],
            name=stored["name"],
            words=stored["words"],
            # 0.1.0 kept no scores: its words are read again where they are asked for.
            need_scores={} if scores is None and not stored["words"] else scores,
            danger_needs=tuple(stored["held"]),
            safe_contact=SafeContact(stored["safe_contact"]),
        ),
        progress=InterviewProgress(
            asked=stored["asked"],
            narrowing=stored["narrowing"],
            misses=stored["misses"],
            failures=stored["failures"],
        ),
        answered_danger=_answered_danger(stored),
        wait_explained=stored["told"],
        referral_code=stored["code"],
        past=tuple(stored["past"]),
    )


def _answered_danger(stored: Mapping[str, Any]) -> DangerLevel:
    if not stored["paused"]:
        return DangerLevel.NONE
    return DangerLevel.EMERGENCY if stored["urgent"] else DangerLevel.CRISIS


def with_history(before: ConversationState, after: ConversationState) -> ConversationState:
    """Give the state after a turn, with the way back to where it stood before."""
    if before.stage is Stage.NEW or _position(before) == _position(after):
        return after
    earlier = dump_state(replace(before, memory=replace(before.memory, past=())))
    past = (*before.memory.past, earlier)[-STEPS_BACK:]
    return replace(after, memory=replace(after.memory, past=past))


def previous_state(state: ConversationState) -> ConversationState | None:
    """Give the state one step back; None at the beginning of a conversation."""
    if not state.memory.past:
        return None
    *older, last = state.memory.past
    earlier = load_state(last)
    memory = replace(
        earlier.memory,
        past=tuple(older),
        progress=replace(earlier.progress, failures=state.progress.failures),
        referral_code=state.memory.referral_code,
    )
    return replace(earlier, memory=memory)


def _position(state: ConversationState) -> tuple[object, ...]:
    return replace(state, memory=DialogueMemory()), state.person.needs
