"""Compile the vocabulary and the phrases into a lexicon, once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from directory_data.vocabulary.lessons import Lessons, lessons
from directory_data.vocabulary.phrases import FactPhrases, PhraseBook
from directory_data.vocabulary.reading import PeopleWords, Vocabulary
from navigator.domain.understanding.language import Tongue, make_tongue
from navigator.domain.understanding.lexicon import INITIAL, Entry, Kind, Lexicon
from navigator.domain.understanding.patterns import (
    Element,
    Pattern,
    Spell,
    compile_part,
    joined,
    last_stems,
)
from navigator.domain.understanding.spelling import Speller, make_speller
from navigator.domain.understanding.teaching import taught_words, teach
from navigator.domain.understanding.words import pieces, stem, words_of
from search_index.text import fold

LANGUAGES = ("en", "fr")
IDENTITIES = ("black", "indigenous", "lgbtq")  # blank is not mended to black: never inferred
STRENGTHS = {"strong": 0.8, "fair": 0.5, "weak": 0.3}
WORD, ROW_OF_WORDS, QUIET = 0.55, 0.7, 0.22  # a name of a need: one word, several, a vague word


def compile_lexicon(
    vocabulary: Vocabulary, phrases: PhraseBook, taught: Lessons | None = None
) -> Lexicon:
    """Compile the words and learn from the lessons (ours by default); takes a second: once."""
    taught = lessons() if taught is None else taught
    maker = _Maker(phrases, taught)
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
        | {name: _all_folded(words) for name, words in phrases.little.items()}
        | {"writer": _folded(grammar.writer), "third": _folded(grammar.third)},
        classes=maker.classes,
        lasting=frozenset(grammar.lasting),
        lasting_facts=frozenset(grammar.lasting_facts),
        personal=frozenset(grammar.personal_facts),
        things=frozenset(grammar.things),
        leans=phrases.leans,
        postal=_postal(vocabulary),
        shorthand=maker.shorthand,
        spellers={language: maker.speller(language) for language in LANGUAGES},
        tongue=maker.tongue(),
        taught=teach(taught, maker.shorthand, _folded(grammar.fillers)),
    )


class _Maker:
    """Reads phrases into entries and keeps the words that they are made of."""

    def __init__(self, phrases: PhraseBook, taught: Lessons) -> None:
        self.phrases = phrases
        self.taught_words = taught_words(taught)
        self.shorthand = {
            language: {key: tuple(fold(full).split()) for key, full in short.items()}
            for language, short in phrases.shorthand.items()
        }
        self.seen: dict[str, set[str]] = {language: set() for language in LANGUAGES}
        self.beginnings: set[str] = set()
        self.places: set[str] = set()
        self.identities = {
            word
            for fact in phrases.facts
            if fact.fact in IDENTITIES
            for text in (*fact.en, *fact.fr)
            for word in fold(text).replace("/", " ").split()
        }
        self.classes = self._classes()
        self.spells = {language: self._spell(language) for language in LANGUAGES}
        self.parts: dict[tuple[str, str], Pattern] = {}

    def entries(self, vocabulary: Vocabulary) -> Iterator[Entry]:
        """Give every phrase of every kind."""
        yield from self._names(vocabulary)
        for row in self.phrases.needs:
            yield from self._rows(_like(Kind.NEED, row.need, STRENGTHS[row.strength]), row)
        for fact in self.phrases.facts:
            like = _like(Kind.FACT, fact.fact)
            yield from self._rows(replace(like, value=fact.value, flags=_flags(fact)), fact)
        yield from self._people()
        yield from self._cues()
        yield from self._places(vocabulary)

    def speller(self, language: str) -> Speller:
        """Make the speller that mends towards the words of one language, and knows both."""
        common = self.phrases.common
        everyday = (word for text in (common.en, common.fr) for word in fold(text).split())
        marks = (*self.phrases.language.en, *self.phrases.language.fr)
        short = (key for table in self.shorthand.values() for key in table)
        seen = (*self.seen["en"], *self.seen["fr"], *self.taught_words)
        known = (*everyday, *map(fold, marks), *short, *seen)
        counting = (self.seen[language] | self.places) - self.identities
        return make_speller(counting, known, self.beginnings)

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
            frozenset(self.places),
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

        @cache
        def spell(word: str) -> tuple[str, ...]:
            made = words_of(pieces(word), shorthand).raw
            self.seen[language].update(made)
            return made or (word,)

        return spell

    def _rows(self, like: Entry, row: object) -> Iterator[Entry]:
        """Give an entry `like` this one for each phrase of a row that has en and fr."""
        for language in LANGUAGES:
            for text in getattr(row, language):
                yield self._entry(replace(like, language=language), text)

    def _entry(self, empty: Entry, text: str) -> Entry:
        parts = (self._part(empty.language, part) for part in text.split())
        pattern = joined(parts)
        return replace(empty, pattern=pattern, last=last_stems(pattern))

    def _part(self, language: str, part: str) -> Pattern:
        """Compile one part of a phrase; the same parts stand in many phrases."""
        made = self.parts.get((language, part))
        if made is None:
            self.beginnings |= {
                fold(choice[:-1]) for choice in part.split("/") if choice.endswith("*")
            }
            spell = self.spells[language]
            made = tuple(
                element
                for word in _kept_apart(part)
                for element in compile_part(word, self.classes, spell)
            )
            self.parts[language, part] = made
        return made

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
                like = _like(kind, kind, row.hints)
                flags = frozenset(("loss",)) if row.loss else frozenset[str]()
                yield from self._rows(replace(like, flags=flags), row)
        yield from self._rows(_like(Kind.WORKER, Kind.WORKER), people.worker)

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
            yield from self._rows(_like(kind, kind), row)

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


def _like(kind: Kind, target: str, weight: float = 1.0) -> Entry:
    return Entry(kind, target, (), "", weight)


def _flags(fact: FactPhrases) -> frozenset[str]:
    marks = {"writer": fact.writer, "loved": fact.about == "loved"}
    return frozenset(mark for mark, on in marks.items() if on)


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
