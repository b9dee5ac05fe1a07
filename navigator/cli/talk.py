"""Text with the bot in the terminal: the same code as a real text, and every fault on demand."""

import click

from navigator.cli.context import open_container
from navigator.cli.output import LANGUAGE
from navigator.container import Container
from navigator.demo_plugin import with_demo_carrier
from navigator.messaging.inbound.reply_or_spool import reply_to_webhook
from navigator.messaging.outbox import sender
from navigator.messaging.simulated_phone_line import (
    Fault,
    SimulatedPhoneLine,
    active_faults,
    set_faults,
)
from navigator.services.conversations.transcript import (
    build_transcript,
    cost_in_segments,
    message_status,
)
from navigator.services.messaging.delivery_reports import record_delivery_report
from navigator.storage import conversations, delivery_reports, outbox
from navigator.worker import take_in_missed_messages
from sms.console_carrier import new_sid
from sms.inbound_message import InboundMessage
from sms.segments import measure
from sms.status_callback import StatusCallback

TERMINAL_NUMBER = "+19055550100"
FAULTS, LOOK = "/faults", "/look"
HOW = f"""You are on a simulated phone. Type a text; an empty line ends.
{FAULTS} says what goes wrong on the way, {FAULTS} late doubled switches it on, {FAULTS} none off:
{", ".join(Fault)}. {LOOK} looks for what came later."""


@click.command()
@click.option("--lang", type=LANGUAGE, default="en")
def talk(lang: str) -> None:
    """Text with the bot in the terminal; an empty line or Ctrl-D ends it."""
    with open_container() as container:
        terminal = Terminal(with_demo_carrier(container), lang)
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

    def __init__(self, container: Container, language: str) -> None:
        self._container = container
        self._language = language
        self._line = SimulatedPhoneLine(container, self._deliver, self._report)
        self._shown: dict[int, str] = {}

    def take(self, typed: str) -> None:
        """Send a text, or do what a word with a stroke asks for."""
        word, *names = typed.split()
        if word == FAULTS:
            self._switch(names)
            return
        real = self._container.settings.texts_for_real
        if word == LOOK:
            self._line.look()
            if not real:
                take_in_missed_messages(self._container)
        else:
            self._line.send(InboundMessage(new_sid(), TERMINAL_NUMBER, "", typed, 0, None, 1))
        if not real:
            # Where there is a real carrier, the worker sends what is in the outbox.
            sender.send_due(self._container)
        self._line.report_all(TERMINAL_NUMBER)
        self._show_messages()

    def _switch(self, names: list[str]) -> None:
        unknown = set(names) - set(Fault) - {"none"}
        with self._container.database.unit_of_work() as uow:
            if names and not unknown:
                set_faults(uow, names, now=self._container.now())
            now_on = sorted(active_faults(uow))
        if unknown:
            click.echo(f"(no such fault; there are: {', '.join(Fault)})")
        click.echo(f"(goes wrong: {', '.join(now_on) or 'nothing'})")

    def _deliver(self, incoming: InboundMessage) -> None:
        reply = reply_to_webhook(self._container, incoming, language=self._language)
        click.echo(f"{reply}\n{_size(reply)}" if reply else "(silence)")

    def _report(self, sid: str, status: str) -> None:
        with self._container.database.unit_of_work() as uow:
            record_delivery_report(
                uow, StatusCallback(sid, status, None), now=self._container.now()
            )

    def _show_messages(self) -> None:
        """Show new messages, and what became of those that were shown before."""
        with self._container.database.unit_of_work() as uow:
            conversation = conversations.find_by_number(uow, TERMINAL_NUMBER)
            messages = outbox.list_to_number(uow, TERMINAL_NUMBER)
            sids = [message.carrier_sid for message in messages if message.carrier_sid]
            reported = delivery_reports.list_statuses_by_sid(uow, sids)
            lines = build_transcript(
                uow,
                number=TERMINAL_NUMBER,
                conversation_id=conversation.id if conversation else None,
                since=conversation.started_at if conversation else None,
            )
        for message in messages if conversation else ():
            status = message_status(message, reported.get(message.carrier_sid or "", ()))
            before = self._shown.get(message.id)
            self._shown[message.id] = status
            if before is None:
                click.echo(f"(letter) {message.body}\n{_size(message.body)} [{status}]")
            elif before != status:
                click.echo(f"(letter {message.id}: {status})")
        click.echo(f"  [{cost_in_segments(lines)} segment(s) so far]")


def _size(text: str) -> str:
    size = measure(text)
    return f"  [{size.segments} segment(s), {size.encoding}, {size.units} units]"
