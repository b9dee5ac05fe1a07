"""Tables of functions by stage: each function takes the class of its own stage."""

from collections.abc import Callable
from typing import TypeVar

from navigator.domain.conversation_state import ConversationState, Stage
from navigator.services.dialogue.dialogue_turn import DialogueContext, DialogueTurn

OwnState = TypeVar("OwnState", bound=ConversationState)
Given = TypeVar("Given")


def for_stage(
    kind: type[OwnState], handle: Callable[[DialogueContext, OwnState, Given], DialogueTurn]
) -> tuple[Stage, Callable[[DialogueContext, ConversationState, Given], DialogueTurn]]:
    """Give a row of a table: the stage of a class, and the function that takes it."""

    def narrowed(context: DialogueContext, state: ConversationState, given: Given) -> DialogueTurn:
        assert isinstance(state, kind), f"{kind.__name__} was expected"
        return handle(context, state, given)

    return kind.stage, narrowed
