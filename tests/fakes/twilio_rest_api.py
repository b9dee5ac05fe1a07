"""How the fake carrier answers each REST call, well or with a scripted fault."""

import base64
import hmac
import json
import re
import socket
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.fakes.twilio_messages import FakeTwilioMessage, matching_messages
from tests.fakes.twilio_state import FakeTwilioState

_PATH = re.compile(r"/2010-04-01/Accounts/(?P<account>\w+)/Messages(?:/(?P<sid>\w+))?\.json")
_LONGEST_WAIT = 30.0  # seconds, longer than any client waits; stopping the server ends it
_POLL_INTERVAL = 0.02  # seconds; a client that has gone frees its thread soon
_REFUSALS: Mapping[str, tuple[int, int]] = {
    "429": (429, 20429),
    "500": (500, 20500),
    "503": (503, 20503),
    "opted_out": (400, 21610),
    "invalid": (400, 21211),
    "not_mobile": (400, 21614),
    "queue_full": (429, 21611),
    "unauthorized": (401, 20003),
}


class FakeTwilioRequestHandler(BaseHTTPRequestHandler):
    """One request to the fake carrier."""

    state: ClassVar[FakeTwilioState]
    server_version = "FakeCarrier"

    def do_GET(self) -> None:
        """Fetch one message, or list."""
        self._route(self._fetch, self._list)

    def do_POST(self) -> None:
        """Redact a message, or send one."""
        self._route(self._update, self._create)

    def do_DELETE(self) -> None:
        """Delete a message."""
        self._route(self._delete, None)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Write nothing: a request line holds numbers."""

    def _route(
        self, for_message: Callable[[str], None], for_list: Callable[[], None] | None
    ) -> None:
        parts = urlsplit(self.path)
        self.query = dict(parse_qsl(parts.query, keep_blank_values=True))
        length = int(self.headers.get("Content-Length") or 0)
        posted = self.rfile.read(length).decode()
        self.form = dict(parse_qsl(posted, keep_blank_values=True))
        match = _PATH.fullmatch(parts.path)
        self.state.requests.append(f"{self.command} {parts.path}")
        if not self._may_enter():
            self._refuse(401, 20003)
        elif match is None or match["account"] != self.state.account_sid:
            self._refuse(404, 20404)
        elif match["sid"]:
            for_message(match["sid"])
        elif for_list is not None:
            for_list()
        else:
            self._refuse(405, 20004)

    def _may_enter(self) -> bool:
        pair = f"{self.state.account_sid}:{self.state.auth_token}".encode()
        expected = "Basic " + base64.b64encode(pair).decode()
        return hmac.compare_digest(self.headers.get("Authorization", ""), expected)

    def _fetch(self, sid: str) -> None:
        self._show(self.state.messages.get(sid), 200)

    def _update(self, sid: str) -> None:
        if self.form.get("Body") != "":
            self._refuse(400, 20001)
        else:
            self._show(self.state.messages.redact(sid), 200)

    def _delete(self, sid: str) -> None:
        if self.state.messages.delete(sid):
            self._write(204, None)
        else:
            self._refuse(404, 20404)

    def _list(self) -> None:
        size = min(max(int(self.query.get("PageSize", "50")), 1), 1000)
        page = int(self.query.get("Page", "0"))
        found = self.state.messages.newest(matching_messages(self.query))
        shown = found[page * size : (page + 1) * size]
        path = urlsplit(self.path).path
        following = urlencode({**self.query, "Page": str(page + 1), "PageSize": str(size)})
        has_more = len(found) > (page + 1) * size
        answer = {
            "messages": [message.shown() for message in shown],
            "page": page,
            "page_size": size,
            "uri": self.path,
            "next_page_uri": f"{path}?{following}" if has_more else None,
        }
        self._write(200, answer)

    def _create(self) -> None:
        if self.form.get("To") in self.state.messages.opted_out:
            self._refuse(400, 21610)
            return
        fault = self.state.next_fault()
        if fault in _REFUSALS:
            self._refuse(*_REFUSALS[fault])
        else:
            self.FAULTS[fault](self)

    def _accept(self) -> FakeTwilioMessage:
        return self.state.messages.add(
            to=self.form.get("To", ""),
            sender=self.form.get("From") or self.state.number,
            body=self.form.get("Body", ""),
            direction="outbound-api",
            status_callback=self.form.get("StatusCallback"),
        )

    def _ok(self) -> None:
        self._show(self._accept(), 201)

    def _slow(self) -> None:
        self.state.hold(self.state.slow_seconds)
        self._show(self._accept(), 201)

    def _fail_after_accept(self) -> None:
        self._accept()
        self._refuse(500, 20500)

    def _hang(self) -> None:
        """Say nothing until the client has gone, so that waiting clients don't fill the server."""
        self.connection.settimeout(_POLL_INTERVAL)
        for _ in range(int(_LONGEST_WAIT / _POLL_INTERVAL)):
            try:
                if self.state.is_released or not self.connection.recv(1, socket.MSG_PEEK):
                    return
            except TimeoutError:
                continue

    def _hang_after_accept(self) -> None:
        self._accept()
        self._hang()

    def _reset_after_accept(self) -> None:
        self._accept()
        self.connection.shutdown(socket.SHUT_RDWR)

    def _garble_after_accept(self) -> None:
        self._accept()
        self._send(201, b"<html>not what was asked for</html>")

    def _refuse_by_table(self) -> None:
        raise AssertionError("a refusal is answered from its table")

    FAULTS: ClassVar[Mapping[str, Callable[["FakeTwilioRequestHandler"], None]]] = {
        **dict.fromkeys(_REFUSALS, _refuse_by_table),
        "ok": _ok,
        "slow": _slow,
        "timeout": _hang,
        "500_after_accept": _fail_after_accept,
        "timeout_after_accept": _hang_after_accept,
        "reset_after_accept": _reset_after_accept,
        "garbage_after_accept": _garble_after_accept,
    }

    def _show(self, message: FakeTwilioMessage | None, status: int) -> None:
        if message is None:
            self._refuse(404, 20404)
        else:
            self._write(status, message.shown())

    def _refuse(self, status: int, code: int) -> None:
        # The real carrier's words hold the number, so that tests can prove that we never pass
        # them on.
        words = f"Refused for {self.form.get('To', 'this request')}"
        more = f"https://www.twilio.com/docs/errors/{code}"
        self._write(status, {"code": code, "message": words, "more_info": more, "status": status})

    def _write(self, status: int, answer: Mapping[str, Any] | None) -> None:
        self._send(status, b"" if answer is None else json.dumps(answer).encode())

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
