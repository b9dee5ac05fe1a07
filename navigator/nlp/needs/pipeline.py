"""Read free text: what a person needs, what they told about themselves, in which language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from navigator.nlp.needs.beneficiary_detection import is_for_other
from navigator.nlp.needs.fact_extraction import find_facts
from navigator.nlp.needs.lexicon import NeedsLexicon
from navigator.nlp.needs.need_scoring import score_needs
from navigator.nlp.needs.negation import ParsedText

LanguageId = Literal["en", "fr"]


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood; `sure` is False where nothing was, or two needs are as likely."""

    language: LanguageId
    needs: tuple[tuple[str, float], ...]  # best first, each 0 to 1
    facts: Mapping[str, object]  # ids and values of the common language
    for_other: bool
    sure: bool


def understand(text: str, *, lexicon: NeedsLexicon, hint: str | None = None) -> Understood:
    """Understand a text of up to 1,600 characters; `hint` is the language spoken so far."""
    language, words = lexicon.read(text, hint)
    scene = ParsedText(lexicon, words, lexicon.find(words, language), language)
    for_other = is_for_other(scene)
    facts = find_facts(scene, for_other=for_other)
    needs, sure = score_needs(scene, facts)
    return Understood(cast("LanguageId", language), needs, facts, for_other, sure)
