"""Commands on the directory: list, check, load."""

from pathlib import Path
from typing import Any

import click

from directory_data.region import load_region
from navigator.cli.context import open_container
from navigator.cli.output import exit_with_error, print_json
from navigator.services.directory import publish_edition


@click.group()
def directory() -> None:
    """The directory of services."""


@directory.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_(as_json: bool) -> None:  # noqa: FBT001
    """List all services of the published edition, those not shown included."""
    with open_container() as container:
        edition = container.edition_store.edition(container.now()).directory
        services: list[dict[str, Any]] = [
            {
                "id": service.id,
                "name": service.record.name.en,
                "organization": service.organization.name.en,
                "needs": list(service.record.needs),
                "published": service.record.publish,
            }
            for service in edition.all_services.values()
        ]
        if as_json:
            print_json({"edition": edition.edition, "services": services})
            return
        for one in services:
            click.echo(f"{'  ' if one['published'] else '- '}{one['id']}: {one['name']}")


@directory.command()
@click.option("--json", "as_json", is_flag=True)
@click.option("--folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def check(folder: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """Report every broken rule of every record."""
    checked = publish_edition.check_records_folder(load_region(), folder)
    count = sum(len(one.services) for one in checked.organizations)
    if as_json:
        problems = [
            {"file": one.file, "field": one.field, "problem": one.problem}
            for one in checked.problems
        ]
        print_json({"records": count, "problems": problems})
        return
    for one in checked.problems:
        click.echo(f"{one.file}: {one.field}: {one.problem}")
    click.echo(f"{count} records, {len(checked.problems)} problems")


@directory.command()
@click.option("--folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def load(folder: Path | None) -> None:
    """Load the records as the next edition; records that break a rule change nothing."""
    with open_container() as container:
        checked = publish_edition.check_records_folder(load_region(), folder)
        try:
            with container.database.unit_of_work() as uow:
                number, new = publish_edition.publish_edition(uow, checked, now=container.now())
        except publish_edition.BadRecords as error:
            for one in error.problems[:20]:
                click.echo(f"{one.file}: {one.field}: {one.problem}", err=True)
            exit_with_error(f"{error}. What was loaded before stays.")
        container.edition_store.edition(container.now())
        click.echo(f"Edition {number} is {'published' if new else 'unchanged'}.")
