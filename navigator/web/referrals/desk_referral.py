"""One request on the desk: the person's own words, the door, the clock, the history, the moves."""

from dataclasses import replace

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from navigator.domain.errors import DomainError, Missing
from navigator.domain.explanations import answer_in_words
from navigator.domain.referral import ENDING, MOVES, Move, Reason, possible_moves
from navigator.domain.roles import Permission, Staff
from navigator.services.referrals import referral_service
from navigator.storage import audit_log, people, referrals
from navigator.web.base.error_pages import STATUS, error_message
from navigator.web.base.request_context import (
    container,
    language,
    page_context,
    render_page,
    requires,
)
from navigator.web.directory.service_card import ServiceCard, plain_service_card

blueprint = Blueprint("referrals", __name__, url_prefix="/workspace/referrals")


@blueprint.get("/<code>")
@requires(Permission.SEE_REFERRALS)
def show(who: Staff, code: str) -> ResponseReturnValue:
    """Show a request."""
    return _show(who, code)


@blueprint.post("/<code>")
@requires(Permission.MOVE_REFERRALS)
def move(who: Staff, code: str) -> ResponseReturnValue:
    """Make a move."""
    here = container()
    try:
        step = Move(request.form.get("move", ""))
    except ValueError:
        return redirect(url_for("referrals.show", code=code))
    note, reason = request.form.get("note", "")[:2000], request.form.get("reason", "")
    try:
        with here.database.unit_of_work() as uow:
            referral = referrals.find(uow, code)
            if request.form.get("version") != str(referral.version):
                referral = _as_seen(referral, request.form.get("version", ""))
            referral_service.move_referral(
                uow,
                who,
                referral,
                step,
                now=here.now(),
                zone=here.zone,
                reason=reason,
                note=note,
            )
    except DomainError as trouble:
        missing = str(trouble) if isinstance(trouble, Missing) else ""
        status = STATUS.get(type(trouble), 400)
        return _show(who, code, status, error=error_message(trouble), note=note, missing=missing)
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
    here = container()
    with here.database.unit_of_work() as uow:
        referral = referrals.find(uow, code)
        person = people.find(uow, referral.person_id)
        consent = people.find_consent(uow, referral.consent_id)
        counts = people.is_consent_valid(uow, referral.consent_id, now=here.now())
        events = referrals.list_events(uow, referral.id)
        audit_log.record(
            uow, actor=who.name, act="read", subject=f"referral {code}", now=here.now()
        )
    return render_page(
        "referrals/desk_referral.html",
        status,
        who=who,
        referral=referral,
        person=person,
        consent=consent,
        consent_counts=counts,
        events=events,
        service=_service(referral),
        answers=_answers(referral),
        moves=possible_moves(referral.status),
        ending=ENDING,
        with_reason=[one for one in Move if one in MOVES and MOVES[one].needs_reason],
        missing=missing,
        reasons=list(Reason),
        error=error,
        note=note,
        zone=here.zone,
    )


def _service(referral: referrals.Referral) -> ServiceCard | None:
    context = page_context()
    service = context.directory.all_services.get(referral.service_id)
    return plain_service_card(service, context) if service else None


def _answers(referral: referrals.Referral) -> list[tuple[str, str]]:
    """Give what the person answered, in words."""
    known = container().vocabulary
    return [
        (known.facts[fact].say.in_(language()), answer_in_words(known, fact, answer, language()))
        for fact, answer in referral.story.answers.items()
        if fact in known.facts
    ]
