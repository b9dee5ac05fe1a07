"""The spool: texts kept on disk, sealed, while the database is away; nothing is lost."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from directory_data.region_policy import RegionPolicy
from navigator.domain.safety_card import first_words
from navigator.encryption import Encryptor, Undecryptable
from navigator.nlp.danger.detector import DangerLevel, detect_danger
from navigator.nlp.danger.lexicon import DangerLexicon
from navigator.wording.content import region_message, text_message
from sms.inbound_message import InboundMessage, OptOutType
from sms.keywords import Keyword, carrier_keyword
from sms.phone_numbers import NumberKind, number_kind

FOLDER, ASIDE = "spool", "spool-aside"

KEYWORD_WORDS = {Keyword.STOP: "stopped", Keyword.HELP: "help"}
"""START and INFO are the same in both languages, and which one is spoken is not known without the
database: these get the words in both, and their own answer later."""


@dataclass(frozen=True, slots=True)
class SpooledMessage:
    """A text on disk: what was acknowledged, and when it came."""

    path: Path
    incoming: InboundMessage
    acknowledged: str
    came_at: datetime


class DiskSpool:
    """A folder of sealed texts; a file's name tells order and number only as keyed hashes."""

    def __init__(self, home: Path, encryption: Encryptor) -> None:
        self._folder = home / FOLDER
        self._aside = home / ASIDE
        self._encryption = encryption

    def holds(self, incoming: InboundMessage) -> bool:
        """Say whether a text of this number is on disk; it costs next to nothing when none is."""
        return any(self._folder.glob(self._names(incoming)))

    def add(self, incoming: InboundMessage, words: str, *, now: datetime) -> str:
        """Keep a text, once, and give the words that acknowledge it; a copy gets the same words."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sid = hashlib.sha256(incoming.sid.encode()).hexdigest()[:24]
        before = next(self._folder.glob(f"*.{sid}.text"), None)
        if before is not None and (kept := self._read(before)) is not None:
            return kept.acknowledged
        content = {
            "sid": incoming.sid,
            "sender": incoming.sender,
            "recipient": incoming.recipient,
            "body": incoming.body,
            "media_count": incoming.media_count,
            "opt_out_type": incoming.opt_out_type,
            "segments": incoming.segments,
            "acknowledged": words,
            "came_at": now.isoformat(),
        }
        name = f"{now.timestamp():020.6f}.{self._who(incoming)}.{sid}.text"
        _write(self._folder / name, self._encryption.encrypt(json.dumps(content)))
        return words

    def kept(self, *, of: InboundMessage | None = None) -> Iterator[SpooledMessage]:
        """Give the texts on disk, or those of the number of one; first come first."""
        for path in sorted(self._folder.glob("*.text" if of is None else self._names(of))):
            found = self._read(path)
            if found is not None:
                yield found

    def drop(self, kept: SpooledMessage) -> None:
        """Remove a text that was taken in."""
        kept.path.unlink(missing_ok=True)

    def put_aside(self, path: Path) -> None:
        """Keep a text apart that can't be taken in, for a person to look at."""
        self._aside.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.replace(self._aside / path.name)

    def count(self) -> tuple[int, int]:
        """Give how many texts wait on disk, and how many were put aside."""
        return len(list(self._folder.glob("*.text"))), len(list(self._aside.glob("*.text")))

    def _names(self, incoming: InboundMessage) -> str:
        return f"*.{self._who(incoming)}.*.text"

    def _who(self, incoming: InboundMessage) -> str:
        return self._encryption.keyed_hash(incoming.sender)[:24]

    def _read(self, path: Path) -> SpooledMessage | None:
        try:
            content = json.loads(self._encryption.decrypt(path.read_text(encoding="ascii")))
        except FileNotFoundError:
            return None
        except (Undecryptable, ValueError):
            self.put_aside(path)
            return None
        kind_of = content["opt_out_type"]
        incoming = InboundMessage(
            sid=content["sid"],
            sender=content["sender"],
            recipient=content["recipient"],
            body=content["body"],
            media_count=content["media_count"],
            opt_out_type=OptOutType(kind_of) if kind_of else None,
            segments=content["segments"],
        )
        came_at = datetime.fromisoformat(content["came_at"])
        return SpooledMessage(path, incoming, content["acknowledged"], came_at)


def spooled_reply(incoming: InboundMessage, lexicon: DangerLexicon, policy: RegionPolicy) -> str:
    """Give the fixed words for a text that can't be handled now: safety where it is due."""
    if number_kind(incoming.sender) is not NumberKind.PHONE or incoming.opt_out_type is not None:
        return ""
    keyword = carrier_keyword(incoming.body)
    if keyword is not None and keyword.language is not None:
        return region_message(KEYWORD_WORDS[keyword.keyword], keyword.language, policy)
    danger = detect_danger(incoming.body, lexicon)
    if danger.level is DangerLevel.NONE or danger.worker:
        return text_message("kept_for_later", "en")
    return first_words(danger, "en")


def _write(path: Path, content: str) -> None:
    """Write a file so that after a crash it is there whole, or not at all."""
    beside = path.with_suffix(f".{os.getpid()}.new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
