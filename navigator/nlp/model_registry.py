"""The models that read free text, compiled and trained once in a process."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from directory_data.region import Region
from directory_data.vocabulary.phrase_book import phrase_book
from directory_data.vocabulary.training_examples import training_set
from navigator.nlp.danger import lexicon, phrase_files
from navigator.nlp.danger.phrase_files import DangerExample
from navigator.nlp.needs.lexicon import NeedsLexicon
from navigator.nlp.needs.lexicon_compiler import compile_needs_lexicon

OF_DANGER = frozenset({"abuse-safety", "sexual-assault", "elder-abuse", "crisis-line"})
"""Needs that most people name because they are in danger."""


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
        if not (lesson.danger or lesson.need in OF_DANGER):
            yield from (DangerExample(text, lesson.language, "none") for text in lesson.say)


@cache
def needs_lexicon(region: Region) -> NeedsLexicon:
    """Give the lexicon that needs and facts are understood with."""
    return compile_needs_lexicon(region.vocabulary, phrase_book())
