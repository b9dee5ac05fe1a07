"""A text with everything that was found in it, as the rules of grammar look at it."""

from collections.abc import Mapping
from dataclasses import dataclass

from navigator.nlp.needs.lexicon import EntryKind, LexiconMatch, NeedsLexicon
from navigator.nlp.needs.tokenizer import TokenizedText


@dataclass(frozen=True, slots=True)
class ParsedText:
    """The tokens of a text, the phrases found in them by kind, and the lexicon."""

    lexicon: NeedsLexicon
    tokens: TokenizedText
    matches: Mapping[EntryKind, tuple[LexiconMatch, ...]]
    language: str

    def matches_of(self, kind: EntryKind) -> tuple[LexiconMatch, ...]:
        """Give the matches of one kind, in the order of the text."""
        return self.matches.get(kind, ())

    def function_words(self, *names: str) -> frozenset[str]:
        """Give the function words of one list, or of several together."""
        lists = self.lexicon.function_words
        return lists[names[0]].union(*(lists[name] for name in names[1:]))

    def word(self, at: int) -> str:
        """Give the word at a position; empty before the first and after the last."""
        return self.tokens.words[at] if 0 <= at < len(self.tokens) else ""

    def has_word_of(self, at: int, *names: str) -> bool:
        """Say whether the word at a position stands in a list of function words."""
        return any(self.word(at) in self.lexicon.function_words[name] for name in names)

    def is_in_class(self, at: int, *names: str) -> bool:
        """Say whether the stem at a position belongs to a class: kin, served, partner."""
        stem = self.tokens.stems[at]
        return any(stem in self.lexicon.stem_classes[name] for name in names)

    def same_sentence(self, at: int, other: int) -> bool:
        """Say whether two tokens stand in one sentence."""
        return self.tokens.sentences[at] == self.tokens.sentences[other]

    def same_clause(self, at: int, other: int) -> bool:
        """Say whether two tokens stand in one clause."""
        return self.tokens.clauses[at] == self.tokens.clauses[other]


def parse(text: str, lexicon: NeedsLexicon, hint: str | None) -> ParsedText:
    """Tokenize a text and find the phrases in it."""
    language, tokens = lexicon.tokenize(text, hint)
    return ParsedText(lexicon, tokens, lexicon.find_phrases(tokens, language), language)
