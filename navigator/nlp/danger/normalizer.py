"""Turn a written text into plain words: folded, unmasked, spelling mended, small words gone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from navigator.nlp.danger import lemmatizer

STOP = "|"  # the end of a sentence: a phrase never reaches across it
LIMIT = 4_000  # characters looked at; a text message holds at most 1,600

_INITIALS = re.compile(r"(?<![a-z0-9])(?:[a-z][.\-_ ]){2,}[a-z](?![a-z0-9'])")
_WORD = re.compile(r"[a-z0-9]+(?:['*@$!]+[a-z0-9]+)*\**|[.?!;\n]+")
_MASK = re.compile(r"[*@$!]")
_DOSE = re.compile(r"(\d+)([a-z]+)")
_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t"} | {"@": "a"})
_LEET_L = str.maketrans({"1": "l", "!": "l", "0": "o", "3": "e", "4": "a", "5": "s", "7": "t"})
_MARKS = str.maketrans({"$": "s", "!": "i"})
_RUN = re.compile(r"(.)\1+")
_LETTERS = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "œ": "oe", "æ": "ae", "…": " "}
)
_FRENCH_BEFORE_APOSTROPHE = frozenset(
    {"j", "l", "d", "c", "n", "m", "t", "s", "qu", "jusqu", "lorsqu", "puisqu", "quelqu"}
)
_SHORT_ENOUGH_TO_SWAP, _LONG_ENOUGH, _LONG_ENOUGH_FOR_TWO = 4, 6, 9


@dataclass(frozen=True, slots=True)
class NormalizerTables:
    """Know how to read: the words that count, and how people write them."""

    vocabulary: frozenset[str]
    real_words: frozenset[str]
    small_words: frozenset[str]
    spelling: Mapping[str, tuple[str, ...]]
    emoji: Mapping[str, str]
    alike: Mapping[str, str]  # a key of a misspelling -> the word meant
    own_forms: frozenset[str]  # words that are never read as a form of another
    near: Mapping[str, tuple[str, ...]]  # a word with one letter gone -> the words it may be
    sayings: re.Pattern[str] | None  # spellings of several words


def fold_danger_text(text: str) -> str:
    """Return the text in small plain letters: no accents, one kind of apostrophe."""
    text = unicodedata.normalize("NFKC", text.translate(_LETTERS)).casefold().translate(_LETTERS)
    split = unicodedata.normalize("NFD", text)
    return "".join(c for c in split if not unicodedata.combining(c))


def split_words(text: str, reading: NormalizerTables) -> list[str]:
    """Return the words that count, in order, with STOP between sentences."""
    return remove_stop_words(normalize(text, reading), reading)


def remove_stop_words(said: list[str], reading: NormalizerTables) -> list[str]:
    """Return the words that count."""
    return [word for word in said if word not in reading.small_words]


def normalize(text: str, reading: NormalizerTables) -> list[str]:
    """Return all words, the small ones too, in order, with STOP between sentences."""
    shown = text[:LIMIT]
    if not shown.isascii():
        shown = "".join(
            f" {reading.emoji[c]} " if c in reading.emoji else c for c in shown if c != "\ufe0f"
        )
    folded = _INITIALS.sub(lambda found: _joined(found[0], reading), fold_danger_text(shown))
    folded = _sayings(folded, reading)
    result: list[str] = []
    for token in _WORD.findall(folded):
        if token[0] in ".?!;\n":
            # dots in a row are a breath, not an end
            if not token.startswith(".."):
                result.append(STOP)
            continue
        result += _known(token, reading)
    return result


def spell_out(text: str, reading: NormalizerTables) -> str:
    """Return the text folded, with spellings of several words ("about to") put as one."""
    return _sayings(fold_danger_text(text), reading)


def _sayings(folded: str, reading: NormalizerTables) -> str:
    if reading.sayings is None:
        return folded
    return reading.sayings.sub(lambda found: " ".join(reading.spelling[found[0]]), folded)


def build_normalizer_tables(
    *,
    vocabulary: Iterable[str],
    spelling: Mapping[str, str],
    emoji: Mapping[str, str],
    small_words: Iterable[str],
    real_words: Iterable[str],
    own_forms: Iterable[str],
) -> NormalizerTables:
    """Prepare the tables that make reading a text a matter of look-ups."""
    known = frozenset(vocabulary)
    alike: dict[str, str] = {}
    near: dict[str, set[str]] = {}
    for word in sorted(known):
        for key in _alike_keys(word):
            alike.setdefault(key, word)
        if len(word) >= _LONG_ENOUGH:
            for key in {word, *_one_gone(word)}:
                near.setdefault(key, set()).add(word)
            if len(word) >= _LONG_ENOUGH_FOR_TWO:
                for key in {k for once in _one_gone(word) for k in _one_gone(once)}:
                    near.setdefault(key, set()).add(word)
    spelled = {
        fold_danger_text(k): tuple(fold_danger_text(v).replace("'", " ").split())
        for k, v in spelling.items()
    }
    several = sorted((re.escape(k) for k in spelled if " " in k), key=len, reverse=True)
    return NormalizerTables(
        vocabulary=known,
        real_words=frozenset(real_words),
        small_words=frozenset(small_words),
        spelling=spelled,
        emoji=dict(emoji),
        alike=alike,
        own_forms=frozenset(own_forms),
        near={key: tuple(sorted(found)) for key, found in near.items()},
        sayings=re.compile(rf"\b(?:{'|'.join(several)})\b") if several else None,
    )


def word_forms(word: str, reading: NormalizerTables) -> tuple[str, ...]:
    """Return the word and the plain forms it may have: (walking, walk, walke)."""
    if word in reading.own_forms:
        return (word,)
    infinitives = (base for base in lemmatizer.french_lemmas(word) if base in reading.vocabulary)
    return (word, *dict.fromkeys((*lemmatizer.english_lemmas(word), *infinitives)))


def _joined(spaced: str, reading: NormalizerTables) -> str:
    # "k.m.s", "s u i c i d e": letters set apart on purpose; "a b c" stays as it is
    joined = re.sub(r"[.\-_ ]", "", spaced)
    return joined if joined in reading.vocabulary or joined in reading.spelling else spaced


def _known(token: str, reading: NormalizerTables) -> Iterator[str]:
    """Yield the known words behind one written token; an unknown word comes back as written."""
    if token in reading.spelling:
        yield from reading.spelling[token]
    elif token in reading.vocabulary or token in reading.real_words or token.isdigit():
        yield token
    elif "'" in token:
        head, _, tail = token.partition("'")
        if head in _FRENCH_BEFORE_APOSTROPHE:
            yield from _known(head, reading)
            yield from _known(tail, reading)
        else:
            # "husband's", "mom's": the s is "is" or "of", both too small to count
            yield from _known(
                head if tail in {"s", "re", "ve", "ll", "d"} else head + tail, reading
            )
    elif _MASK.search(token):
        yield from _unmasked(token, reading)
    elif found := _DOSE.fullmatch(token):
        plain = token.translate(_LEET)
        yield from (plain,) if plain in reading.vocabulary else found.groups()
    else:
        yield _mended(token, reading)


def _unmasked(token: str, reading: NormalizerTables) -> Iterator[str]:
    for plain in (token.translate(_MARKS).translate(_LEET), token.translate(_LEET_L)):
        if plain in reading.vocabulary:
            yield plain
            return
    if "*" in token:
        shape = re.compile("".join("[a-z]" if c == "*" else re.escape(c) for c in token))
        hidden = sorted(w for w in reading.vocabulary if shape.fullmatch(w))
        if hidden:
            yield hidden[0]
            return
    for part in _MASK.split(token):
        if part:
            yield from _known(part, reading)


def _mended(token: str, reading: NormalizerTables) -> str:
    """Return the known word an unknown one stands for, or the token itself."""
    if not reading.vocabulary:
        return token
    # a form of a known word ("walked") is no slip
    if any(form in reading.vocabulary for form in word_forms(token, reading)):
        return token
    for guess in _guesses(token):
        if guess in reading.vocabulary:
            return guess
    for key in (_run(token), _swap_key(token)):
        if key and (word := reading.alike.get(key)):
            return word
    return _nearest(token, reading) if len(token) >= _LONG_ENOUGH - 1 else token


def _guesses(token: str) -> Iterator[str]:
    yield token.translate(_LEET)
    yield token.translate(_LEET_L)
    if token.endswith("z"):  # "hitz"
        yield token[:-1] + "s"
    if token.endswith("in"):  # "killin", "cutin"
        yield token + "g"
        yield token[:-2] + token[-3:-2] + "ing"


def _nearest(token: str, reading: NormalizerTables) -> str:
    """Return the known word one slip away (two in long words), with the same first letter."""
    keys = {token, *_one_gone(token)}
    candidates = {w for key in keys for w in reading.near.get(key, ()) if w[0] == token[0]}
    best, distance = token, 3
    # of words equally near the longer is meant: letters are left out more often than added
    for word in sorted(candidates, key=lambda word: (-len(word), word)):
        allowed = 2 if min(len(word), len(token)) >= _LONG_ENOUGH_FOR_TWO else 1
        apart = OSA.distance(word, token, score_cutoff=allowed)
        if apart <= allowed and apart < distance:
            best, distance = word, apart
    return best


def _alike_keys(word: str) -> Iterator[str]:
    yield _run(word)
    if key := _swap_key(word):
        yield key


def _run(word: str) -> str:
    return "=" + _RUN.sub(r"\1", word)


def _swap_key(word: str) -> str | None:
    # the same letters between the same ends: "wnat", "hrut"
    if len(word) < _SHORT_ENOUGH_TO_SWAP:
        return None
    return word[0] + "".join(sorted(word[1:-1])) + word[-1]


def _one_gone(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}
