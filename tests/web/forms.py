"""A browser without scripts: read the forms of a page, fill them in, press a button."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

Attributes = dict[str, str | None]


@dataclass
class Button:
    """A button: its form, what it sends, and where to."""

    form: str
    name: str
    value: str
    action: str
    label: str = ""


@dataclass
class Form:
    """A form as a browser would send it."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    radios: set[str] = field(default_factory=set)


class Page(HTMLParser):
    """A page: its title, text, forms and buttons."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.title = self.text = ""
        self.forms: dict[str, Form] = {}
        self.buttons: list[Button] = []
        self.choices: dict[str, list[str]] = {}
        self._form = self._area = ""
        self._in: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        if tag in {"title", "button", "textarea", "style", "script"}:
            self._in.append(tag)
        handler = getattr(self, f"_{tag}", None)
        if handler:
            handler(found)

    def handle_endtag(self, tag: str) -> None:
        if self._in and tag == self._in[-1]:
            self._in.pop()
        if tag == "form":
            self._form = ""

    def handle_data(self, data: str) -> None:
        where = self._in[-1] if self._in else ""
        if where == "title":
            self.title += data
        elif where == "textarea":
            form = self.forms[self._form]
            form.fields = [one for one in form.fields if one[0] != self._area]
            form.fields.append((self._area, data))
        elif where == "button":
            self.buttons[-1].label += data
        if where not in {"title", "style", "script"}:
            self.text += " ".join(data.split()) + " " if data.strip() else ""

    def _form_id(self, found: Attributes) -> str:
        return found.get("form") or self._form

    def _form_start(self, found: Attributes) -> None:
        self._form = found.get("id") or f"form{len(self.forms)}"
        self.forms[self._form] = Form(found.get("action") or "")

    def _textarea(self, found: Attributes) -> None:
        self._area = found.get("name") or ""
        self.forms[self._form].fields.append((self._area, ""))

    def _input(self, found: Attributes) -> None:
        form = self.forms[self._form_id(found)]
        name, value = found.get("name") or "", found.get("value") or ""
        if found.get("type") in {"radio", "checkbox"}:
            self.choices.setdefault(name, []).append(value)
            if found["type"] == "radio":
                form.radios.add(name)
            if "checked" not in found:
                return
        form.fields.append((name, value))

    def _button(self, found: Attributes) -> None:
        form = self._form_id(found)
        self.buttons.append(
            Button(
                form,
                found.get("name") or "",
                found.get("value") or "",
                found.get("formaction") or "",
            )
        )

    @property
    def state(self) -> dict[str, str]:
        """Give the fields of the page's main form, the last of each name."""
        return dict(self.forms["find"].fields)


Page._form_of = Page._form_id  # type: ignore[attr-defined]


def page_of(answer: TestResponse) -> Page:
    """Read the page that came back."""
    return Page(answer.text)


def press(
    client: FlaskClient, page: Page, name: str, value: str, **typed: str | list[str]
) -> Page:
    """Press a button after filling in some boxes; give the page that comes back."""
    button = next(one for one in page.buttons if (one.name, one.value) == (name, value))
    form = page.forms[button.form]
    fields = MultiDict((key, text) for key, text in form.fields if key not in typed)
    for key, text in typed.items():
        fields.setlist(key, text if isinstance(text, list) else [text])
    if name:
        fields.add(name, value)
    return page_of(client.post(button.action or form.action, data=fields))
