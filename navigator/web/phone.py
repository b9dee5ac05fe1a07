"""The phone simulator (demo only): types texts that go through the real, signed webhook."""

import re
import secrets
from collections.abc import Sequence

from flask import Blueprint, current_app, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.test import Client

from navigator.actions.phoning import (
    Fault,
    late_folder,
    lost_folder,
    reports_of,
    switch,
    switched_on,
)
from navigator.actions.transcribing import cost, transcript
from navigator.storage import conversations, deliveries, outbox
from navigator.texting.spooling import Spool
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
    here = parts()
    _deliver_late()
    _report(number)
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
        _send(Incoming(new_sid(), _number(), OUR_NUMBER, _body(), 0, None, 1))
    return response


def _body() -> str:
    return request.form.get("body", "")[:LONGEST]


def _send(incoming: Incoming) -> None:
    """Bring a text to the webhook, or not, as the faults have it."""
    here = parts()
    with here.database.transaction() as tx:
        faults = switched_on(tx)
    home = here.settings.home
    if Fault.LOST in faults:
        Spool(lost_folder(home), here.vault).add(incoming, "", now=here.now())
    elif Fault.LATE in faults or (Fault.REORDERED in faults and not _waits()):
        Spool(late_folder(home), here.vault).add(incoming, "", now=here.now())
    else:
        for _ in range(2 if Fault.DOUBLED in faults else 1):
            post_signed(incoming)
        if Fault.REORDERED in faults:
            _deliver_late()


def _waits() -> bool:
    here = parts()
    return any(Spool(late_folder(here.settings.home), here.vault).count())


def _deliver_late() -> None:
    here = parts()
    with here.database.transaction() as tx:
        reordered = Fault.REORDERED in switched_on(tx)
    if reordered and request.method == "GET":
        return  # it waits for the next text, which overtakes it
    spool = Spool(late_folder(here.settings.home), here.vault)
    for kept in spool.kept():
        post_signed(kept.incoming)
        spool.drop(kept)


def _report(number: str) -> None:
    """Post the reports that the carrier owes about letters to this phone."""
    here = parts()
    with here.database.transaction() as tx:
        faults = switched_on(tx)
        sids = sorted(outbox.sids_to(tx, here.vault, number))
        told = deliveries.statuses_of(tx, sids)
    for sid in sids:
        for known, status in reports_of(sid, faults) if sid not in told else ():
            params = [("MessageSid", known), ("MessageStatus", status), ("To", number)]
            _post(url_for("webhooks.status"), params)


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
