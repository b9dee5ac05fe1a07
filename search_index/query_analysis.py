"""Query analysis: for each word of a query the terms it may mean, and the needs in it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from search_index.analyzer import content_words, stem, tokens
from search_index.inverted_index import InvertedIndex
from search_index.need_recognition import NeedPhraseIndex, RecognizedNeed
from search_index.spelling_candidates import prefix_candidates, spelling_candidates
from search_index.term_dictionary import NO_TERM, TermDictionary
from search_index.term_matching import TermExpansion, TermOption

_MAX_LETTERS, _MAX_WORDS = 1000, 40  # no more of a query is read
COMPLETIONS = 40  # how many words a prefix stands for while typing
_MAX_POSTINGS = 200_000  # and how many postings these may have together
_LONGER_WORD = 0.8  # what a longer word is worth beside the one typed so far
_SHORT_QUERY = 4  # in a query of more words than this no misspelt words are joined
_LONGER_PHRASE = 1.0  # how much surer each further word of its phrase makes a need
_JOINED_DIGITS = {2: (0, 1), 3: (1,)}  # how many of so many words that are joined may be digits
_CANDIDATES = 30  # spelling candidates for all words of a query: in a short one each matters more,
_LEAST_CANDIDATES, _MOST_CANDIDATES = 3, 8  # within these bounds for each word
_CACHED_WORDS = 1024  # words whose expansion is kept
_PHRASE_CONFIDENCE = 0.5  # from this on a spelling candidate can be part of a need's phrase


class QuerySlot(NamedTuple):
    """One word of the query; `typed` is empty for a need that was added to the query.

    `options`: the terms it may mean, of which a document's best counts; `needs`: the needs that it
    is part of a phrase of, which count beside.
    """

    typed: str
    options: tuple[TermOption, ...]
    needs: tuple[TermOption, ...] = ()


class AnalyzedQuery(NamedTuple):
    """The slots of a query, and what needs its words (and the caller) named."""

    slots: tuple[QuerySlot, ...]
    needs: tuple[RecognizedNeed, ...]


class QueryAnalyzer:
    """Analyses queries with the words, phrases and protected names of one index."""

    def __init__(
        self,
        dictionary: TermDictionary,
        postings: InvertedIndex,
        phrases: NeedPhraseIndex,
        expansion: TermExpansion,
    ) -> None:
        self.dictionary = dictionary
        self._postings = postings
        self._phrases = phrases
        self.expansion = expansion
        # While somebody types, the words before the last are the same again and again.
        self.expand = lru_cache(maxsize=_CACHED_WORDS)(expansion.expand)

    def analyze(
        self, text: str, *, needs: Collection[str] = (), typing: bool = False
    ) -> AnalyzedQuery:
        """Analyse a query; `needs` are added to it; `typing`: its last word may be unfinished."""
        words = content_words(tokens(text[:_MAX_LETTERS]))[:_MAX_WORDS]
        unfinished = typing and bool(words) and text[-1:].isalnum()
        finished = words[:-1] if unfinished else words
        share = _CANDIDATES // max(len(words), 1)
        limit = min(max(share, _LEAST_CANDIDATES), _MOST_CANDIDATES)
        slots = [slot for word in finished for slot in self._word_slots(word, limit)]
        if unfinished:
            slots.append(self._prefix_slot(words[-1], limit))
        slots = self._join_adjacent(slots)
        recognized = self._phrases.recognize([_phrase_stems(slot) for slot in slots])
        slots = self._with_needs(slots, recognized)
        slots.extend(self._need_slot(need) for need in needs)
        return AnalyzedQuery(tuple(slots), recognized)

    def weight(self, slot: QuerySlot) -> float:
        """Return how much a slot says of what is meant: the idf of its likeliest option."""
        options = slot.options or slot.needs
        if not options:
            return 1.0
        return self._postings.idf(options[0].term) * options[0].weight

    def _word_slots(self, word: str, limit: int) -> list[QuerySlot]:
        """Make the slots of one word: several where it was written together."""
        options = self.expand(word, limit)
        if options and options[0].term != NO_TERM:
            return [QuerySlot(word, tuple(option for option in options if option.term != NO_TERM))]
        together = options[0].word if options else word
        parts = () if self.expansion.is_protected(word) else self.expansion.split_compound(together)
        if not parts:
            return [QuerySlot(word, ())]
        return [
            QuerySlot(
                word,
                tuple(option._replace(corrected=True) for option in self.expand(part, limit)),
            )
            for part in parts
        ]

    def _join_adjacent(self, slots: list[QuerySlot]) -> list[QuerySlot]:
        """Let words written apart also mean the one they make: one link, links 2 care."""
        has_digits = any(slot.typed.isdigit() for slot in slots)
        joined = list(slots)
        for size in (2, 3) if has_digits else (2,):
            for start in range(len(slots) - size + 1):
                pieces = slots[start : start + size]
                if not _may_be_joined(pieces):
                    continue
                for option in self._joined_options(pieces, short_query=len(slots) <= _SHORT_QUERY):
                    for place in range(start, start + size):
                        options = (*joined[place].options, option)
                        joined[place] = joined[place]._replace(options=options)
        return joined

    def _joined_options(
        self, pieces: Sequence[QuerySlot], *, short_query: bool
    ) -> Iterable[TermOption]:
        """Find the word that some words make.

        It may be misspelt where digits stand in it, or where in a short query one of the words is
        unknown.
        """
        together = "".join(slot.typed for slot in pieces)
        exact = self.expansion.exact(together)
        if exact is not None:
            return (exact,)
        unsure = short_query and not all(map(_is_known, pieces))
        if not (unsure or any(slot.typed.isdigit() for slot in pieces)):
            return ()
        candidates = spelling_candidates(together, self.dictionary, 1)
        return [
            option for option in self.expansion.as_options(candidates) if option.term != NO_TERM
        ]

    def _prefix_slot(self, prefix: str, limit: int) -> QuerySlot:
        """Make the slot of a word that is still being typed."""
        numbers = self.dictionary.completions(prefix, COMPLETIONS)
        corrected = not numbers
        if corrected and not self.expansion.is_protected(prefix):
            candidates = prefix_candidates(prefix, self.dictionary, limit)
            numbers = [candidate.number for candidate in candidates]
        options: dict[int, TermOption] = {}
        postings = 0
        for number in numbers:
            word, term = self.dictionary.words[number], self.dictionary.terms[number]
            if term == NO_TERM:
                continue
            postings += self._postings.document_frequency(term)
            if options and postings > _MAX_POSTINGS:
                break
            weight = 1.0 if word == prefix else _LONGER_WORD
            options.setdefault(term, TermOption(term, weight, word, corrected))
        if not options:
            return self._word_slots(prefix, limit)[0]
        return QuerySlot(prefix, tuple(options.values()))

    def _with_needs(
        self, slots: list[QuerySlot], recognized: Sequence[RecognizedNeed]
    ) -> list[QuerySlot]:
        """Let the words of a need's phrase also mean the need, shared out by their idf."""
        for phrase in recognized:
            term = self._postings.need_term(phrase.need)
            if term is None:
                continue
            weights = [self.weight(slots[place]) for place in phrase.places]
            total = sum(weights) or 1.0
            sureness = 1 + _LONGER_PHRASE * (len(phrase.places) - 1)
            for place, weight in zip(phrase.places, weights, strict=True):
                option = TermOption(term, sureness * weight / total, "")
                slots[place] = slots[place]._replace(needs=(*slots[place].needs, option))
        return slots

    def _need_slot(self, need: str) -> QuerySlot:
        term = self._postings.need_term(need)
        return QuerySlot("", (), needs=() if term is None else (TermOption(term, 1.0, ""),))


