"""What the carrier calls: a text came in, a call came in, or what became of a text of ours."""

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from flask import Blueprint, Response, abort, current_app, request
from flask.typing import ResponseReturnValue

from navigator.messaging.inbound.reply_or_spool import reply_to_webhook
from navigator.messaging.voice import voice_menu
from navigator.services.messaging.delivery_reports import record_delivery_report
from navigator.storage import audit_log
from navigator.storage.database import Database, Unreachable, WriteConflict
from navigator.web.base.request_context import container, public
from sms import inbound_message, signature, status_callback, twiml

LOG = logging.getLogger(__name__)

blueprint = Blueprint("webhooks", __name__, url_prefix="/sms")

REJECTION = "refuse-webhooks"
"""The act in the audit log."""

REJECTIONS_NOTED_EVERY = timedelta(minutes=1)
"""A flood of webhooks without a right signature must not fill the database."""


@dataclass
class SignatureRejections:
    """How many webhooks were refused in this process since the last note in the audit log."""

    _count: int = 0
    _noted_at: datetime | None = None
    _lock: Lock = field(default_factory=Lock)

    def count(self, database: Database, *, now: datetime) -> None:
        """Count a webhook; note in the audit log how many it were, once a minute at most."""
        with self._lock:
            self._count += 1
            if self._noted_at is not None and now - self._noted_at < REJECTIONS_NOTED_EVERY:
                return
            number, self._count, self._noted_at = self._count, 0, now
        LOG.warning("%s webhooks without a right signature were refused", number)
        try:
            with database.unit_of_work() as uow:
                audit_log.record(
                    uow, actor="system", act=REJECTION, subject=f"{number} webhooks", now=now
                )
        except Unreachable:
            with self._lock:
                self._count += number


@blueprint.post("/messages")
@public
def message() -> ResponseReturnValue:
    """Take a text in and answer it in the same response; the fallback address is this one too."""
    posted = _signed_form()
    try:
        received = inbound_message.read_inbound_message(posted)
    except inbound_message.UnreadableMessage:
        LOG.warning("a signed webhook without a message id or a sender was left aside")
        return _twiml("")
    return _twiml(reply_to_webhook(container(), received))


@blueprint.post("/status")
@public
def status() -> ResponseReturnValue:
    """Keep what the carrier tells of a text that we sent."""
    try:
        report = status_callback.read_status_callback(_signed_form())
    except inbound_message.UnreadableMessage:
        LOG.warning("a signed report without a message id or a status was left aside")
        return "", 204
    here = container()
    try:
        with here.database.unit_of_work() as uow:
            record_delivery_report(uow, report, now=here.now())
    except WriteConflict:
        # The same report was taken by another process at this moment.
        return "", 204
    except Unreachable:
        # Nothing is lost: the worker asks the carrier for letters without a final report.
        return "", 503
    return "", 204


@blueprint.post("/voice")
@public
def voice() -> ResponseReturnValue:
    """Answer a call: the crisis numbers first, then the way to a person."""
    _signed_form()
    here = container()
    greeting = voice_menu.greet_caller(
        here.desk_schedule,
        here.now(),
        here.zone,
        policy=here.region.policy,
        action="/sms/voice/key",
    )
    return _xml(greeting)


@blueprint.post("/voice/key")
@public
def key() -> ResponseReturnValue:
    """Act on the key that a caller pressed."""
    pressed = dict(_signed_form()).get("Digits", "")
    here = container()
    put_through = voice_menu.handle_key(
        pressed,
        here.desk_schedule,
        here.now(),
        here.zone,
        policy=here.region.policy,
        action="/sms/voice/ended",
    )
    return _xml(put_through)


@blueprint.post("/voice/ended")
@public
def ended() -> ResponseReturnValue:
    """End a call to a navigator; one that nobody picked up is noted for the desk."""
    status = dict(_signed_form()).get("DialCallStatus", "")
    if status in voice_menu.NOT_PICKED_UP:
        LOG.warning("no navigator picked up a call (%s)", status)
        here = container()
        with suppress(Unreachable), here.database.unit_of_work() as uow:
            audit_log.record(
                uow, actor="caller", act=f"call-{status}", subject="call", now=here.now()
            )
    return _xml(voice_menu.end_call(status))


def _signed_form() -> Sequence[tuple[str, str]]:
    """Give what was posted, or answer 403 when the carrier did not sign it."""
    # From the raw bytes: the web framework mends broken letters, and then no signature fits.
    try:
        posted = signature.parse_form(request.get_data())
    except signature.TooManyFields:
        abort(413)
    query = request.query_string.decode("ascii", "replace")
    url = signature.public_url(container().settings.public_base_url, request.path, query)
    given = request.headers.get(signature.HEADER)
    if not signature.is_signed(url=url, params=posted, signature=given, tokens=container().tokens):
        rejections: SignatureRejections = current_app.extensions.setdefault(
            "signature_rejections", SignatureRejections()
        )
        rejections.count(container().database, now=container().now())
        abort(403)
    return posted


def _twiml(text: str) -> Response:
    return _xml(twiml.message_response(text) if text else twiml.empty_response())


def _xml(body: bytes) -> Response:
    return Response(body, content_type=twiml.CONTENT_TYPE)
