"""Text with the bot in the terminal: the same code as a real text, and every fault on demand."""

import click

from navigator import postman, texting
from navigator.actions.phoning import Fault, switch, switched_on
from navigator.actions.reporting_back import report
from navigator.actions.transcribing import cost, fate_of, transcript
from navigator.cli.ground import instance
from navigator.cli.output import LANGUAGE
from navigator.parts import Parts
from navigator.storage import conversations, deliveries, outbox
from navigator.texting.demo_phone import with_phone
from navigator.texting.phone_line import PhoneLine
from navigator.worker import catch_up
from sms.console import new_sid
from sms.incoming import Incoming
from sms.reports import Report
from sms.segments import measure

TERMINAL_NUMBER = "+19055550100"
FAULTS, LOOK = "/faults", "/look"
HOW = f"""You are on a simulated phone. Type a text; an empty line ends.
{FAULTS} says what goes wrong on the way, {FAULTS} late doubled switches it on, {FAULTS} none off:
{", ".join(Fault)}. {LOOK} looks for what came later."""


@click.command()
@click.option("--lang", type=LANGUAGE, default="en")
def talk(lang: str) -> None:
    """Text with the bot in the terminal; an empty line or Ctrl-D ends it."""
    with instance() as parts:
        terminal = Terminal(with_phone(parts), lang)
        click.echo(HOW)
        while True:
            try:
                typed = input("> ").strip()
            except EOFError:
                break
            if not typed:
                break
            terminal.take(typed)


class Terminal:
    """The phone in the terminal: what was typed goes out, what came back is shown once."""

    def __init__(self, parts: Parts, language: str) -> None:
        self._parts = parts
        self._language = language
        self._line = PhoneLine(parts, self._deliver, self._tell)
        self._shown: dict[int, str] = {}

    def take(self, typed: str) -> None:
        """Send a text, or do what a word with a stroke asks for."""
        word, *names = typed.split()
        if word == FAULTS:
            self._switch(names)
            return
        real = self._parts.settings.texts_for_real
        if word == LOOK:
            self._line.look()
            if not real:
                catch_up(self._parts)
        else:
            self._line.text(Incoming(new_sid(), TERMINAL_NUMBER, "", typed, 0, None, 1))
        if not real:
            # Where there is a real carrier, letters are the worker's.
            postman.deliver_all(self._parts)
        self._line.report(TERMINAL_NUMBER)
        self._show_letters()

    def _switch(self, names: list[str]) -> None:
        unknown = set(names) - set(Fault) - {"none"}
        with self._parts.database.transaction() as tx:
            if names and not unknown:
                switch(tx, names, now=self._parts.now())
            now_on = sorted(switched_on(tx))
        if unknown:
            click.echo(f"(no such fault; there are: {', '.join(Fault)})")
        click.echo(f"(goes wrong: {', '.join(now_on) or 'nothing'})")

    def _deliver(self, incoming: Incoming) -> None:
        said = texting.reply(self._parts, incoming, language=self._language)
        click.echo(f"{said}\n{_size(said)}" if said else "(silence)")

    def _tell(self, sid: str, status: str) -> None:
        with self._parts.database.transaction() as tx:
            report(tx, self._parts.vault, Report(sid, status, None), now=self._parts.now())

    def _show_letters(self) -> None:
        """Show new letters, and what became of those that were shown before."""
        vault = self._parts.vault
        with self._parts.database.transaction() as tx:
            talk_ = conversations.of_number(tx, vault, TERMINAL_NUMBER)
            letters = outbox.to_number(tx, vault, TERMINAL_NUMBER)
            sids = [one.carrier_sid for one in letters if one.carrier_sid]
            told = deliveries.statuses_of(tx, sids)
            lines = transcript(
                tx, vault, number=TERMINAL_NUMBER,
                talk_id=talk_.id if talk_ else None, since=talk_.started_at if talk_ else None,
            )  # fmt: skip
        for letter in letters if talk_ else ():
            fate = fate_of(letter, told.get(letter.carrier_sid or "", ()))
            before = self._shown.get(letter.id)
            self._shown[letter.id] = fate
            if before is None:
                click.echo(f"(letter) {letter.body}\n{_size(letter.body)} [{fate}]")
            elif before != fate:
                click.echo(f"(letter {letter.id}: {fate})")
        click.echo(f"  [{cost(lines)} segment(s) so far]")


def _size(text: str) -> str:
    size = measure(text)
    return f"  [{size.segments} segment(s), {size.encoding}, {size.units} units]"
