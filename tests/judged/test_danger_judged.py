"""Hold the detector of danger to its promises on texts it was not built from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from navigator.nlp.danger.detector import Danger, DangerKind, DangerLevel, detect_danger
from tests.makers import models

FILE = Path(__file__).with_name("safety.yaml")
LEAST_RECALL, MOST_FALSE_ALARMS, LEAST_LEVEL_RIGHT = 0.99, 0.05, 0.90
LEAST_RECALL_OF_PROBES = 0.98  # rules were mended with these: this only guards against losing them


@dataclass(frozen=True)
class JudgedDanger:
    text: str
    level: DangerLevel
    entry: dict[str, Any]
    found: Danger

    @property
    def missed(self) -> bool:
        return self.level is not DangerLevel.NONE and self.found.level is DangerLevel.NONE


@cache
def judged(split: str) -> tuple[JudgedDanger, ...]:
    lexicon = models().danger_lexicon()
    return tuple(
        JudgedDanger(e["text"], DangerLevel(e["level"]), e, detect_danger(e["text"], lexicon))
        for e in yaml.safe_load(FILE.read_text(encoding="utf-8"))
        if e["split"] == split
    )


def recall(split: str) -> float:
    danger = [j for j in judged(split) if j.level is not DangerLevel.NONE]
    return 1 - sum(j.missed for j in danger) / len(danger)


def false_alarms(split: str) -> float:
    calm = [j for j in judged(split) if j.level is DangerLevel.NONE]
    return sum(j.found.level is not DangerLevel.NONE for j in calm) / len(calm)


def test_danger_is_recognised_in_texts_nobody_built_from():
    share = recall("measure")
    missed = sum(j.missed for j in judged("measure"))
    # the texts are not printed: whoever mends the rules must not read them
    assert share >= LEAST_RECALL, f"recall {share:.1%}: {missed} missed"


def test_nothing_said_in_so_many_words_is_missed():
    assert sum(j.missed for j in judged("measure") if j.entry.get("explicit")) == 0
    assert [j.text for j in judged("build") if j.entry.get("explicit") and j.missed] == []


def test_everyday_speech_startles_nobody():
    assert false_alarms("measure") <= MOST_FALSE_ALARMS


def test_the_level_is_right():
    for split in ("measure", "build"):
        texts = judged(split)
        right = sum(j.found.level is j.level for j in texts) / len(texts)
        assert right >= LEAST_LEVEL_RIGHT, f"{split}: {right:.1%}"


def test_a_worker_who_writes_about_a_client_is_known_for_one():
    workers = [j for split in ("measure", "build") for j in judged(split) if j.entry.get("worker")]
    assert [j.text for j in workers if not j.found.worker] == []


def test_what_was_learnt_from_the_probes_is_kept():
    assert recall("probe") >= LEAST_RECALL_OF_PROBES
    assert false_alarms("probe") <= MOST_FALSE_ALARMS


@pytest.mark.parametrize("split", ["measure", "build"])
def test_the_set_is_large_and_speaks_both_languages(split: str):
    texts = judged(split)
    assert len(texts) >= 260
    assert sum(j.level is DangerLevel.NONE for j in texts) >= 0.45 * len(texts)
    assert sum(j.entry["language"] == "fr" for j in texts) >= 0.2 * len(texts)
    kinds = {DangerKind(j.entry["kind"]) for j in texts if j.level is not DangerLevel.NONE}
    assert kinds == set(DangerKind)


def test_no_text_stands_in_two_parts():
    texts = [j.text for split in ("measure", "build", "probe") for j in judged(split)]
    assert len(texts) == len(set(texts))
