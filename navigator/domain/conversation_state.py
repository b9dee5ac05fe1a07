"""Where a conversation by text stands: one class a stage, and what is remembered at all of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import ClassVar, TypeVar

from navigator.domain.eligibility import DECLINED, Answer
from navigator.nlp.danger.detector import DangerLevel


class Stage(StrEnum):
    """What the last message asked for."""

    NEW = "new"
    NEED = "need"
    QUESTION = "question"
    LIST = "list"
    WHICH_CONTACT = "which-contact"
    WHICH_MORE = "which-more"
    DETAIL = "detail"
    NAME = "name"
    SAFE = "safe"
    CONSENT = "consent"
    REFERRED = "referred"
    ERASE = "erase"


class SafeContact(StrEnum):
    """How a person may be reached without danger."""

    ANY = "any"
    CALL = "call"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """What a person told of themselves, and of what they look for."""

    needs: tuple[str, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    for_other: bool = False
    name: str = ""
    """The name in which a referral is made."""
    words: str = ""
    """Their own first words, kept for the navigator."""
    need_scores: Mapping[str, float] | None = field(default_factory=dict)
    """How surely these words name each need, 0 to 1; None where only the words were kept."""
    danger_needs: tuple[str, ...] = ()
    """Needs that danger made known; what is told next adds to them."""
    safe_contact: SafeContact = SafeContact.ANY


@dataclass(frozen=True, slots=True)
class InterviewProgress:
    """How far the questions came, and how often we did not understand."""

    asked: int = 0
    """Questions asked for these needs."""
    narrowing: bool = False
    """The person wants more questions than come before the first list."""
    misses: int = 0
    """Texts in a row that were not understood."""
    failures: int = 0
    """Texts of the whole conversation that were not understood: each is answered in other words."""


@dataclass(frozen=True, slots=True)
class DialogueMemory:
    """What is remembered at every stage."""

    person: KnownPerson = field(default_factory=KnownPerson)
    progress: InterviewProgress = field(default_factory=InterviewProgress)
    answered_danger: DangerLevel = DangerLevel.NONE
    """The danger that was answered last; the next text goes on from before it."""
    wait_explained: bool = False
    """Somebody who waits for a person knows that their texts are kept."""
    referral_code: str = ""
    past: tuple[str, ...] = ()
    """Earlier states as stored, the newest last, for going back."""


@dataclass(frozen=True, slots=True)
class ShownList:
    """The services of the last message by number; `page` of the list stand before them."""

    keys: tuple[str, ...] = ()
    page: int = 0


@dataclass(frozen=True, slots=True)
class ConversationState:
    """Where a conversation stands; each stage is a class below."""

    stage: ClassVar[Stage]
    memory: DialogueMemory = field(default_factory=DialogueMemory)

    @property
    def person(self) -> KnownPerson:
        """Give what is known of the person."""
        return self.memory.person

    @property
    def progress(self) -> InterviewProgress:
        """Give how far the interview came."""
        return self.memory.progress


@dataclass(frozen=True, slots=True)
class NewConversation(ConversationState):
    """Nothing was asked yet."""

    stage = Stage.NEW


@dataclass(frozen=True, slots=True)
class AwaitingNeed(ConversationState):
    """What is needed was asked, in own words or by the number of a menu."""

    stage = Stage.NEED
    menu: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AwaitingAnswer(ConversationState):
    """A question of the interview was asked: the fact that it is about."""

    stage = Stage.QUESTION
    question: str = ""


@dataclass(frozen=True, slots=True)
class AfterList(ConversationState):
    """A list was shown, and what comes now is about its services."""

    shown: ShownList = field(default_factory=ShownList)


@dataclass(frozen=True, slots=True)
class ShowingList(AfterList):
    """The list itself."""

    stage = Stage.LIST


@dataclass(frozen=True, slots=True)
class AwaitingContactChoice(AfterList):
    """Which service should contact the person?"""

    stage = Stage.WHICH_CONTACT


@dataclass(frozen=True, slots=True)
class AwaitingDetailChoice(AfterList):
    """Which service should be told of in full?"""

    stage = Stage.WHICH_MORE


@dataclass(frozen=True, slots=True)
class AfterChoice(AfterList):
    """One service was chosen, by its id."""

    chosen: str = ""


@dataclass(frozen=True, slots=True)
class ShowingService(AfterChoice):
    """One service in full."""

    stage = Stage.DETAIL


@dataclass(frozen=True, slots=True)
class AwaitingName(AfterChoice):
    """In which name should the service ask for the person?"""

    stage = Stage.NAME


@dataclass(frozen=True, slots=True)
class AwaitingSafeContact(AfterChoice):
    """How may the person be reached?"""

    stage = Stage.SAFE


@dataclass(frozen=True, slots=True)
class AwaitingConsent(AfterChoice):
    """Does the person agree to what is passed on?"""

    stage = Stage.CONSENT


@dataclass(frozen=True, slots=True)
class Referred(AfterChoice):
    """The person agreed, and was referred."""

    stage = Stage.REFERRED


@dataclass(frozen=True, slots=True)
class AwaitingEraseAnswer(ConversationState):
    """Should all that the person told be erased?"""

    stage = Stage.ERASE


STAGES: tuple[type[ConversationState], ...] = (
    NewConversation,
    AwaitingNeed,
    AwaitingAnswer,
    ShowingList,
    AwaitingContactChoice,
    AwaitingDetailChoice,
    ShowingService,
    AwaitingName,
    AwaitingSafeContact,
    AwaitingConsent,
    Referred,
    AwaitingEraseAnswer,
)

SomeState = TypeVar("SomeState", bound=ConversationState)


def with_person(state: SomeState, person: KnownPerson) -> SomeState:
    """Give the same state with other things known of the person."""
    return replace(state, memory=replace(state.memory, person=person))


def with_progress(state: SomeState, progress: InterviewProgress) -> SomeState:
    """Give the same state with the interview farther on."""
    return replace(state, memory=replace(state.memory, progress=progress))


def without_misses(state: SomeState) -> SomeState:
    """Give the same state after a text that was understood."""
    return with_progress(state, replace(state.progress, misses=0))


def start_over(state: ConversationState) -> NewConversation:
    """Forget the needs and the list, keep who the person is."""
    answers = {fact: value for fact, value in state.person.answers.items() if value != DECLINED}
    return NewConversation(
        DialogueMemory(
            person=KnownPerson(answers=answers, for_other=state.person.for_other),
            progress=InterviewProgress(failures=state.progress.failures),
            referral_code=state.memory.referral_code,
            past=state.memory.past,
        )
    )
