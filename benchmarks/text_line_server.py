"""Serves what is measured, by the production server: our text line, or the bare view beside it."""

import logging
import sys
from pathlib import Path

from flask import Flask, Response, abort, request
from gunicorn.app.base import BaseApplication

from navigator.app import create_app
from navigator.container import build_container
from navigator.domain.conversation_state import NewConversation
from navigator.nlp.danger.detector import detect_danger
from navigator.services.dialogue.dialogue_turn import parse_message
from navigator.services.dialogue.dispatcher import dispatch_turn
from navigator.settings import load_settings
from sms import signature, twiml

TOKEN = "benchmark-token"
PUBLIC = "https://texts.example.org"
THREADS = 8


def bare() -> Flask:
    """Give the floor: a view that checks the same signature and answers with a fixed text."""
    app = Flask("bare")

    @app.post("/sms/messages")
    def message() -> Response:
        posted = signature.parse_form(request.get_data())
        url = signature.public_url(PUBLIC, request.path)
        given = request.headers.get(signature.HEADER)
        if not signature.is_signed(url=url, params=posted, signature=given, tokens=(TOKEN,)):
            abort(403)
        return Response(twiml.message_response("Thank you."), content_type=twiml.CONTENT_TYPE)

    return app


def ours(home: Path, url: str) -> Flask:
    """Give the application of an instance."""
    settings = load_settings(
        {
            "NAVIGATOR_HOME": str(home),
            "DATABASE_URL": url,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "PUBLIC_BASE_URL": PUBLIC,
        }
    )
    container = build_container(settings)
    # The words are read before the texts begin, and once for all processes.
    detect_danger("good morning", container.danger)
    guide = container.edition_store.edition(container.now()).guide
    warm_up = parse_message(guide, "I need food and my rent is late", "en")
    dispatch_turn(guide, NewConversation(), warm_up)
    app = create_app(container)
    container.database.close()
    return app


class Server(BaseApplication):
    """Gunicorn as `navigator serve` sets it up."""

    def __init__(self, app: Flask, port: int, workers: int) -> None:
        self._app = app
        self._options = {
            "bind": f"127.0.0.1:{port}",
            "workers": workers,
            "worker_class": "gthread",
            "threads": THREADS,
            "loglevel": "critical",
            "preload_app": True,
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        """Take our options."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Give the application."""
        return self._app


if __name__ == "__main__":
    kind, port, workers, home, url = sys.argv[1:6]
    logging.disable(logging.CRITICAL)
    app = bare() if kind == "bare" else ours(Path(home), url)
    sys.argv = sys.argv[:1]
    Server(app, int(port), int(workers)).run()
