"""Compile the reviewed danger words once, into phrases that can be found quickly in a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from navigator.nlp.danger import classifier_training, normalizer, phrase_compiler
from navigator.nlp.danger.classifier import DangerClassifier
from navigator.nlp.danger.normalizer import NormalizerTables
from navigator.nlp.danger.phrase_compiler import EXACT, NUMBER, Filler, PatternStep, Slots
from navigator.nlp.danger.phrase_files import DangerPhraseFiles, PhraseGroup


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Hold a filler of several words, each with the forms it may have."""

    forms: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class PhraseSlot:
    """Hold what can stand in one place of a phrase."""

    exact: bool  # in marks and calming phrases words count only as written: hits is not hit
    single: frozenset[str]  # every form of the fillers of one word
    several: Mapping[str, tuple[Alternatives, ...]]  # by each form of the first word
    firsts: frozenset[str]  # ... which are these
    at_least: int | None  # a number from here on


@dataclass(frozen=True, slots=True)
class Phrase:
    """Hold one way to say one line of a group, ready to be looked for."""

    group: PhraseGroup
    steps: tuple[PatternStep, ...]


@dataclass(frozen=True, slots=True)
class DangerLexicon:
    """Hold all that the checker knows: how to read, what fills a slot, which phrases there are."""

    reading: NormalizerTables
    slots: Mapping[str, PhraseSlot]
    signs: Mapping[str, tuple[Phrase, ...]]  # dangers, by the slot of each that is met least often
    context: Mapping[str, tuple[Phrase, ...]]  # what changes a danger's meaning, held alike
    anchors: Mapping[str, tuple[str, ...]]  # a word's form -> such slots that may begin there
    numbers: tuple[str, ...]  # such slots that a number fills
    learned: DangerClassifier | None  # the second reader; None where there are no examples


def compile_danger_lexicon(source: DangerPhraseFiles) -> DangerLexicon:
    """Compile the words; raise BadDangerWords where a phrase names a slot that is not there."""
    plain = _reading(source, ())
    read = cache(lambda written: tuple(normalizer.split_words(written, plain)))
    slots: Slots = {}
    for name in source.slots:
        phrase_compiler.fill_slots(name, source, read, slots)
    phrases = dict.fromkeys(
        Phrase(group, steps)
        for group in source.groups
        for line in group.say
        for steps in phrase_compiler.parse_phrase(line, group, plain, read, slots)
    )
    vocabulary = {word for entries in slots.values() for filler in entries for word in filler}
    reading = _reading(source, vocabulary | source.small_words)
    used = {step.slot for phrase in phrases for step in phrase.steps}
    forms = cache(lambda word: frozenset(normalizer.word_forms(word, reading)))
    ready = {name: _slot(name, slots.get(name, set()), forms) for name in sorted(used)}
    signs = _by_anchor((phrase for phrase in phrases if _is_sign(phrase.group)), ready)
    context = _by_anchor((phrase for phrase in phrases if not _is_sign(phrase.group)), ready)
    anchors: dict[str, list[str]] = {}
    for name in sorted(signs.keys() | context.keys()):
        for form in {*ready[name].single, *ready[name].several}:
            anchors.setdefault(form, []).append(name)
    return DangerLexicon(
        reading=reading,
        slots=ready,
        signs=signs,
        context=context,
        anchors={form: tuple(names) for form, names in anchors.items()},
        numbers=tuple(name for name in sorted(used) if ready[name].at_least is not None),
        learned=classifier_training.train_danger_classifier(source.examples, source.ideas, reading),
    )


def _is_sign(group: PhraseGroup) -> bool:
    # who writes is told even where no danger is found
    return bool(group.kind) or group.mark == "worker"


def _reading(source: DangerPhraseFiles, vocabulary: Iterable[str]) -> NormalizerTables:
    known = frozenset(vocabulary)
    return normalizer.build_normalizer_tables(
        vocabulary=known,
        spelling=source.spelling,
        emoji=source.emoji,
        small_words=source.small_words,
        real_words=source.real_words | source.own_forms if known else (),
        own_forms=source.own_forms if known else (),
    )


def _slot(name: str, fillers: set[Filler], forms_of: Callable[[str], frozenset[str]]) -> PhraseSlot:
    exact = name.startswith(EXACT)
    number = NUMBER.fullmatch(name)
    single: set[str] = set()
    several: dict[str, list[Alternatives]] = {}
    for filler in sorted(fillers):
        forms = tuple(frozenset({word}) if exact else forms_of(word) for word in filler)
        if len(filler) == 1:
            single |= forms[0]
        else:
            for first in forms[0]:
                several.setdefault(first, []).append(Alternatives(forms))
    return PhraseSlot(
        exact=exact,
        single=frozenset(single),
        several={first: tuple(found) for first, found in several.items()},
        firsts=frozenset(several),
        at_least=int(number[1] or 0) if number else None,
    )


def _by_anchor(
    phrases: Iterable[Phrase], slots: Mapping[str, PhraseSlot]
) -> dict[str, tuple[Phrase, ...]]:
    """Return the phrases by their rarest slot: a word in many slots ("my") is a common word."""
    met = Counter(form for slot in slots.values() for form in (*slot.single, *slot.several))
    weight = {
        name: sum(met[form] for form in (*slot.single, *slot.several))
        for name, slot in slots.items()
    }
    found: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        rarest = min((step.slot for step in phrase.steps), key=lambda name: weight[name])
        found.setdefault(rarest, []).append(phrase)
    return {name: tuple(held) for name, held in found.items()}
