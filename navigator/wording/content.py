"""The words that people read, from their files, once; every text stands there in both languages."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml
from pydantic import TypeAdapter

from directory_data.base_model import FrozenModel
from directory_data.bilingual import Bilingual
from directory_data.region_policy import RegionPolicy


class QuestionWords(FrozenModel):
    """How a fact is asked: of the person, about another person, and why."""

    text: Bilingual
    other: Bilingual
    why: Bilingual


def _load(name: str) -> object:
    text = files("navigator.wording").joinpath(name).read_text(encoding="utf-8")
    content: object = yaml.load(text, Loader=yaml.CSafeLoader)
    return content


@cache
def questions() -> Mapping[str, QuestionWords]:
    """Give the words of the questions, by fact."""
    return TypeAdapter(dict[str, QuestionWords]).validate_python(_load("questions.yaml"))


@cache
def text_messages() -> Mapping[str, Bilingual]:
    """Give what the text line says, by key."""
    return TypeAdapter(dict[str, Bilingual]).validate_python(_load("texts.yaml"))


@cache
def explanations() -> Mapping[str, Bilingual]:
    """Give what is said of matches, criteria and answers, by key."""
    return TypeAdapter(dict[str, Bilingual]).validate_python(_load("explanations.yaml"))


def explanation(key: str, language: str, **filled: object) -> str:
    """Give a reason, a criterion or an answer in one language, filled in."""
    return explanations()[key].in_(language).format(**filled)


@cache
def safety_first_words() -> Mapping[str, Mapping[str, Bilingual]]:
    """Give the fixed first words of the safety cards: by level, then by who is told."""
    content = TypeAdapter(dict[str, dict[str, dict[str, Bilingual]]]).validate_python(
        _load("safety.yaml")
    )
    return content["first"]


def region_message(key: str, language: str, policy: RegionPolicy, **filled: object) -> str:
    """Give a text of the text line that names the region."""
    names = {"region": policy.name.in_(language), "region_long": policy.long_name.in_(language)}
    return text_message(key, language, **names, **filled)


@cache
def search_texts() -> Mapping[str, Bilingual]:
    """Give what the search says of its results, by key."""
    return TypeAdapter(dict[str, Bilingual]).validate_python(_load("search.yaml"))


def search_text(key: str, language: str, **filled: object) -> str:
    """Give a text of the search in one language, filled in."""
    return search_texts()[key].in_(language).format(**filled)


def text_message(key: str, language: str, **filled: object) -> str:
    """Give a text of the text line in one language, filled in."""
    return text_messages()[key].in_(language).format(**filled)
