"""What a compiled lexicon is: phrases by their first word, little words, a speller."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from directory_data.vocabulary.phrase_book import Lean
from navigator.nlp.needs.language_detection import LanguageScores
from navigator.nlp.needs.phrase_matcher import NUMBER_WORDS, Pattern, TokenRow, match_pattern
from navigator.nlp.needs.spell_correction import SpellCorrector
from navigator.nlp.needs.tokenizer import Token, TokenizedText, tokenize, tokenized_text
from navigator.nlp.needs.training_data import TrainedReader

INITIAL = 3  # letters by which beginnings of words are looked up


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


@dataclass(frozen=True, slots=True)
class LexiconEntry:
    """A phrase and what it tells."""

    kind: EntryKind
    target: str
    pattern: Pattern
    language: str
    weight: float = 1.0
    value: bool | str = True
    flags: frozenset[str] = frozenset()
    last: frozenset[str] = frozenset()  # one of these stems must be in a text; empty: any text


@dataclass(frozen=True, slots=True)
class LexiconMatch:
    """A phrase found in a text: from word `start` up to, not including, word `end`."""

    entry: LexiconEntry
    start: int
    end: int

    def covers(self, other: "LexiconMatch") -> bool:
        """Say whether another hit lies inside this longer one."""
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


@dataclass(frozen=True, slots=True)
class NeedsLexicon:
    """The phrases by their first word, the little words, and the speller."""

    by_stem: Mapping[str, tuple[LexiconEntry, ...]]
    by_initial: Mapping[str, tuple[LexiconEntry, ...]]
    by_number: tuple[LexiconEntry, ...]
    fillers: frozenset[str]
    small: Mapping[str, frozenset[str]]  # negators, unwanted, lacking, stoppers, ...
    classes: Mapping[str, frozenset[str]]
    lasting: frozenset[str]
    lasting_facts: frozenset[str]
    personal: frozenset[str]
    things: frozenset[str]
    leans: tuple[Lean, ...]
    postal: Mapping[str, str]
    shorthand: Mapping[str, Mapping[str, tuple[str, ...]]]
    spellers: Mapping[str, SpellCorrector]
    tongue: LanguageScores
    taught: TrainedReader

    def read(self, text: str, hint: str | None) -> tuple[str, TokenizedText]:
        """Give the language of a text and its words, shorthand written out and slips mended."""
        row = tokenize(text)
        language = self.tongue.of(text, (piece.word for piece in row), hint)
        shorthand = self.shorthand[language]
        better = self.spellers[language].mended(
            piece.word for piece in row if piece.word not in shorthand and not piece.capital
        )
        if better:
            row = [
                Token(better.get(one.word, one.word), one.hard, one.soft, one.capital)
                for one in row
            ]
        return language, tokenized_text(row, shorthand)

    def find(
        self, words: TokenizedText, language: str
    ) -> dict[EntryKind, tuple[LexiconMatch, ...]]:
        """Find every phrase in a row of words of a language, at its shortest, by kind."""
        row = TokenRow(words, self.fillers)
        present = frozenset(words.stems)
        found: dict[EntryKind, list[LexiconMatch]] = {}
        for at in range(len(words)):
            for entry in self._candidates(words, at):
                if entry.last and present.isdisjoint(entry.last):
                    continue
                end = match_pattern(entry.pattern, row, at)
                if end is None or not _as_written(entry, words, at):
                    continue
                if not self._is_chance(entry, words.raw[at:end], language):
                    found.setdefault(entry.kind, []).append(LexiconMatch(entry, at, end))
        return {kind: tuple(hits) for kind, hits in found.items()}

    def _is_chance(self, entry: LexiconEntry, raw: tuple[str, ...], language: str) -> bool:
        """See a phrase of one language in words that are all of the other ("chum ... pas")."""
        if entry.language == language or entry.kind is EntryKind.PLACE:
            return False
        sides = {self.tongue.side(word) for word in raw}
        if len(raw) == 1:  # bot is no botte: a single word must be one of the other language
            return None in sides or language in sides
        return language in sides and sides <= {language, None}

    def _candidates(self, words: TokenizedText, at: int) -> Iterator[LexiconEntry]:
        yield from self.by_stem.get(words.stems[at], ())
        yield from self.by_initial.get(words.raw[at][:INITIAL], ())
        if words.raw[at].isdecimal() or words.raw[at] in NUMBER_WORDS:
            yield from self.by_number


def _as_written(entry: LexiconEntry, words: TokenizedText, at: int) -> bool:
    return "upper" not in entry.flags or words.capital[at]
