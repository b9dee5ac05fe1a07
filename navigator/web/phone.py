"""The phone simulator (demo only): types texts that go through the real, signed webhook."""

import re
import secrets
from collections.abc import Sequence

from flask import Blueprint, current_app, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.test import Client

from navigator.actions.phoning import Fault, switch, switched_on
from navigator.actions.transcribing import cost, transcript
from navigator.storage import conversations
from navigator.texting.phone_line import PhoneLine
from navigator.web.frame import page, parts, public
from sms import signature
from sms.console import new_sid
from sms.incoming import Incoming
from sms.numbers import pretty
from sms.segments import measure

blueprint = Blueprint("phone", __name__, url_prefix="/phone")

COOKIE = "phone"
OUR_NUMBER = "+12895550100"
LONGEST = 1600


@blueprint.get("")
@public
def show() -> ResponseReturnValue:
    """Show the phone and what was texted with it; what was late arrives now."""
    number = _number()
    here, line = parts(), _line(number)
    line.look()
    line.report(number)
    with here.database.transaction() as tx:
        talk = conversations.of_number(tx, here.vault, number)
        lines = transcript(
            tx,
            here.vault,
            talk_id=talk.id if talk else None,
            number=number,
            since=talk.started_at if talk else None,
        )
        faults = switched_on(tx)
    shown = page(
        "phone.html",
        lines=lines,
        cost=cost(lines),
        number=pretty(number),
        zone=here.zone,
        faults=faults,
        every_fault=tuple(Fault),
        # Another address each time: a link to a place of the same page would load nothing.
        looks=request.args.get("look", 0, type=int),
    )
    response = make_response(shown)
    response.set_cookie(COOKIE, number, max_age=30 * 24 * 3600, samesite="Lax", httponly=True)
    return response


@blueprint.post("")
@public
def text() -> ResponseReturnValue:
    """Text what was typed, as the carrier would post it; begin with a new phone; choose faults."""
    here = parts()
    what = request.form.get("do")
    response = redirect(url_for("phone.show") + "#last")
    if what == "new":
        response.set_cookie(COOKIE, _new_number(), samesite="Lax", httponly=True)
    elif what == "faults":
        with here.database.transaction() as tx:
            switch(tx, request.form.getlist("fault"), now=here.now())
    elif request.form.get("body", "").strip():
        number = _number()
        _line(number).text(Incoming(new_sid(), number, OUR_NUMBER, _body(), 0, None, 1))
    return response


def _body() -> str:
    return request.form.get("body", "")[:LONGEST]


def _line(number: str) -> PhoneLine:
    def tell(sid: str, status: str) -> None:
        params = [("MessageSid", sid), ("MessageStatus", status), ("To", number)]
        _post(url_for("webhooks.status"), params)

    return PhoneLine(parts(), post_signed, tell)


def post_signed(incoming: Incoming) -> None:
    """Post a text to the webhook, signed as the carrier signs."""
    _post(
        url_for("webhooks.message"),
        [
            ("MessageSid", incoming.sid),
            ("AccountSid", "AC" + "0" * 32),
            ("From", incoming.sender),
            ("To", OUR_NUMBER),
            ("Body", incoming.body),
            ("NumMedia", "0"),
            ("NumSegments", str(measure(incoming.body).segments)),
        ],
    )


def _post(path: str, params: Sequence[tuple[str, str]]) -> None:
    url = signature.public_url(parts().settings.public_base_url, path)
    signed = signature.sign(url=url, params=params, token=parts().secrets.phone_token)
    Client(current_app.wsgi_app).post(path, data=dict(params), headers={signature.HEADER: signed})


def _number() -> str:
    kept = request.cookies.get(COOKIE, "")
    return kept if re.fullmatch(r"\+1905555\d{4}", kept) else _new_number()


def _new_number() -> str:
    return f"+1905555{secrets.randbelow(10_000):04d}"
