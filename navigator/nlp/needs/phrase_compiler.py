"""Compile the phrases of the phrase book ("behind ... {my} rent/bill*") into patterns."""

from collections.abc import Iterable, Mapping
from functools import cache

from directory_data.vocabulary.loader import PeopleWords
from navigator.nlp.needs.phrase_matcher import ADULT_AGES, SMALL_COUNTS, Pattern, PatternElement
from navigator.nlp.needs.tokenizer import Shorthand, expand_and_stem, light_stem, tokenize
from search_index.analyzer import fold_text

LANGUAGES = ("en", "fr")

MAX_GAP = 4
"""Words that "..." may stand for: "help ... mother" is found in "help with care for my mother"."""

_AGE_UNITS = (("year", "ans", "an", "yo", "yr", "y"), ("o",), ("old",))


class PhraseCompiler:
    """Compiles phrases of both languages, and notes the words and prefixes they are made of."""

    def __init__(
        self, classes: Mapping[str, PeopleWords], shorthand: Mapping[str, Shorthand]
    ) -> None:
        self.words: dict[str, set[str]] = {language: set() for language in LANGUAGES}
        self.prefixes: set[str] = set()
        self.stem_classes: dict[str, frozenset[str]] = {}
        for name, words in classes.items():
            self.stem_classes[name] = self._stem_class(words)
        self._shorthand = shorthand
        # The same parts and words stand in many phrases.
        self._compiled = cache(self._compile_part)
        self._expanded = cache(self._expand_word)

    def compile(self, phrase: str, language: str) -> Pattern:
        """Compile a phrase; a gap at its end means nothing."""
        elements = [
            element for part in phrase.split() for element in self._compiled(part, language)
        ]
        while elements and elements[-1].gap:
            elements.pop()
        return tuple(elements)

    def expand(self, text: str, language: str) -> tuple[str, ...]:
        """Give the folded words of a text, shorthand written out."""
        return expand_and_stem(tokenize(text), self._shorthand[language]).words

    def _stem_class(self, words: PeopleWords) -> frozenset[str]:
        """Give the stems of a class; "{kin}" stands for a class before it."""
        stems: set[str] = set()
        for language in LANGUAGES:
            for word in getattr(words, language):
                if word.startswith("{"):
                    stems |= self.stem_classes[word.strip("{}")]
                else:
                    self.words[language].update(fold_text(word).split())
                    stems |= {light_stem(part) for part in _split_hyphens(word)[-1:]}
        return frozenset(stems)

    def _compile_part(self, part: str, language: str) -> Pattern:
        self.prefixes |= {
            fold_text(choice[:-1]) for choice in part.split("/") if choice.endswith("*")
        }
        return tuple(
            element
            for piece in _split_contractions(part)
            for element in self._elements(piece, language)
        )

    def _elements(self, part: str, language: str) -> Iterable[PatternElement]:
        if part == "...":
            return (PatternElement(gap=MAX_GAP),)
        if part == "{age}":
            units = (PatternElement(frozenset(unit), optional=True) for unit in _AGE_UNITS)
            return (PatternElement(number=ADULT_AGES), *units)
        optional = part.endswith("?")
        choices = part.removesuffix("?").split("/")
        if len(choices) == 1 and choices[0].isalpha():
            return [
                PatternElement(frozenset((light_stem(word),)), optional=optional)
                for word in self._expanded(choices[0], language)
            ]
        return [self._choice(choices, language, optional=optional)]

    def _choice(self, choices: list[str], language: str, *, optional: bool) -> PatternElement:
        """Compile "a/b*/{class}/{number}"."""
        stems: set[str] = set()
        prefixes: list[str] = []
        for choice in choices:
            if choice == "{number}":
                continue
            if choice.startswith("{"):
                stems |= self.stem_classes[choice.strip("{}")]
            elif choice.endswith("*"):
                prefixes.append("".join(self._expanded(choice[:-1], language)))
            else:
                # Of a choice that is written out as several words, the first is enough.
                stems.add(light_stem(self._expanded(choice, language)[0]))
        number = SMALL_COUNTS if "{number}" in choices else None
        return PatternElement(frozenset(stems), tuple(prefixes), optional=optional, number=number)

    def _expand_word(self, word: str, language: str) -> tuple[str, ...]:
        words = self.expand(word, language)
        self.words[language].update(words)
        return words or (word,)


def required_stems(pattern: Pattern) -> frozenset[str]:
    """Give the stems of which one must be in a text that holds the phrase; none: not known."""
    for element in reversed(pattern):
        if not (element.optional or element.gap):
            return element.stems if not (element.prefixes or element.number) else frozenset()
    return frozenset()


def _split_contractions(part: str) -> tuple[str, ...]:
    """Write contractions out and split l'eau and n'ai, in words that are no choice or class."""
    if part == "..." or "{" in part or "*" in part or "/" in part:
        return (fold_text(part),)
    optional = part.endswith("?")
    plain = tuple(token.word for token in tokenize(part.removesuffix("?")))
    return tuple(f"{word}?" for word in plain) if optional else plain


def _split_hyphens(word: str) -> list[str]:
    return fold_text(word).replace("-", " ").split()
