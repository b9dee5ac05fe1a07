"""Find a phrase, given as a pattern of elements, in a row of tokens."""

from dataclasses import dataclass

from navigator.nlp.needs.tokenizer import TokenizedText

MAX_FILLERS = 2
"""Fillers between two words of a phrase: "behind rent" is found in "behind on my rent"."""

ADULT_AGES, SMALL_COUNTS = (5, 110), (2, 12)
"""What {age} and {number} stand for: under five a number in a phrase counts children, not years."""

_ENGLISH_COUNTS = "two three four five six seven eight".split()
_FRENCH_COUNTS = "deux trois quatre cinq six sept huit".split()
COUNT_WORDS = frozenset((*_ENGLISH_COUNTS, *_FRENCH_COUNTS))


@dataclass(frozen=True, slots=True)
class PatternElement:
    """What can stand at one place of a phrase: some stems, prefixes or numbers, or a gap."""

    stems: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    optional: bool = False
    gap: int = 0
    number: tuple[int, int] | None = None

    def accepts(self, tokens: TokenizedText, at: int) -> bool:
        """Say whether a token can stand here."""
        if tokens.stems[at] in self.stems:
            return True
        if self.number and _is_number_within(tokens.words[at], self.number):
            return True
        return bool(self.prefixes) and tokens.words[at].startswith(self.prefixes)


Pattern = tuple[PatternElement, ...]


@dataclass(frozen=True, slots=True)
class PatternMatcher:
    """Matches patterns against the tokens of one text; fillers may be stepped over."""

    tokens: TokenizedText
    fillers: frozenset[str]

    def match(self, pattern: Pattern, start: int) -> int | None:
        """Give the end of the pattern found at `start`, inside one sentence; None if not there."""
        return self._match(pattern, 0, start, self.tokens.sentences[start], MAX_FILLERS)

    def _match(
        self, pattern: Pattern, index: int, at: int, sentence: int, fillers_left: int
    ) -> int | None:
        if index == len(pattern):
            return at
        element = pattern[index]
        if element.gap:
            return self._match_after_gap(pattern, index, at, sentence)
        tokens = self.tokens
        inside = at < len(tokens) and tokens.sentences[at] == sentence
        if inside and element.accepts(tokens, at):
            end = self._match(pattern, index + 1, at + 1, sentence, MAX_FILLERS)
            if end is not None:
                return end
        if element.optional:
            return self._match(pattern, index + 1, at, sentence, fillers_left)
        if inside and index and fillers_left and tokens.words[at] in self.fillers:
            return self._match(pattern, index, at + 1, sentence, fillers_left - 1)
        return None

    def _match_after_gap(self, pattern: Pattern, index: int, at: int, sentence: int) -> int | None:
        last = min(at + pattern[index].gap, len(self.tokens) - 1)
        for resume in range(at, last + 1):
            if self.tokens.sentences[resume] != sentence:
                return None
            end = self._match(pattern, index + 1, resume, sentence, MAX_FILLERS)
            if end is not None:
                return end
        return None


def _is_number_within(word: str, bounds: tuple[int, int]) -> bool:
    if word.isdecimal():
        return bounds[0] <= int(word) <= bounds[1]
    return bounds == SMALL_COUNTS and word in COUNT_WORDS
