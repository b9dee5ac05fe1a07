"""Light grammar around a found phrase: is it taken back, is it past, who is it said of."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from navigator.nlp.needs.lexicon import EntryKind, LexiconMatch, NeedsLexicon
from navigator.nlp.needs.tokenizer import TokenizedText

NEGATION_REACH = 5  # words back in the same piece of a sentence
FACT_REACH = 3
AFTER_REACH = 2


class Subject(StrEnum):
    """Who something is said of."""

    WRITER = "writer"
    OTHER = "other"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class ParsedText:
    """The words of a text, everything found in them, and the lexicon."""

    lexicon: NeedsLexicon
    words: TokenizedText
    hits: Mapping[EntryKind, tuple[LexiconMatch, ...]]
    language: str

    def of(self, kind: EntryKind) -> tuple[LexiconMatch, ...]:
        """Give the hits of one kind."""
        return self.hits.get(kind, ())

    def is_decoy(self, hit: LexiconMatch) -> bool:
        """Say whether a phrase is part of one that means something else: "work permit".

        Also where only its end is: "need ... work" in "need a work permit".
        """
        return any(
            decoy.covers(hit) or (hit.has_gap() and hit.start < decoy.start < hit.end <= decoy.end)
            for decoy in self.of(EntryKind.DECOY)
        )

    def taken_back(self, hit: LexiconMatch) -> bool:
        """Say whether a phrase is negated: "not a shelter", "I don't drink", "pas besoin de"."""
        return (
            self._after_instead(hit)
            or self._settled(hit)
            or self._negated_before(hit)
            or self._negated_around(hit)
            or self._negated_inside(hit)
        )

    def is_past(self, hit: LexiconMatch) -> bool:
        """Say whether the sentence that a phrase stands in tells of the past."""
        hard, soft = self.words.hard[hit.start], self.words.soft[hit.start]
        return any(
            self.words.hard[cue.start] == hard and abs(self.words.soft[cue.start] - soft) <= 1
            for cue in self.of(EntryKind.PAST)
            if not self._now_between(cue, hit)
        )

    def is_asked_for(self, hit: LexiconMatch) -> bool:
        """Say whether words of asking stand before a phrase in its sentence, or in it."""
        hard = self.words.hard[hit.start]
        return any(
            self.words.hard[cue.start] == hard and hit.start - 7 < cue.start < hit.end
            for cue in self.of(EntryKind.REQUEST)
        )

    def had_already(self, hit: LexiconMatch) -> bool:
        """Say whether the thing is there already: "I already have a doctor"."""
        return any(0 <= hit.start - cue.end <= 2 for cue in self.of(EntryKind.ALREADY))

    def subject(self, at: int) -> Subject:
        """Find the person named last before a word, in its sentence or the one before it."""
        words, small = self.words, self.lexicon.small
        for here in range(min(at, len(words) - 1), -1, -1):
            if words.hard[at] - words.hard[here] > 1:
                break
            word = words.raw[here]
            if word in small["writer"]:
                return Subject.WRITER
            if word in small["plural_writers"]:
                return Subject.NOBODY
            if self._third_person(here) or self.names_somebody(here):
                return Subject.OTHER
        return Subject.NOBODY

    def names_somebody(self, at: int) -> bool:
        """Say whether a word names another person whom the text goes on about.

        "My mother ..." and "daughter 24 ..." do; "with my girlfriend" and "single mom" don't.
        """
        words, classes, small = self.words, self.lexicon.classes, self.lexicon.small
        if words.stems[at] in classes["served"]:
            return True
        if words.stems[at] not in classes["kin"] or self._is_former(at):
            return False
        soft = words.soft[at]
        before = [words.raw[near] for near in range(max(at - 3, 0), at) if words.soft[near] == soft]
        if small["beside"] & set(before):
            return False
        return not before or bool(small["belonging"] & set(before))

    def _is_former(self, at: int) -> bool:
        """See "ex" that is no person: "ex military", and not "my ex"."""
        words = self.words
        owned = at and words.raw[at - 1] in self.lexicon.small["belonging"]
        return words.raw[at] == "ex" and not owned

    def _third_person(self, at: int) -> bool:
        word = self.words.raw[at]
        following = self.words.raw[at + 1] if at + 1 < len(self.words) else ""
        before = self.words.raw[at - 1] if at else ""
        impersonal = word == "il" and (
            following in {"y", "faut", "faudrait", "me"} or before == "est"
        )
        return word in self.lexicon.small["third"] and not impersonal

    def _now_between(self, cue: LexiconMatch, hit: LexiconMatch) -> bool:
        first, last = sorted((cue.end, hit.start))
        between = self.words.raw[first:last]
        return any(
            word in {"now", "today", "again", "but", "maintenant", "mais"} for word in between
        )

    def _after_instead(self, hit: LexiconMatch) -> bool:
        return any(0 <= hit.start - cue.end <= 2 for cue in self.of(EntryKind.INSTEAD))

    def _settled(self, hit: LexiconMatch) -> bool:
        return any(
            0 <= cue.start - hit.end <= AFTER_REACH - 1
            and self.words.hard[cue.start] == self.words.hard[hit.start]
            for cue in self.of(EntryKind.SETTLED)
        )

    def _negated_before(self, hit: LexiconMatch) -> bool:
        words, small = self.words, self.lexicon.small
        soft = words.soft[hit.start]
        reach = NEGATION_REACH if hit.entry.kind is EntryKind.NEED else FACT_REACH
        for at in range(hit.start - 1, max(hit.start - 1 - reach, -1), -1):
            word = words.raw[at]
            if words.soft[at] != soft or word in small["stoppers"]:
                return False
            if word in small["negators"]:
                return self._negates(at, hit)
        return False

    def _negates(self, at: int, hit: LexiconMatch) -> bool:
        """Judge one negating word before a phrase: unwanted, missing, or plainly not so."""
        words, small = self.words, self.lexicon.small
        between = words.raw[at + 1 : hit.start]
        before = words.raw[at - 1] if at else ""
        if any(word in small["unwanted"] for word in between):
            return True
        going_on = before in small["keeps_on"] or bool({*between[:1]} & small["not_negating"])
        if going_on or self._used_up(at, hit):
            return False
        if hit.entry.kind is EntryKind.NEED and hit.entry.target in self.lexicon.things:
            if any(word not in self.lexicon.fillers for word in between):
                return False
            french = words.raw[at] in small["negators_fr"]
            lacking = small["lacking_fr" if french else "lacking_en"]
            if words.raw[at] == "pas" and not between and before not in lacking:
                return True
            return not ({words.raw[at], before, *between[:2]} & (lacking | small["without"]))
        return before not in {"can", "could", "peux", "peut"}

    def _used_up(self, at: int, hit: LexiconMatch) -> bool:
        """Say whether a negating word belongs to another phrase ("no food", "can't cook")."""
        return any(
            other.start <= at < other.end
            for other in self.of(EntryKind.NEED)
            if other.entry.target != hit.entry.target and not other.covers(hit)
        )

    def _negated_around(self, hit: LexiconMatch) -> bool:
        """See the French "je ne bois pas", "je bois pas"."""
        raw = self.words.raw
        if hit.entry.language != "fr" or hit.end >= len(raw):
            return False
        if raw[hit.end] not in {"pas", "jamais"} or hit.entry.target in self.lexicon.things:
            return False
        before = raw[max(hit.start - 2, 0) : hit.start + 1]
        return bool({"ne", "n", "je", "j", "il", "elle", "on"} & set(before))

    def _negated_inside(self, hit: LexiconMatch) -> bool:
        """See a "not" that the phrase steps over: "my husband is not violent"."""
        negators = self.lexicon.small["negators"]
        own = {word for element in hit.entry.pattern for word in element.stems}
        inside = range(hit.start + 1, hit.end - 1)
        return any(
            self.words.raw[at] in negators and self.words.stems[at] not in own for at in inside
        )
