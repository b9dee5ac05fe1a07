"""The real carrier: Twilio's REST interface behind the Carrier port."""

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import quote

from requests import exceptions as network
from twilio.base.exceptions import TwilioException
from twilio.rest import Client
from urllib3.exceptions import MaxRetryError, NewConnectionError

from sms.carrier import Sent
from sms.carrier_errors import CarrierError, Misconfigured, TryLater, Uncertain, error_for
from sms.inbound_message import InboundMessage, clean_body
from sms.phone_numbers import to_e164
from sms.twilio_http_client import QuietHttpClient

T = TypeVar("T")

# Our clock may be ahead of the carrier's: a message that it took just now looks older to us.
_CLOCK_SKEW = timedelta(minutes=2)
# The newest messages to one person that are searched; more than anybody is sent in a day.
_MOST_SEARCHED = 200
_PAGE_SIZE = 200  # messages; one page holds all that are searched
_NOT_FOUND = frozenset({20404, 404})  # what the carrier says of a message that is gone


class TwilioCarrier:
    """A Carrier that sends by Twilio; safe to share by threads."""

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        sender: str,
        status_callback: str | None,
        *,
        timeout: float = 10.0,
        base_url: str | None = None,
    ) -> None:
        """Take the account, our number (or a messaging service, "MG...") and where reports go.

        `timeout` is in seconds, for connecting and for each read; what takes longer is
        Uncertain, and looked up. `base_url` is another server that speaks the same language.
        """
        self._http = QuietHttpClient(timeout=timeout, base_url=base_url)
        client: Any = Client  # the library has no types
        self._messages: Any = client(account_sid, auth_token, http_client=self._http).messages
        self._sender = sender
        self._status_callback = status_callback

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def send(self, *, to: str, body: str, reference: str) -> Sent:
        """Send one message; see Carrier."""
        origin = "messaging_service_sid" if self._is_service else "from_"
        more: dict[str, str] = {origin: self._sender}
        if self._status_callback:
            more["status_callback"] = _with_reference(self._status_callback, reference)
        sent = self._ask(lambda: self._messages.create(to=to, body=body, **more), writes=True)
        if not sent.sid:
            raise Uncertain
        return Sent(str(sent.sid))

    def find(
        self, *, to: str, body: str, since: datetime, known: Collection[str] = ()
    ) -> Sent | None:
        """Look for a message to this person; see Carrier.

        No date is asked of the carrier: a message that is still queued has no date of sending.
        """
        origin: dict[str, str] = {} if self._is_service else {"from_": self._sender}
        newest = self._ask(
            lambda: self._messages.list(
                to=to, limit=_MOST_SEARCHED, page_size=_PAGE_SIZE, **origin
            ),
            writes=False,
        )
        earliest = since.astimezone(UTC) - _CLOCK_SKEW
        for message in newest:
            made = message.date_created or message.date_sent
            is_ours = str(message.direction).startswith("outbound") and message.sid not in known
            is_in_time = made is None or made >= earliest
            if is_ours and is_in_time and _same_words(message.body, body):
                return Sent(str(message.sid))
        return None

    def redact(self, sid: str) -> None:
        """Post an empty body in place of the words; see Carrier."""
        self._ask_unless_gone(lambda: self._messages(sid).update(body=""))

    def delete(self, sid: str) -> None:
        """Delete a message and its pictures; see Carrier."""
        self._ask_unless_gone(lambda: self._messages(sid).delete())

    def status_of(self, sid: str) -> str | None:
        """Fetch the status of a message; see Carrier."""
        found = self._ask_unless_gone(lambda: self._messages(sid).fetch())
        return str(found.status) if found is not None else None

    def received_since(self, moment: datetime) -> Iterator[InboundMessage]:
        """Yield what came in since then, oldest first; see Carrier."""
        start = moment.astimezone(UTC)
        ours: dict[str, str] = {} if self._is_service else {"to": self._sender}
        found = self._ask(
            lambda: self._messages.list(date_sent_after=start, page_size=_PAGE_SIZE, **ours),
            writes=False,
        )
        came_in = [message for message in found if self._is_for_us(message, start)]
        # The newest comes first, and a date is known to the second only: turn round, then sort.
        came_in.reverse()
        came_in.sort(key=lambda message: message.date_sent or start)
        yield from map(_inbound_message, came_in)

    @property
    def _is_service(self) -> bool:
        return self._sender.startswith("MG")

    def _is_for_us(self, message: Any, start: datetime) -> bool:
        if message.direction != "inbound" or (message.date_sent and message.date_sent < start):
            return False
        return not self._is_service or message.messaging_service_sid == self._sender

    def _ask_unless_gone(self, request: Callable[[], T]) -> T | None:
        try:
            return self._ask(request, writes=False)
        except Misconfigured as refusal:
            if refusal.code in _NOT_FOUND:
                return None
            raise

    def _ask(self, request: Callable[[], T], *, writes: bool) -> T:
        """Make a request; what goes wrong is raised anew, without the number in the library's."""
        try:
            return request()
        except TwilioException as refusal:
            trouble = _error_of_refusal(refusal, writes=writes)
        except network.RequestException as failure:
            trouble = _error_of_network(failure, writes=writes)
        except (AttributeError, KeyError, TypeError, ValueError):
            # The answer was no JSON, or not of the shape we know: it may well have been done.
            trouble = Uncertain() if writes else TryLater()
        raise trouble


def _error_of_refusal(refusal: TwilioException, *, writes: bool) -> CarrierError:
    """Map what the library raised; a page that failed carries the answer as its second argument."""
    answer = refusal.args[1] if len(refusal.args) > 1 else None
    status = getattr(refusal, "status", None) or getattr(answer, "status_code", None)
    code = getattr(refusal, "code", None)
    if not isinstance(status, int):
        return Uncertain() if writes else TryLater()
    return error_for(
        http_status=status, code=code if isinstance(code, int) else None, writes=writes
    )


def _error_of_network(failure: network.RequestException, *, writes: bool) -> CarrierError:
    """Map a failure of the network: before anything was written, or perhaps after."""
    if isinstance(failure, network.InvalidURL):
        return Misconfigured()
    reason = failure.args[0] if failure.args else None
    if isinstance(reason, MaxRetryError):
        reason = reason.reason
    before_writing = isinstance(failure, (network.ConnectTimeout, network.SSLError)) or (
        isinstance(failure, network.ConnectionError) and isinstance(reason, NewConnectionError)
    )
    return TryLater() if before_writing or not writes else Uncertain()


def _with_reference(url: str, reference: str) -> str:
    mark = "&" if "?" in url else "?"
    return f"{url}{mark}ref={quote(reference, safe='')}"


def _same_words(theirs: str | None, ours: str) -> bool:
    return (theirs or "").split() == ours.split()


def _inbound_message(message: Any) -> InboundMessage:
    sender, recipient = str(message.from_ or ""), str(message.to or "")
    return InboundMessage(
        sid=str(message.sid),
        sender=to_e164(sender) or sender,
        recipient=to_e164(recipient) or recipient,
        body=clean_body(message.body or ""),
        media_count=int(message.num_media or 0),
        opt_out_type=None,
        segments=max(int(message.num_segments or 1), 1),
    )
