"""Every page says who may enter, asks no third party for anything, and speaks both languages."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup

from directory_data.region import load_region
from navigator.web.base.request_context import GUARDED
from navigator.web.workspace.desk_overview import VIEWS
from tests.makers import make_app, make_container

ROOT = Path(__file__).parents[2]
TEMPLATES = [
    *(ROOT / "navigator" / "web").glob("*/templates"),
    ROOT / "navigator" / "demo" / "templates",
]
STATIC = list((ROOT / "navigator" / "web").glob("*/static"))
PO = ROOT / "navigator" / "wording" / "translations"
METHODS = [("navigator/**.py", "python"), ("navigator/**.html", "jinja2")]
WORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "_spoken": None}
FROM_LIBRARIES = ("static", "bootstrap.")
LOADERS = {"script", "link", "img", "iframe", "source"}
ELSEWHERE = ("http:", "https:", "//")


def test_every_route_says_who_may_enter(tmp_path: Path) -> None:
    app = make_app(make_container(tmp_path))
    silent = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if not rule.endpoint.startswith(FROM_LIBRARIES)
        and not hasattr(app.view_functions[rule.endpoint], GUARDED)
    ]
    assert silent == []


def test_the_workspace_is_closed_to_strangers(tmp_path: Path) -> None:
    app = make_app(make_container(tmp_path))
    client = app.test_client()
    closed = [
        rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/workspace") and "GET" in (rule.methods or ())
    ]
    assert closed
    for rule in closed:
        path = re.sub(r"<[^>]*>", "1", rule.rule)
        assert "/sign-in" in client.get(path).headers["Location"], path


@pytest.mark.parametrize(
    "path",
    sorted(path for folder in TEMPLATES for path in folder.rglob("*.html")),
    ids=lambda p: p.name,
)
def test_a_template_loads_nothing_from_elsewhere_and_holds_no_inline_code(path: Path) -> None:
    # What stands in a tag for the template alone would be read as attributes.
    markup = re.sub(r"{%.*?%}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    tags = BeautifulSoup(markup, "html.parser").find_all(True)
    loaded = [tag.get("src") or tag.get("href") or "" for tag in tags if tag.name in LOADERS]
    assert [address for address in loaded if address.startswith(ELSEWHERE)] == []
    attributes = {name for tag in tags for name in tag.attrs}
    assert [name for name in attributes if name == "style" or name.startswith("on")] == []
    assert [tag for tag in tags if tag.name == "script" and not tag.get("src")] == []


def test_styles_and_scripts_load_nothing_from_elsewhere() -> None:
    for path in (path for folder in STATIC for path in folder.iterdir()):
        if path.suffix in {".css", ".js"}:
            assert not re.search(r"https?://|url\(\s*['\"]?//", path.read_text(encoding="utf-8"))


def test_every_text_of_the_pages_has_a_translation_and_none_is_left_over() -> None:
    with (PO / "fr.po").open("rb") as file:
        french = {message.id: message for message in read_po(file) if message.id}
    with (PO / "en.po").open("rb") as file:
        keys = {message.id for message in read_po(file) if message.id}
    said = {
        words
        for _, _, words, _, _ in extract_from_dir(
            str(ROOT), METHODS, keywords=WORDS, options_map={}
        )
        if words
    }
    assert [words for words in said if words not in french] == []
    assert [message.id for message in french.values() if not all(as_tuple(message.string))] == []
    assert keys <= set(french)
    areas = {need.area for need in load_region().vocabulary.needs.values()}
    assert sorted(set(french) - said - keys - areas - set(VIEWS), key=str) == []


def as_tuple(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string,)
