"""The region is data: no need, service, place or number of a region stands in the code."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from directory_data.record_checks import check_folder
from directory_data.region import load_region, region_ids
from directory_data.vocabulary.loader import ELSEWHERE

ROOT = Path(__file__).parents[2]
FOLDERS = ("navigator", "directory_data", "search_index", "sms", "scripts", "benchmarks")

EXCEPTIONS: Mapping[tuple[str, str], str] = {
    ("directory_data/region.py", "halton"): "the region of instances made before there were others",
    ("navigator/settings.py", "toronto"): "the name of a time zone, as an example in an error",
    ("navigator/cli/search.py", "acton"): "help is the same for every region; this is its example",
    ("navigator/nlp/conversational_intents.py", "911"): (
        "what people write once help is there; the whole continent calls 911, no region chose it"
    ),
    ("benchmarks/search/compare_engines.py", "halton"): "the name of a set that is measured",
    ("benchmarks/search/service_sets.py", "halton"): "the name of a set that is measured",
    ("benchmarks/text_line_throughput.py", "food"): "a text, in the word that everybody uses",
}
"""What stands in code all the same, by file, and why it can't move."""


@cache
def names() -> frozenset[str]:
    """Give every id, name and number that only data may hold, in lower case."""
    found: set[str] = set()
    for region_id in region_ids():
        region = load_region(region_id)
        vocabulary = region.vocabulary
        organizations = check_folder(region.organizations_folder, vocabulary).organizations
        found |= {*vocabulary.needs, *vocabulary.municipalities, *vocabulary.topics.by_id}
        for place in vocabulary.places.values():
            found |= {place.id, place.name.en, place.name.fr, *place.words}
        for organization in organizations:
            found |= {organization.id, organization.phone or ""}
            for service in organization.services:
                found |= {service.id, *(phone.number for phone in service.phones)}
        # Facts and kinds of danger are what the code knows: some have the name of a need or topic.
        found -= {*vocabulary.facts, *vocabulary.danger_kinds, ELSEWHERE, ""}
    return frozenset(name.casefold() for name in found)


@cache
def pattern() -> re.Pattern[str]:
    longest_first = sorted(names(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")


@cache
def first_words() -> frozenset[str]:
    """Give the words that names begin with: most strings have none, and are not looked at twice."""
    return frozenset(word for name in names() for word in re.findall(r"[\w-]+", name)[:1])


def is_ordinary(name: str) -> bool:
    """Say whether a name is a plain word of English too: "food" in a sentence is no need."""
    needs = load_region().vocabulary.needs
    topics = load_region().vocabulary.topics.by_id
    return name.isalpha() and (name in needs or name in topics)


def literals(path: Path) -> Iterator[str]:
    """Give the strings of a file; what only explains (a string on its own) is left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    explaining = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in explaining:
            yield node.value.casefold()


def found_in(path: Path) -> set[str]:
    return {
        name
        for literal in literals(path)
        if not first_words().isdisjoint(re.findall(r"[\w-]+", literal))
        for name in pattern().findall(literal)
        if literal == name or not is_ordinary(name)
    }


def files() -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted((ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("path", list(files()), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_names_nothing_of_a_region(path: Path) -> None:
    here = str(path.relative_to(ROOT))
    allowed = {name for file, name in EXCEPTIONS if file == here}
    assert found_in(path) - allowed == set(), "this belongs into directory_data"


def test_every_exception_is_still_needed() -> None:
    gone = [(file, name) for file, name in EXCEPTIONS if name not in found_in(ROOT / file)]
    assert gone == []


def test_a_name_in_code_is_found(tmp_path: Path) -> None:
    code = tmp_path / "code.py"
    code.write_text(
        '"""About food in Acton."""\nNEED = "food"\nSAY = "some food"\nWHERE = "In Acton: 2-1-1"\n'
        'DOOR = "one-link"\nNUMBER = "call 211"\n',
        encoding="utf-8",
    )
    assert found_in(code) == {"food", "acton", "one-link", "211"}
