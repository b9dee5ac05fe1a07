"""Read the phrases people use, and the light grammar around them, once, as one frozen value."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files

import yaml

from directory_data.base_model import FrozenModel
from directory_data.vocabulary.loader import PeopleWords


class PhraseStrength(StrEnum):
    """How much a phrase says about a need."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"


class NeedPhrases(FrozenModel):
    """Phrases that point to one need."""

    need: str
    strength: PhraseStrength
    en: tuple[str, ...] = ()
    fr: tuple[str, ...] = ()


class FactPhrases(FrozenModel):
    """Phrases that state one value of one fact."""

    fact: str
    value: bool | str
    en: tuple[str, ...] = ()
    fr: tuple[str, ...] = ()
    writer: bool = False  # true of the one who writes, whoever the help is for
    about: str | None = None  # "loved": also when it is said of somebody the person cares for


class PeoplePhrases(FrozenModel):
    """Phrases that show who the help is for, and how much each counts."""

    weight: float
    loss: bool = False  # of a death: says nothing where the text goes on about another person
    en: tuple[str, ...] = ()
    fr: tuple[str, ...] = ()


class People(FrozenModel):
    """Phrases for somebody else, for oneself, and of a worker."""

    other: tuple[PeoplePhrases, ...]
    self: tuple[PeoplePhrases, ...]
    worker: PeopleWords


class Grammar(FrozenModel):
    """The function words that turn a meaning around, and the needs and facts they act on."""

    fillers: PeopleWords
    negators: PeopleWords
    unwanted: PeopleWords
    lacking: PeopleWords
    stoppers: PeopleWords
    not_negating: PeopleWords
    instead: PeopleWords
    settled: PeopleWords
    already: PeopleWords
    past: PeopleWords
    request: PeopleWords
    writer: PeopleWords
    third_person: PeopleWords
    present_only_needs: tuple[str, ...]
    present_only_facts: tuple[str, ...]
    personal_facts: tuple[str, ...]
    object_needs: tuple[str, ...]


class PlaceHints(FrozenModel):
    """What stands before a place where the person is, and before one that was left."""

    here: PeopleWords
    gone: PeopleWords


class NeedImplication(FrozenModel):
    """A need that another need points to, for a person of an age or with a fact."""

    origin: tuple[str, ...]
    to: str
    share: float
    instead: bool = False  # the need it comes from is then not meant at all
    age: tuple[int, int] | None = None
    when: Mapping[str, bool | str] = {}


class LanguageWords(FrozenModel):
    """Words that show in which language a text is."""

    en: tuple[str, ...]
    fr: tuple[str, ...]


class EverydayWords(FrozenModel):
    """Everyday words, separated by blanks, that are never corrected."""

    en: str
    fr: str


class PhraseBook(FrozenModel):
    """Everything that phrases.yaml holds."""

    classes: Mapping[str, PeopleWords]
    shorthand: Mapping[str, Mapping[str, str]]
    grammar: Grammar
    people: People
    function_words: Mapping[str, tuple[str, ...]]
    decoys: PeopleWords
    elsewhere: tuple[str, ...]
    place_hints: PlaceHints
    vague_words: PeopleWords
    uppercase_only: tuple[str, ...]
    needs: tuple[NeedPhrases, ...]
    facts: tuple[FactPhrases, ...]
    implications: tuple[NeedImplication, ...]
    language_words: LanguageWords
    everyday_words: EverydayWords


@cache
def phrase_book() -> PhraseBook:
    """Give the phrase book; the file is read at the first call."""
    text = files("directory_data.vocabulary").joinpath("phrases.yaml").read_text(encoding="utf-8")
    rows: object = yaml.load(text, Loader=yaml.CSafeLoader)
    return PhraseBook.model_validate(rows)