def corrected_query(
    text: str, slots: Sequence[QuerySlot], matched: Sequence[TermOption | None]
) -> str | None:
    """Write a query as it was corrected, for "showing results for ..."; None if it was not.

    `matched` is what each slot's word was for the best result, None where it did not matter.
    """
    corrections: dict[str, list[str]] = {}
    for slot, option in zip(slots, matched, strict=True):
        likeliest = option or (slot.options[0] if slot.options else None)
        if likeliest and likeliest.corrected:
            corrections.setdefault(slot.typed, []).append(likeliest.word)
    if not any(" ".join(words) != typed for typed, words in corrections.items()):
        return None
    pieces = [(piece, _corrected_piece(piece, corrections)) for piece in text.split()]
    # Several pieces may have meant one word together: links 2 care.
    return " ".join(
        corrected
        for (previous, previous_corrected), (piece, corrected) in pairwise([("", ""), *pieces])
        if corrected == piece or corrected != previous_corrected or previous == previous_corrected
    )


def _corrected_piece(piece: str, corrections: Mapping[str, Sequence[str]]) -> str:
    words = [piece] if piece in corrections else tokens(piece)
    if not any(word in corrections for word in words):
        return piece
    return " ".join(" ".join(corrections.get(word, (word,))) for word in words)


def _may_be_joined(pieces: Sequence[QuerySlot]) -> bool:
    """Tell whether two words, or two with digits between or after them, may be one word."""
    typed = [slot.typed for slot in pieces]
    digits = [word.isdigit() for word in typed]
    if digits[0] or sum(digits) not in _JOINED_DIGITS[len(pieces)] or not all(typed):
        return False
    return len(pieces) != 2 or typed[0] != typed[1]


def _phrase_stems(slot: QuerySlot) -> frozenset[str]:
    """List the stems a slot may stand for when phrases are looked for in a query."""
    likely = [
        option
        for option in slot.options[:2]
        if not option.corrected or option.weight >= _PHRASE_CONFIDENCE
    ]
    typed = [slot.typed] if likely and not likely[0].corrected else []
    return frozenset(stem(word) for word in (*typed, *(option.word for option in likely)))


def _is_known(slot: QuerySlot) -> bool:
    return bool(slot.options) and not slot.options[0].corrected
