"""Understand free text: what a person needs, what they told about themselves, in which language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from navigator.nlp.needs.beneficiary_detection import is_for_other
from navigator.nlp.needs.fact_extraction import find_facts
from navigator.nlp.needs.lexicon import NeedsLexicon
from navigator.nlp.needs.need_scoring import rank_needs
from navigator.nlp.needs.parsed_text import parse

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
    parsed = parse(text, lexicon, hint)
    for_other = is_for_other(parsed)
    facts = find_facts(parsed, for_other=for_other)
    ranked = rank_needs(parsed, facts)
    language = cast("LanguageId", parsed.language)
    return Understood(language, ranked.needs, facts, for_other, ranked.clear)
