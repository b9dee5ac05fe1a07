"""Text with the bot in the terminal: the same code as a real text."""

import click

from navigator import texting
from navigator.cli.ground import instance
from navigator.cli.output import LANGUAGE
from navigator.parts import Parts
from navigator.storage import conversations, outbox
from sms.console import new_sid
from sms.incoming import Incoming
from sms.segments import measure

TERMINAL_NUMBER = "+19055550100"


@click.command()
@click.option("--lang", type=LANGUAGE, default="en")
def talk(lang: str) -> None:
    """Text with the bot in the terminal; an empty line or Ctrl-D ends it."""
    with instance() as parts:
        click.echo("You are on a simulated phone. Type a text; an empty line ends.")
        shown: set[int] = set()
        while True:
            try:
                body = input("> ")
            except EOFError:
                break
            if not body.strip():
                break
            said = texting.reply(
                parts, Incoming(new_sid(), TERMINAL_NUMBER, "", body, 0, None, 1), language=lang
            )
            click.echo(f"{said}\n{_size(said)}" if said else "(silence)")
            _show_letters(parts, shown)


def _show_letters(parts: Parts, shown: set[int]) -> None:
    with parts.database.transaction() as tx:
        talk_ = conversations.of_number(tx, parts.vault, TERMINAL_NUMBER)
        letters = outbox.to_number(tx, parts.vault, TERMINAL_NUMBER) if talk_ else []
    for letter in letters:
        if letter.id not in shown:
            shown.add(letter.id)
            click.echo(f"(a moment later) {letter.body}\n{_size(letter.body)}")


def _size(text: str) -> str:
    size = measure(text)
    return f"  [{size.segments} segment(s), {size.encoding}, {size.units} units]"
