"""Compile the reviewed danger phrases into a lexicon that is searched quickly."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from navigator.nlp.danger.classifier import DangerClassifier
from navigator.nlp.danger.normalizer import TextNormalizer, make_normalizer
from navigator.nlp.danger.phrase_compiler import (
    EXACT,
    NUMBER,
    DangerPhraseCompiler,
    Filler,
    PatternStep,
)
from navigator.nlp.danger.phrase_files import DangerPhraseFiles, PhraseGroup


@dataclass(frozen=True, slots=True)
class MultiwordFiller:
    """Hold a filler of several words, each with the forms it may have."""

    forms: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class PhraseSlot:
    """Hold what can stand in one place of a phrase."""

    exact: bool  # in marks and calming phrases words count only as written: hits is not hit
    single_words: frozenset[str]  # every form of the fillers of one word
    multiword: Mapping[str, tuple[MultiwordFiller, ...]]  # by each form of the first word
    first_words: frozenset[str]  # ... which are these
    minimum: int | None  # a number from here on

    def beginnings(self) -> tuple[str, ...]:
        """Give every form that a filler may begin with, twice where it also stands alone."""
        return (*self.single_words, *self.first_words)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Hold one way to say one line of a group, ready to be looked for."""

    group: PhraseGroup
    steps: tuple[PatternStep, ...]


PhrasesByAnchor = Mapping[str, tuple[Phrase, ...]]
"""Phrases by the one of their slots that is met least often: only where that is, all are tried."""


@dataclass(frozen=True, slots=True)
class DangerLexicon:
    """Hold all that the detector knows."""

    normalizer: TextNormalizer
    slots: Mapping[str, PhraseSlot]
    danger_phrases: PhrasesByAnchor
    context_phrases: PhrasesByAnchor  # what changes a danger's meaning
    anchors: Mapping[str, tuple[str, ...]]  # a word's form -> the anchor slots that begin with it
    number_slots: tuple[str, ...]  # slots that a number fills
    classifier: DangerClassifier | None = None  # None where there are no training examples


def compile_danger_lexicon(source: DangerPhraseFiles) -> DangerLexicon:
    """Compile the phrases; raise BadDangerFile where one names a slot that is not there."""
    compiler = DangerPhraseCompiler(source, _normalizer(source, frozenset()))
    compiler.compile_slots()
    phrases = dict.fromkeys(
        Phrase(group, steps)
        for group in source.groups
        for line in group.phrases
        for steps in compiler.compile_phrase(line, group)
    )
    words = {word for fillers in compiler.slots.values() for filler in fillers for word in filler}
    normalizer = _normalizer(source, frozenset(words | source.stop_words))
    slots = _compile_slots(phrases, compiler.slots, normalizer)
    danger_phrases = _by_anchor((phrase for phrase in phrases if _tells(phrase.group)), slots)
    context_phrases = _by_anchor((phrase for phrase in phrases if not _tells(phrase.group)), slots)
    return DangerLexicon(
        normalizer=normalizer,
        slots=slots,
        danger_phrases=danger_phrases,
        context_phrases=context_phrases,
        anchors=_anchors(danger_phrases.keys() | context_phrases.keys(), slots),
        number_slots=tuple(name for name, slot in slots.items() if slot.minimum is not None),
    )


def _tells(group: PhraseGroup) -> bool:
    """Say whether phrases of a group tell something by themselves."""
    # Who writes is told even where no danger is found.
    return bool(group.kind) or group.mark == "worker"


def _normalizer(source: DangerPhraseFiles, vocabulary: frozenset[str]) -> TextNormalizer:
    """Make the normalizer of the phrases, which correct nothing, or of texts, with a vocabulary."""
    return make_normalizer(
        vocabulary=vocabulary,
        respellings=source.spelling,
        emoji=source.emoji,
        stop_words=source.stop_words,
        never_corrected=source.never_corrected | source.never_lemmatized if vocabulary else (),
        never_lemmatized=source.never_lemmatized if vocabulary else (),
    )


def _compile_slots(
    phrases: Iterable[Phrase], fillers: Mapping[str, set[Filler]], normalizer: TextNormalizer
) -> dict[str, PhraseSlot]:
    """Compile the slots that phrases use, by name."""
    forms = cache(lambda word: frozenset(normalizer.lemmatizer.forms(word)))
    itself = cache(lambda word: frozenset((word,)))
    used = {step.slot for phrase in phrases for step in phrase.steps}
    slots: dict[str, PhraseSlot] = {}
    for name in sorted(used):
        exact = name.startswith(EXACT)
        expand = itself if exact else forms
        number = NUMBER.fullmatch(name)
        expanded = [tuple(map(expand, filler)) for filler in sorted(fillers.get(name, ()))]
        multiword = _by_first_word(words for words in expanded if len(words) > 1)
        slots[name] = PhraseSlot(
            exact=exact,
            single_words=frozenset().union(*(words[0] for words in expanded if len(words) == 1)),
            multiword=multiword,
            first_words=frozenset(multiword),
            minimum=int(number[1] or 0) if number else None,
        )
    return slots


def _by_first_word(
    fillers: Iterable[tuple[frozenset[str], ...]],
) -> dict[str, tuple[MultiwordFiller, ...]]:
    found: dict[str, list[MultiwordFiller]] = defaultdict(list)
    for forms in fillers:
        for first in forms[0]:
            found[first].append(MultiwordFiller(forms))
    return {first: tuple(multiword) for first, multiword in found.items()}


def _by_anchor(
    phrases: Iterable[Phrase], slots: Mapping[str, PhraseSlot]
) -> dict[str, tuple[Phrase, ...]]:
    """Give the phrases by their rarest slot: a word in many slots ("my") is a common word."""
    met = Counter(form for slot in slots.values() for form in slot.beginnings())
    commonness = {
        name: sum(met[form] for form in slot.beginnings()) for name, slot in slots.items()
    }
    found: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        anchor = min((step.slot for step in phrase.steps), key=lambda name: commonness[name])
        found[anchor].append(phrase)
    return {anchor: tuple(held) for anchor, held in found.items()}


def _anchors(names: Iterable[str], slots: Mapping[str, PhraseSlot]) -> dict[str, tuple[str, ...]]:
    anchors: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        for form in {*slots[name].beginnings()}:
            anchors[form].append(name)
    return {form: tuple(found) for form, found in anchors.items()}
