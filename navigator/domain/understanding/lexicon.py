"""Everything the reading of free text needs, compiled once from the vocabulary and the phrases."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from directory_data.vocabulary.phrases import Lean, PhraseBook
from directory_data.vocabulary.reading import PeopleWords, Vocabulary
from navigator.domain.understanding.language import Tongue, make_tongue
from navigator.domain.understanding.patterns import (
    NUMBER_WORDS,
    Element,
    Pattern,
    Row,
    Spell,
    compile_pattern,
    match,
)
from navigator.domain.understanding.spelling import Speller, make_speller
from navigator.domain.understanding.words import Piece, Words, pieces, stem, words_of
from search_index.text import fold

LANGUAGES = ("en", "fr")
STRENGTHS = {"strong": 0.8, "fair": 0.5, "weak": 0.3}
WORD, ROW_OF_WORDS, QUIET = 0.55, 0.7, 0.22  # a name of a need: one word, several, a vague word
INITIAL = 3  # letters by which beginnings of words are looked up


class Kind(StrEnum):
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
class Entry:
    """A phrase and what it tells."""

    kind: Kind
    target: str
    pattern: Pattern
    language: str
    weight: float = 1.0
    value: bool | str = True
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found in a text: from word `start` up to, not including, word `end`."""

    entry: Entry
    start: int
    end: int

    def covers(self, other: "Hit") -> bool:
        """Say whether another hit lies inside this longer one."""
        longer = self.end - self.start > other.end - other.start
        inside = self.start <= other.start and other.end <= self.end
        if not (longer and inside):
            return False
        # What stands in the gap of a phrase is no part of it.
        touching = self.start == other.start or self.end == other.end
        return touching or not any(element.gap for element in self.entry.pattern)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The phrases by their first word, the little words, and the speller."""

    by_stem: Mapping[str, tuple[Entry, ...]]
    by_initial: Mapping[str, tuple[Entry, ...]]
    by_number: tuple[Entry, ...]
    fillers: frozenset[str]
    small: Mapping[str, frozenset[str]]  # negators, unwanted, lacking, stoppers, ...
    classes: Mapping[str, frozenset[str]]
    lasting: frozenset[str]
    lasting_facts: frozenset[str]
    things: frozenset[str]
    leans: tuple[Lean, ...]
    postal: Mapping[str, str]
    shorthand: Mapping[str, Mapping[str, tuple[str, ...]]]
    speller: Speller
    tongue: Tongue

    def read(self, text: str, hint: str | None) -> tuple[str, Words]:
        """Give the language of a text and its words, shorthand written out and slips mended."""
        row = pieces(text)
        language = self.tongue.of(text, (piece.word for piece in row), hint)
        shorthand = self.shorthand[language]
        better = self.speller.mended(
            piece.word for piece in row if piece.word not in shorthand and not piece.capital
        )
        if better:
            row = [
                Piece(better.get(one.word, one.word), one.hard, one.soft, one.capital)
                for one in row
            ]
        return language, words_of(row, shorthand)

    def find(self, words: Words) -> list[Hit]:
        """Find every phrase in a row of words, at its shortest."""
        row = Row(words, self.fillers)
        found: list[Hit] = []
        for at in range(len(words)):
            for entry in self._candidates(words, at):
                end = match(entry.pattern, row, at)
                if end is not None and _as_written(entry, words, at):
                    found.append(Hit(entry, at, end))
        return found

    def _candidates(self, words: Words, at: int) -> Iterator[Entry]:
        yield from self.by_stem.get(words.stems[at], ())
        yield from self.by_initial.get(words.raw[at][:INITIAL], ())
        if words.raw[at].isdigit() or words.raw[at] in NUMBER_WORDS:
            yield from self.by_number


def _as_written(entry: Entry, words: Words, at: int) -> bool:
    return "upper" not in entry.flags or words.capital[at]


def compile_lexicon(vocabulary: Vocabulary, phrases: PhraseBook) -> Lexicon:
    """Compile the vocabulary and the phrases; takes a moment, so do it once."""
    maker = _Maker(phrases)
    entries = tuple(maker.entries(vocabulary))
    index = _indexed(entries)
    grammar = phrases.grammar
    return Lexicon(
        by_stem=index[0],
        by_initial=index[1],
        by_number=index[2],
        fillers=_folded(grammar.fillers),
        small={
            name: _folded(getattr(grammar, name))
            for name in ("negators", "unwanted", "stoppers", "not_negating")
        }
        | {"lacking_en": _all_folded(grammar.lacking.en)}
        | {"lacking_fr": _all_folded(grammar.lacking.fr)}
        | {"negators_fr": _all_folded(grammar.negators.fr)}
        | {"writer": _folded(grammar.writer), "third": _folded(grammar.third)},
        classes=maker.classes,
        lasting=frozenset(grammar.lasting),
        lasting_facts=frozenset(grammar.lasting_facts),
        things=frozenset(grammar.things),
        leans=phrases.leans,
        postal=_postal(vocabulary),
        shorthand=maker.shorthand,
        speller=maker.speller(),
        tongue=maker.tongue(),
    )


class _Maker:
    """Reads phrases into entries and keeps the words that they are made of."""

    def __init__(self, phrases: PhraseBook) -> None:
        self.phrases = phrases
        self.shorthand = {
            language: {key: tuple(fold(full).split()) for key, full in short.items()}
            for language, short in phrases.shorthand.items()
        }
        self.seen: dict[str, set[str]] = {language: set() for language in LANGUAGES}
        self.beginnings: set[str] = set()
        self.places: set[str] = set()
        self.classes = self._classes()

    def entries(self, vocabulary: Vocabulary) -> Iterator[Entry]:
        """Give every phrase of every kind."""
        yield from self._names(vocabulary)
        for row in self.phrases.needs:
            yield from self._rows(Kind.NEED, row.need, row, STRENGTHS[row.strength])
        for fact in self.phrases.facts:
            flags = frozenset(
                flag
                for flag, on in (
                    ("writer", fact.writer),
                    ("identity", fact.identity),
                    ("loved", fact.about == "loved"),
                )
                if on
            )
            yield from self._rows(Kind.FACT, fact.fact, fact, 1.0, fact.value, flags)
        yield from self._people()
        yield from self._cues()
        yield from self._places(vocabulary)

    def speller(self) -> Speller:
        """Make the speller of all words seen so far."""
        common = self.phrases.common
        everyday = (word for text in (common.en, common.fr) for word in fold(text).split())
        marks = (*self.phrases.language.en, *self.phrases.language.fr)
        short = (key for table in self.shorthand.values() for key in table)
        counting = self.seen["en"] | self.seen["fr"] | self.places
        return make_speller(counting, (*everyday, *map(fold, marks), *short), self.beginnings)

    def tongue(self) -> Tongue:
        """Make the language teller of all words seen so far."""
        language = self.phrases.language
        common = self.phrases.common
        return make_tongue(
            {"en": map(fold, language.en), "fr": map(fold, language.fr)},
            {
                "en": {*self.seen["en"], *fold(common.en).split(), *self.shorthand["en"]},
                "fr": {*self.seen["fr"], *fold(common.fr).split(), *self.shorthand["fr"]},
            },
        )

    def _classes(self) -> dict[str, frozenset[str]]:
        made: dict[str, frozenset[str]] = {}
        for name, words in self.phrases.classes.items():
            stems: set[str] = set()
            for language in LANGUAGES:
                for word in getattr(words, language):
                    if word.startswith("{"):
                        stems |= made[word.strip("{}")]
                    else:
                        self.seen[language].update(fold(word).split())
                        stems |= {stem(part) for part in fold(word).replace("-", " ").split()[-1:]}
            made[name] = frozenset(stems)
        return made

    def _spell(self, language: str) -> Spell:
        shorthand = self.shorthand[language]

        def spell(word: str) -> tuple[str, ...]:
            made = words_of(pieces(word), shorthand).raw
            self.seen[language].update(made)
            return made or (word,)

        return spell

    def _rows(
        self,
        kind: Kind,
        target: str,
        row: object,
        weight: float,
        value: bool | str = True,  # noqa: FBT001
        flags: frozenset[str] = frozenset(),
    ) -> Iterator[Entry]:
        for language in LANGUAGES:
            for text in getattr(row, language):
                yield self._entry(Entry(kind, target, (), language, weight, value, flags), text)

    def _entry(self, empty: Entry, text: str) -> Entry:
        for part in text.split():
            self.beginnings |= {
                fold(choice[:-1]) for choice in part.split("/") if choice.endswith("*")
            }
        spaced = " ".join(" ".join(words) for words in map(_kept_apart, text.split()))
        pattern = compile_pattern(spaced, self.classes, self._spell(empty.language))
        return Entry(
            empty.kind,
            empty.target,
            pattern,
            empty.language,
            empty.weight,
            empty.value,
            empty.flags,
        )

    def _names(self, vocabulary: Vocabulary) -> Iterator[Entry]:
        quiet = {
            language: frozenset(fold(word) for word in getattr(self.phrases.quiet, language))
            for language in LANGUAGES
        }
        upper = frozenset(self.phrases.upper_only)
        for need in vocabulary.needs.values():
            for language in LANGUAGES:
                label = getattr(need.label, language)
                for text in (*getattr(need.words, language), label):
                    plain = " ".join(words_of(pieces(text), self.shorthand[language]).raw)
                    weight = WORD if " " not in plain else ROW_OF_WORDS
                    if fold(text) in quiet[language]:
                        weight = QUIET
                    flags = frozenset(("upper",)) if fold(text) in upper else frozenset[str]()
                    yield self._entry(
                        Entry(Kind.NEED, need.id, (), language, weight, flags=flags), plain
                    )

    def _people(self) -> Iterator[Entry]:
        people = self.phrases.people
        for kind, rows in ((Kind.OTHER, people.other), (Kind.SELF, people.self)):
            for row in rows:
                yield from self._rows(kind, kind, row, float(row.hints))
        yield from self._rows(Kind.WORKER, Kind.WORKER, people.worker, 1.0)

    def _cues(self) -> Iterator[Entry]:
        grammar, hints = self.phrases.grammar, self.phrases.place_hints
        for kind, row in (
            (Kind.PAST, grammar.past),
            (Kind.REQUEST, grammar.request),
            (Kind.INSTEAD, grammar.instead),
            (Kind.SETTLED, grammar.settled),
            (Kind.ALREADY, grammar.already),
            (Kind.HERE, hints.here),
            (Kind.GONE, hints.gone),
            (Kind.DECOY, self.phrases.decoys),
        ):
            yield from self._rows(kind, kind, row, 1.0)

    def _places(self, vocabulary: Vocabulary) -> Iterator[Entry]:
        named = {
            fold(word): place.municipality
            for place in vocabulary.places.values()
            if place.municipality
            for word in (place.name.en, place.name.fr, *place.words)
        }
        for name in self.phrases.elsewhere:
            named.setdefault(fold(name), "elsewhere")
        for name, municipality in named.items():
            self.places.update(name.split())
            pattern = tuple(Element(frozenset((stem(word),))) for word in name.split())
            yield Entry(Kind.PLACE, name, pattern, "en", value=municipality)


def _kept_apart(part: str) -> tuple[str, ...]:
    """Write contractions out and split l'eau and n'ai, in words that are no choice or class."""
    if part == "..." or "{" in part or "*" in part or "/" in part:
        return (fold(part),)
    optional = part.endswith("?")
    plain = tuple(piece.word for piece in pieces(part.removesuffix("?")))
    return tuple(f"{word}?" for word in plain) if optional else plain


def _folded(words: PeopleWords) -> frozenset[str]:
    return _all_folded((*words.en, *words.fr))


def _all_folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


def _postal(vocabulary: Vocabulary) -> dict[str, str]:
    return {
        code.lower(): place.municipality
        for place in vocabulary.places.values()
        if place.municipality
        for code in place.postal
    }


_Index = tuple[dict[str, tuple[Entry, ...]], dict[str, tuple[Entry, ...]], tuple[Entry, ...]]


def _indexed(entries: Iterable[Entry]) -> _Index:
    by_stem: dict[str, list[Entry]] = defaultdict(list)
    by_initial: dict[str, list[Entry]] = defaultdict(list)
    by_number: list[Entry] = []
    for entry in entries:
        for first in _firsts(entry.pattern):
            for word in first.stems:
                by_stem[word].append(entry)
            for start in {prefix[:INITIAL] for prefix in first.prefixes}:
                by_initial[start].append(entry)
            if first.number:
                by_number.append(entry)
    return (
        {word: tuple(found) for word, found in by_stem.items()},
        {start: tuple(found) for start, found in by_initial.items()},
        tuple(by_number),
    )


def _firsts(pattern: Pattern) -> Iterator[Element]:
    """Give the elements that a pattern may begin with."""
    for element in pattern:
        yield element
        if not element.optional:
            return
