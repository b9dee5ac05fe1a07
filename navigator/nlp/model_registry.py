"""The models that read free text, compiled and trained once in a process."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from directory_data.region import Region
from directory_data.vocabulary.loader import NeedFlag, common_needs
from directory_data.vocabulary.phrase_book import phrase_book
from directory_data.vocabulary.training_examples import training_set
from navigator.nlp.danger import lexicon, phrase_files
from navigator.nlp.danger.phrase_files import DangerExample
from navigator.nlp.needs.lexicon import NeedsLexicon
from navigator.nlp.needs.lexicon_compiler import compile_needs_lexicon


@cache
def danger_lexicon() -> lexicon.DangerLexicon:
    """Give the lexicon that danger is recognised with."""
    words = phrase_files.read_phrase_files()
    return lexicon.compile_danger_lexicon(
        replace(words, examples=(*words.examples, *calm_examples()))
    )


def calm_examples() -> Iterator[DangerExample]:
    """Give the examples of needs without danger: what people ask for every day alarms nobody."""
    for lesson in training_set().examples:
        if not lesson.danger and _is_everyday(lesson.need):
            yield from (DangerExample(text, lesson.language, "none") for text in lesson.say)


def _is_everyday(need: str | None) -> bool:
    """Say whether most people who name a need, or none, are in no danger."""
    return need is None or NeedFlag.EVERYDAY in common_needs()[need].flags


@cache
def needs_lexicon(region: Region) -> NeedsLexicon:
    """Give the lexicon that needs and facts are understood with."""
    return compile_needs_lexicon(region.vocabulary, phrase_book())
