"""Say what is set up, what is missing, and how to mend it."""

import os
from collections.abc import Iterator
from contextlib import closing

import click

from directory_data.region import BadRegion, UnknownRegion, load_region
from navigator import encryption
from navigator.container import Container, build_container
from navigator.services.directory.edition_store import NoEditionPublished
from navigator.settings import BadSetting, Settings, instance_region, load_settings
from navigator.storage.database import Unreachable


@click.command()
def doctor() -> None:
    """Look the instance over; exit 1 when something has to be mended."""
    sick = False
    for well, words in _findings():
        click.echo(f"{'ok  ' if well else 'MEND'} {words}")
        sick = sick or not well
    if sick:
        raise SystemExit(1)


Finding = tuple[bool, str]
"""Whether all is well there, and the words for it."""


def _findings() -> Iterator[Finding]:
    try:
        chosen = load_settings(os.environ)
    except BadSetting as error:
        yield False, f"settings: {error} (see docs/settings.md)"
        return
    yield True, f"instance folder: {chosen.home}, mode: {chosen.mode}"
    region_id = instance_region(chosen.home)
    try:
        load_region(region_id)
    except (UnknownRegion, BadRegion) as error:
        yield False, f"region: {error}. Run: navigator directory check"
        return
    yield True, f"region: {region_id}"
    yield from _instance(chosen)


def _instance(chosen: Settings) -> Iterator[Finding]:
    try:
        container = build_container(chosen)
    except encryption.KeysMissing:
        yield False, "keys: none yet. Run: navigator init"
        return
    except BadSetting as error:
        yield False, f"keys: {error}"
        return
    yield True, f"keys: {len(container.secrets.keys)} encryption key(s)"
    with closing(container.database):
        yield from _words(container)
        yield from _database(container)
        yield from _texting(chosen)


def _words(container: Container) -> Iterator[Finding]:
    try:
        container.models.danger_lexicon()
        container.models.needs_lexicon()
    except Exception as error:  # noqa: BLE001 - whatever is wrong with a word, a curator is told
        yield False, f"words: {error}"
    else:
        yield True, "words: danger and understanding can be read"


def _database(container: Container) -> Iterator[Finding]:
    engine = container.settings.database_url.split(":", 1)[0]
    if container.database.answers():
        yield True, f"database: {engine} answers, its tables are the newest"
        try:
            edition = container.edition_store.edition(container.now())
            count = len(edition.directory.services)
            yield True, f"directory: edition {edition.directory.edition}, {count} services shown"
        except NoEditionPublished:
            yield False, "directory: none loaded. Run: navigator init"
        except Unreachable:
            yield False, "directory: can't be read. Run: navigator init"
    else:
        yield False, f"database: {engine} does not answer or is not migrated. Run: navigator init"


def _texting(chosen: Settings) -> Iterator[Finding]:
    if chosen.texts_for_real:
        yield True, "texting: by the carrier"
        safe = chosen.public_base_url.startswith("https://")
        yield safe, f"PUBLIC_BASE_URL: {'https' if safe else 'must be https for the carrier'}"
    else:
        missing = [
            name
            for name, value in (
                ("TWILIO_ACCOUNT_SID", chosen.twilio_account_sid),
                ("TWILIO_AUTH_TOKEN", chosen.twilio_auth_tokens),
                ("TWILIO_FROM", chosen.twilio_from),
            )
            if not value
        ]
        yield chosen.demo, f"texting: console phone only; for real texts set {', '.join(missing)}"
    if chosen.demo:
        yield True, "demo: simulator and demo sign-ins are on; NAVIGATOR_MODE=production ends them"
