"""The interview and its simulation from the terminal."""

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import click

from directory_data.region import load_region
from navigator.cli.context import access_point_json, open_container
from navigator.cli.output import exit_with_error, print_json
from navigator.domain.explanations import match_reasons
from navigator.domain.question_selection import interview_step
from navigator.services.interview import questions_and_answers


@click.command()
@click.option("--json", "as_json", is_flag=True)
def interview(as_json: bool) -> None:  # noqa: FBT001
    """Read needs and answers as JSON on standard input; say what to ask next and what matches.

    For example: {"needs": ["shelter"], "answers": {"age": 17}, "language": "en"}
    """
    try:
        given = _given()
        needs, answers, language, for_other = _interview_input(given)
    except (ValueError, TypeError, AttributeError) as error:
        exit_with_error(f"can't be used: {error}")
    known = load_region().vocabulary
    with open_container() as container:
        directory = container.edition_store.edition(container.now()).directory
        if not needs:
            content: dict[str, Any] = {"question": _need_question(language), "matches": []}
        else:
            standing = interview_step(directory, needs, answers)
            content = {
                "question": _question(standing.question, language, for_other=for_other),
                "matches": [
                    {
                        "id": one.service.id,
                        "name": one.service.record.name.in_(language),
                        "verdict": one.verdict,
                        "because": list(match_reasons(one, known, language)),
                        "unknown": list(one.judgement.unknown),
                        "door": access_point_json(one.door, language),
                    }
                    for one in standing.matches
                ],
            }
    if as_json:
        print_json(content)
    else:
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))


def _question(fact: str | None, language: str, *, for_other: bool) -> dict[str, Any] | None:
    if fact is None:
        return None
    asked = questions_and_answers.word_question(
        load_region().vocabulary, fact, language, for_other=for_other
    )
    return {
        "fact": asked.fact,
        "text": asked.text,
        "why": asked.why,
        "sensitive": asked.sensitive,
        "options": [{"value": one.value, "label": one.label} for one in asked.choices],
    }


def _need_question(language: str) -> dict[str, Any]:
    text = {"en": "What do you need?", "fr": "De quoi avez-vous besoin?"}[language]
    why = {"en": "So we know where to look.", "fr": "Pour savoir où chercher."}[language]
    needs = load_region().vocabulary.needs.values()
    return {
        "fact": "need",
        "text": text,
        "why": why,
        "sensitive": False,
        "options": [{"value": need.id, "label": need.label.in_(language)} for need in needs],
    }


def _given() -> Any:
    try:
        return json.load(sys.stdin)
    except ValueError:
        raise ValueError('standard input must hold JSON: {"needs": [...], "answers": {}}') from None


def _interview_input(given: Any) -> tuple[list[str], dict[str, Any], str, bool]:
    if not isinstance(given, dict):
        raise TypeError("standard input must hold one JSON object")
    language = given.get("language", "en")
    if language not in {"en", "fr"}:
        raise ValueError("language must be en or fr")
    answers = dict(given.get("answers") or {})
    chosen = answers.pop("need", None)
    needs = list(given.get("needs") or []) or ([chosen] if chosen else [])
    for need in needs:
        if need not in load_region().vocabulary.needs:
            raise ValueError(f"{need} is not a need of the common language")
    try:
        known = questions_and_answers.parse_answers(load_region().vocabulary, answers)
    except questions_and_answers.BadAnswer as error:
        raise ValueError(str(error)) from None
    return needs, known, language, bool(given.get("for_other"))


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
