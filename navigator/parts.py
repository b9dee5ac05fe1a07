"""Wire everything once, by hand: settings, keys, database, directory with index, carrier."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from zoneinfo import ZoneInfo

from directory_data.directory import Directory
from directory_data.vocabulary.reading import Vocabulary, vocabulary
from navigator import clock, vault
from navigator.actions.hearing import danger_lexicon, understanding_lexicon
from navigator.actions.loading import open_index
from navigator.actions.talking.values import Guide
from navigator.domain.safety.lexicon import Lexicon
from navigator.settings import Settings
from navigator.storage import editions
from navigator.storage.database import Database, Unreachable
from search_index.searching import Index
from sms.carrier import Carrier
from sms.console import ConsoleCarrier, Shown
from sms.twilio_carrier import TwilioCarrier

FRESH_FOR_SECONDS = 5.0
"""How long an edition counts as the newest before the database is asked again."""


class NothingLoaded(Exception):
    """There is no published edition yet; `navigator init` loads one."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A directory and its index, swapped as one pair."""

    guide: Guide
    index: Index

    @property
    def directory(self) -> Directory:
        """Give the directory."""
        return self.guide.directory


class Shelf:
    """Holds the published edition; looks for a newer one every few seconds."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._home = settings.home
        self._database = database
        self._lock = Lock()
        self._edition: Edition | None = None
        self._asked_at: datetime | None = None

    def edition(self, now: datetime) -> Edition:
        """Give the published edition; raise NothingLoaded before the first."""
        with self._lock:
            fresh = (
                self._asked_at is not None
                and (now - self._asked_at).total_seconds() < FRESH_FOR_SECONDS
            )
            if self._edition is None or not fresh:
                self._look(now)
            if self._edition is None:
                raise NothingLoaded("No directory is loaded. Run: navigator init")
            return self._edition

    def _look(self, now: datetime) -> None:
        # Also where the database is away: asked by one use after another, each would wait for it.
        self._asked_at = now
        known = self._edition.directory.edition if self._edition else None
        try:
            with self._database.transaction() as tx:
                number = editions.newest(tx)
                directory = editions.read(tx, number) if number not in {None, known} else None
        except Unreachable:
            if self._edition is None:
                raise
            return
        if directory is not None:
            guide = Guide(directory, vocabulary(), understanding_lexicon())
            self._edition = Edition(guide, open_index(self._home, directory, vocabulary()))


@dataclass(frozen=True)
class Parts:
    """What an instance is made of."""

    settings: Settings
    secrets: vault.Secrets
    vault: vault.Vault
    database: Database
    shelf: Shelf
    carrier: Carrier
    zone: ZoneInfo
    now: Callable[[], datetime]

    @property
    def vocabulary(self) -> Vocabulary:
        """Give the common language."""
        return vocabulary()

    @property
    def danger(self) -> Lexicon:
        """Give the lexicon that danger is recognised with; it is compiled at the first call."""
        return danger_lexicon()

    @property
    def tokens(self) -> tuple[str, ...]:
        """Give the tokens that a webhook may be signed with; the simulator's only in a demo."""
        own = (self.secrets.phone_token,) if self.settings.demo else ()
        return (*self.settings.twilio_auth_tokens, *own)


def assemble(
    settings: Settings,
    *,
    now: Callable[[], datetime] = clock.now,
    carrier: Carrier | None = None,
) -> Parts:
    """Put an instance together; raise NotSetUp where it has no keys yet."""
    secrets = vault.read(settings)
    database = Database(settings.database_url)
    return Parts(
        settings=settings,
        secrets=secrets,
        vault=vault.Vault(keys=secrets.keys, hash_key=secrets.hash_key),
        database=database,
        shelf=Shelf(settings, database),
        carrier=carrier or _carrier(settings, now),
        zone=ZoneInfo(settings.time_zone),
        now=now,
    )


def _carrier(settings: Settings, now: Callable[[], datetime]) -> Carrier:
    if not settings.texts_for_real:
        return ConsoleCarrier(_shown, now)
    return TwilioCarrier(
        settings.twilio_account_sid,
        settings.twilio_auth_tokens[0],
        settings.twilio_from,
        f"{settings.public_base_url}/sms/status",
    )


def _shown(message: Shown) -> None:
    """Show nothing: the simulator reads the outbox, and a log must not hold what people say."""
