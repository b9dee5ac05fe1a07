"""Compile the vocabulary and the phrase book into the lexicon that needs are understood with."""

from collections.abc import Iterable, Mapping
from itertools import chain

from directory_data.vocabulary.loader import PeopleWords, Vocabulary
from directory_data.vocabulary.phrase_book import PhraseBook
from directory_data.vocabulary.training_examples import Concepts
from navigator.nlp.needs.classifier import NeedClassifier
from navigator.nlp.needs.language_detection import LanguageDetector, make_language_detector
from navigator.nlp.needs.lexicon import NeedsLexicon, index_entries
from navigator.nlp.needs.lexicon_entry_builder import make_entries, place_names
from navigator.nlp.needs.phrase_compiler import LANGUAGES, PhraseCompiler
from navigator.nlp.needs.spell_correction import SpellCorrector, make_spell_corrector
from navigator.nlp.needs.tokenizer import Shorthand
from search_index.analyzer import fold_text

IDENTITIES = ("black", "indigenous", "lgbtq")
"""Facts whose words are never corrected to: "blank" must not make somebody black."""


def compile_needs_lexicon(
    vocabulary: Vocabulary,
    phrase_book: PhraseBook,
    concepts: Concepts,
    classifier: NeedClassifier,
) -> NeedsLexicon:
    """Compile the words; takes a good part of a second, and is done once in a process."""
    shorthand = fold_shorthand(phrase_book)
    compiler = PhraseCompiler(phrase_book.classes, shorthand)
    entries = index_entries(make_entries(vocabulary, phrase_book, compiler))
    places = frozenset(chain(*map(str.split, place_names(vocabulary, phrase_book))))
    grammar = phrase_book.grammar
    return NeedsLexicon(
        entries=entries,
        fillers=fold_fillers(phrase_book),
        function_words=_function_words(phrase_book),
        stem_classes=compiler.stem_classes,
        present_only_needs=frozenset(grammar.present_only_needs),
        present_only_facts=frozenset(grammar.present_only_facts),
        personal_facts=frozenset(grammar.personal_facts),
        object_needs=frozenset(grammar.object_needs),
        implications=phrase_book.implications,
        postal_codes=_postal_codes(vocabulary),
        shorthand=shorthand,
        spell_correctors=_spell_correctors(phrase_book, compiler, shorthand, concepts, places),
        language_detector=_language_detector(phrase_book, compiler, shorthand, places),
        classifier=classifier,
    )


def fold_shorthand(phrase_book: PhraseBook) -> dict[str, Shorthand]:
    """Give the shorthand of each language with the folded words it stands for."""
    return {
        language: {short: tuple(fold_text(full).split()) for short, full in table.items()}
        for language, table in phrase_book.shorthand.items()
    }


def fold_fillers(phrase_book: PhraseBook) -> frozenset[str]:
    """Give the fillers of both languages, folded."""
    return _fold_both(phrase_book.grammar.fillers)


def _function_words(phrase_book: PhraseBook) -> dict[str, frozenset[str]]:
    grammar = phrase_book.grammar
    both = ("negators", "unwanted", "stoppers", "not_negating", "writer", "third_person")
    return {
        **{name: _fold_both(getattr(grammar, name)) for name in both},
        "lacking_en": _fold_all(grammar.lacking.en),
        "lacking_fr": _fold_all(grammar.lacking.fr),
        "negators_fr": _fold_all(grammar.negators.fr),
        **{name: _fold_all(words) for name, words in phrase_book.function_words.items()},
    }


def _spell_correctors(
    phrase_book: PhraseBook,
    compiler: PhraseCompiler,
    shorthand: Mapping[str, Shorthand],
    concepts: Concepts,
    places: frozenset[str],
) -> dict[str, SpellCorrector]:
    """Make, for each language, a corrector towards its words that knows those of both."""
    everyday, markers = phrase_book.everyday_words, phrase_book.language_words
    concept_words = fold_text(" ".join(chain(*concepts.values()))).replace("*", "")
    known = {
        *fold_text(everyday.en).split(),
        *fold_text(everyday.fr).split(),
        *map(fold_text, (*markers.en, *markers.fr)),
        *chain(*shorthand.values()),
        *chain(*compiler.words.values()),
        *concept_words.split(),
    }
    identities = _identity_words(phrase_book)
    return {
        language: make_spell_corrector(
            (compiler.words[language] | places) - identities, known, compiler.prefixes
        )
        for language in LANGUAGES
    }


def _identity_words(phrase_book: PhraseBook) -> set[str]:
    return {
        word
        for fact in phrase_book.facts
        if fact.fact in IDENTITIES
        for phrase in (*fact.en, *fact.fr)
        for word in fold_text(phrase).replace("/", " ").split()
    }


def _language_detector(
    phrase_book: PhraseBook,
    compiler: PhraseCompiler,
    shorthand: Mapping[str, Shorthand],
    places: frozenset[str],
) -> LanguageDetector:
    markers, everyday = phrase_book.language_words, phrase_book.everyday_words
    return make_language_detector(
        {language: map(fold_text, getattr(markers, language)) for language in LANGUAGES},
        {
            language: {
                *compiler.words[language],
                *fold_text(getattr(everyday, language)).split(),
                *shorthand[language],
            }
            for language in LANGUAGES
        },
        places,
    )


def _postal_codes(vocabulary: Vocabulary) -> dict[str, str]:
    return {
        code.lower(): place.municipality
        for place in vocabulary.places.values()
        if place.municipality
        for code in place.postal
    }


def _fold_both(words: PeopleWords) -> frozenset[str]:
    return _fold_all((*words.en, *words.fr))


def _fold_all(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold_text, words))
