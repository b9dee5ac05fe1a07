"""Serve the application: gunicorn keeps the processes, waitress buffers in each of them."""

import os
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from navigator.app import AppPart, create_app
from navigator.buffered_worker import BufferedWorker
from navigator.container import Container
from navigator.services.directory.edition_store import NoEditionPublished
from navigator.storage.database import Unreachable

THREADS = 8
LONGEST_SECONDS = 30


class _Server(BaseApplication):
    """Gunicorn with our options instead of its command line."""

    def __init__(self, make: Callable[[], Flask], options: dict[str, Any]) -> None:
        self._make = make
        self._options = options
        super().__init__()  # type: ignore[no-untyped-call]

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)  # type: ignore[union-attr]

    def load(self) -> Flask:
        return self._make()


def _warm(container: Container) -> None:
    try:
        container.models.danger_lexicon()
        container.models.needs_lexicon()
    except Exception:  # noqa: BLE001 - whatever is wrong with a word
        # Without these words nobody may be answered; what curators wrote holds no people.
        traceback.print_exc()
        os._exit(Arbiter.APP_LOAD_ERROR)
    with suppress(Unreachable, NoEditionPublished):
        container.edition_store.edition(container.now())


def run_server(
    container: Container,
    *,
    host: str,
    port: int,
    workers: int = 1,
    part: AppPart = AppPart.ALL,
) -> None:
    """Serve until SIGTERM; no access log is written: an address can say what somebody looks for."""
    options = {
        "bind": f"{host}:{port}",
        "workers": workers,
        "worker_class": BufferedWorker,
        "threads": THREADS,
        "timeout": LONGEST_SECONDS,
        "graceful_timeout": 10,
        "loglevel": "warning",
        "accesslog": None,
        "preload_app": False,
        "control_socket_disable": True,
        "forwarded_allow_ips": container.settings.trusted_proxy,
    }

    def make() -> Flask:
        app = create_app(container, part)
        # What is understood and found is laid out beside the first pages, not before them.
        threading.Thread(target=_warm, args=(container,), daemon=True).start()
        return app

    _Server(make, options).run()  # type: ignore[no-untyped-call]
