"""Understand a query: for each of its words the index's words it may mean, and the needs in it."""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from search_index.analyzer import content_words, stem, tokens
from search_index.need_recognition import NeedPhraseIndex, RecognizedNeed
from search_index.spelling_candidates import prefix_candidates, spelling_candidates
from search_index.term_dictionary import NO_TERM, TermDictionary
from search_index.term_expansion import IndexTerms, TermExpansion, TermOption

_LETTERS, _WORDS = 1000, 40  # no more of a query is read
ENDINGS = 40  # how many words a beginning stands for while typing
_POSTINGS = 200_000  # and how many postings these may have together
_UNFINISHED = 0.8  # what a longer word is worth beside the one typed so far
_FEW = 4  # in a query of more words than this no misspelt words are joined
_SAID_MORE = 1.0  # how much surer each further word of its phrase makes a need
_DIGITS = {2: (0, 1), 3: (1,)}  # how many of so many words that are joined may be digits
_GUESSED = 30  # guesses for all words of a query: in a short one each word matters more,
_FEWEST, _MOST = 3, 8  # within these bounds for each word
_REMEMBERED = 1024  # words whose meanings are kept
_SAYING = 0.5  # from this belief on a guess can be part of a need's phrase


class QuerySlot(NamedTuple):
    """One word of the query; `typed` is empty for a need that was added to the query.

    `options`: the words it may mean, of which a document's best counts; `needs`: what it is said
    for, which counts beside.
    """

    typed: str
    options: tuple[TermOption, ...]
    needs: tuple[TermOption, ...] = ()


class AnalyzedQuery(NamedTuple):
    """The slots of a query, and what needs its words (and the caller) named."""

    slots: tuple[QuerySlot, ...]
    needs: tuple[RecognizedNeed, ...]


