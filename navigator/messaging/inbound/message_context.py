"""What one text is handled with, and what comes of it."""

from dataclasses import dataclass
from datetime import datetime

from navigator.container import Container
from navigator.domain.conversation_state import ConversationState
from navigator.domain.handover import Speaker
from navigator.nlp.danger.detector import DangerLevel
from navigator.services.dialogue.turn_types import DialogueContext
from navigator.storage.conversations import Conversation
from navigator.storage.unit_of_work import UnitOfWork
from navigator.wording.content import text_message
from sms.inbound_message import InboundMessage


@dataclass(frozen=True, slots=True)
class MessageContext:
    """One text in its talk; `quiet` where this number gets no more answers for now."""

    container: Container
    uow: UnitOfWork
    guide: DialogueContext
    incoming: InboundMessage
    talk: Conversation
    state: ConversationState
    now: datetime
    quiet: bool = False

    @property
    def body(self) -> str:
        """Give what was texted."""
        return self.incoming.body

    def silence(self, state: ConversationState | None = None) -> "Response":
        """Answer nothing; the text itself is kept."""
        return Response("", state or self.state, self.talk.language, self.talk.speaker)

    def say(self, key: str) -> "Response":
        """Answer with a fixed text; the talk stays where it is."""
        words = text_message(key, self.talk.language)
        return Response(words, self.state, self.talk.language, self.talk.speaker)


@dataclass(frozen=True, slots=True)
class Response:
    """What is kept and said at the end of a turn; an empty reply is silence."""

    reply: str
    state: ConversationState
    language: str
    speaker: Speaker
    danger: str = DangerLevel.NONE
    erased: bool = False
