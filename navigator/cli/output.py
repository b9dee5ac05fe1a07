"""What commands print: one JSON object, or one clear line where something is wrong."""

import json
import sys
from typing import Any, NoReturn

import click

BAD_USE = 2
LANGUAGES = ("en", "fr")
LANGUAGE = click.Choice(LANGUAGES)


def exit_with_error(words: str) -> NoReturn:
    """End with one line on standard error and the exit code of bad use."""
    click.echo(words, err=True)
    sys.exit(BAD_USE)


def print_json(content: Any) -> None:
    """Print one JSON object."""
    click.echo(json.dumps(content, ensure_ascii=False))
