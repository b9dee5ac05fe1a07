"""Commands that set up and run: init, run, serve, worker, doctor, staff, keys."""

import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Sequence
from itertools import chain
from multiprocessing.process import BaseProcess

import click

from directory_data.region import BadRegion, UnknownRegion
from navigator import logging_setup
from navigator.app import AppPart
from navigator.cli.context import open_container, settings_or_exit
from navigator.cli.output import exit_with_error
from navigator.demo_plugin import create_demo_sign_ins, demo_sign_ins
from navigator.domain.roles import Role
from navigator.server import run_server
from navigator.services.accounts import authentication
from navigator.services.instance_setup import OtherRegion, initialize, rotate_keys
from navigator.worker import run_worker

PORT = 8000
LOCALHOST = "127.0.0.1"
PAGES_NICE = 5
"""How much the pages give way to the text line: about a third of its share when both are busy."""

READY_WITHIN_SECONDS = 30


@click.command()
@click.option("--region", default=None, help="The region whose data a new instance is made of.")
def init(region: str | None) -> None:
    """Set up the instance: folder, keys, tables, directory, index, demo sign-ins."""
    set_up_instance(region)


def set_up_instance(region: str | None = None) -> None:
    """Set up what is missing, telling of each step; what is there stays."""
    chosen = settings_or_exit()
    try:
        for line in chain(initialize(chosen, region), create_demo_sign_ins(chosen)):
            click.echo(line)
    except (OtherRegion, UnknownRegion, BadRegion) as error:
        exit_with_error(str(error))
    except OSError as error:
        exit_with_error(f"The instance folder can't be written: {error.strerror}")


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=PORT)
@click.option("--host", default="127.0.0.1")
@click.option("--workers", type=click.IntRange(1, 64), default=1, help="Processes.")
@click.option(
    "--only",
    type=click.Choice([AppPart.WEB.value, AppPart.SMS.value]),
    default=None,
    help="The pages alone, or the text line alone.",
)
def serve(port: int, host: str, workers: int, only: str | None) -> None:
    """Serve the web pages and webhooks."""
    _port_is_free(host, port)
    _serve(port, host, AppPart(only or AppPart.ALL), workers=workers)


def _serve(port: int, host: str, part: AppPart, *, workers: int = 1) -> None:
    with open_container() as container:
        run_server(container, host=host, port=port, workers=workers, part=part)


def _serve_pages(port: int) -> None:
    """Serve the pages of `run`, behind the text line where both want the processor."""
    os.nice(PAGES_NICE)
    _serve(port, LOCALHOST, AppPart.ALL)


@click.command()
@click.option("--once", is_flag=True, help="Go round a single time.")
def worker(once: bool) -> None:  # noqa: FBT001
    """Send what is in the outbox and watch the clocks."""
    _work(once=once)


def _work(*, once: bool) -> None:
    with open_container() as container:
        run_worker(container, once=once)


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=PORT)
@click.option(
    "--sms-port",
    type=click.IntRange(1, 65535),
    default=None,
    help="Of the process that the text line has for itself; else a free one.",
)
def run(port: int, sms_port: int | None) -> None:
    """Set up if needed, then serve pages and text line, and work, side by side until Ctrl-C."""
    logging_setup.configure_logging()
    _port_is_free(LOCALHOST, port)
    sms_port = sms_port or _free_port()
    _port_is_free(LOCALHOST, sms_port)
    os.environ.setdefault("PUBLIC_BASE_URL", f"http://{LOCALHOST}:{port}")
    set_up_instance()
    # Forked, so that both begin with all modules imported: a second start takes half the time.
    forked = multiprocessing.get_context("fork")
    children = [
        forked.Process(target=_serve_pages, args=(port,), name="web"),
        forked.Process(target=_serve, args=(sms_port, LOCALHOST, AppPart.SMS), name="sms"),
        forked.Process(target=_work, kwargs={"once": False}, name="worker"),
    ]
    for child in children:
        child.start()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        for wanted in (sms_port, port):
            _wait_until_it_answers(wanted, children)
        _say_what_to_open(port, sms_port)
        while all(child.is_alive() for child in children):
            time.sleep(0.5)
    except KeyboardInterrupt:
        click.echo("\nEnding.")
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.join()


def _wait_until_it_answers(port: int, children: Sequence[BaseProcess]) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline:
        if not all(child.is_alive() for child in children):
            exit_with_error(
                "It could not be started; the lines above say why. Try: navigator doctor"
            )
        with socket.socket() as probe:
            if probe.connect_ex((LOCALHOST, port)) == 0:
                return
        time.sleep(0.05)


def _say_what_to_open(port: int, sms_port: int) -> None:
    address = f"http://{LOCALHOST}:{port}"
    click.echo(f"\nCommunity Navigator is running. Open {address}")
    chosen = settings_or_exit()
    if chosen.demo:
        click.echo(f"  a resident:   {address}/find   or by text: {address}/phone")
        click.echo(f"  a worker:     {address}/search")
        click.echo(f"  a navigator:  {address}/workspace")
        sign_ins = demo_sign_ins(chosen)
        if sign_ins:
            click.echo("  demo sign-ins (name, password):")
        for line in sign_ins:
            click.echo(f"    {line}")
    click.echo(f"  the carrier:  http://{LOCALHOST}:{sms_port}/sms/messages, else {address}")
    click.echo("Ctrl-C ends it.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOCALHOST, 0))
        return int(probe.getsockname()[1])


def _port_is_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            exit_with_error(
                f"Port {port} is taken. Choose another: --port 8001 (make run PORT=8001)"
            )


@click.group()
def staff() -> None:
    """Staff who sign in."""


@staff.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def staff_add(name: str, role: str, password_stdin: bool) -> None:  # noqa: FBT001
    """Add somebody; a password is made and shown once, unless one is given."""
    password = sys.stdin.readline().strip() if password_stdin else authentication.new_password()
    with open_container() as container:
        try:
            added = authentication.add_staff(
                container.database, name, Role(role), password, now=container.now()
            )
        except authentication.BadPassword as error:
            exit_with_error(str(error))
        if not added:
            exit_with_error(f"There is a {name} already; names are unique")
        click.echo(f"{name} can sign in as {role}.")
        if not password_stdin:
            click.echo(f"Password (shown this once): {password}")


@click.group()
def keys() -> None:
    """Encryption keys."""


@keys.command("rotate")
def keys_rotate() -> None:
    """Make a new key and seal everything again with it; then the old ones are dropped."""
    if os.environ.get("NAVIGATOR_KEYS"):
        exit_with_error(
            "Keys come from NAVIGATOR_KEYS: put the new key first there, then run: keys reseal"
        )
    with open_container() as container:
        count = rotate_keys(container.settings, container.database)
        click.echo(f"{count} texts were sealed again with a new key. Restart all processes.")


@keys.command("reseal")
def keys_reseal() -> None:
    """Seal everything again with the first key of NAVIGATOR_KEYS."""
    with open_container() as container:
        count = rotate_keys(container.settings, container.database, new_key=False)
        click.echo(f"{count} texts were sealed again.")
