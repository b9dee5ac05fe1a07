"""The compiled lexicon: phrases by their first word, function words, spelling and classifier."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from directory_data.vocabulary.phrase_book import NeedImplication
from navigator.nlp.needs.classifier import NeedClassifier
from navigator.nlp.needs.language_detection import LanguageDetector
from navigator.nlp.needs.phrase_matcher import (
    COUNT_WORDS,
    Pattern,
    PatternElement,
    PatternMatcher,
)
from navigator.nlp.needs.spell_correction import SpellCorrector
from navigator.nlp.needs.tokenizer import Shorthand, TokenizedText, expand_and_stem, tokenize

INDEXED_PREFIX = 3
"""Letters by which phrases that begin with a prefix ("dent*") are looked up; none is shorter."""

VAGUE_WEIGHT = 0.22
"""Of a word of a need that often means nothing of the kind: "school" is no course, "bed" is no
shelter. It is listed when nothing else is said, and never clear."""


class EntryKind(StrEnum):
    """What a found phrase tells."""

    NEED = "need"
    FACT = "fact"
    OTHER = "other"
    SELF = "self"
    WORKER = "worker"
    PAST = "past"
    REQUEST = "request"
    INSTEAD = "instead"
    SETTLED = "settled"
    ALREADY = "already"
    PLACE = "place"
    HERE = "here"
    GONE = "gone"
    DECOY = "decoy"


class EntryFlag(StrEnum):
    """What is special about a phrase."""

    UPPERCASE_ONLY = "upper"  # COAST is a crisis team, coast is none
    OF_WRITER = "writer"  # true of the one who writes, whoever the help is for
    OF_LOVED_ONE = "loved"  # true also when it is said of somebody the person cares for
    BEREAVEMENT = "loss"  # a death: says nothing of whom the help is for


@dataclass(frozen=True, slots=True)
class LexiconEntry:
    """A phrase and what it tells."""

    kind: EntryKind
    target: str
    pattern: Pattern
    language: str
    weight: float = 1.0
    value: bool | str = True
    flags: frozenset[EntryFlag] = frozenset()
    required_stems: frozenset[str] = frozenset()
    """One of these must be in a text that holds the phrase; none: any text may hold it."""


@dataclass(frozen=True, slots=True)
class LexiconMatch:
    """A phrase found in a text: from token `start` up to, not including, token `end`."""

    entry: LexiconEntry
    start: int
    end: int

    def covers(self, other: "LexiconMatch") -> bool:
        """Say whether another match lies inside this longer one."""
        longer = self.end - self.start > other.end - other.start
        inside = self.start <= other.start and other.end <= self.end
        if not (longer and inside):
            return False
        # What stands in the gap of a phrase is no part of it.
        touching = self.start == other.start or self.end == other.end
        return touching or not self.has_gap()

    def has_gap(self) -> bool:
        """Say whether the phrase steps over words that it does not name."""
        return any(element.gap for element in self.entry.pattern)

    def overlaps(self, other: "LexiconMatch") -> bool:
        """Say whether the two share a token."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class EntryIndex:
    """The entries by what their first word may be: a stem, a prefix, a number."""

    by_stem: Mapping[str, tuple[LexiconEntry, ...]]
    by_prefix: Mapping[str, tuple[LexiconEntry, ...]]
    by_number: tuple[LexiconEntry, ...]

    def candidates(self, tokens: TokenizedText, at: int) -> Iterator[LexiconEntry]:
        """Give the entries that may begin at a token."""
        word = tokens.words[at]
        yield from self.by_stem.get(tokens.stems[at], ())
        yield from self.by_prefix.get(word[:INDEXED_PREFIX], ())
        if word.isdecimal() or word in COUNT_WORDS:
            yield from self.by_number


