"""The interview and its simulation from the terminal."""

import importlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from directory_data.directory import Directory
from directory_data.vocabulary.loader import Vocabulary
from navigator.cli.context import access_point_json, open_container, region_or_exit
from navigator.cli.output import LANGUAGES, exit_with_error, print_json
from navigator.domain.eligibility import Answers
from navigator.domain.explanations import match_reasons
from navigator.domain.question_selection import interview_step
from navigator.services.interview.answer_parsing import BadAnswer, parse_answers
from navigator.services.interview.question_wording import word_question
from navigator.wording.content import explanation


@dataclass(frozen=True, slots=True)
class InterviewInput:
    """What stands on standard input, checked."""

    needs: tuple[str, ...]
    answers: Answers
    language: str
    for_other: bool


@click.command()
@click.option("--json", "as_json", is_flag=True)
def interview(as_json: bool) -> None:  # noqa: FBT001
    """Read needs and answers as JSON on standard input; say what to ask next and what matches.

    For example: {"needs": ["shelter"], "answers": {"age": 17}, "language": "en"}
    """
    vocabulary = region_or_exit().vocabulary
    try:
        given = _checked_input(_json_input(), vocabulary)
    except (ValueError, TypeError, AttributeError) as error:
        exit_with_error(f"can't be used: {error}")
    with open_container() as container:
        directory = container.edition_store.edition(container.now()).directory
        content = _step_json(directory, given)
    if as_json:
        print_json(content)
    else:
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))


def _json_input() -> Any:
    try:
        return json.load(sys.stdin)
    except ValueError:
        raise ValueError('standard input must hold JSON: {"needs": [...], "answers": {}}') from None


def _checked_input(given: Any, vocabulary: Vocabulary) -> InterviewInput:
    if not isinstance(given, dict):
        raise TypeError("standard input must hold one JSON object")
    language = given.get("language", "en")
    if language not in LANGUAGES:
        raise ValueError("language must be en or fr")
    answers = dict(given.get("answers") or {})
    chosen = answers.pop("need", None)
    needs = list(given.get("needs") or []) or ([chosen] if chosen else [])
    for need in needs:
        if need not in vocabulary.needs:
            raise ValueError(f"{need} is not a need of the common language")
    try:
        known = parse_answers(vocabulary, answers)
    except BadAnswer as error:
        raise ValueError(str(error)) from None
    return InterviewInput(tuple(needs), known, language, bool(given.get("for_other")))


def _step_json(directory: Directory, given: InterviewInput) -> dict[str, Any]:
    vocabulary, language = directory.vocabulary, given.language
    if not given.needs:
        return {"question": _need_question_json(vocabulary, language), "matches": []}
    step = interview_step(directory, given.needs, given.answers)
    return {
        "question": _question_json(vocabulary, step.question, given),
        "matches": [
            {
                "id": match.service.id,
                "name": match.service.record.name.in_(language),
                "verdict": match.verdict,
                "because": list(match_reasons(match, vocabulary, language)),
                "unknown": list(match.judgement.unknown),
                "door": access_point_json(match.door, language),
            }
            for match in step.matches
        ],
    }


def _question_json(
    vocabulary: Vocabulary, fact: str | None, given: InterviewInput
) -> dict[str, Any] | None:
    if fact is None:
        return None
    question = word_question(vocabulary, fact, given.language, for_other=given.for_other)
    return {
        "fact": question.fact,
        "text": question.text,
        "why": question.why,
        "sensitive": question.sensitive,
        "options": [{"value": choice.value, "label": choice.label} for choice in question.choices],
    }


def _need_question_json(vocabulary: Vocabulary, language: str) -> dict[str, Any]:
    return {
        "fact": "need",
        "text": explanation("need-question", language),
        "why": explanation("need-question-why", language),
        "sensitive": False,
        "options": [
            {"value": need.id, "label": need.label.in_(language)}
            for need in vocabulary.needs.values()
        ],
    }


@click.command()
@click.option("--people", type=click.IntRange(1, 100_000), default=2000)
@click.option("--seed", type=int, default=1)
def simulate(people: int, seed: int) -> None:
    """Run random people through the directory; print what they are asked and shown."""
    study = _simulation()
    with open_container() as container:
        directory = container.edition_store.edition(container.now()).directory
        for line in study.simulate(directory, people=people, seed=seed).lines():
            click.echo(line)


def _simulation() -> Any:
    """Give the study of the source tree; it is no part of an installed package."""
    root = str(Path(__file__).parents[2])
    if root not in sys.path:
        sys.path.append(root)
    try:
        return importlib.import_module("benchmarks.policy_simulation.simulation")
    except ModuleNotFoundError:
        exit_with_error(
            "The simulation is in the source tree, which is not here: run it from a clone"
        )
