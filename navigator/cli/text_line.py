"""Commands on texts: catch up with the carrier, and what texting costs and waits for today."""

from datetime import datetime, timedelta

import click

from navigator.cli.context import open_container
from navigator.cli.output import exit_with_error, print_json
from navigator.container import Container
from navigator.demo_plugin import with_demo_carrier
from navigator.messaging.cost_guard import CEILING, start_of_today
from navigator.messaging.inbound.disk_spool import DiskSpool
from navigator.messaging.inbound.reconciliation import reconcile as take_in_missed
from navigator.messaging.inbound.reconciliation import take_in_spooled
from navigator.messaging.outbox import sender
from navigator.storage import carrier_erasures, inbound_messages, outbox
from sms.carrier_errors import CarrierError


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
    with open_container() as container:
        moment = _moment(since, container)
        spooled = take_in_spooled(container)
        try:
            looked_at, missed = take_in_missed(with_demo_carrier(container), moment)
        except CarrierError as trouble:
            exit_with_error(
                f"The carrier does not answer ({type(trouble).__name__}); try again later"
            )
        sent = sender.send_due(with_demo_carrier(container))
    if as_json:
        print_json(
            {"looked_at": looked_at, "missed": missed, "from_disk": spooled, "letters": sent}
        )
        return
    click.echo(f"{looked_at} texts looked at, {missed} had been missed, {spooled} were on disk.")


@texts.command()
@click.option("--json", "as_json", is_flag=True)
def status(as_json: bool) -> None:  # noqa: FBT001
    """Say what today costs, what waits, and what a person has to look at."""
    with open_container() as container:
        start = start_of_today(container)
        waiting, aside = DiskSpool(container.settings.home, container.encryption).count()
        with container.database.unit_of_work() as uow:
            content: dict[str, object] = {
                "texts_today": inbound_messages.count_since(uow, start),
                "segments_today": inbound_messages.sum_segments_since(uow, start)
                + outbox.sum_segments_since(uow, start),
                "ceiling": CEILING,
                "letters_today": dict(outbox.count_by_state(uow, since=start)),
                "on_disk": waiting,
                "put_aside": aside,
                "redactions_left": carrier_erasures.count(uow),
            }
    if as_json:
        print_json(content)
        return
    for key, value in content.items():
        click.echo(f"{key.replace('_', ' ')}: {value}")


def _moment(since: str, container: Container) -> datetime:
    units = {"m": "minutes", "h": "hours", "d": "days"}
    number, unit = since[:-1], since[-1:]
    if number.isdecimal() and unit in units:
        return container.now() - timedelta(**{units[unit]: int(number)})
    try:
        moment = datetime.fromisoformat(since)
    except ValueError:
        exit_with_error(
            "--since takes a moment such as 2026-11-23T09:00, or a span such as 30m, 6h, 2d"
        )
    return moment if moment.tzinfo else moment.replace(tzinfo=container.zone)
