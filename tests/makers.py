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
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher
from cryptography.fernet import Fernet
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from directory_data.region import DEFAULT_REGION, load_region
from navigator.app import create_app
from navigator.container import Container, build_container
from navigator.domain.business_calendar import BusinessCalendar
from navigator.domain.roles import Role
from navigator.encryption import Encryptor
from navigator.nlp.model_registry import ModelRegistry
from navigator.services.directory.edition_store import Edition, EditionStore
from navigator.services.instance_setup import initialize
from navigator.settings import load_settings
from navigator.storage import staff_accounts
from sms import signature
from sms.console_carrier import new_sid

MONDAY_NOON = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
"""Monday 23 November 2026, 12:00 in Halton: offices are open."""

CALENDAR = BusinessCalendar("CA", "ON", ZoneInfo("America/Toronto"))

PASSWORD = "correct-horse-battery"
PASSWORD_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
"""Cheap to check, and made once: what a hash for real costs would be most of many a test."""

OPENED: list[Container] = []
"""What a test put together; closed after it."""

TOKEN = "a-token-of-the-carrier"

MODELS = Path(__file__).parent / ".services" / "models"
"""Fitted language models outlive a test run: they are named by all that they were fitted from."""

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
def models(region_id: str = DEFAULT_REGION) -> ModelRegistry:
    """Give the language models, compiled once for all tests of a process."""
    MODELS.mkdir(parents=True, exist_ok=True)
    return ModelRegistry(load_region(region_id).vocabulary, MODELS)


@cache
def template(region: str = DEFAULT_REGION) -> Path:
    """Set an instance up that others are copied from; keys, tables, directory, index."""
    home = Path(tempfile.mkdtemp(prefix="navigator-template-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    list(initialize(load_settings({"NAVIGATOR_HOME": str(home)}), region, models=models(region)))
    return home


@cache
def first_edition(region: str) -> Edition:
    """Read the edition of a template, which every instance that is copied from it begins with."""
    settings = load_settings({"NAVIGATOR_HOME": str(template(region))})
    container = build_container(settings, models=models(region))
    edition = container.edition_store.edition(MONDAY_NOON)
    container.database.close()
    return edition


class StoreWithFirstEdition(EditionStore):
    """A store that has read the first edition already; a newer one it reads as every store does."""

    def __init__(self, container: Container) -> None:
        super().__init__(
            container.settings.home, container.database, container.region, container.models
        )
        self._edition = first_edition(container.region.id)


def make_container(
    home: Path,
    *,
    now: Callable[[], datetime] | None = None,
    url: str = "",
    region: str = DEFAULT_REGION,
    **more: str,
) -> Container:
    """Set an instance of a region up and put it together."""
    environment = {
        "NAVIGATOR_HOME": str(home),
        "DATABASE_URL": url,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "PUBLIC_BASE_URL": "https://texts.example.org",
        **more,
    }
    settings = load_settings(environment)
    left_out = ["*-wal", "*-shm", "navigator.db*"] if url else ["*-wal", "*-shm"]
    shutil.copytree(
        template(region), home, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*left_out)
    )
    if url:
        list(initialize(settings, models=models(region)))
    container = build_container(settings, now=now or Clock(), models=models(region))
    container = replace(container, edition_store=StoreWithFirstEdition(container))
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
