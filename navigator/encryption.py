"""Keys of the instance; encryption of what people tell us, and keyed hashes to find it again."""

import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from navigator.settings import BadSetting, Settings

SECRETS_FILE = "secrets.json"


class KeysMissing(Exception):
    """The instance folder has no keys yet; `navigator init` makes them."""


class Undecryptable(Exception):
    """Something can't be decrypted with the keys at hand."""


@dataclass(frozen=True)
class Secrets:
    """The secret keys of an instance; encryption keys are Fernet keys, the newest first."""

    cookie: str
    hash_key: str
    keys: tuple[str, ...]
    phone_token: str
    """Signs the webhooks of the simulator's phone."""


def create_secrets(home: Path) -> Secrets:
    """Make keys for a new instance; those that are there already stay."""
    path = home / SECRETS_FILE
    if not path.exists():
        new = Secrets(
            cookie=secrets.token_hex(32),
            hash_key=secrets.token_hex(32),
            keys=(Fernet.generate_key().decode(),),
            phone_token=secrets.token_hex(16),
        )
        _write(path, new)
    return _stored(path)


def load_secrets(settings: Settings) -> Secrets:
    """Read the keys; those given by settings come before those in the instance."""
    path = settings.home / SECRETS_FILE
    if not path.exists():
        raise KeysMissing(f"Nothing is set up in {settings.home}. Run: navigator init")
    stored = _stored(path)
    return replace(
        stored, keys=settings.keys or stored.keys, hash_key=settings.hash_key or stored.hash_key
    )


def add_encryption_key(home: Path) -> None:
    """Put a new encryption key in front of the others; what they encrypted can still be read."""
    path = home / SECRETS_FILE
    stored = _stored(path)
    _write(path, replace(stored, keys=(Fernet.generate_key().decode(), *stored.keys)))


def drop_old_encryption_keys(home: Path) -> None:
    """Keep only the newest key, after everything was encrypted again with it."""
    path = home / SECRETS_FILE
    stored = _stored(path)
    _write(path, replace(stored, keys=stored.keys[:1]))


def _stored(path: Path) -> Secrets:
    content = json.loads(path.read_text(encoding="utf-8"))
    return Secrets(**{**content, "keys": tuple(content["keys"])})


def _write(path: Path, content: Secrets) -> None:
    beside = path.with_suffix(".new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(content.__dict__, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


class Encryptor:
    """Encrypts and decrypts texts, and gives keyed hashes of phone numbers."""

    def __init__(self, *, keys: tuple[str, ...], hash_key: str) -> None:
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError:
            raise BadSetting("NAVIGATOR_KEYS must be Fernet keys, newest first") from None
        self._hash_key = hash_key.encode()

    def encrypt(self, text: str) -> str:
        """Encrypt a text with the newest key."""
        return self._fernet.encrypt(text.encode()).decode()

    def decrypt(self, sealed: str) -> str:
        """Decrypt a text; raise Undecryptable when no key fits."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise Undecryptable("no key at hand decrypts this") from None

    def reencrypt(self, sealed: str) -> str:
        """Encrypt again with the newest key; raise Undecryptable when no key fits."""
        try:
            return self._fernet.rotate(sealed.encode()).decode()
        except InvalidToken:
            raise Undecryptable("no key at hand decrypts this") from None

    def keyed_hash(self, text: str) -> str:
        """Give the keyed hash (HMAC-SHA-256, hex) that a number is looked up by."""
        return hmac.new(self._hash_key, text.encode(), hashlib.sha256).hexdigest()
