"""What one text is handled with, and what comes of it."""

from dataclasses import dataclass
from datetime import datetime

from navigator.actions.talking.values import Guide
from navigator.domain.conversation import State
from navigator.domain.safety import Level
from navigator.domain.speaking import Speaker
from navigator.parts import Parts
from navigator.storage.conversations import Talk
from navigator.storage.database import Transaction
from navigator.wording.reading import say
from sms.incoming import Incoming


@dataclass(frozen=True, slots=True)
class Scene:
    """One text in its talk; `quiet` where this number gets no more answers for now."""

    parts: Parts
    tx: Transaction
    guide: Guide
    incoming: Incoming
    talk: Talk
    state: State
    now: datetime
    quiet: bool = False

    @property
    def body(self) -> str:
        """Give what was texted."""
        return self.incoming.body

    def silence(self, state: State | None = None) -> "Answer":
        """Answer nothing; the text itself is kept."""
        return Answer("", state or self.state, self.talk.language, self.talk.speaker)

    def say(self, key: str) -> "Answer":
        """Answer with a fixed text; the talk stays where it is."""
        words = say(key, self.talk.language)
        return Answer(words, self.state, self.talk.language, self.talk.speaker)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is kept and said at the end of a turn; an empty reply is silence."""

    reply: str
    state: State
    language: str
    speaker: Speaker
    danger: str = Level.NONE
    erased: bool = False
