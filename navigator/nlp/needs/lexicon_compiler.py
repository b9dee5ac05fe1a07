"""Compile the vocabulary and the phrases into a lexicon, once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from directory_data.vocabulary.loader import ELSEWHERE, PeopleWords, Vocabulary
from directory_data.vocabulary.phrase_book import FactPhrases, PhraseBook
from directory_data.vocabulary.training_examples import TrainingSet, training_set
from navigator.nlp.needs.language_detection import LanguageScores, make_language_scores
from navigator.nlp.needs.lexicon import INITIAL, EntryKind, LexiconEntry, NeedsLexicon
from navigator.nlp.needs.phrase_matcher import (
    Pattern,
    PatternElement,
    Spell,
    compile_pattern,
    joined,
    last_stems,
)
from navigator.nlp.needs.spell_correction import SpellCorrector, make_spell_corrector
from navigator.nlp.needs.tokenizer import light_stem, tokenize, tokenized_text
from navigator.nlp.needs.training_data import train_reader, training_words
from search_index.analyzer import fold_text

LANGUAGES = ("en", "fr")
IDENTITIES = ("black", "indigenous", "lgbtq")  # blank is not mended to black: never inferred
STRENGTHS = {"strong": 0.8, "fair": 0.5, "weak": 0.3}
WORD, ROW_OF_WORDS, QUIET = 0.55, 0.7, 0.22  # a name of a need: one word, several, a vague word


def compile_needs_lexicon(
    vocabulary: Vocabulary, phrases: PhraseBook, taught: TrainingSet | None = None
) -> NeedsLexicon:
    """Compile the words and learn from the lessons (ours by default); takes a second: once."""
    taught = training_set() if taught is None else taught
    maker = _Maker(phrases, taught)
    entries = tuple(maker.entries(vocabulary))
    index = _indexed(entries)
    grammar = phrases.grammar
    return NeedsLexicon(
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
        taught=train_reader(taught, maker.shorthand, _folded(grammar.fillers)),
    )


class _Maker:
    """Reads phrases into entries and keeps the words that they are made of."""

    def __init__(self, phrases: PhraseBook, taught: TrainingSet) -> None:
        self.phrases = phrases
        self.taught_words = training_words(taught)
        self.shorthand = {
            language: {key: tuple(fold_text(full).split()) for key, full in short.items()}
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
            for word in fold_text(text).replace("/", " ").split()
        }
        self.classes = self._classes()
        self.spells = {language: self._spell(language) for language in LANGUAGES}
        self.parts: dict[tuple[str, str], Pattern] = {}

    def entries(self, vocabulary: Vocabulary) -> Iterator[LexiconEntry]:
        """Give every phrase of every kind."""
        yield from self._names(vocabulary)
        for row in self.phrases.needs:
            yield from self._rows(_like(EntryKind.NEED, row.need, STRENGTHS[row.strength]), row)
        for fact in self.phrases.facts:
            like = _like(EntryKind.FACT, fact.fact)
            yield from self._rows(replace(like, value=fact.value, flags=_flags(fact)), fact)
        yield from self._people()
        yield from self._cues()
        yield from self._places(vocabulary)

    def speller(self, language: str) -> SpellCorrector:
        """Make the speller that mends towards the words of one language, and knows both."""
        common = self.phrases.common
        everyday = (word for text in (common.en, common.fr) for word in fold_text(text).split())
        marks = (*self.phrases.language.en, *self.phrases.language.fr)
        short = (key for table in self.shorthand.values() for key in table)
        seen = (*self.seen["en"], *self.seen["fr"], *self.taught_words)
        known = (*everyday, *map(fold_text, marks), *short, *seen)
        counting = (self.seen[language] | self.places) - self.identities
        return make_spell_corrector(counting, known, self.beginnings)

    def tongue(self) -> LanguageScores:
        """Make the language teller of all words seen so far."""
        language = self.phrases.language
        common = self.phrases.common
        return make_language_scores(
            {"en": map(fold_text, language.en), "fr": map(fold_text, language.fr)},
            {
                "en": {*self.seen["en"], *fold_text(common.en).split(), *self.shorthand["en"]},
                "fr": {*self.seen["fr"], *fold_text(common.fr).split(), *self.shorthand["fr"]},
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
                        self.seen[language].update(fold_text(word).split())
                        stems |= {
                            light_stem(part)
                            for part in fold_text(word).replace("-", " ").split()[-1:]
                        }
            made[name] = frozenset(stems)
        return made

    def _spell(self, language: str) -> Spell:
        shorthand = self.shorthand[language]

        @cache
        def spell(word: str) -> tuple[str, ...]:
            made = tokenized_text(tokenize(word), shorthand).raw
            self.seen[language].update(made)
            return made or (word,)

        return spell

    def _rows(self, like: LexiconEntry, row: object) -> Iterator[LexiconEntry]:
        """Give an entry `like` this one for each phrase of a row that has en and fr."""
        for language in LANGUAGES:
            for text in getattr(row, language):
                yield self._entry(replace(like, language=language), text)

    def _entry(self, empty: LexiconEntry, text: str) -> LexiconEntry:
        parts = (self._part(empty.language, part) for part in text.split())
        pattern = joined(parts)
        return replace(empty, pattern=pattern, last=last_stems(pattern))

    def _part(self, language: str, part: str) -> Pattern:
        """Compile one part of a phrase; the same parts stand in many phrases."""
        made = self.parts.get((language, part))
        if made is None:
            self.beginnings |= {
                fold_text(choice[:-1]) for choice in part.split("/") if choice.endswith("*")
            }
            spell = self.spells[language]
            made = tuple(
                element
                for word in _kept_apart(part)
                for element in compile_pattern(word, self.classes, spell)
            )
            self.parts[language, part] = made
        return made

    def _names(self, vocabulary: Vocabulary) -> Iterator[LexiconEntry]:
        quiet = {
            language: frozenset(fold_text(word) for word in getattr(self.phrases.quiet, language))
            for language in LANGUAGES
        }
        upper = frozenset(self.phrases.upper_only)
        for need in vocabulary.needs.values():
            for language in LANGUAGES:
                label = getattr(need.label, language)
                for text in (*getattr(need.words, language), label):
                    plain = " ".join(tokenized_text(tokenize(text), self.shorthand[language]).raw)
                    weight = WORD if " " not in plain else ROW_OF_WORDS
                    if fold_text(text) in quiet[language]:
                        weight = QUIET
                    flags = frozenset(("upper",)) if fold_text(text) in upper else frozenset[str]()
                    yield self._entry(
                        LexiconEntry(EntryKind.NEED, need.id, (), language, weight, flags=flags),
                        plain,
                    )

    def _people(self) -> Iterator[LexiconEntry]:
        people = self.phrases.people
        for kind, rows in ((EntryKind.OTHER, people.other), (EntryKind.SELF, people.self)):
            for row in rows:
                like = _like(kind, kind, row.hints)
                flags = frozenset(("loss",)) if row.loss else frozenset[str]()
                yield from self._rows(replace(like, flags=flags), row)
        yield from self._rows(_like(EntryKind.WORKER, EntryKind.WORKER), people.worker)

    def _cues(self) -> Iterator[LexiconEntry]:
        grammar, hints = self.phrases.grammar, self.phrases.place_hints
        for kind, row in (
            (EntryKind.PAST, grammar.past),
            (EntryKind.REQUEST, grammar.request),
            (EntryKind.INSTEAD, grammar.instead),
            (EntryKind.SETTLED, grammar.settled),
            (EntryKind.ALREADY, grammar.already),
            (EntryKind.HERE, hints.here),
            (EntryKind.GONE, hints.gone),
            (EntryKind.DECOY, self.phrases.decoys),
        ):
            yield from self._rows(_like(kind, kind), row)

    def _places(self, vocabulary: Vocabulary) -> Iterator[LexiconEntry]:
        named = {
            fold_text(word): place.municipality
            for place in vocabulary.places.values()
            if place.municipality
            for word in (place.name.en, place.name.fr, *place.words)
        }
        for name in self.phrases.elsewhere:
            named.setdefault(fold_text(name), ELSEWHERE)
        for name, municipality in named.items():
            self.places.update(name.split())
            pattern = tuple(PatternElement(frozenset((light_stem(word),))) for word in name.split())
            yield LexiconEntry(EntryKind.PLACE, name, pattern, "en", value=municipality)


def _like(kind: EntryKind, target: str, weight: float = 1.0) -> LexiconEntry:
    return LexiconEntry(kind, target, (), "", weight)


def _flags(fact: FactPhrases) -> frozenset[str]:
    marks = {"writer": fact.writer, "loved": fact.about == "loved"}
    return frozenset(mark for mark, on in marks.items() if on)


def _kept_apart(part: str) -> tuple[str, ...]:
    """Write contractions out and split l'eau and n'ai, in words that are no choice or class."""
    if part == "..." or "{" in part or "*" in part or "/" in part:
        return (fold_text(part),)
    optional = part.endswith("?")
    plain = tuple(piece.word for piece in tokenize(part.removesuffix("?")))
    return tuple(f"{word}?" for word in plain) if optional else plain


def _folded(words: PeopleWords) -> frozenset[str]:
    return _all_folded((*words.en, *words.fr))


def _all_folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold_text, words))


def _postal(vocabulary: Vocabulary) -> dict[str, str]:
    return {
        code.lower(): place.municipality
        for place in vocabulary.places.values()
        if place.municipality
        for code in place.postal
    }


_Index = tuple[
    dict[str, tuple[LexiconEntry, ...]],
    dict[str, tuple[LexiconEntry, ...]],
    tuple[LexiconEntry, ...],
]


def _indexed(entries: Iterable[LexiconEntry]) -> _Index:
    by_stem: dict[str, list[LexiconEntry]] = defaultdict(list)
    by_initial: dict[str, list[LexiconEntry]] = defaultdict(list)
    by_number: list[LexiconEntry] = []
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


def _firsts(pattern: Pattern) -> Iterator[PatternElement]:
    """Give the elements that a pattern may begin with."""
    for element in pattern:
        yield element
        if not element.optional:
            return
