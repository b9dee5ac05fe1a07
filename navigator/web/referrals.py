"""One request on the desk: the person's own words, the door, the clock, the history, the moves."""

from dataclasses import replace

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from navigator.actions import referring
from navigator.domain.describing import answer_words
from navigator.domain.errors import Missing, Trouble
from navigator.domain.referral import ENDING, MOVES, Move, Reason, possible
from navigator.domain.staff import Permission, Staff
from navigator.storage import history, people, referrals
from navigator.web.cards import Card, card
from navigator.web.errors import STATUS, words_for
from navigator.web.frame import edition, language, needs, page, parts

blueprint = Blueprint("referrals", __name__, url_prefix="/workspace/referrals")


@blueprint.get("/<code>")
@needs(Permission.SEE_REFERRALS)
def show(who: Staff, code: str) -> ResponseReturnValue:
    """Show a request."""
    return _show(who, code)


@blueprint.post("/<code>")
@needs(Permission.MOVE_REFERRALS)
def move(who: Staff, code: str) -> ResponseReturnValue:
    """Make a move."""
    here = parts()
    try:
        step = Move(request.form.get("move", ""))
    except ValueError:
        return redirect(url_for("referrals.show", code=code))
    note, reason = request.form.get("note", "")[:2000], request.form.get("reason", "")
    try:
        with here.database.transaction() as tx:
            referral = referrals.find(tx, here.vault, code)
            if request.form.get("version") != str(referral.version):
                referral = _as_seen(referral, request.form.get("version", ""))
            referring.move(
                tx,
                here.vault,
                who,
                referral,
                step,
                now=here.now(),
                zone=here.zone,
                reason=reason,
                note=note,
            )
    except Trouble as trouble:
        missing = str(trouble) if isinstance(trouble, Missing) else ""
        status = STATUS.get(type(trouble), 400)
        return _show(who, code, status, error=words_for(trouble), note=note, missing=missing)
    return redirect(url_for("referrals.show", code=code))


def _as_seen(referral: referrals.Referral, version: str) -> referrals.Referral:
    """Give the referral at the version that the person saw, so that storage finds it stale."""
    return replace(referral, version=int(version) if version.isdecimal() else 0)


def _show(
    who: Staff,
    code: str,
    status: int = 200,
    *,
    error: str = "",
    note: str = "",
    missing: str = "",
) -> ResponseReturnValue:
    here = parts()
    with here.database.transaction() as tx:
        referral = referrals.find(tx, here.vault, code)
        person = people.find(tx, here.vault, referral.person_id)
        consent = people.consent(tx, here.vault, referral.consent_id)
        counts = people.consent_counts(tx, referral.consent_id, now=here.now())
        events = referrals.history(tx, here.vault, referral.id)
        history.note(tx, actor=who.name, act="read", subject=f"referral {code}", now=here.now())
    return page(
        "workspace/referral.html",
        status,
        who=who,
        referral=referral,
        person=person,
        consent=consent,
        consent_counts=counts,
        events=events,
        service=_service(referral),
        answers=_answers(referral),
        moves=possible(referral.status),
        ending=ENDING,
        with_reason=[one for one in Move if one in MOVES and MOVES[one].needs_reason],
        missing=missing,
        reasons=list(Reason),
        error=error,
        note=note,
        zone=here.zone,
    )


def _service(referral: referrals.Referral) -> Card | None:
    directory, here = edition().directory, parts()
    service = directory.all_services.get(referral.service_id)
    if service is None:
        return None
    return card(directory, service, language(), now=here.now(), zone=here.zone)


def _answers(referral: referrals.Referral) -> list[tuple[str, str]]:
    """Give what the person answered, in words."""
    known = parts().vocabulary
    return [
        (known.facts[fact].say.in_(language()), answer_words(known, fact, answer, language()))
        for fact, answer in referral.story.answers.items()
        if fact in known.facts
    ]
