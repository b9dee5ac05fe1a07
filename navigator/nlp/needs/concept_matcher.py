"""Find the concepts in a text: lists of words, of both languages, that mean much the same."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from navigator.nlp.needs.tokenizer import TokenizedText, light_stem
from search_index.analyzer import fold_text

MIN_PREFIX = 2  # letters of the shortest prefix that a concept may list ("id*")

ConceptPhrase = tuple[tuple[str, ...], str]
"""Stems in a row, and the concept they stand for."""


@dataclass(frozen=True, slots=True)
class ConceptMatcher:
    """The concepts by stem, by prefix, and by the first two stems of several in a row."""

    by_stem: Mapping[str, frozenset[str]]
    by_prefix: Mapping[str, frozenset[str]]
    phrases: Mapping[tuple[str, str], tuple[ConceptPhrase, ...]]

    def find(self, tokens: TokenizedText, stop_words: frozenset[str]) -> Iterator[tuple[int, str]]:
        """Give each concept with the token it begins at; a stop word may stand between two."""
        for at, (word, stem) in enumerate(zip(tokens.words, tokens.stems, strict=True)):
            for concept in self.by_stem.get(stem, ()):
                yield at, concept
            for end in range(MIN_PREFIX, len(word) + 1):
                for concept in self.by_prefix.get(word[:end], ()):
                    yield at, concept
            for concept in self._phrases_at(tokens, at, stop_words):
                yield at, concept

    def _phrases_at(
        self, tokens: TokenizedText, at: int, stop_words: frozenset[str]
    ) -> Iterator[str]:
        for second in tokens.stems[at + 1 : at + 3]:
            for stems, concept in self.phrases.get((tokens.stems[at], second), ()):
                if _is_phrase_at(stems, tokens, at, stop_words):
                    yield concept


def make_concept_matcher(concepts: Mapping[str, tuple[str, ...]]) -> ConceptMatcher:
    """Arrange the words of each concept; "molar*" stands for every word that begins so."""
    by_stem: dict[str, set[str]] = defaultdict(set)
    by_prefix: dict[str, set[str]] = defaultdict(set)
    phrases: dict[tuple[str, str], list[ConceptPhrase]] = defaultdict(list)
    for concept, entries in concepts.items():
        for entry in entries:
            words = fold_text(entry).replace("-", " ").split()
            stems = tuple(map(light_stem, words))
            if entry.endswith("*"):
                by_prefix[words[0].removesuffix("*")].add(concept)
            elif len(stems) == 1:
                by_stem[stems[0]].add(concept)
            else:
                phrases[stems[0], stems[1]].append((stems, concept))
    return ConceptMatcher(
        {stem: frozenset(found) for stem, found in by_stem.items()},
        {prefix: frozenset(found) for prefix, found in by_prefix.items()},
        {start: tuple(found) for start, found in phrases.items()},
    )


def _is_phrase_at(
    stems: tuple[str, ...], tokens: TokenizedText, start: int, stop_words: frozenset[str]
) -> bool:
    """Say whether some stems follow one another, with at most one stop word between two."""
    at = start
    for stem in stems:
        here = tokens.stems[at : at + 1]
        if at > start and here != (stem,) and not stop_words.isdisjoint(tokens.words[at : at + 1]):
            at += 1
        if tokens.stems[at : at + 1] != (stem,):
            return False
        at += 1
    return True
