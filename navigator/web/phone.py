"""The phone simulator (demo only): types texts that go through the real, signed webhook."""

import re
import secrets

from flask import Blueprint, current_app, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.test import Client

from navigator.actions.transcribing import transcript
from navigator.storage import conversations
from navigator.web.frame import page, parts, public
from sms import signature
from sms.console import new_sid
from sms.numbers import pretty
from sms.segments import measure

blueprint = Blueprint("phone", __name__, url_prefix="/phone")

COOKIE = "phone"
OUR_NUMBER = "+12895550100"
LONGEST = 1600


@blueprint.get("")
@public
def show() -> ResponseReturnValue:
    """Show the phone and what was texted with it."""
    number = _number()
    here = parts()
    with here.database.transaction() as tx:
        talk = conversations.of_number(tx, here.vault, number)
        lines = transcript(
            tx,
            here.vault,
            talk_id=talk.id if talk else None,
            number=number,
            since=talk.started_at if talk else None,
        )
    response = make_response(page("phone.html", lines=lines, number=pretty(number), zone=here.zone))
    response.set_cookie(COOKIE, number, max_age=30 * 24 * 3600, samesite="Lax", httponly=True)
    return response


@blueprint.post("")
@public
def text() -> ResponseReturnValue:
    """Text what was typed, as the carrier would post it; or begin with a new phone."""
    if request.form.get("do") == "new":
        response = redirect(url_for("phone.show"))
        response.set_cookie(COOKIE, _new_number(), samesite="Lax", httponly=True)
        return response
    body = request.form.get("body", "")[:LONGEST]
    if body.strip():
        post_signed(_number(), body)
    return redirect(url_for("phone.show") + "#last")


def post_signed(number: str, body: str) -> None:
    """Post a text to the webhook, signed as the carrier signs."""
    params = [
        ("MessageSid", new_sid()),
        ("AccountSid", "AC" + "0" * 32),
        ("From", number),
        ("To", OUR_NUMBER),
        ("Body", body),
        ("NumMedia", "0"),
        ("NumSegments", str(measure(body).segments)),
    ]
    url = signature.public_url(parts().settings.public_base_url, url_for("webhooks.message"))
    signed = signature.sign(url=url, params=params, token=parts().secrets.phone_token)
    client = Client(current_app.wsgi_app)
    client.post(
        url_for("webhooks.message"),
        data=dict(params),
        headers={"X-Twilio-Signature": signed},
    )


def _number() -> str:
    kept = request.cookies.get(COOKIE, "")
    return kept if re.fullmatch(r"\+1905555\d{4}", kept) else _new_number()


def _new_number() -> str:
    return f"+1905555{secrets.randbelow(10_000):04d}"
