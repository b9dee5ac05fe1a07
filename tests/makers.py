"""Makers of what tests need: an instance, a signed text, somebody who is signed in."""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

from argon2 import PasswordHasher
from cryptography.fernet import Fernet
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from navigator.app import create_app
from navigator.container import Container, Edition, EditionStore, build_container
from navigator.domain.roles import Role
from navigator.encryption import Encryptor
from navigator.services.instance_setup import initialize
from navigator.settings import Settings, load_settings
from navigator.storage import staff_accounts
from navigator.storage.database import Database
from sms import signature
from sms.console_carrier import new_sid

MONDAY_NOON = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
"""Monday 23 November 2026, 12:00 in Halton: offices are open."""

PASSWORD = "correct-horse-battery"
PASSWORD_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
"""Cheap to check, and made once: what a hash for real costs would be most of many a test."""

OPENED: list[Container] = []
"""What a test put together; closed after it."""

TOKEN = "a-token-of-the-carrier"

ENCRYPTOR = Encryptor(keys=(Fernet.generate_key().decode(),), hash_key="a-hash-key")
"""For databases without an instance."""


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, moment: datetime = MONDAY_NOON) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **container: float) -> None:
        """Move the clock: forward(hours=3)."""
        self.moment += timedelta(**container)


@cache
def template() -> Path:
    """Set one instance up that others are copied from; keys, tables, directory, index."""
    home = Path(tempfile.mkdtemp(prefix="navigator-template-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    list(initialize(load_settings({"NAVIGATOR_HOME": str(home)})))
    return home


@cache
def first_edition() -> Edition:
    """Read the edition of the template, which every instance that is copied from it begins with."""
    container = build_container(load_settings({"NAVIGATOR_HOME": str(template())}))
    edition = container.edition_store.edition(MONDAY_NOON)
    container.database.close()
    return edition


class StoreWithFirstEdition(EditionStore):
    """A store that has read the first edition already; a newer one it reads as every store does."""

    def __init__(self, settings: Settings, database: Database) -> None:
        super().__init__(settings, database)
        self._edition = first_edition()


def make_container(
    home: Path, *, now: Callable[[], datetime] | None = None, url: str = "", **more: str
) -> Container:
    """Set an instance up and put it together."""
    environment = {
        "NAVIGATOR_HOME": str(home),
        "DATABASE_URL": url,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "PUBLIC_BASE_URL": "https://texts.example.org",
        **more,
    }
    settings = load_settings(environment)
    left_out = ["*-wal", "*-shm", "navigator.db*"] if url else ["*-wal", "*-shm"]
    shutil.copytree(template(), home, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*left_out))
    if url:
        list(initialize(settings))
    container = build_container(settings, now=now or Clock())
    store = StoreWithFirstEdition(settings, container.database)
    container = replace(container, edition_store=store)
    OPENED.append(container)
    return container


@cache
def templates_compiled_once() -> FileSystemBytecodeCache:
    """Keep what Jinja made of the templates for the next application; it knows when they change."""
    folder = tempfile.mkdtemp(prefix="navigator-pages-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return FileSystemBytecodeCache(folder)


def make_app(container: Container) -> Flask:
    """Make the web application of an instance."""
    app = create_app(container)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, SESSION_COOKIE_SECURE=False)
    app.jinja_env.bytecode_cache = templates_compiled_once()
    return app


def make_staff(container: Container, name: str = "Robin", role: Role = Role.NAVIGATOR) -> None:
    """Add somebody who can sign in with PASSWORD."""
    with container.database.unit_of_work() as uow:
        assert staff_accounts.add(
            uow, name=name, role=role, password_hash=PASSWORD_HASH, now=container.now()
        )


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
    messages = twiml_messages(answer.data)
    assert len(messages) <= 1, "one message a turn"
    return messages[0] if messages else ""


def twiml_messages(twiml: bytes) -> list[str]:
    """Give the messages that an answer to the carrier says."""
    found = ET.fromstring(twiml).iter("Message")
    return ["".join(message.itertext()) for message in found]
