"""A browser without scripts: read the forms of a page, fill them in, press a button."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

UNREAD = {"style", "script"}


@dataclass
class Button:
    """A button: its form, what it sends, and where to."""

    form: str
    name: str
    value: str
    action: str


@dataclass
class Form:
    """A form as a browser would send it."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)


class Page(HTMLParser):
    """A page: its title, text, forms and buttons."""

    def __init__(self, html: str, status: int = 200) -> None:
        super().__init__()
        self.html, self.status = html, status
        self.title = self.text = ""
        self.forms: dict[str, Form] = {}
        self.buttons: list[Button] = []
        self.choices: dict[str, list[str]] = {}
        self._open = self._area = ""
        self._inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag in {"title", "textarea", *UNREAD}:
            self._inside.append(tag)
        if tag == "form":
            self._open = found.get("id") or f"form-{len(self.forms)}"
            self.forms[self._open] = Form(found.get("action", ""))
        elif tag == "textarea":
            self._area = found["name"]
            self.forms[self._open].fields.append((self._area, ""))
        elif tag == "select":
            self._area = found["name"]
        elif tag == "option":
            self.choices.setdefault(self._area, []).append(found.get("value", ""))
            if "selected" in found:
                self.forms[self._open].fields.append((self._area, found.get("value", "")))
        elif tag == "input":
            self._take_input(found)
        elif tag == "button":
            form = found.get("form") or self._open
            name, value = found.get("name", ""), found.get("value", "")
            self.buttons.append(Button(form, name, value, found.get("formaction", "")))

    def handle_endtag(self, tag: str) -> None:
        if self._inside and tag == self._inside[-1]:
            self._inside.pop()
        if tag == "form":
            self._open = ""

    def handle_data(self, data: str) -> None:
        where = self._inside[-1] if self._inside else ""
        if where == "title":
            self.title += data
        elif where == "textarea":
            self.forms[self._open].fields[-1] = (self._area, data)
        elif where not in UNREAD and data.strip():
            self.text += " ".join(data.split()) + " "

    def _take_input(self, found: dict[str, str]) -> None:
        name, value = found.get("name", ""), found.get("value", "")
        if found.get("type") in {"radio", "checkbox"}:
            self.choices.setdefault(name, []).append(value)
            if "checked" not in found:
                return
        self.forms[found.get("form") or self._open].fields.append((name, value))

    def sent(self, name: str) -> list[str]:
        """Give what the page would send under a name, in all its forms."""
        return [text for form in self.forms.values() for key, text in form.fields if key == name]

    @property
    def fact(self) -> str | None:
        """Give the fact that the page asks for."""
        return next(iter(self.sent("fact")), None)


def page_of(answer: TestResponse) -> Page:
    """Read the page that came back."""
    return Page(answer.text, answer.status_code)


def press(
    client: FlaskClient, page: Page, name: str, value: str, /, **typed: str | Sequence[str]
) -> Page:
    """Press a button after filling in some boxes; give the page that comes back."""
    button = next(one for one in page.buttons if (one.name, one.value) == (name, value))
    form = page.forms[button.form]
    fields = MultiDict([(key, text) for key, text in form.fields if key not in typed])
    for key, text in typed.items():
        fields.setlist(key, [text] if isinstance(text, str) else list(text))
    if name:
        fields.add(name, value)
    return page_of(client.post(button.action or form.action, data=fields))
