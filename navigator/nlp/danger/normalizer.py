"""Turn a written text into plain tokens: folded, unmasked, spelling corrected, stop words gone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from navigator.nlp.danger.lemmatizer import Lemmatizer
from navigator.nlp.danger.spell_correction import (
    LEET,
    LEET_WITH_L,
    DangerSpellCorrector,
    make_danger_spell_corrector,
)

SENTENCE_END = "|"
"""The token between two sentences: a phrase never reaches across it."""

MAX_TEXT_LENGTH = 4_000
"""Characters that are looked at: a text message holds 1,600; a letter on the web may be longer."""

VARIATION_SELECTOR = "\ufe0f"  # follows an emoji and changes only how it is drawn

_SPACED_LETTERS = re.compile(r"(?<![a-z0-9])(?:[a-z][.\-_ ]){2,}[a-z](?![a-z0-9'])")
_TOKEN = re.compile(r"[a-z0-9]+(?:['*@$!]+[a-z0-9]+)*\**|[.?!;\n]+")
_MASK = re.compile(r"[*@$!]")
_DOSE = re.compile(r"(\d+)([a-z]+)")
_MASKING_MARKS = str.maketrans({"$": "s", "!": "i"})
_TYPOGRAPHY = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "œ": "oe", "æ": "ae", "…": " "}
)
_FRENCH_ELISIONS = frozenset(
    {"j", "l", "d", "c", "n", "m", "t", "s", "qu", "jusqu", "lorsqu", "puisqu", "quelqu"}
)
_ENGLISH_CONTRACTIONS = frozenset({"s", "re", "ve", "ll", "d"})
"""After an apostrophe these are "is", "have" or "of", all too common to count."""


@dataclass(frozen=True, slots=True)
class TextNormalizer:
    """The words that count, and how people write them."""

    vocabulary: frozenset[str]
    stop_words: frozenset[str]
    never_corrected: frozenset[str]
    respellings: Mapping[str, tuple[str, ...]]  # "im" -> ("i", "am")
    respelled_phrases: re.Pattern[str] | None  # those of several words: "about to"
    emoji: Mapping[str, str]
    lemmatizer: Lemmatizer
    corrector: DangerSpellCorrector

    def tokenize(self, text: str) -> list[str]:
        """Give all words, stop words too, in order, with SENTENCE_END between sentences."""
        shown = text[:MAX_TEXT_LENGTH]
        if not shown.isascii():
            shown = self._name_emoji(shown)
        folded = _SPACED_LETTERS.sub(self._join_letters, fold_danger_text(shown))
        tokens: list[str] = []
        for written in _TOKEN.findall(self._respell_phrases(folded)):
            if written[0] not in ".?!;\n":
                tokens += self._expand(written)
            elif not written.startswith(".."):  # dots in a row are a breath, not an end
                tokens.append(SENTENCE_END)
        return tokens

    def remove_stop_words(self, tokens: list[str]) -> list[str]:
        """Give the tokens that count."""
        return [token for token in tokens if token not in self.stop_words]

    def content_words(self, text: str) -> list[str]:
        """Give the tokens of a text that count."""
        return self.remove_stop_words(self.tokenize(text))

    def respell(self, text: str) -> str:
        """Give the text folded, with respellings of several words ("about to") put as one."""
        return self._respell_phrases(fold_danger_text(text))

    def _respell_phrases(self, folded: str) -> str:
        if self.respelled_phrases is None:
            return folded
        return self.respelled_phrases.sub(
            lambda found: " ".join(self.respellings[found[0]]), folded
        )

    def _name_emoji(self, text: str) -> str:
        return "".join(
            f" {self.emoji[character]} " if character in self.emoji else character
            for character in text
            if character != VARIATION_SELECTOR
        )

    def _join_letters(self, found: re.Match[str]) -> str:
        # "k.m.s", "s u i c i d e": letters set apart on purpose; "a b c" stays as it is
        joined = re.sub(r"[.\-_ ]", "", found[0])
        return joined if joined in self.vocabulary or joined in self.respellings else found[0]

    def _expand(self, written: str) -> Iterator[str]:
        """Give the known words behind a written token; an unknown word comes back as written."""
        while "'" in written and not self._is_known(written):  # a loop: they may be 800 in a text
            head, _, tail = written.partition("'")
            if head in _FRENCH_ELISIONS:  # "j'ai"
                yield from self._expand(head)
                written = tail
            else:  # "husband's", "can't"
                written = head if tail in _ENGLISH_CONTRACTIONS else head + tail
        if written in self.respellings:
            yield from self.respellings[written]
        elif self._is_known(written):
            yield written
        elif _MASK.search(written):
            yield from self._unmask(written)
        elif dose := _DOSE.fullmatch(written):  # "30mg", but also "5uicide"
            plain = written.translate(LEET)
            yield from (plain,) if plain in self.vocabulary else dose.groups()
        else:
            yield self.corrector.correct(written)

    def _is_known(self, word: str) -> bool:
        return (
            word in self.respellings
            or word in self.vocabulary
            or word in self.never_corrected
            or word.isdigit()
        )

    def _unmask(self, written: str) -> Iterator[str]:
        """Give the word behind "k!ll", "su*cide" or "$uicide"; else the parts between the masks."""
        marks_as_letters = written.translate(_MASKING_MARKS).translate(LEET)
        for plain in (marks_as_letters, written.translate(LEET_WITH_L)):
            if plain in self.vocabulary:
                yield plain
                return
        hidden = self._fill_stars(written)
        if hidden is not None:
            yield hidden
            return
        for part in _MASK.split(written):
            if part:
                yield from self._expand(part)

    def _fill_stars(self, written: str) -> str | None:
        """Give the first known word that fits where each star stands for a letter."""
        if "*" not in written:
            return None
        shape = re.compile("".join("[a-z]" if mark == "*" else re.escape(mark) for mark in written))
        return min((word for word in self.vocabulary if shape.fullmatch(word)), default=None)


def make_normalizer(
    *,
    vocabulary: Iterable[str],
    respellings: Mapping[str, str],
    emoji: Mapping[str, str],
    stop_words: Iterable[str],
    never_corrected: Iterable[str],
    never_lemmatized: Iterable[str],
) -> TextNormalizer:
    """Prepare the tables that make reading a text a matter of look-ups."""
    lemmatizer = Lemmatizer(frozenset(vocabulary), frozenset(never_lemmatized))
    folded = {
        fold_danger_text(written): tuple(fold_danger_text(meant).replace("'", " ").split())
        for written, meant in respellings.items()
    }
    # The longest first, so that none is cut short by another that it begins with.
    phrases = sorted((re.escape(key) for key in folded if " " in key), key=len, reverse=True)
    return TextNormalizer(
        vocabulary=lemmatizer.vocabulary,
        stop_words=frozenset(stop_words),
        never_corrected=frozenset(never_corrected),
        respellings=folded,
        respelled_phrases=re.compile(rf"\b(?:{'|'.join(phrases)})\b") if phrases else None,
        emoji=dict(emoji),
        lemmatizer=lemmatizer,
        corrector=make_danger_spell_corrector(lemmatizer),
    )


def fold_danger_text(text: str) -> str:
    """Give the text in small plain letters: no accents, one kind of apostrophe."""
    text = unicodedata.normalize("NFKC", text.translate(_TYPOGRAPHY)).casefold()
    decomposed = unicodedata.normalize("NFD", text.translate(_TYPOGRAPHY))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
