"""Find the ideas in a text: lists of words, of both languages, that mean much the same."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from navigator.nlp.needs.tokenizer import TokenizedText, light_stem
from search_index.analyzer import fold_text

Placed = tuple[int, str]  # at which word, which idea
Row = tuple[tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class ConceptMatcher:
    """The ideas by whole word, by the beginning of one, and by the first two of several words."""

    whole: Mapping[str, frozenset[str]]
    beginnings: Mapping[str, frozenset[str]]
    rows: Mapping[tuple[str, str], tuple[Row, ...]]

    def of(self, words: TokenizedText, little: frozenset[str]) -> Iterator[Placed]:
        """Give each idea with the word it begins at; one `little` word may stand between two."""
        for at, (raw, root) in enumerate(zip(words.raw, words.stems, strict=True)):
            for idea in self.whole.get(root, frozenset()):
                yield at, idea
            for end in range(2, len(raw) + 1):
                for idea in self.beginnings.get(raw[:end], frozenset()):
                    yield at, idea
            for second in words.stems[at + 1 : at + 3]:
                for row, idea in self.rows.get((root, second), ()):
                    if _stands(row, words, at, little):
                        yield at, idea


def make_concept_matcher(source: Mapping[str, tuple[str, ...]]) -> ConceptMatcher:
    """Prepare the lists: "molar*" stands for every word that begins so."""
    whole: dict[str, set[str]] = defaultdict(set)
    beginnings: dict[str, set[str]] = defaultdict(set)
    rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for idea, entries in source.items():
        for entry in entries:
            words = fold_text(entry).replace("-", " ").split()
            row = tuple(map(light_stem, words))
            if entry.endswith("*"):
                beginnings[words[0].removesuffix("*")].add(idea)
            elif len(row) == 1:
                whole[row[0]].add(idea)
            else:
                rows[row[0], row[1]].append((row, idea))
    return ConceptMatcher(
        {word: frozenset(found) for word, found in whole.items()},
        {start: frozenset(found) for start, found in beginnings.items()},
        {start: tuple(found) for start, found in rows.items()},
    )


def _stands(row: tuple[str, ...], words: TokenizedText, start: int, little: frozenset[str]) -> bool:
    at = start
    for word in row:
        here = words.stems[at : at + 1]
        if at > start and here != (word,) and not little.isdisjoint(words.raw[at : at + 1]):
            at += 1
        if words.stems[at : at + 1] != (word,):
            return False
        at += 1
    return True
