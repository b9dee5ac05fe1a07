"""One turn by text: the message as it was read, what it is answered from, and the reply."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import TypeVar, cast

from directory_data.directory import Directory
from directory_data.region_policy import Menus
from directory_data.vocabulary.loader import Vocabulary
from navigator.domain.conversation_state import ConversationState, KnownPerson, Stage
from navigator.domain.eligibility import Answer
from navigator.domain.question_selection import InterviewStep, interview_step
from navigator.nlp.conversational_intents import Intent, find_intents
from navigator.nlp.danger.detector import Danger, detect_danger
from navigator.nlp.model_registry import ModelRegistry
from navigator.nlp.needs.lexicon import NeedsLexicon
from navigator.nlp.needs.pipeline import Understood, understand
from navigator.services.dialogue.text_commands import COMMANDS, Command
from navigator.services.interview.contactable_services import (
    ContactableService,
    all_contactable_services,
)
from sms.inbound_message import OptOutType
from sms.keywords import KeywordMatch, carrier_keyword, whole_message
from sms.normalizer import fold_sms

STRONG = 0.5
"""From this score on, words name a need: "food" does, "I can't cook" only touches on it."""


class Effect(StrEnum):
    """What a turn asks the face to do, in the same transaction."""

    NONE = "none"
    REFER = "refer"
    UNSHARE = "unshare"
    ERASE = "erase"
    PERSON = "person"
    HAND_ON = "hand-on"


@dataclass(frozen=True)
class ParsedMessage:
    """One text as it was read; each part is read once, when it is first asked for."""

    body: str
    language: str
    """Spoken in the conversation so far."""
    models: ModelRegistry = field(repr=False, compare=False)
    opt_out_type: OptOutType | None = None

    @cached_property
    def keyword(self) -> KeywordMatch | None:
        """Give the word of the carrier that the whole text is."""
        return carrier_keyword(self.body, self.opt_out_type)

    @cached_property
    def command(self) -> Command | None:
        """Give our own word that the whole text is."""
        return whole_message(self.body, COMMANDS)

    @cached_property
    def danger(self) -> Danger:
        """Give the danger that the text tells of."""
        return detect_danger(self.body, self.models.danger_lexicon())

    @cached_property
    def folded(self) -> str:
        """Give the text without case, accents and odd spaces."""
        return fold_sms(self.body)

    @cached_property
    def intents(self) -> frozenset[Intent]:
        """Give what the text says beside the matter."""
        return find_intents(self.folded)

    @cached_property
    def understood(self) -> Understood:
        """Give the needs with their scores, the facts and the language of the text."""
        return understand(self.body, lexicon=self.models.needs_lexicon(), hint=self.language)

    @property
    def names_need(self) -> bool:
        """Say whether the text names a need, and does not only touch on one."""
        return bool(self.understood.needs) and self.understood.needs[0][1] >= STRONG

    @property
    def facts(self) -> Mapping[str, Answer]:
        """Give the facts that the text tells."""
        return cast("Mapping[str, Answer]", self.understood.facts)


@dataclass(frozen=True, slots=True)
class DialogueContext:
    """What one turn is answered from; a person is matched with the services once in it."""

    directory: Directory
    models: ModelRegistry
    moment: datetime | None = None
    """The local time at which doors are open or closed; None where no hours are told."""
    _steps: dict[tuple[object, ...], InterviewStep] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def vocabulary(self) -> Vocabulary:
        """Give the common language of the region."""
        return self.directory.vocabulary

    @property
    def lexicon(self) -> NeedsLexicon:
        """Give what needs and facts are understood with."""
        return self.models.needs_lexicon()

    @property
    def menus(self) -> Menus:
        """Give the needs that are offered to somebody who has no words for theirs."""
        return self.directory.policy.menus

    def step(self, person: KnownPerson) -> InterviewStep:
        """Say where the interview of a person stands: the next question, and the matches."""
        known = (person.needs, *person.answers.items())
        if known not in self._steps:
            self._steps[known] = interview_step(self.directory, person.needs, person.answers)
        return self._steps[known]

    def options(self, person: KnownPerson) -> tuple[ContactableService, ...]:
        """Give the ways to get help for what is known of a person, the best first."""
        return all_contactable_services(self.directory, self.step(person).matches)

    def option(self, person: KnownPerson, key: str) -> ContactableService | None:
        """Find the way to get help that a conversation remembers by its key."""
        return next((option for option in self.options(person) if option.key == key), None)


@dataclass(frozen=True, slots=True)
class DialogueTurn:
    """What came of a text: the state, the language, the reply, and an effect to carry out."""

    state: ConversationState
    language: str
    reply: str
    effect: Effect = Effect.NONE


def parse_message(
    context: DialogueContext, body: str, language: str, *, opt_out_type: OptOutType | None = None
) -> ParsedMessage:
    """Give a text to be read, with the language spoken so far."""
    return ParsedMessage(body, language, context.models, opt_out_type)


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
