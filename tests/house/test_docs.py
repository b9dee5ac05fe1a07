"""The docs lead where they say: links, files that are named, the reference, decisions, versions.

The site itself is built by `make docs` and in the pipeline, where a warning fails: it takes longer
than a test may. What stands in other places on the web is not fetched.
"""

import re
import tomllib
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from scripts.build_docs import public_modules, reference_pages

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob(".github/**/*.md"), *ROOT.glob("docs/**/*.md")])
DECISIONS = sorted(ROOT.glob("docs/decisions/[0-9]*.md"))
ELSEWHERE = ("http://", "https://", "mailto:")
FILE = re.compile(r"\w[\w./-]*\.(?:py|yaml|po|md|css|js|sh|toml|txt|html)")
FOLDER = re.compile(r"\w[\w.-]*/[\w./-]+/")
MADE_WHILE_RUNNING = {"demo_sign_ins.txt", "secrets.json"}
MARKDOWN = MarkdownIt("commonmark").enable("table")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> BeautifulSoup:
    return BeautifulSoup(MARKDOWN.render(path.read_text(encoding="utf-8")), "html.parser")


def anchors(path: Path) -> set[str]:
    """Give the names that GitHub and the site give to the headings of a page."""
    titles = (tag.get_text() for tag in parsed(path).find_all(re.compile("h[1-6]")))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def is_dead(page: Path, address: str) -> bool:
    if address.startswith(ELSEWHERE):
        return False
    there, _, anchor = unquote(address).partition("#")
    target = (page.parent / there).resolve() if there else page
    # A folder is no page on the site, so a link names the file.
    return not target.is_file() or bool(anchor and anchor not in anchors(target))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_no_link_of_a_page_is_dead(page: Path) -> None:
    tags = parsed(page).find_all(["a", "img"])
    addresses = [str(tag.get("href") or tag.get("src")) for tag in tags]
    assert [address for address in addresses if is_dead(page, address)] == []


@pytest.fixture(scope="session")
def file_names() -> set[str]:
    folders = ("navigator", "directory_data", "search_index", "sms", "tests", "scripts", "docs")
    found = (path for name in (*folders, "benchmarks") for path in (ROOT / name).rglob("*.*"))
    return {path.name for path in (*ROOT.iterdir(), *found)}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_file_that_a_page_names_is_there(page: Path, file_names: set[str]) -> None:
    document = parsed(page)
    for block in document.find_all("pre"):
        block.decompose()
    named = [tag.get_text() for tag in document.find_all("code")]
    files = {name for name in named if FILE.fullmatch(name)} - MADE_WHILE_RUNNING
    assert [name for name in files if "/" in name and not (ROOT / name).is_file()] == []
    assert [name for name in files if "/" not in name and name not in file_names] == []
    folders = [name for name in named if FOLDER.fullmatch(name)]
    assert [name for name in folders if not (ROOT / name).is_dir()] == []


def test_every_public_module_is_in_the_reference() -> None:
    pages = dict(reference_pages())
    for module in public_modules():
        assert f".. automodule:: {module}\n" in pages[module]
        above = module.rpartition(".")[0]
        assert module in pages[above or "index"].split(), "a page that nothing leads to"
    assert {"navigator.domain.referral", "sms.signature", "search_index"} <= set(pages)


@pytest.mark.parametrize("page", DECISIONS, ids=name_of)
def test_a_decision_says_whether_it_stands_and_since_when(page: Path) -> None:
    source = page.read_text(encoding="utf-8")
    status = re.search(r"^- Status: (proposed|accepted|superseded by \d+)$", source, re.MULTILINE)
    since = re.search(r"^- Date: (\S+)$", source, re.MULTILINE)
    assert status
    assert since
    assert date.fromisoformat(since[1])
    titles = [tag.get_text() for tag in parsed(page).find_all("h2")]
    assert titles == ["Context", "Decision", "Consequences"]
    listed = (page.parent / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"\]\({page.name}\) \| {status[1]} \| {since[1]} \|", listed)


def test_the_changelog_tells_of_the_version_that_this_is() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    titles = [tag.get_text() for tag in parsed(ROOT / "CHANGELOG.md").find_all("h2")]
    assert titles[0].split()[0] == project["version"]
