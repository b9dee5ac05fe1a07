"""The machine interface: the words that others rely on."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from navigator.cli.main import commands
from tests.makers import template


def run(*words: str, stdin: str | None = None) -> Any:
    """Run a command on the template instance; give its JSON."""
    environment = {"NAVIGATOR_HOME": str(template())}
    done = CliRunner().invoke(commands, words, input=stdin, env=environment)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_search_gives_what_it_promises() -> None:
    found = run("search", "shleter", "--place", "Acton", "--limit", "3", "--json")
    assert {"query", "corrected", "needs", "total", "edition", "results"} <= set(found)
    assert found["query"] == "shleter"
    assert found["corrected"] == "shelter"
    assert "shelter" in found["needs"]
    assert len(found["results"]) == 3
    assert found["total"] >= 3
    for result in found["results"]:
        keys = {"id", "name", "organization", "score", "why", "door", "phones", "checked_on"}
        assert keys <= set(result)
        assert result["why"]
        assert result["door"] is None or {"id", "name"} <= set(result["door"])
        assert all({"number", "kind", "note"} <= set(phone) for phone in result["phones"])


def test_understand_gives_what_it_promises() -> None:
    heard = run("understand", "I'm 17 in Milton and couch surfing", "--json")
    assert heard["language"] == "en"
    assert heard["safety"] == "none"
    assert heard["keyword"] is None
    assert {"age": 17, "municipality": "Milton"}.items() <= heard["facts"].items()
    assert {"shelter", "youth-housing"} & {need["id"] for need in heard["needs"][:2]}
    scores = [need["score"] for need in heard["needs"]]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("text", "keyword"),
    [("stop", "stop"), ("ARRET", "stop"), ("Start", "start"), ("aide", "help"), ("info", "info")]
    + [("EFFACER", "erase"), ("unshare", "unshare"), ("please stop the pain", None)],
)
def test_a_keyword_is_a_whole_message(text: str, keyword: str | None) -> None:
    assert run("understand", text, "--json")["keyword"] == keyword


@pytest.mark.parametrize(
    ("text", "safety"),
    [("he is hitting me right now", "emergency"), ("je veux mourir", "crisis"), ("food", "none")],
)
def test_danger_is_told(text: str, safety: str) -> None:
    assert run("understand", text, "--json")["safety"] == safety


def ask(**given: Any) -> Any:
    content = {"language": "en", "needs": ["shelter"], "answers": {}, "for_other": False, **given}
    return run("interview", "--json", stdin=json.dumps(content))


def test_the_interview_asks_until_nothing_can_change() -> None:
    answers: dict[str, Any] = {}
    for _ in range(9):
        told = ask(answers=answers)
        if told["question"] is None:
            break
        question = told["question"]
        assert {"fact", "text", "why", "sensitive", "options"} <= set(question)
        assert question["fact"] not in answers, "nothing is asked twice"
        options = question["options"]
        answers[question["fact"]] = options[0]["value"] if options else 17
    assert told["question"] is None
    assert len(answers) <= 8
    for match in told["matches"]:
        assert {"id", "name", "verdict", "because", "unknown", "door"} <= set(match)
        assert match["verdict"] in {"fits", "may-fit", "does-not-fit"}
        assert match["because"]


def test_declined_is_not_asked_again_and_excludes_nothing() -> None:
    before = {match["id"]: match["verdict"] for match in ask()["matches"]}
    told = ask(answers={"municipality": "declined", "age": "declined"})
    after = {match["id"]: match["verdict"] for match in told["matches"]}
    assert before == after
    assert (told["question"] or {}).get("fact") not in {"municipality", "age"}


def test_the_interview_asks_for_the_need_first() -> None:
    assert ask(needs=[])["question"]["fact"] == "need"


def test_the_interview_speaks_french_of_somebody_else() -> None:
    told = ask(language="fr", for_other=True)
    assert "la personne" in told["question"]["text"]


def test_the_directory_lists_what_is_shown_and_what_is_not() -> None:
    listed = run("directory", "list", "--json")
    assert {"edition", "services"} <= set(listed)
    assert len(listed["services"]) >= 247
    assert {service["published"] for service in listed["services"]} == {True, False}
    assert all(
        {"id", "name", "organization", "needs"} <= set(service) for service in listed["services"]
    )


def test_the_curated_records_break_no_rule() -> None:
    checked = run("directory", "check", "--json")
    assert checked["problems"] == []
    assert checked["records"] >= 247


def test_bad_use_ends_with_2_and_one_clear_line(tmp_path: Path) -> None:
    for words in (["search", "food"], ["interview", "--json"], ["nothing"]):
        done = subprocess.run(
            [sys.executable, "-m", "navigator", *words],
            input="not json",
            capture_output=True,
            text=True,
            check=False,
            env={"NAVIGATOR_HOME": str(tmp_path / "empty"), "PATH": "/usr/bin"},
        )
        assert done.returncode == 2
        assert done.stdout == ""
        assert len(done.stderr.strip().splitlines()) == 1
