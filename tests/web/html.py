"""A page as a person without scripts meets it: what it says, where it leads, what it asks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

UNREAD = frozenset({"head", "script", "style", "template", "textarea"})
"""What nobody reads on the page; what stands in a box is a field of its form."""

IN_A_LINE = frozenset({"a", "abbr", "b", "code", "em", "i", "kbd", "q", "s", "small", "strong"})
"""Marks within a sentence: "for the word <strong>stride</strong>." has no space before the dot."""


@dataclass(frozen=True)
class Link:
    """A link: what it says, and where it leads."""

    words: str
    address: str


@dataclass(frozen=True)
class Button:
    """A button: what it says, its form, what it sends, and where to if not to its form's place."""

    words: str
    form: str
    name: str
    value: str
    action: str


@dataclass
class Form:
    """A form as a browser would send it."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)


class Part:
    """A part of a page: a card, a list, or all of it."""

    def __init__(self, tag: Tag) -> None:
        self._tag = tag

    @cached_property
    def text(self) -> str:
        """Give what is read, in one line."""
        return " ".join("".join(_words(self._tag)).split())

    @property
    def links(self) -> tuple[Link, ...]:
        """Give the links, in their order."""
        return tuple(
            Link(Part(tag).text, _attribute(tag, "href")) for tag in self._tag.select("a[href]")
        )

    @property
    def addresses(self) -> tuple[str, ...]:
        """Give where the links lead."""
        return tuple(link.address for link in self.links)

    def link(self, words: str) -> str:
        """Give where the first link with these words in it leads."""
        return next(link.address for link in self.links if words in link.words)

    @property
    def headings(self) -> tuple[str, ...]:
        """Give the headings, in their order."""
        return tuple(part.text for part in self.parts("h1, h2, h3, h4, h5, h6"))

    @property
    def cards(self) -> dict[str, "Part"]:
        """Give the cards of services by the service's id."""
        titles = ((part, part.attribute("aria-labelledby")) for part in self.parts("article.card"))
        return {title.removeprefix("s-"): part for part, title in titles}

    def parts(self, selector: str) -> tuple["Part", ...]:
        """Give all parts that a CSS selector names."""
        return tuple(Part(tag) for tag in self._tag.select(selector))

    def part(self, selector: str) -> "Part":
        """Give the one part that a CSS selector names."""
        (found,) = self.parts(selector)
        return found

    def attribute(self, name: str) -> str:
        """Give an attribute of the part itself; empty where it has none."""
        return _attribute(self._tag, name)


class Page(Part):
    """A page with its title, forms and buttons."""

    def __init__(self, html: str, status: int = 200) -> None:
        soup = BeautifulSoup(html, "html.parser")
        super().__init__(soup)
        self.html, self.status = html, status
        self.forms: dict[str, Form] = {}
        self.buttons: list[Button] = []
        self.choices: dict[str, list[str]] = {}
        for place, tag in enumerate(soup.find_all("form")):
            action, method = _attribute(tag, "action"), _attribute(tag, "method").lower()
            # A form without a name gets one here, so that its controls can be told from others.
            tag["id"] = _attribute(tag, "id") or f"form-{place}"
            self.forms[_attribute(tag, "id")] = Form(action, method or "get")
        for tag in soup.find_all(["input", "textarea", "select", "button"]):
            self._take(tag)

    @property
    def title(self) -> str:
        """Give the title, which a browser shows and remembers."""
        return self.part("title").text

    @property
    def language(self) -> str:
        """Give the language that a screen reader reads the page in."""
        return self.part("html").attribute("lang")

    @property
    def loaded(self) -> tuple[str, ...]:
        """Give the addresses of styles, scripts and pictures."""
        return tuple(
            part.attribute("href") or part.attribute("src")
            for part in self.parts("link[href], script[src], img[src]")
        )

    def sent(self, name: str) -> list[str]:
        """Give what the page would send under a name, in all its forms."""
        return [text for form in self.forms.values() for key, text in form.fields if key == name]

    @property
    def fact(self) -> str | None:
        """Give the fact that the page asks for."""
        return next(iter(self.sent("fact")), None)

    def button(self, name: str, value: str) -> Button:
        """Give the first button that sends this."""
        return next(found for found in self.buttons if (found.name, found.value) == (name, value))

    def _take(self, tag: Tag) -> None:
        form = _form_of(tag)
        name, value = _attribute(tag, "name"), _attribute(tag, "value")
        if tag.name == "button":
            action = _attribute(tag, "formaction")
            self.buttons.append(Button(Part(tag).text, form, name, value, action))
            return
        sent = [value]
        if tag.name == "textarea":
            sent = [tag.get_text()]
        elif tag.name == "select":
            options = tag.find_all("option")
            self.choices[name] = [_attribute(option, "value") for option in options]
            # Where nothing is chosen a browser shows and sends the first.
            chosen = [option for option in options if option.has_attr("selected")] or options[:1]
            sent = [_attribute(option, "value") for option in chosen]
        elif _attribute(tag, "type") in {"radio", "checkbox"}:
            self.choices.setdefault(name, []).append(value)
            sent = [value] if tag.has_attr("checked") else []
        if form in self.forms and name:
            self.forms[form].fields += [(name, text) for text in sent]


def page_of(answer: TestResponse) -> Page:
    """Read the page that came back."""
    return Page(answer.text, answer.status_code)


def press(
    client: FlaskClient, page: Page, name: str, value: str, /, **typed: str | Sequence[str]
) -> Page:
    """Press the button that sends this after filling in some boxes; give the page that comes."""
    return press_button(client, page, page.button(name, value), **typed)


def press_button(
    client: FlaskClient, page: Page, button: Button, /, **typed: str | Sequence[str]
) -> Page:
    """Press a button after filling in some boxes; give the page that comes back."""
    form = page.forms[button.form]
    fields = MultiDict([(key, text) for key, text in form.fields if key not in typed])
    for key, text in typed.items():
        fields.setlist(key, [text] if isinstance(text, str) else list(text))
    if button.name:
        fields.add(button.name, button.value)
    if form.method == "get":
        return page_of(client.get(button.action or form.action, query_string=fields))
    return page_of(client.post(button.action or form.action, data=fields))


def _words(tag: Tag) -> Iterator[str]:
    for child in tag.children:
        if isinstance(child, Tag):
            if child.name in UNREAD or child.has_attr("hidden"):
                continue
            around = "" if child.name in IN_A_LINE else " "
            yield around
            yield from _words(child)
            yield around
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            yield str(child)


def _form_of(tag: Tag) -> str:
    owner = tag.find_parent("form")
    return _attribute(tag, "form") or (_attribute(owner, "id") if owner else "")


def _attribute(tag: Tag, name: str) -> str:
    found = tag.get(name) or ""
    return found if isinstance(found, str) else " ".join(found)
