"""Makers of what tests need: an instance, a signed text, somebody who is signed in."""

import atexit
import re
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from navigator.actions import signing_in
from navigator.actions.setting_up import initialize
from navigator.app import create_app
from navigator.domain.staff import Role
from navigator.parts import Parts, assemble
from navigator.settings import read
from sms import signature
from sms.console import new_sid

MONDAY_NOON = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
"""Monday 23 November 2026, 12:00 in Halton: offices are open."""

PASSWORD = "correct-horse-battery"
OPENED: list[Parts] = []
"""What a test put together; closed after it."""

TOKEN = "a-token-of-the-carrier"


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, moment: datetime = MONDAY_NOON) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **parts: float) -> None:
        """Move the clock: forward(hours=3)."""
        self.moment += timedelta(**parts)


@cache
def template() -> Path:
    """Set one instance up that others are copied from; keys, tables, directory, index."""
    home = Path(tempfile.mkdtemp(prefix="navigator-template-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    list(initialize(read({"NAVIGATOR_HOME": str(home)})))
    return home


def make_parts(
    home: Path, *, now: Callable[[], datetime] | None = None, url: str = "", **more: str
) -> Parts:
    """Set an instance up and put it together."""
    environment = {
        "NAVIGATOR_HOME": str(home),
        "DATABASE_URL": url,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "PUBLIC_BASE_URL": "https://texts.example.org",
        **more,
    }
    settings = read(environment)
    leave = () if settings.database_url.startswith("sqlite") and not url else ("navigator.db*",)
    shutil.copytree(
        template(),
        home,
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns("*-wal", "*-shm", *leave),
    )
    list(initialize(settings))
    parts = assemble(settings, now=now or Clock())
    OPENED.append(parts)
    return parts


def make_app(parts: Parts) -> Flask:
    """Make the web application of an instance."""
    app = create_app(parts)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, SESSION_COOKIE_SECURE=False)
    return app


def make_staff(parts: Parts, name: str = "Robin", role: Role = Role.NAVIGATOR) -> None:
    """Add somebody who can sign in with PASSWORD."""
    with parts.database.transaction() as tx:
        assert signing_in.add(tx, name, role, PASSWORD, now=parts.now())


def sign_in(client: FlaskClient, name: str = "Robin") -> None:
    """Sign somebody in."""
    answer = client.post(
        "/sign-in", data={"name": name, "password": PASSWORD}, base_url="https://localhost"
    )
    assert answer.status_code == 302


def text(client: FlaskClient, body: str, *, sender: str = "+14165550101", sid: str = "") -> str:
    """Text the bot through the signed webhook; give its reply, empty for silence."""
    params = [
        ("MessageSid", sid or new_sid()),
        ("AccountSid", "AC" + "0" * 32),
        ("From", sender),
        ("To", "+12895550100"),
        ("Body", body),
        ("NumMedia", "0"),
    ]
    url = "https://texts.example.org/sms/messages"
    signed = signature.sign(url=url, params=params, token=TOKEN)
    answer = client.post("/sms/messages", data=dict(params), headers={"X-Twilio-Signature": signed})
    assert answer.status_code == 200, answer.status
    messages = re.findall(r"<Message>(.*?)</Message>", answer.text, re.DOTALL)
    assert len(messages) <= 1, "one message a turn"
    return unescape(messages[0]) if messages else ""


def unescape(xml: str) -> str:
    """Give the text of an XML element's content."""
    for coded, plain in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        xml = xml.replace(coded, plain)
    return xml
