"""Find the concepts of danger in a text: lists of words that mean much the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MAX_PHRASE_WORDS = 5
"""Words that one entry of a concept may have: "put him in the ground"."""

MIN_PREFIX = 2  # letters of the shortest prefix that a concept may list

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DangerConcepts:
    """The concepts by word, by prefix, and by the first of several words in a row."""

    by_word: Mapping[str, Names]
    by_prefix: Mapping[str, Names]
    phrases: Mapping[str, tuple[tuple[str, str], ...]]  # first word -> (the words, the concept)

    def of_word(self, word: str) -> Names:
        """Give the concepts of a word; most words have none."""
        found = self.by_word.get(word, ())
        for end in range(MIN_PREFIX, len(word) + 1):
            if (prefix := word[:end]) in self.by_prefix:
                found += self.by_prefix[prefix]
        return found

    def at(self, place: int, words: list[str]) -> Names:
        """Give the concepts of the word at a place, and of the phrases that begin there."""
        found = self.of_word(words[place])
        if words[place] in self.phrases:
            ahead = " ".join(words[place : place + MAX_PHRASE_WORDS]) + " "
            found += tuple(
                concept
                for phrase, concept in self.phrases[words[place]]
                if ahead.startswith(phrase)
            )
        return tuple(dict.fromkeys(found))


def make_danger_concepts(entries_by_concept: Mapping[str, tuple[str, ...]]) -> DangerConcepts:
    """Arrange the entries of each concept; "beat*" stands for every word that begins so."""
    by_word: dict[str, Names] = {}
    by_prefix: dict[str, Names] = {}
    phrases: dict[str, tuple[tuple[str, str], ...]] = {}
    for concept, entries in entries_by_concept.items():
        for entry in entries:
            first, *more = entry.split()
            if more:
                phrases[first] = (*phrases.get(first, ()), (f"{entry} ", concept))
            else:
                table, key = (by_prefix, entry[:-1]) if entry[-1] == "*" else (by_word, entry)
                table[key] = (*table.get(key, ()), concept)
    return DangerConcepts(by_word, by_prefix, phrases)