class QueryAnalyzer:
    """Reads queries with the words, phrases and protected names of one index."""

    def __init__(
        self,
        vocabulary: TermDictionary,
        terms: IndexTerms,
        phrases: NeedPhraseIndex,
        known: TermExpansion,
    ) -> None:
        self.vocabulary = vocabulary
        self._terms = terms
        self._phrases = phrases
        self.known = known
        # While somebody types, the words before the last are the same again and again.
        self.meanings = lru_cache(maxsize=_REMEMBERED)(known.find)

    def read(
        self, words: str, *, needs: Collection[str] = (), typing: bool = False
    ) -> AnalyzedQuery:
        """Understand the words; `needs` are added as if they had been said."""
        said = content_words(tokens(words[:_LETTERS]))[:_WORDS]
        unfinished = typing and bool(said) and words[-1:].isalnum()
        finished = said[:-1] if unfinished else said
        many = min(max(_GUESSED // max(len(said), 1), _FEWEST), _MOST)
        slots = [slot for word in finished for slot in self._slots(word, many)]
        if unfinished:
            slots.append(self._beginning(said[-1], many))
        slots = self._joined(slots)
        recognized = self._phrases.recognize([_stems(slot) for slot in slots])
        slots = self._with_needs(slots, recognized)
        slots.extend(self._added(need) for need in needs)
        return AnalyzedQuery(tuple(slots), recognized)

    def _slots(self, word: str, many: int) -> list[QuerySlot]:
        """Make the slots of one word: several where it was written together."""
        options = self.meanings(word, many)
        if options and options[0].term != NO_TERM:
            real = tuple(option for option in options if option.term != NO_TERM)
            return [QuerySlot(word, real)]
        together = options[0].word if options else word
        parts = () if self.known.is_protected(word) else self.known.apart(together)
        if not parts:
            return [QuerySlot(word, ())]
        apart = (self.meanings(part) for part in parts)
        return [
            QuerySlot(word, tuple(one._replace(guessed=True) for one in some)) for some in apart
        ]

    def _joined(self, slots: list[QuerySlot]) -> list[QuerySlot]:
        """Let words written apart also mean the one they make: one link, links 2 care."""
        typed = [slot.typed for slot in slots]
        digits = [one.isdigit() for one in typed]
        joined = list(slots)
        for size in (2, 3) if any(digits) else (2,):
            for start in range(len(slots) - size + 1):
                end = start + size
                # Two words, or two with digits between or after them; misspelt only where digits
                # stand in it, or where in a query of few words one of the two is unknown.
                if digits[start] or sum(digits[start:end]) not in _DIGITS[size]:
                    continue
                if not all(typed[start:end]) or (size == 2 and typed[start] == typed[start + 1]):
                    continue
                pieces = slots[start:end]
                unsure = len(slots) <= _FEW and not all(map(_sure, pieces))
                for option in self._as_one(pieces, misspelt=unsure or any(digits[start:end])):
                    for place in range(start, end):
                        options = (*joined[place].options, option)
                        joined[place] = joined[place]._replace(options=options)
        return joined

    def _as_one(self, pieces: Sequence[QuerySlot], *, misspelt: bool) -> Iterable[TermOption]:
        """Find the word that some words make, perhaps misspelt."""
        together = "".join(slot.typed for slot in pieces)
        whole = self.known.whole(together)
        if whole is not None:
            return (whole,)
        if not misspelt:
            return ()
        near = self.known.options(spelling_candidates(together, self.vocabulary, 1))
        return [option for option in near if option.term != NO_TERM]

    def _beginning(self, typed: str, many: int) -> QuerySlot:
        """Make the slot of a word that is still being typed."""
        numbers = self.vocabulary.likely_endings(typed, ENDINGS)
        guessed = not numbers
        if guessed and not self.known.is_protected(typed):
            near = prefix_candidates(typed, self.vocabulary, many)
            numbers = [one.number for one in near]
        options: dict[int, TermOption] = {}
        postings = 0
        for number in numbers:
            word, term = self.vocabulary.words[number], self.vocabulary.terms[number]
            if term == NO_TERM:
                continue
            postings += self._terms.size(term)
            if options and postings > _POSTINGS:
                break
            weight = 1.0 if word == typed else _UNFINISHED
            options.setdefault(term, TermOption(term, weight, word, guessed))
        if not options:
            return self._slots(typed, many)[0]
        return QuerySlot(typed, tuple(options.values()))

    def _with_needs(
        self, slots: list[QuerySlot], recognized: Sequence[RecognizedNeed]
    ) -> list[QuerySlot]:
        """Let the words of a need's phrase also mean the need, shared out by their rarity."""
        for one in recognized:
            term = self._terms.need_number(one.need)
            if term is None:
                continue
            worth = [self.rarity(slots[place]) for place in one.places]
            whole = sum(worth) or 1.0
            sure = 1 + _SAID_MORE * (len(one.places) - 1)
            for place, part in zip(one.places, worth, strict=True):
                option = TermOption(term, sure * part / whole, "")
                slots[place] = slots[place]._replace(needs=(*slots[place].needs, option))
        return slots

    def _added(self, need: str) -> QuerySlot:
        term = self._terms.need_number(need)
        return QuerySlot("", (), needs=() if term is None else (TermOption(term, 1.0, ""),))

    def rarity(self, slot: QuerySlot) -> float:
        """Say how telling a slot is: the rarity of its likeliest meaning."""
        likeliest = slot.options or slot.needs
        if not likeliest:
            return 1.0
        return self._terms.rarity(likeliest[0].term) * likeliest[0].weight


def _stems(slot: QuerySlot) -> frozenset[str]:
    """List the stems a slot may stand for when phrases are looked for in a query."""
    likely = [one for one in slot.options[:2] if not one.guessed or one.weight >= _SAYING]
    said = [slot.typed] if likely and not likely[0].guessed else []
    return frozenset(stem(word) for word in (*said, *(one.word for one in likely)))


def _sure(slot: QuerySlot) -> bool:
    return bool(slot.options) and not slot.options[0].guessed
