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
from navigator.cli.context import open_container, settings_or_exit
from navigator.cli.output import exit_with_error
from navigator.demo_plugin import create_demo_sign_ins, demo_sign_ins
from navigator.domain.roles import Role
from navigator.server import run_server
from navigator.services.accounts import authentication
from navigator.services.instance_setup import OtherRegion, initialize, rotate_keys
from navigator.worker import run_worker

PORT = 8000
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
def serve(port: int, host: str, workers: int) -> None:
    """Serve the web pages and webhooks."""
    _port_is_free(host, port)
    _serve(port, host, workers)


def _serve(port: int, host: str, workers: int) -> None:
    with open_container() as container:
        run_server(container, host=host, port=port, workers=workers)


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
def run(port: int) -> None:
    """Set up if needed, then serve and work side by side until Ctrl-C."""
    logging_setup.configure_logging()
    _port_is_free("127.0.0.1", port)
    os.environ.setdefault("PUBLIC_BASE_URL", f"http://127.0.0.1:{port}")
    set_up_instance()
    # Forked, so that both begin with all modules imported: a second start takes half the time.
    forked = multiprocessing.get_context("fork")
    children = [
        forked.Process(target=_serve, args=(port, "127.0.0.1", 1), name="web"),
        forked.Process(target=_work, kwargs={"once": False}, name="worker"),
    ]
    for child in children:
        child.start()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        _wait_until_it_answers(port, children)
        _say_what_to_open(port)
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
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)


def _say_what_to_open(port: int) -> None:
    address = f"http://127.0.0.1:{port}"
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
    click.echo("Ctrl-C ends it.")


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
