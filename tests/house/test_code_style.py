"""The house keeps its manners: small files, one sentence on top, names that mean something."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("navigator", "directory_data", "search_index", "sms")
AROUND = ("scripts", "benchmarks", "tests")
FILE_LINES, FUNCTION_LINES = 300, 40
BAD_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
LEFT_OVERS = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error")

SAME_OF_TWO_NOUNS = {
    # Needs and danger are read in the same steps.
    *("classifier", "classifier_training", "concept_matcher", "context_rules", "features"),
    *("lexicon", "phrase_compiler", "phrase_matcher", "spell_correction"),
    # A service, and beside it in storage what it keeps.
    *("delivery_reports", "handoff_codes", "retention"),
}
"""Basenames that may stand twice in the tree of navigator, because they are the same thing."""

LONGEST_CHAIN = 29
"""Modules in the longest chain of imports; it was 35 in the first house. It may only shrink."""

TIMERS = {"monotonic", "perf_counter", "process_time", "monotonic_ns", "perf_counter_ns"}
WAITING = ("tests/faults/", "tests/servers/", "tests/work.py")
"""Beds and servers, which wait for a process with a limit and assert nothing about time; and the
one measure of what a hostile input costs the processor, which is no time on the wall."""

_OF_OURS = rf"(?:{'|'.join((*PACKAGES, *AROUND))})(?:\.[a-z_]\w*)+"
NAMED_IN_A_STRING = re.compile(rf"^{_OF_OURS}$|(?<=from ){_OF_OURS}|(?<=-m ){_OF_OURS}")


def files(*packages: str) -> Iterator[Path]:
    for package in packages or PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "versions" not in path.parts:
                yield path


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", list(files()), ids=name_of)
def test_a_file_says_what_it_is_for_and_stays_small(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    assert ast.get_docstring(tree), "the first line says what the file is for"
    assert len(source.splitlines()) <= FILE_LINES
    assert path.stem not in BAD_NAMES
    assert not any(word in source for word in LEFT_OVERS)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= FUNCTION_LINES, f"{node.name} has {length} lines"


def test_an_import_stands_at_the_top() -> None:
    hidden = [
        f"{name_of(path)}:{node.lineno}"
        for path in files()
        for function in ast.walk(tree_of(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_a_name_of_a_module_stands_for_one_thing() -> None:
    places = defaultdict(list)
    for path in files("navigator"):
        if not path.stem.startswith("__"):
            places[path.stem].append(name_of(path))
    twice = {stem: where for stem, where in places.items() if len(where) > 1}
    assert {stem: where for stem, where in twice.items() if stem not in SAME_OF_TWO_NOUNS} == {}
    assert SAME_OF_TWO_NOUNS - twice.keys() == set(), "what stands once needs no exception any more"


def test_a_name_of_a_class_stands_for_one_thing() -> None:
    places = defaultdict(list)
    for path in files():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{name_of(path)}:{node.lineno}")
    twice = {name: where for name, where in places.items() if len(where) > 1}
    assert twice == {}


def test_a_variable_says_what_it_holds() -> None:
    found = {name_of(path) for path in files(*PACKAGES, *AROUND) if says_one(tree_of(path))}
    assert sorted(found) == [], "no `one`: a noun says what it is one of"


def says_one(tree: ast.Module) -> bool:
    return any(
        (isinstance(node, ast.Name) and node.id == "one" and isinstance(node.ctx, ast.Store))
        or (isinstance(node, ast.arg) and node.arg == "one")
        for node in ast.walk(tree)
    )


def test_no_chain_of_imports_is_longer_than_it_was() -> None:
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    chains: dict[str, tuple[str, ...]] = {}

    def chain(module: str) -> tuple[str, ...]:
        if module not in chains:
            needed = graph.find_modules_directly_imported_by(module)
            chains[module] = (module, *max(map(chain, sorted(needed)), key=len, default=()))
        return chains[module]

    longest = max(map(chain, sorted(graph.modules)), key=len)
    assert len(longest) <= LONGEST_CHAIN, "\n".join(longest)


def test_no_test_asserts_a_time_on_the_wall() -> None:
    timed = [
        f"{name_of(path)}:{node.lineno}"
        for path in files("tests")
        if not name_of(path).startswith(WAITING)
        for node in ast.walk(tree_of(path))
        if (isinstance(node, ast.Name) and node.id in TIMERS)
        or (isinstance(node, ast.Attribute) and node.attr in TIMERS)
    ]
    assert timed == [], "count the work (tests/work.py), or measure it in benchmarks/"


def test_a_module_named_in_a_string_is_there() -> None:
    """Programs in strings and processes of their own name modules where no checker looks."""
    missing = [
        f"{name_of(path)}:{node.lineno} {name}"
        for path in files(*AROUND)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for name in NAMED_IN_A_STRING.findall(node.value)
        if not name.endswith(".db") and not is_module(name)
    ]
    assert missing == []


def is_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False
