"""The words that people read, from their files, once; every text stands there in both languages."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml
from pydantic import Field, TypeAdapter

from directory_data.bilingual import Bilingual, FrozenModel


class QuestionWords(FrozenModel):
    """How a fact is asked: of the person, about another person, and why."""

    text: Bilingual
    other: Bilingual
    why: Bilingual


class CrisisLineText(Bilingual):
    """How one crisis line is named, with {number} filled in later, and for whom it is."""

    youngest: int | None = None
    oldest: int | None = None
    age_needed: bool = False
    halton: bool = False
    language: str | None = None


class OlderPeople(FrozenModel):
    """From which age, and in which kinds of danger, another line comes first."""

    from_age: int = Field(alias="from")
    line: str
    kinds: frozenset[str]


class SafetyCardTexts(FrozenModel):
    """All words of the safety cards."""

    first: Mapping[str, Mapping[str, Bilingual]]
    """Level of danger -> whom it concerns -> what goes out at once."""
    lines: Mapping[str, CrisisLineText]
    """By the id of the service."""
    order: Mapping[str, tuple[str, ...]]
    """Kind of danger -> ids of services, best first."""
    older: OlderPeople


def _load(name: str) -> object:
    text = files("navigator.wording").joinpath(name).read_text(encoding="utf-8")
    content: object = yaml.load(text, Loader=yaml.CSafeLoader)
    return content


@cache
def questions() -> Mapping[str, QuestionWords]:
    """Give the words of the questions, by fact."""
    return TypeAdapter(dict[str, QuestionWords]).validate_python(_load("questions.yaml"))


@cache
def safety_card_texts() -> SafetyCardTexts:
    """Give the fixed words of the safety cards."""
    return SafetyCardTexts.model_validate(_load("safety.yaml"))


@cache
def text_messages() -> Mapping[str, Bilingual]:
    """Give what the text line says, by key."""
    return TypeAdapter(dict[str, Bilingual]).validate_python(_load("texts.yaml"))


def text_message(key: str, language: str, **filled: object) -> str:
    """Give a text of the text line in one language, filled in."""
    return text_messages()[key].in_(language).format(**filled)
