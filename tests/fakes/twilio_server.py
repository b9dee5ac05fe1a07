"""A scriptable server that speaks the carrier's REST calls over real HTTP."""

import http.client
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.server import HTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

from sms.signature import HEADER, sign
from tests.fakes.twilio_messages import FakeTwilioMessage, FakeTwilioMessageStore
from tests.fakes.twilio_rest_api import FakeTwilioRequestHandler
from tests.fakes.twilio_state import FakeTwilioState

WORKERS = 16
"""Threads; as many clients may hang in a timeout at the same time."""

# Delivers a signed form: (url, body, headers) -> HTTP status. Tests without a socket pass theirs.
Deliver = Callable[[str, bytes, dict[str, str]], int]


def utc_now() -> datetime:
    """Return the moment, aware and in UTC."""
    return datetime.now(UTC)


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """Post a form over HTTP and return the status of the answer."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=15)  # the carrier's own patience
    try:
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        connection.request("POST", path, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()


class _ThreadPoolServer(HTTPServer):
    """An HTTP server with a bounded number of threads; further clients wait in line."""

    request_queue_size = 256

    def __init__(self, address: tuple[str, int], handler: type[FakeTwilioRequestHandler]) -> None:
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="fake-carrier")
        super().__init__(address, handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._pool.submit(self._serve, request, client_address)

    def _serve(self, request: Any, client_address: Any) -> None:
        try:
            self.finish_request(request, client_address)
        except OSError:
            # The client gave up waiting, which is what some faults are for.
            pass
        finally:
            self.shutdown_request(request)

    def server_close(self) -> None:
        super().server_close()
        self._pool.shutdown(wait=True)


class FakeTwilio:
    """A carrier on 127.0.0.1; use it as a context manager and give its `base_url` to a client.

    Faults are scripted per message sent, in order; when the script is empty all goes well:
    "ok", "slow", "429", "500", "503", "500_after_accept", "timeout", "timeout_after_accept",
    "reset_after_accept", "garbage_after_accept", "opted_out", "invalid", "not_mobile",
    "queue_full", "unauthorized".
    """

    def __init__(
        self,
        *,
        account_sid: str = "AC" + "0" * 32,
        auth_token: str = "fake-token",
        number: str = "+15550100000",
        clock: Callable[[], datetime] = utc_now,
        deliver: Deliver = post,
        slow_seconds: float = 0.2,
    ) -> None:
        """Take the account to play, our number there, a clock and a way to post callbacks."""
        self.account_sid = account_sid
        self.auth_token = auth_token
        self.number = number
        self.messages = FakeTwilioMessageStore(account_sid, clock)
        self._state = FakeTwilioState(
            account_sid=account_sid,
            auth_token=auth_token,
            number=number,
            messages=self.messages,
            slow_seconds=slow_seconds,
        )
        self._deliver = deliver
        self._server: _ThreadPoolServer | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        """Start serving on a free port."""
        handler = type("Handler", (FakeTwilioRequestHandler,), {"state": self._state})
        self._server = _ThreadPoolServer(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop serving; whoever hangs in a timeout is let go."""
        self._state.release()
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
        self._server = self._thread = None

    @property
    def base_url(self) -> str:
        """Return the address to give to a client in place of the real carrier's."""
        if self._server is None:
            raise RuntimeError("the fake carrier is used as a context manager")
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def accepted(self) -> list[FakeTwilioMessage]:
        """Return every message that was taken for sending, in order, redacted ones included."""
        return self.messages.outbound()

    def script(self, *faults: str) -> None:
        """Say what happens to the next messages that are sent, one fault each."""
        unknown = set(faults) - FakeTwilioRequestHandler.FAULTS.keys()
        if unknown:
            raise ValueError(f"no such fault: {', '.join(sorted(unknown))}")
        self._state.script(*faults)

    @property
    def requests(self) -> list[str]:
        """Return the last requests, as method and path."""
        return list(self._state.requests)

    def opt_out(self, number: str) -> None:
        """Refuse this number from now on, as after STOP."""
        self.messages.opted_out.add(number)

    def opt_in(self, number: str) -> None:
        """Take messages for this number again, as after START."""
        self.messages.opted_out.discard(number)

    def receive(self, sender: str, body: str, *, media_count: int = 0) -> FakeTwilioMessage:
        """Take in a message from a person and tell nobody: a webhook that was lost."""
        return self.messages.add(
            to=self.number, sender=sender, body=body, direction="inbound", media_count=media_count
        )

    def text(
        self,
        url: str,
        sender: str,
        body: str,
        *,
        copies: int = 1,
        more: dict[str, str] | None = None,
    ) -> tuple[FakeTwilioMessage, list[int]]:
        """Take in a message and post it, signed, to a webhook; return it and the HTTP statuses.

        `copies` above 1 are retries with the same sid; `more` are further fields.
        """
        message = self.receive(sender, body, media_count=int((more or {}).get("NumMedia", "0")))
        params = [*message.webhook_fields(), *(more or {}).items()]
        return message, [self.post(url, params) for _ in range(copies)]

    def call_back(
        self, sid: str, statuses: Iterable[str], *, error_code: int | None = None
    ) -> list[int]:
        """Post signed status reports about a message in just this order; return HTTP statuses.

        The message itself takes each status too; the error code goes with failed/undelivered.
        """
        answers = []
        for status in statuses:
            message = self.messages.report(sid, status, error_code)
            if message.status_callback:
                answers.append(self.post(message.status_callback, message.report_fields(status)))
        return answers

    def post(self, url: str, params: Sequence[tuple[str, str]]) -> int:
        """Post a signed form to the application and return the HTTP status."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
            HEADER: sign(url=url, params=params, token=self.auth_token),
        }
        return self._deliver(url, urlencode(params).encode(), headers)
