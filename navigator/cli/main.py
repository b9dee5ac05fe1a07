"""All commands under one name; a command's module is imported when it is called."""

import importlib
import sys
from collections.abc import Mapping
from types import MappingProxyType

import click

from navigator.cli.output import exit_with_error

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "init": "instance",
        "run": "instance",
        "serve": "instance",
        "worker": "instance",
        "staff": "instance",
        "keys": "instance",
        "doctor": "doctor",
        "search": "search",
        "understand": "understand",
        "interview": "interview",
        "simulate": "interview",
        "talk": "talk",
        "texts": "text_line",
        "directory": "directory",
    }
)
"""The module below navigator.cli that holds each command. A call pays only for what it uses."""


class _Commands(click.Group):
    """Finds a command's module when the command is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"navigator.cli.{COMMANDS[cmd_name]}")
        command = getattr(module, cmd_name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Community Navigator: find services in Halton, and follow a person until they got help."""


def main() -> None:
    """Run a command; whatever goes wrong is one line, and never quotes what people said."""
    try:
        sys.exit(commands(standalone_mode=False))
    except click.ClickException as error:
        exit_with_error(f"{error.format_message()} See: navigator --help")
    except click.Abort:
        sys.exit(130)
    except Exception as error:  # noqa: BLE001 - a traceback would quote texts and numbers
        click.echo(f"This did not work ({type(error).__name__}). Try: navigator doctor", err=True)
        sys.exit(1)
