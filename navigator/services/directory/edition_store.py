"""The published edition, with its index and models, swapped as one pair when a newer one comes."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from directory_data.directory import Directory
from directory_data.region import Region
from navigator.nlp.model_registry import ModelRegistry
from navigator.services.dialogue.dialogue_turn import DialogueContext
from navigator.services.directory.edition_index import open_index
from navigator.storage import editions
from navigator.storage.database import Database, Unreachable
from search_index.index_searcher import Index

FRESH_FOR_SECONDS = 5.0
"""How long an edition counts as the newest before the database is asked again."""


class NoEditionPublished(Exception):
    """There is no published edition yet; `navigator init` loads one."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A directory and its index, swapped as one pair."""

    directory: Directory
    models: ModelRegistry
    index: Index

    @property
    def guide(self) -> DialogueContext:
        """Give what a turn or a search is answered from: a new one, which remembers nothing."""
        return DialogueContext(self.directory, self.models)


class EditionStore:
    """Holds the published edition; looks for a newer one every few seconds."""

    def __init__(
        self, home: Path, database: Database, region: Region, models: ModelRegistry
    ) -> None:
        self._home = home
        self._database = database
        self._region = region
        self._models = models
        self._lock = Lock()
        self._edition: Edition | None = None
        self._asked_at: datetime | None = None

    def edition(self, now: datetime) -> Edition:
        """Give the published edition; raise NoEditionPublished before the first."""
        with self._lock:
            fresh = (
                self._asked_at is not None
                and (now - self._asked_at).total_seconds() < FRESH_FOR_SECONDS
            )
            if self._edition is None or not fresh:
                self._look(now)
            if self._edition is None:
                raise NoEditionPublished("No directory is loaded. Run: navigator init")
            return self._edition

    def _look(self, now: datetime) -> None:
        # Also where the database is away: asked by one use after another, each would wait for it.
        self._asked_at = now
        known = self._edition.directory.edition if self._edition else None
        try:
            with self._database.unit_of_work() as uow:
                number = editions.newest_number(uow)
                if number is None or number == known:
                    return
                directory = editions.load_directory(uow, number, self._region)
        except Unreachable:
            if self._edition is None:
                raise
            return
        self._models.needs_lexicon()  # compiled now, not in the first text
        self._edition = Edition(directory, self._models, open_index(self._home, directory))
