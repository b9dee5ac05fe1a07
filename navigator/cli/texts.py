"""Commands on texts: catch up with the carrier, and what texting costs and waits for today."""

from datetime import datetime, timedelta

import click

from navigator import postman
from navigator.cli.ground import instance
from navigator.cli.output import out, stop
from navigator.parts import Parts
from navigator.storage import incoming, outbox, redactions
from navigator.texting.catching_up import reconcile as take_in_missed
from navigator.texting.catching_up import take_in_spooled
from navigator.texting.costing import CEILING, today
from navigator.texting.demo_phone import with_phone
from navigator.texting.spooling import Spool
from sms.errors import CarrierTrouble


@click.group()
def texts() -> None:
    """The text line: what was missed, what it costs."""


@texts.command()
@click.option(
    "--since",
    required=True,
    help="From when on: 2026-11-23T09:00 in local time, or so long ago: 30m, 6h, 2d.",
)
@click.option("--json", "as_json", is_flag=True)
def reconcile(since: str, as_json: bool) -> None:  # noqa: FBT001
    """Take in, once, what only the carrier knows of, and what is kept on disk."""
    with instance() as parts:
        moment = _moment(since, parts)
        spooled = take_in_spooled(parts)
        try:
            looked_at, missed = take_in_missed(with_phone(parts), moment)
        except CarrierTrouble as trouble:
            stop(f"The carrier does not answer ({type(trouble).__name__}); try again later")
        sent = postman.deliver_all(with_phone(parts))
    if as_json:
        out({"looked_at": looked_at, "missed": missed, "from_disk": spooled, "letters": sent})
        return
    click.echo(f"{looked_at} texts looked at, {missed} had been missed, {spooled} were on disk.")


@texts.command()
@click.option("--json", "as_json", is_flag=True)
def status(as_json: bool) -> None:  # noqa: FBT001
    """Say what today costs, what waits, and what a person has to look at."""
    with instance() as parts:
        start = today(parts)
        waiting, aside = Spool(parts.settings.home, parts.vault).count()
        with parts.database.transaction() as tx:
            content: dict[str, object] = {
                "texts_today": incoming.count_since(tx, start),
                "segments_today": incoming.segments_since(tx, start)
                + outbox.segments_since(tx, start),
                "ceiling": CEILING,
                "letters_today": dict(outbox.states(tx, since=start)),
                "on_disk": waiting,
                "put_aside": aside,
                "redactions_left": redactions.count(tx),
            }
    if as_json:
        out(content)
        return
    for key, value in content.items():
        click.echo(f"{key.replace('_', ' ')}: {value}")


def _moment(since: str, parts: Parts) -> datetime:
    units = {"m": "minutes", "h": "hours", "d": "days"}
    number, unit = since[:-1], since[-1:]
    if number.isdecimal() and unit in units:
        return parts.now() - timedelta(**{units[unit]: int(number)})
    try:
        moment = datetime.fromisoformat(since)
    except ValueError:
        stop("--since takes a moment such as 2026-11-23T09:00, or a span such as 30m, 6h, 2d")
    return moment if moment.tzinfo else moment.replace(tzinfo=parts.zone)
