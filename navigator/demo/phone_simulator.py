"""The phone simulator (demo only): types texts that go through the real, signed webhook."""

import re
import secrets
from collections.abc import Sequence

from flask import Blueprint, current_app, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.test import Client

from navigator.messaging.simulated_phone_line import (
    Fault,
    SimulatedPhoneLine,
    active_faults,
    set_faults,
)
from navigator.services.conversations.transcript import build_transcript, cost_in_segments
from navigator.storage import conversations
from navigator.web.base.request_context import container, public, render_page
from sms import signature
from sms.console_carrier import new_sid
from sms.inbound_message import InboundMessage
from sms.phone_numbers import format_number
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
    here, line = container(), _line(number)
    line.look()
    line.report_all(number)
    with here.database.unit_of_work() as uow:
        conversation = conversations.find_by_number(uow, number)
        lines = build_transcript(
            uow,
            conversation_id=conversation.id if conversation else None,
            number=number,
            since=conversation.started_at if conversation else None,
        )
        faults = active_faults(uow)
    shown = render_page(
        "demo/phone_simulator.html",
        lines=lines,
        cost=cost_in_segments(lines),
        number=format_number(number),
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
    here = container()
    what = request.form.get("do")
    response = redirect(url_for("phone.show") + "#last")
    if what == "new":
        response.set_cookie(COOKIE, _new_number(), samesite="Lax", httponly=True)
    elif what == "faults":
        with here.database.unit_of_work() as uow:
            set_faults(uow, request.form.getlist("fault"), now=here.now())
    elif request.form.get("body", "").strip():
        number = _number()
        _line(number).send(InboundMessage(new_sid(), number, OUR_NUMBER, _body(), 0, None, 1))
    return response


def _body() -> str:
    return request.form.get("body", "")[:LONGEST]


def _line(number: str) -> SimulatedPhoneLine:
    def report(sid: str, status: str) -> None:
        params = [("MessageSid", sid), ("MessageStatus", status), ("To", number)]
        _post(url_for("webhooks.status"), params)

    return SimulatedPhoneLine(container(), post_signed, report)


def post_signed(incoming: InboundMessage) -> None:
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
    url = signature.public_url(container().settings.public_base_url, path)
    signed = signature.sign(url=url, params=params, token=container().secrets.phone_token)
    Client(current_app.wsgi_app).post(path, data=dict(params), headers={signature.HEADER: signed})


def _number() -> str:
    kept = request.cookies.get(COOKIE, "")
    return kept if re.fullmatch(r"\+1905555\d{4}", kept) else _new_number()


def _new_number() -> str:
    return f"+1905555{secrets.randbelow(10_000):04d}"
