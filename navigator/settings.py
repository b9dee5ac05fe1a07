"""Settings of one instance, read once from the environment into a frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from directory_data.region import DEFAULT_REGION
from sms.destinations import known_countries

REGION_FILE = "region"
"""In the instance folder: the name of the region that it was set up with; absent in older ones."""


class RunMode(StrEnum):
    """Demo has a phone simulator and ready sign-ins; production has neither."""

    DEMO = "demo"
    PRODUCTION = "production"


class BadSetting(Exception):
    """A setting has a value that can't be used; the text says which and what is expected."""


@dataclass(frozen=True)
class Setting:
    """One setting: its name, its default and what it is for (docs/settings.md repeats this)."""

    name: str
    default: str
    purpose: str


HOME = Setting("NAVIGATOR_HOME", "instance", "The instance folder: database, keys, index.")

SETTINGS = (
    HOME,
    Setting("NAVIGATOR_MODE", "demo", "demo or production."),
    Setting("DATABASE_URL", "", "Another database, such as postgresql+psycopg://user@host/name."),
    Setting("PUBLIC_BASE_URL", "http://127.0.0.1:8000", "The address that the carrier calls."),
    Setting(
        "NAVIGATOR_TRUSTED_PROXY",
        "",
        "The address of the proxy in front, such as 127.0.0.1: it alone may name the client.",
    ),
    Setting("TWILIO_ACCOUNT_SID", "", "The account at the carrier."),
    Setting("TWILIO_AUTH_TOKEN", "", "The carrier's token; several, with commas, while rotating."),
    Setting("TWILIO_FROM", "", "The number that texts are sent from."),
    Setting(
        "NAVIGATOR_TEXT_COUNTRIES",
        "CA,US",
        "Countries whose numbers we text of our own accord, as two letters each.",
    ),
    Setting(
        "NAVIGATOR_DESK_PHONE", "", "The navigators' phone, +1...; callers who press 1 get it."
    ),
    Setting("NAVIGATOR_KEYS", "", "Encryption keys, newest first; else those in the instance."),
    Setting("NAVIGATOR_HASH_KEY", "", "The key of number hashes; else the one in the instance."),
    Setting("NAVIGATOR_TIME_ZONE", "", "Local time for hours and due dates; else the region's."),
)


@dataclass(frozen=True)
class Settings:
    """What one instance runs with."""

    home: Path
    mode: RunMode
    database_url: str
    public_base_url: str
    trusted_proxy: str
    twilio_account_sid: str
    twilio_auth_tokens: tuple[str, ...]
    twilio_from: str
    text_countries: frozenset[str]
    desk_phone: str
    keys: tuple[str, ...]
    hash_key: str
    time_zone: str

    @property
    def models_folder(self) -> Path:
        """Give the folder of fitted language models, which can be thrown away at will."""
        return self.home / "models"

    @property
    def texts_for_real(self) -> bool:
        """Say whether texts leave through the carrier; otherwise the console phone is used."""
        return bool(self.twilio_account_sid and self.twilio_auth_tokens and self.twilio_from)

    @property
    def demo(self) -> bool:
        """Say whether the simulator and the demo sign-ins are on."""
        return self.mode is RunMode.DEMO


def load_settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings; raise BadSetting with the name of the one that can't be used."""
    values = {setting.name: _value(setting, environment) for setting in SETTINGS}
    home = instance_home(environment)
    if values["NAVIGATOR_MODE"] not in set(RunMode):
        raise BadSetting("NAVIGATOR_MODE must be demo or production")
    if not values["PUBLIC_BASE_URL"].startswith(("http://", "https://")):
        raise BadSetting("PUBLIC_BASE_URL must begin with http:// or https://")
    try:
        ZoneInfo(values["NAVIGATOR_TIME_ZONE"] or "UTC")
    except (ValueError, ZoneInfoNotFoundError):
        raise BadSetting("NAVIGATOR_TIME_ZONE must be a zone such as America/Toronto") from None
    return Settings(
        home=home,
        mode=RunMode(values["NAVIGATOR_MODE"]),
        database_url=_with_driver(values["DATABASE_URL"]) or f"sqlite:///{home / 'navigator.db'}",
        public_base_url=values["PUBLIC_BASE_URL"].rstrip("/"),
        trusted_proxy=_ip_address(values["NAVIGATOR_TRUSTED_PROXY"]),
        twilio_account_sid=values["TWILIO_ACCOUNT_SID"],
        twilio_auth_tokens=_listed(values["TWILIO_AUTH_TOKEN"]),
        twilio_from=values["TWILIO_FROM"],
        text_countries=_countries(values["NAVIGATOR_TEXT_COUNTRIES"]),
        desk_phone=values["NAVIGATOR_DESK_PHONE"],
        keys=_listed(values["NAVIGATOR_KEYS"]),
        hash_key=values["NAVIGATOR_HASH_KEY"],
        time_zone=values["NAVIGATOR_TIME_ZONE"],
    )


def instance_home(environment: Mapping[str, str]) -> Path:
    """Give the instance folder, whatever else is set."""
    return Path(_value(HOME, environment)).absolute()


def instance_region(home: Path) -> str:
    """Give the id of the region that an instance was set up with; the default where it names none.

    Instances of 0.1.0 name none.
    """
    try:
        return (home / REGION_FILE).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return DEFAULT_REGION


def _value(setting: Setting, environment: Mapping[str, str]) -> str:
    return environment.get(setting.name, "").strip() or setting.default


def _ip_address(value: str) -> str:
    try:
        return str(ip_address(value)) if value else ""
    except ValueError:
        raise BadSetting("NAVIGATOR_TRUSTED_PROXY must be an address such as 127.0.0.1") from None


def _countries(value: str) -> frozenset[str]:
    countries = frozenset(code.upper() for code in _listed(value))
    if not countries <= known_countries():
        raise BadSetting("NAVIGATOR_TEXT_COUNTRIES must be codes of two letters, such as CA,US")
    return countries


def _listed(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _with_driver(url: str) -> str:
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            return "postgresql+psycopg://" + url.removeprefix(short)
    return url
