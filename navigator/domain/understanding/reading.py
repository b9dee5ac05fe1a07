"""Read free text: what a person needs, what they told about themselves, in which language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from navigator.domain.understanding.facts import find_facts
from navigator.domain.understanding.grammar import Scene
from navigator.domain.understanding.lexicon import Lexicon
from navigator.domain.understanding.needs import weigh_needs
from navigator.domain.understanding.people import is_for_other

LanguageId = Literal["en", "fr"]


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood; `sure` is False where nothing was, or two needs are as likely."""

    language: LanguageId
    needs: tuple[tuple[str, float], ...]  # best first, each 0 to 1
    facts: Mapping[str, object]  # ids and values of the common language
    for_other: bool
    sure: bool


def understand(text: str, *, lexicon: Lexicon, hint: str | None = None) -> Understood:
    """Understand a text of up to 1,600 characters; `hint` is the language spoken so far."""
    language, words = lexicon.read(text, hint)
    scene = Scene(lexicon, words, lexicon.find(words, language), language)
    for_other = is_for_other(scene)
    facts = find_facts(scene, for_other=for_other)
    needs, sure = weigh_needs(scene, facts)
    return Understood(cast("LanguageId", language), needs, facts, for_other, sure)
