"""The HTTP side of the real carrier: silent, with a time limit, and safe to share by threads."""

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from requests import Session
from twilio.http import HttpClient
from twilio.http.response import Response

_silent = logging.getLogger("sms.twilio_http.silent")
_silent.disabled = True
# At DEBUG this logger writes the URL of each request, and with it the number looked up.
logging.getLogger("urllib3.connectionpool").setLevel(logging.WARNING)


class QuietHttpClient(HttpClient):
    """An HTTP client for the carrier's library that writes no number or message anywhere.

    The library's own client logs queries, keeps the last request, and returns the answer by way
    of a shared attribute, so that two threads may get each other's.
    """

    def __init__(self, *, timeout: float, base_url: str | None = None) -> None:
        """Take seconds to wait for connecting and for each read, and another host for tests."""
        super().__init__(logger=_silent, is_async=False, timeout=timeout)
        self._base_url = urlsplit(base_url) if base_url else None
        self._session = Session()
        # A proxy of the environment is for the way out, not for a server on this machine.
        self._session.trust_env = base_url is None

    def request(
        self,
        method: str,
        uri: str,
        params: Mapping[str, object] | None = None,
        data: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,  # noqa: FBT001, FBT002 - the library's signature
    ) -> Response:
        """Make one request, never a second by itself."""
        if self._base_url:
            parts = urlsplit(uri)
            uri = parts._replace(
                scheme=self._base_url.scheme, netloc=self._base_url.netloc
            ).geturl()
        arguments: dict[str, Any] = {"params": params, "data": data, "headers": headers}
        answer = self._session.request(
            method.upper(),
            uri,
            auth=auth,
            timeout=timeout or self.timeout,
            allow_redirects=allow_redirects,
            **arguments,
        )
        return Response(answer.status_code, answer.text, answer.headers)

    def close(self) -> None:
        """Close what connections are open."""
        self._session.close()
