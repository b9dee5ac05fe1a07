"""A worker of gunicorn that lets no slow client hold a thread: waitress does the waiting.

Gunicorn keeps the processes (start, restart, stop, sharing a port); in each of them waitress reads
every request whole, in one loop for all connections, before a thread is given to it, and sends the
answer the same way. What takes too long to arrive, or to be fetched, is cut.
"""

import logging
import os
import resource
import time
from enum import StrEnum
from typing import Any

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

LOG = logging.getLogger(__name__)

MOST_CONNECTIONS = 4000
"""Open at once in one process. The idle and the slow are cut after 10 and 15 seconds, so that to
hold them all takes some 300 new ones each second."""

LONGEST_HEADERS = 16 * 1024
"""Bytes of a request's first line and headers together."""

LONGEST_BODY = 1024 * 1024
"""Bytes that are taken in at all; what is longer than a form of ours gets a page that says so."""

LOOP_SECONDS = 1.0
"""The loop comes round at least so often: to cut, to show that the process lives, to stop."""


class Phase(StrEnum):
    """What a connection is doing."""

    IDLE = "idle"
    RECEIVING = "receiving"
    ANSWERING = "answering"
    SENDING = "sending"


LONGEST_SECONDS = {Phase.IDLE: 10.0, Phase.RECEIVING: 15.0, Phase.SENDING: 60.0}
"""How long a connection may stay in a phase. On a phone with 10 kbit/s a form of 4 kB takes 3 s,
and the style sheet of 31 kB, the longest answer, 25 s; who sends a letter each second to stay
connected gains nothing. How long an answer is worked at is for gunicorn's own timeout."""


class Connection(HTTPChannel):
    """A connection that knows since when it does what it does."""

    phase = Phase.IDLE
    since = float("inf")

    def look(self, now: float) -> Phase:
        """Give the phase at a moment, and note when it began."""
        phase = self._phase()
        if phase is not self.phase or self.since > now:
            self.phase, self.since = phase, now
        return phase

    def is_too_slow(self, now: float) -> bool:
        """Say whether the phase has lasted too long."""
        longest = LONGEST_SECONDS.get(self.look(now))
        return longest is not None and now - self.since > longest

    def _phase(self) -> Phase:
        if self.requests:
            return Phase.ANSWERING
        if self.total_outbufs_len:
            return Phase.SENDING
        return Phase.IDLE if self.request is None else Phase.RECEIVING


class BufferingServer(TcpWSGIServer):
    """Takes connections in on one port."""

    channel_class = Connection

    def maintenance(self, now: float) -> None:
        """Cut what is too slow."""
        for connection in list(self.active_channels.values()):
            if connection.is_too_slow(now):
                connection.will_close = True


class BufferedWorker(Worker):
    """The worker process; `threads` of gunicorn's options answer side by side."""

    def run(self) -> None:
        """Serve until told to stop, then end what is being answered."""
        _allow_many_files()
        _say_nothing_of_requests()
        dispatcher = ThreadedTaskDispatcher()
        dispatcher.set_thread_count(self.cfg.threads)
        connections: dict[int, Any] = {}
        servers = self._servers(dispatcher, connections)
        while self.alive and self.ppid == os.getppid():
            self.notify()  # type: ignore[no-untyped-call]
            _go_round(connections, LOOP_SECONDS)
        for server in servers:
            server.del_channel()  # type: ignore[no-untyped-call]
        self._finish(servers, connections)
        dispatcher.shutdown(timeout=1)

    def _servers(
        self, dispatcher: ThreadedTaskDispatcher, connections: dict[int, Any]
    ) -> list[BufferingServer]:
        proxy = self.cfg.forwarded_allow_ips
        adjustments = Adjustments(
            ident=None,
            connection_limit=MOST_CONNECTIONS,
            cleanup_interval=1,
            max_request_header_size=LONGEST_HEADERS,
            max_request_body_size=LONGEST_BODY,
            log_socket_errors=False,
            **_trust(proxy[0] if proxy else ""),
        )
        return [
            BufferingServer(  # type: ignore[no-untyped-call]
                self.wsgi,
                connections,
                True,
                listener.sock,
                dispatcher=dispatcher,
                adj=adjustments,
                bind_socket=False,
                sockinfo=(
                    listener.sock.family,
                    listener.sock.type,
                    listener.sock.proto,
                    listener.sock.getsockname(),
                ),
            )
            for listener in self.sockets
        ]

    def _finish(self, servers: list[BufferingServer], connections: dict[int, Any]) -> None:
        """Answer what came in before the end, as long as gunicorn waits."""
        end = time.monotonic() + self.cfg.graceful_timeout
        while time.monotonic() < end:
            now = time.time()
            open_ = [channel for server in servers for channel in server.active_channels.values()]
            busy = [c for c in open_ if c.look(now) in {Phase.ANSWERING, Phase.SENDING}]
            if not busy:
                return
            _go_round(connections, 0.1)


def _go_round(connections: dict[int, Any], seconds: float) -> None:
    wasyncore.loop(timeout=seconds, use_poll=True, map=connections, count=1)


def _trust(proxy: str) -> dict[str, Any]:
    """Take the client's address and scheme from the declared proxy, and from nobody else."""
    if not proxy:
        return {}
    headers = {"x-forwarded-for", "x-forwarded-proto"}
    return {
        "trusted_proxy": proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": headers,
    }


def _allow_many_files() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + 200  # and the database, the index, the log
    allowed = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, most))


def _say_nothing_of_requests() -> None:
    """Keep addresses out of the log: the library names the path of what failed."""

    def without_path(record: logging.LogRecord) -> bool:
        record.msg, record.args = "an answer could not be made", ()
        return record.levelno >= logging.ERROR

    for name in ("waitress", "waitress.queue"):
        logging.getLogger(name).addFilter(without_path)
