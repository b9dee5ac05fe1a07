"""What the carrier calls: a text came in, a call came in, or what became of a text of ours."""

import logging
from collections.abc import Sequence
from contextlib import suppress

from flask import Blueprint, Response, abort, current_app, request
from flask.typing import ResponseReturnValue

from navigator import texting
from navigator.actions import answering_calls
from navigator.actions.reporting_back import report
from navigator.domain.desk import Desk
from navigator.storage import history
from navigator.storage.database import Clash, Unreachable
from navigator.web.frame import parts, public
from navigator.web.refused import Refused
from sms import forms, incoming, reports, signature, twiml

LOG = logging.getLogger(__name__)

blueprint = Blueprint("webhooks", __name__, url_prefix="/sms")


@blueprint.post("/messages")
@public
def message() -> ResponseReturnValue:
    """Take a text in and answer it in the same response; the fallback address is this one too."""
    posted = _signed()
    try:
        received = incoming.read(posted)
    except incoming.Unreadable:
        LOG.warning("a signed webhook without a message id or a sender was left aside")
        return _twiml("")
    return _twiml(texting.reply(parts(), received))


@blueprint.post("/status")
@public
def status() -> ResponseReturnValue:
    """Keep what the carrier tells of a text that we sent."""
    try:
        told = reports.read(_signed())
    except incoming.Unreadable:
        LOG.warning("a signed report without a message id or a status was left aside")
        return "", 204
    here = parts()
    try:
        with here.database.transaction() as tx:
            report(tx, here.vault, told, now=here.now())
    except Clash:
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
    _signed()
    here = parts()
    return _xml(answering_calls.welcome(_desk(), here.now(), here.zone, action="/sms/voice/key"))


@blueprint.post("/voice/key")
@public
def key() -> ResponseReturnValue:
    """Act on the key that a caller pressed."""
    pressed = dict(_signed()).get("Digits", "")
    here = parts()
    put_through = answering_calls.pressed(
        pressed, _desk(), here.now(), here.zone, action="/sms/voice/ended"
    )
    return _xml(put_through)


@blueprint.post("/voice/ended")
@public
def ended() -> ResponseReturnValue:
    """End a call to a navigator; one that nobody picked up is noted for the desk."""
    status = dict(_signed()).get("DialCallStatus", "")
    if status in answering_calls.NOT_PICKED_UP:
        LOG.warning("no navigator picked up a call (%s)", status)
        here = parts()
        with suppress(Unreachable), here.database.transaction() as tx:
            history.note(tx, actor="caller", act=f"call-{status}", subject="call", now=here.now())
    return _xml(answering_calls.ended(status))


def _desk() -> Desk:
    return Desk(phone=parts().settings.desk_phone)


def _signed() -> Sequence[tuple[str, str]]:
    """Give what was posted, or answer 403 when the carrier did not sign it."""
    # From the raw bytes: the web framework mends broken letters, and then no signature fits.
    try:
        posted = forms.parse(request.get_data())
    except forms.TooManyFields:
        abort(413)
    query = request.query_string.decode("ascii", "replace")
    url = signature.public_url(parts().settings.public_base_url, request.path, query)
    given = request.headers.get(signature.HEADER)
    if not signature.is_signed(url=url, params=posted, signature=given, tokens=parts().tokens):
        LOG.warning("a webhook without a right signature was refused")
        refused: Refused = current_app.extensions.setdefault("refused", Refused())
        refused.count(parts().database, now=parts().now())
        abort(403)
    return posted


def _twiml(text: str) -> Response:
    return _xml(twiml.message(text) if text else twiml.empty())


def _xml(body: bytes) -> Response:
    return Response(body, content_type=twiml.CONTENT_TYPE)
