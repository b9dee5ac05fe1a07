"""Make the entries of the lexicon: every phrase of the vocabulary and the phrase book."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from directory_data.vocabulary.loader import ELSEWHERE, PeopleWords, Vocabulary
from directory_data.vocabulary.phrase_book import (
    FactPhrases,
    NeedPhrases,
    PeoplePhrases,
    PhraseBook,
)
from navigator.nlp.needs.lexicon import (
    VAGUE_WEIGHT,
    EntryFlag,
    EntryKind,
    LexiconEntry,
)
from navigator.nlp.needs.phrase_compiler import LANGUAGES, PhraseCompiler, required_stems
from navigator.nlp.needs.phrase_matcher import PatternElement
from navigator.nlp.needs.tokenizer import light_stem
from search_index.analyzer import fold_text

PHRASE_WEIGHTS = {"strong": 0.8, "fair": 0.5, "weak": 0.3}
"""How sure a phrase alone makes a need, by the strength that curators gave it: "eviction notice" is
strong, "landlord wants" only weak."""

WORD_WEIGHT, NAME_WEIGHT = 0.55, 0.7
"""A name of a need as one word ("dentist"), and as several, which are surer ("food bank")."""

_Phrases = PeopleWords | NeedPhrases | FactPhrases | PeoplePhrases


def make_entries(
    vocabulary: Vocabulary, phrase_book: PhraseBook, compiler: PhraseCompiler
) -> Iterator[LexiconEntry]:
    """Give every phrase of every kind."""
    yield from _need_names(vocabulary, phrase_book, compiler)
    for model, phrases in _phrase_lists(phrase_book):
        for language in LANGUAGES:
            for phrase in getattr(phrases, language):
                yield _compile(replace(model, language=language), phrase, compiler)
    yield from _place_names(vocabulary, phrase_book)


def place_names(vocabulary: Vocabulary, phrase_book: PhraseBook) -> Mapping[str, str]:
    """Give the folded names of places with their municipalities, also of those elsewhere."""
    names = {
        fold_text(word): place.municipality
        for place in vocabulary.places.values()
        if place.municipality
        for word in (place.name.en, place.name.fr, *place.words)
    }
    for name in phrase_book.elsewhere:
        names.setdefault(fold_text(name), ELSEWHERE)
    return names


def _compile(model: LexiconEntry, phrase: str, compiler: PhraseCompiler) -> LexiconEntry:
    pattern = compiler.compile(phrase, model.language)
    return replace(model, pattern=pattern, required_stems=required_stems(pattern))


def _need_names(
    vocabulary: Vocabulary, phrase_book: PhraseBook, compiler: PhraseCompiler
) -> Iterator[LexiconEntry]:
    """Give the names of needs: their labels, and what people call them."""
    uppercase = frozenset(phrase_book.uppercase_only)
    for need in vocabulary.needs.values():
        for language in LANGUAGES:
            vague = frozenset(map(fold_text, getattr(phrase_book.vague_words, language)))
            for name in (*getattr(need.words, language), getattr(need.label, language)):
                phrase = " ".join(compiler.expand(name, language))
                folded = fold_text(name)
                model = LexiconEntry(
                    EntryKind.NEED,
                    need.id,
                    (),
                    language,
                    weight=VAGUE_WEIGHT if folded in vague else _name_weight(phrase),
                    flags=_flags({EntryFlag.UPPERCASE_ONLY: folded in uppercase}),
                )
                yield _compile(model, phrase, compiler)


def _name_weight(phrase: str) -> float:
    return NAME_WEIGHT if " " in phrase else WORD_WEIGHT


def _phrase_lists(phrase_book: PhraseBook) -> Iterator[tuple[LexiconEntry, _Phrases]]:
    """Give each list of phrases with the entry that its phrases become."""
    for need in phrase_book.needs:
        yield _model(EntryKind.NEED, need.need, PHRASE_WEIGHTS[need.strength]), need
    for fact in phrase_book.facts:
        flags = _flags(
            {
                EntryFlag.OF_WRITER: fact.writer,
                EntryFlag.OF_LOVED_ONE: fact.about == EntryFlag.OF_LOVED_ONE,
            }
        )
        yield replace(_model(EntryKind.FACT, fact.fact), value=fact.value, flags=flags), fact
    yield from _people_phrases(phrase_book)
    yield from _grammar_phrases(phrase_book)


def _people_phrases(phrase_book: PhraseBook) -> Iterator[tuple[LexiconEntry, _Phrases]]:
    people = phrase_book.people
    for kind, lists in ((EntryKind.OTHER, people.other), (EntryKind.SELF, people.self)):
        for phrases in lists:
            flags = _flags({EntryFlag.BEREAVEMENT: phrases.loss})
            yield replace(_model(kind, kind, phrases.weight), flags=flags), phrases
    yield _model(EntryKind.WORKER, EntryKind.WORKER), people.worker


def _grammar_phrases(phrase_book: PhraseBook) -> Iterator[tuple[LexiconEntry, _Phrases]]:
    grammar, hints = phrase_book.grammar, phrase_book.place_hints
    for kind, phrases in (
        (EntryKind.PAST, grammar.past),
        (EntryKind.REQUEST, grammar.request),
        (EntryKind.INSTEAD, grammar.instead),
        (EntryKind.SETTLED, grammar.settled),
        (EntryKind.ALREADY, grammar.already),
        (EntryKind.HERE, hints.here),
        (EntryKind.GONE, hints.gone),
        (EntryKind.DECOY, phrase_book.decoys),
    ):
        yield _model(kind, kind), phrases


def _place_names(vocabulary: Vocabulary, phrase_book: PhraseBook) -> Iterator[LexiconEntry]:
    for name, municipality in place_names(vocabulary, phrase_book).items():
        pattern = tuple(PatternElement(frozenset((light_stem(word),))) for word in name.split())
        yield LexiconEntry(EntryKind.PLACE, name, pattern, "en", value=municipality)


def _model(kind: EntryKind, target: str, weight: float = 1.0) -> LexiconEntry:
    return LexiconEntry(kind, target, (), "", weight)


def _flags(chosen: Mapping[EntryFlag, bool]) -> frozenset[EntryFlag]:
    return frozenset(flag for flag, is_set in chosen.items() if is_set)