@dataclass(frozen=True, slots=True)
class NeedsLexicon:
    """Everything that free text is read with."""

    entries: EntryIndex
    fillers: frozenset[str]
    function_words: Mapping[str, frozenset[str]]  # negators, unwanted, third_person, ...
    stem_classes: Mapping[str, frozenset[str]]  # kin, partner, served, ...
    present_only_needs: frozenset[str]
    present_only_facts: frozenset[str]
    personal_facts: frozenset[str]
    object_needs: frozenset[str]
    implications: tuple[NeedImplication, ...]
    postal_codes: Mapping[str, str]
    shorthand: Mapping[str, Shorthand]
    spell_correctors: Mapping[str, SpellCorrector]
    language_detector: LanguageDetector
    classifier: NeedClassifier

    def tokenize(self, text: str, hint: str | None) -> tuple[str, TokenizedText]:
        """Give the language of a text and its tokens, shorthand expanded, spelling corrected."""
        tokens = tokenize(text)
        language = self.language_detector.detect(text, (token.word for token in tokens), hint)
        shorthand = self.shorthand[language]
        corrections = self.spell_correctors[language].corrections(
            token.word for token in tokens if token.word not in shorthand and not token.uppercase
        )
        if corrections:
            tokens = [
                replace(token, word=corrections.get(token.word, token.word)) for token in tokens
            ]
        return language, expand_and_stem(tokens, shorthand)

    def find_phrases(
        self, tokens: TokenizedText, language: str
    ) -> dict[EntryKind, tuple[LexiconMatch, ...]]:
        """Find every phrase in the tokens of a text, each at its shortest, by kind."""
        matcher = PatternMatcher(tokens, self.fillers)
        present = frozenset(tokens.stems)
        found: dict[EntryKind, list[LexiconMatch]] = defaultdict(list)
        for at in range(len(tokens)):
            for entry in self.entries.candidates(tokens, at):
                if entry.required_stems and present.isdisjoint(entry.required_stems):
                    continue
                end = matcher.match(entry.pattern, at)
                if end is not None and self._is_meant(entry, tokens, at, end, language):
                    found[entry.kind].append(LexiconMatch(entry, at, end))
        return {kind: tuple(matches) for kind, matches in found.items()}

    def _is_meant(
        self, entry: LexiconEntry, tokens: TokenizedText, start: int, end: int, language: str
    ) -> bool:
        if EntryFlag.UPPERCASE_ONLY in entry.flags and not tokens.uppercase[start]:
            return False
        if entry.language == language or entry.kind is EntryKind.PLACE:
            return True
        return not self._is_of_other_language(tokens.words[start:end], language)

    def _is_of_other_language(self, words: tuple[str, ...], language: str) -> bool:
        """See a phrase of one language in words that are all of the other ("chum ... pas")."""
        spoken = {self.language_detector.language_of_word(word) for word in words}
        if len(words) == 1:  # bot is no botte: a single word must be one of the other language
            return None in spoken or language in spoken
        return language in spoken and spoken <= {language, None}


def index_entries(entries: Iterable[LexiconEntry]) -> EntryIndex:
    """Arrange entries by what their first word may be."""
    by_stem: dict[str, list[LexiconEntry]] = defaultdict(list)
    by_prefix: dict[str, list[LexiconEntry]] = defaultdict(list)
    by_number: list[LexiconEntry] = []
    for entry in entries:
        for element in _first_elements(entry.pattern):
            for stem in element.stems:
                by_stem[stem].append(entry)
            for prefix in {prefix[:INDEXED_PREFIX] for prefix in element.prefixes}:
                by_prefix[prefix].append(entry)
            if element.number:
                by_number.append(entry)
    return EntryIndex(
        {stem: tuple(found) for stem, found in by_stem.items()},
        {prefix: tuple(found) for prefix, found in by_prefix.items()},
        tuple(by_number),
    )


def _first_elements(pattern: Pattern) -> Iterator[PatternElement]:
    """Give the elements that a pattern may begin with."""
    for element in pattern:
        yield element
        if not element.optional:
            return
