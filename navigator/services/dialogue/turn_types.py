"""What a turn of a talk is made of: what it looks things up in, and what comes of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from directory_data.directory import Directory
from directory_data.vocabulary.loader import Vocabulary
from navigator.domain.conversation_state import ConversationState
from navigator.nlp.needs.lexicon import NeedsLexicon


class Effect(StrEnum):
    """What a turn asks the face to do, in the same transaction."""

    NONE = "none"
    REFER = "refer"
    UNSHARE = "unshare"
    ERASE = "erase"
    PERSON = "person"
    HAND_ON = "hand-on"


@dataclass(frozen=True, slots=True)
class DialogueContext:
    """What a turn looks things up in."""

    directory: Directory
    lexicon: NeedsLexicon
    moment: datetime | None = None
    """The local time at which doors are open or closed; None where no hours are told."""

    @property
    def vocabulary(self) -> Vocabulary:
        """Give the common language of the region."""
        return self.directory.vocabulary


@dataclass(frozen=True, slots=True)
class DialogueTurn:
    """What came of a text: the state, the language, the reply, and an effect to carry out."""

    state: ConversationState
    language: str
    reply: str
    effect: Effect = Effect.NONE
