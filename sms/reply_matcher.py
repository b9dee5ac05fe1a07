"""Understanding which of a few offered options a text means; between two it never guesses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sms.answer_synonyms import IN_SENTENCES, Phrase, split_phrase, with_synonyms
from sms.fuzzy_match import is_like
from sms.normalizer import fold_sms, strip_phone_signature, without_punctuation, words
from sms.number_parser import is_last, number_of
from sms.option_mentions import (
    OptionPhrases,
    asks_about,
    find_mentioned,
    is_hedged,
    negation_words,
    opening_answer,
    strip_politeness,
)
from sms.tapbacks import is_reaction

# Words; a longer text tells a story ("my landlord put us out, I have two kids, we are in Milton")
# and is read for needs and facts instead.
_LONGEST_SENTENCE = 12
_LEADING = re.compile(r"[#(]?(\d{1,2})\s*[).:,=\-]*\s+(\D.*)")
_TRAILING = re.compile(r"\D[\s(,=-](\d{1,2})\)?\Z")
_MARKED = re.compile(
    r"(?:the |le |la |i |want |take |ill )*(?:option|number|numero|#) ?(\d{1,2})\b\D*"
)
_PIECES = re.compile(r"[/,;()]|\bor\b|\bou\b")


@dataclass(frozen=True, slots=True)
class ReplyOption:
    """One option of a menu: what it stands for, the words shown, and further words for it.

    Options are numbered from 1 in their order, but for one with a number among `also` ("0" to
    skip, "9" for a person), which has that number only.
    """

    value: str
    label: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplyChoice:
    """The value that was meant, or None; `sure` where it was said in so many words."""

    value: str | None
    sure: bool


NOT_UNDERSTOOD = ReplyChoice(None, sure=False)


@dataclass(frozen=True, slots=True)
class _Entry:
    """An option made ready: `phrases` are its own and every other way to say one of them."""

    value: str
    phrases: frozenset[Phrase]
    spoken: OptionPhrases


@dataclass(frozen=True, slots=True)
class _Menu:
    entries: tuple[_Entry, ...]
    numbers: dict[int, str]
    last: str | None


def match_reply(body: str, options: Sequence[ReplyOption]) -> ReplyChoice:
    """Return the option that a text means.

    Sure: its number in any form, its words, other words for them. Not sure: a misspelling, the
    start of its label, its words inside a short sentence or after "I think"; ask back where it
    matters. A text that fits two options, refuses one or asks about one is not understood.
    """
    said = strip_phone_signature(without_punctuation(body))
    if not said or is_reaction(body):
        return NOT_UNDERSTOOD
    menu = _menu(tuple(options))
    if value := _exact(words(said), menu.entries):
        return ReplyChoice(value, sure=not is_hedged(words(said)))
    number = number_of(body)
    if number is not None:
        value = menu.numbers.get(number)
        return ReplyChoice(value, sure=value is not None)
    if is_last(body) and menu.last is not None:
        return ReplyChoice(menu.last, sure=True)
    return _numbered(said, menu) or _by_words(words(said), menu.entries, body)


@lru_cache(maxsize=256)  # the questions in both languages are about 60 menus
def _menu(options: tuple[ReplyOption, ...]) -> _Menu:
    """Make the options of a menu ready; menus are few and asked many times."""
    numbers: dict[int, str] = {}
    position = 0
    last = None
    for option in options:
        own = [int(word) for word in option.also if word.isdecimal()]
        if not own:
            position += 1
            own, last = [position], option.value
        numbers.update(dict.fromkeys(own, option.value))
    return _Menu(tuple(map(_entry, options)), numbers, last)


def _entry(option: ReplyOption) -> _Entry:
    names = [option.label, *(word for word in option.also if not word.isdecimal())]
    pieces = [piece for text in names for piece in _PIECES.split(fold_sms(text)) if len(piece) > 1]
    own = frozenset(found for text in (*names, *pieces) if (found := split_phrase(text)))
    phrases = with_synonyms(own)
    spoken = OptionPhrases(split_phrase(option.label), own, phrases & IN_SENTENCES - own)
    return _Entry(option.value, phrases, spoken)


def _only(values: Sequence[str]) -> str | None:
    """Return the one value that all agree on."""
    return values[0] if values and len(set(values)) == 1 else None


def _exact(said: Phrase, entries: Sequence[_Entry]) -> str | None:
    """Return the option said in so many words, politeness aside; its own words come first."""
    for form in dict.fromkeys((said, strip_politeness(said))):
        own = [entry.value for entry in entries if form in entry.spoken.own]
        kin = [entry.value for entry in entries if form in entry.phrases]
        if own or kin:
            return _only(own or kin)
    return None


def _numbered(said: str, menu: _Menu) -> ReplyChoice | None:
    """Return what a number with its label means ("1 Milton"), or one marked as such; None if no."""
    marked = _MARKED.fullmatch(said)
    if marked and int(marked[1]) in menu.numbers:
        return ReplyChoice(menu.numbers[int(marked[1])], sure=False)
    leading, trailing = _LEADING.fullmatch(said), _TRAILING.search(said)
    if leading:
        number, rest = int(leading[1]), leading[2]
    elif trailing:
        number, rest = int(trailing[1]), said[: trailing.start() + 1]
    else:
        return None
    value = menu.numbers.get(number)
    if value is None:
        return None
    named = _by_words(words(rest), menu.entries, rest).value
    return ReplyChoice(value, sure=True) if named == value else NOT_UNDERSTOOD


def _by_words(said: Phrase, entries: Sequence[_Entry], body: str) -> ReplyChoice:
    """Return the option meant by words that may be misspelled or stand in a sentence."""
    if value := _exact(said, entries):
        return ReplyChoice(value, sure=not is_hedged(said))
    like = [entry.value for entry in entries if _is_misspelled(strip_politeness(said), entry)]
    if like:
        return ReplyChoice(_only(like), sure=False)
    if not said or len(said) > _LONGEST_SENTENCE:
        return NOT_UNDERSTOOD
    start = opening_answer(said)
    if start and (value := _exact((start,), entries)):
        return ReplyChoice(value, sure=False)
    found = find_mentioned(said, [entry.spoken for entry in entries])
    if found is None or asks_about(body, said, entries[found].phrases):
        return NOT_UNDERSTOOD
    return ReplyChoice(entries[found].value, sure=False)


def _is_misspelled(said: Phrase, entry: _Entry) -> bool:
    """Say whether a message is a misspelling of an option, and neither turns the other round."""
    turned = negation_words(said)
    return any(
        is_like(said, phrase) and negation_words(phrase) == turned for phrase in entry.phrases
    )
