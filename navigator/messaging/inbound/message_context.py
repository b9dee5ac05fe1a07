"""What one text is handled with, and what comes of it."""

from dataclasses import dataclass
from datetime import datetime

from navigator.container import Container
from navigator.domain.conversation_state import ConversationState
from navigator.domain.handover import Speaker
from navigator.nlp.danger.detector import DangerLevel
from navigator.services.dialogue.dialogue_turn import DialogueContext, ParsedMessage
from navigator.storage.conversations import Conversation
from navigator.storage.unit_of_work import UnitOfWork
from navigator.wording.content import text_message
from sms.inbound_message import InboundMessage


@dataclass(frozen=True, slots=True)
class MessageContext:
    """One text in its conversation, with the transaction that it is handled in."""

    container: Container
    uow: UnitOfWork
    dialogue: DialogueContext
    conversation: Conversation
    state: ConversationState
    incoming: InboundMessage
    message: ParsedMessage
    """The text as it was read."""
    now: datetime

    @property
    def language(self) -> str:
        """Give the language spoken so far."""
        return self.conversation.language

    def silence(self) -> "Response":
        """Answer nothing; the text itself is kept."""
        return Response("", self.state, self.language, self.conversation.speaker)

    def fixed_reply(self, key: str) -> "Response":
        """Answer with a fixed text; the conversation stays where it is."""
        text = text_message(key, self.language)
        return Response(text, self.state, self.language, self.conversation.speaker)


@dataclass(frozen=True, slots=True)
class Response:
    """What is kept and answered at the end of a turn; an empty reply is silence."""

    reply: str
    state: ConversationState
    language: str
    speaker: Speaker
    danger: DangerLevel = DangerLevel.NONE
    erased: bool = False
