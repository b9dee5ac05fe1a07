"""What the carrier calls: a text came in, or it tells what became of one that we sent."""

import logging
from collections.abc import Sequence

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from navigator import texting
from navigator.storage import outbox
from navigator.web.frame import parts, public
from sms import forms, incoming, reports, signature, twiml

LOG = logging.getLogger(__name__)

blueprint = Blueprint("webhooks", __name__, url_prefix="/sms")


@blueprint.post("/messages")
@public
def message() -> ResponseReturnValue:
    """Take a text in and answer it in the same response."""
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
        report = reports.read(_signed())
    except incoming.Unreadable:
        LOG.warning("a signed report without a message id or a status was left aside")
        return "", 204
    here = parts()
    with here.database.transaction() as tx:
        outbox.told(
            tx,
            carrier_sid=report.sid,
            status=report.status,
            error_code=str(report.error_code) if report.error_code is not None else None,
            now=here.now(),
        )
    return "", 204


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
        abort(403)
    return posted


def _twiml(text: str) -> Response:
    body = twiml.message(text) if text else twiml.empty()
    return Response(body, content_type=twiml.CONTENT_TYPE)
