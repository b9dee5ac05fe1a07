"""Commands on the directory: list, check, load."""

from collections.abc import Iterable
from pathlib import Path

import click

from directory_data.record_checks import CheckReport, Problem
from directory_data.region import BadRegion
from navigator.cli.context import instance_region_files, open_container
from navigator.cli.output import exit_with_error, print_json
from navigator.services.directory import publish_edition

PROBLEMS_SHOWN = 20
"""How many broken rules `load` names; `check` names them all."""


@click.group()
def directory() -> None:
    """The directory of services."""


@directory.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_(as_json: bool) -> None:  # noqa: FBT001
    """List all services of the published edition, those not shown included."""
    with open_container() as container:
        edition = container.edition_store.edition(container.now()).directory
        if as_json:
            services = [
                {
                    "id": service.id,
                    "name": service.record.name.en,
                    "organization": service.organization.name.en,
                    "needs": list(service.record.needs),
                    "published": service.record.publish,
                }
                for service in edition.all_services.values()
            ]
            print_json({"edition": edition.edition, "services": services})
            return
        for service in edition.all_services.values():
            mark = "  " if service.record.publish else "- "
            click.echo(f"{mark}{service.id}: {service.record.name.en}")


@directory.command()
@click.option("--json", "as_json", is_flag=True)
@click.option("--folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def check(folder: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """Report every broken rule of every record."""
    checked = _checked(folder)
    count = sum(len(organization.services) for organization in checked.organizations)
    if as_json:
        problems = [
            {"file": problem.file, "field": problem.field, "problem": problem.problem}
            for problem in checked.problems
        ]
        print_json({"records": count, "problems": problems})
        return
    _echo_problems(checked.problems)
    click.echo(f"{count} records, {len(checked.problems)} problems")


def _checked(folder: Path | None) -> CheckReport:
    try:
        return publish_edition.check_records_folder(instance_region_files(), folder)
    except BadRegion as error:
        return CheckReport((), error.problems)


def _echo_problems(problems: Iterable[Problem], *, err: bool = False) -> None:
    for problem in problems:
        click.echo(f"{problem.file}: {problem.field}: {problem.problem}", err=err)


@directory.command()
@click.option("--folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def load(folder: Path | None) -> None:
    """Load the records as the next edition; records that break a rule change nothing."""
    with open_container() as container:
        checked = publish_edition.check_records_folder(container.region, folder)
        try:
            with container.database.unit_of_work() as uow:
                number, new = publish_edition.publish_edition(uow, checked, now=container.now())
        except publish_edition.BadRecords as error:
            _echo_problems(error.problems[:PROBLEMS_SHOWN], err=True)
            exit_with_error(f"{error}. What was loaded before stays.")
        container.edition_store.edition(container.now())
        click.echo(f"Edition {number} is {'published' if new else 'unchanged'}.")
