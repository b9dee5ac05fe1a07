"""The processes of a fault run, forked from one that is warm, so that a killed one is soon back.

Run as a program: reads commands from standard input, "web PORT", "worker" or "end", and answers
each with the id of the process that it started.
"""

import logging
import os
import signal
import socket
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from navigator.app import create_app
from navigator.container import Container, build_container
from navigator.domain.conversation_state import NewConversation
from navigator.nlp.danger.detector import detect_danger
from navigator.services.dialogue.dialogue_turn import parse_message
from navigator.services.dialogue.dispatcher import dispatch_turn
from navigator.settings import load_settings
from navigator.worker import TASKS, run_tasks
from sms.twilio_carrier import TwilioCarrier

TIMEOUT_SECONDS = 1.0
FASTER = 10
"""The clock of a fault run: a minute of waiting takes six seconds."""


class Silent(WSGIRequestHandler):
    """Writes no request anywhere."""

    def log_request(self, *_: object) -> None:
        """Write nothing."""


def fast_clock(started: datetime) -> datetime:
    """Give the moment of the run, which goes faster than ours."""
    return started + (datetime.now(UTC) - started) * FASTER


def parts_of(home: Path, url: str, carrier_url: str, started: datetime) -> Container:
    """Put the instance together, with the fake carrier."""
    settings = load_settings(
        {
            "NAVIGATOR_HOME": str(home),
            "DATABASE_URL": url,
            "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
            "TWILIO_AUTH_TOKEN": "fake-token",
            "TWILIO_FROM": "+15550100000",
            "PUBLIC_BASE_URL": "https://texts.example.org",
        }
    )
    carrier = TwilioCarrier(
        settings.twilio_account_sid,
        settings.twilio_auth_tokens[0],
        settings.twilio_from,
        "https://texts.example.org/sms/status",
        timeout=TIMEOUT_SECONDS,
        base_url=carrier_url,
    )
    return build_container(settings, now=lambda: fast_clock(started), carrier=carrier)


def web(app: Flask, port: int) -> None:
    """Serve until killed; the port of one that was killed is free in a moment."""
    with socket.socket() as place:
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        while True:
            try:
                place.bind(("127.0.0.1", port))
                break
            except OSError:
                time.sleep(0.01)
        place.listen(128)
        make_server(
            "127.0.0.1", port, app, threaded=True, request_handler=Silent, fd=place.fileno()
        ).serve_forever()


def worker(container: Container) -> None:
    """Work until killed."""
    pause = timedelta(seconds=0.05)
    rounds = 0
    while True:
        due = [task for task in TASKS if rounds % max(1, task.every // FASTER) == 0]
        run_tasks(container, due)
        rounds += 1
        signal.sigtimedwait([], pause.total_seconds())


def main() -> None:
    """Fork an actor for each command."""
    home, url, carrier_url, started = sys.argv[1:5]
    logging.disable(logging.CRITICAL)
    container = parts_of(Path(home), url, carrier_url, datetime.fromisoformat(started))
    # What every process needs is made once, so that one that was killed is soon as fast as before.
    detect_danger("good morning", container.danger)
    guide = container.edition_store.edition(container.now()).guide
    dispatch_turn(guide, NewConversation(), parse_message(guide, "I need food in Milton", "en"))
    app = create_app(container)
    container.database.close()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        command, *more = line.split()
        if command == "end":
            return
        child = os.fork()
        if child == 0:
            container.database.engine.dispose(close=False)
            (web(app, int(more[0])) if command == "web" else worker(container))
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
