"""The signature on what the carrier posts: reading the form it covers, checking it, making it."""

import base64
import hmac
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlsplit

from twilio.request_validator import RequestValidator

HEADER = "X-Twilio-Signature"
MOST_FIELDS = 500
"""Fields of one form; a text with ten pictures, the most that a carrier takes, has about fifty."""

_USUAL_PORTS = {"https": 443, "http": 80}

Params = Sequence[tuple[str, str]]
_validator: Any = RequestValidator  # the library has no types


class TooManyFields(ValueError):
    """A form holds more fields than any carrier sends."""


class _MultiValueForm:
    """The posted fields in the shape that the validator asks repeated values of."""

    def __init__(self, params: Params) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in params:
            self._values.setdefault(name, []).append(value)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def getall(self, name: str) -> list[str]:
        return self._values[name]


def parse_form(body: bytes) -> tuple[tuple[str, str], ...]:
    """Return every field of a form in its order, blank and repeated ones included.

    The signature covers all of these, which a web framework's own form would lose. Bytes that are
    no UTF-8 come back as surrogate escapes, so that the signature can still be computed over what
    was sent; read_inbound_message() makes them harmless. Raises TooManyFields.
    """
    try:
        fields = parse_qsl(
            body.decode("utf-8", "surrogateescape"),
            keep_blank_values=True,
            errors="surrogateescape",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        raise TooManyFields(f"more than {MOST_FIELDS} fields") from None
    return tuple(fields)


def sign(*, url: str, params: Params, token: str) -> str:
    """Return the signature of a posted form: base64 of HMAC-SHA1.

    Signed are the URL and every field, sorted by name; the values of a repeated field are sorted
    and each is taken once, as all of the carrier's own libraries do.
    """
    return str(_validator(token).compute_signature(url, _MultiValueForm(params)))


def is_signed(*, url: str, params: Params, signature: str | None, tokens: Sequence[str]) -> bool:
    """Say whether a form was signed with one of the tokens; never raises.

    `url` is the public one, with its query; `params` are all fields, blank ones included. The
    library's validate() is not used: it fails on a missing header and drops "user:" of a URL
    with the port.
    """
    if not signature:
        return False
    given = signature.strip().encode("utf-8", "replace")
    is_valid = False
    for token in filter(None, tokens):
        for candidate in _urls(url):
            for expected in _signatures(candidate, params, token):
                is_valid |= hmac.compare_digest(expected.encode(), given)
    return is_valid


def public_url(base_url: str, path: str, query: str = "") -> str:
    """Return the URL that the carrier called: the configured base, the path, and its query.

    A proxy ends TLS and changes host and port, so the request's own idea of its URL is not used;
    an empty query leaves no question mark.
    """
    url = base_url.rstrip("/") + "/" + path.lstrip("/")
    return f"{url}?{query}" if query else url


def _signatures(url: str, params: Params, token: str) -> Iterator[str]:
    """Return what the carrier may have signed; two forms of it where bytes are no UTF-8."""
    try:
        yield sign(url=url, params=params, token=token)
    except UnicodeEncodeError:
        readable = [(_readable(name), _readable(value)) for name, value in params]
        yield sign(url=_readable(url), params=readable, token=token)
        yield _sign_bytes(url, params, token)


def _sign_bytes(url: str, params: Params, token: str) -> str:
    pairs = sorted(set(params))
    text = url + "".join(name + value for name, value in pairs)
    data = text.encode("utf-8", "surrogateescape" if _is_escaped(text) else "surrogatepass")
    return base64.b64encode(hmac.new(token.encode(), data, "sha1").digest()).decode()


def _is_escaped(text: str) -> bool:
    try:
        text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return False
    return True


def _readable(text: str) -> str:
    data = text.encode("utf-8", "surrogateescape" if _is_escaped(text) else "surrogatepass")
    return data.decode("utf-8", "replace")


def _urls(url: str) -> tuple[str, ...]:
    """Return the URL with and without its port, for the carrier signs either form."""
    try:
        parts = urlsplit(url)
        port = parts.port or _USUAL_PORTS.get(parts.scheme)
    except ValueError:
        return (url,)
    if port is None or not parts.hostname:
        return (url,)
    # urlunsplit() would lose an empty query or fragment, so the rest of the URL is kept as it is.
    start = url.index("//") + 2
    rest = url[start + len(parts.netloc) :]
    host = _without_port(parts)
    return tuple(
        dict.fromkeys((url[:start] + host + rest, f"{url[:start]}{host}:{port}{rest}")),
    )


def _without_port(parts: SplitResult) -> str:
    user, at, host = parts.netloc.rpartition("@")
    if parts.port is not None:
        host = host[: host.rindex(":")]
    return user + at + host
