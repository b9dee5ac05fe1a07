"""One referral on the desk: the person's own words, the door, the clock, the history, the moves."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from navigator.domain.errors import DomainError, Missing
from navigator.domain.explanations import answer_in_words
from navigator.domain.referral import ENDING, MOVES, Move, MoveCommand, Reason, possible_moves
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
from navigator.wording.language_names import own_language_name

blueprint = Blueprint("referrals", __name__, url_prefix="/workspace/referrals")

LONGEST_NOTE = 2000
"""Characters; the box on the page takes no more either."""

LONGEST_VERSION = 9
"""Digits of a version; a database can't compare a number of any length."""


@blueprint.get("/<code>")
@requires(Permission.SEE_REFERRALS)
def show(who: Staff, code: str) -> ResponseReturnValue:
    """Show a referral."""
    return _page(who, code)


@blueprint.post("/<code>")
@requires(Permission.MOVE_REFERRALS)
def move(who: Staff, code: str) -> ResponseReturnValue:
    """Make a move."""
    here = container()
    command = _posted_command(who)
    if command is None:
        return redirect(url_for("referrals.show", code=code))
    try:
        with here.database.unit_of_work() as uow:
            referral = referrals.find(uow, code)
            referral_service.move_referral(uow, referral, command, here.calendar)
    except DomainError as error:
        return _page(who, code, error=error, note=command.note)
    return redirect(url_for("referrals.show", code=code))


def _posted_command(who: Staff) -> MoveCommand | None:
    """Give the move that was posted, at the version that the page showed; None without a move."""
    form = request.form
    if form.get("move") not in set(Move):
        return None
    reason, version = form.get("reason", ""), form.get("version", "")
    is_version = version.isdecimal() and len(version) <= LONGEST_VERSION
    return MoveCommand(
        move=Move(form["move"]),
        at=container().now(),
        expected_version=int(version) if is_version else 0,
        staff=who,
        reason=reason if reason in set(Reason) else "",
        note=form.get("note", "")[:LONGEST_NOTE],
    )


def _page(
    who: Staff, code: str, *, error: DomainError | None = None, note: str = ""
) -> ResponseReturnValue:
    """Show a referral, and with it why the move that was just tried is not possible."""
    here = container()
    with here.database.unit_of_work() as uow:
        referral = referrals.find(uow, code)
        person = people.find(uow, referral.person_id)
        consent = people.find_consent(uow, referral.consent_id)
        is_valid = people.is_consent_valid(uow, referral.consent_id, now=here.now())
        events = referrals.list_events(uow, referral.id)
        audit_log.record(
            uow, actor=who.name, act="read", subject=f"referral {code}", now=here.now()
        )
    return render_page(
        "referrals/referral_page.html",
        200 if error is None else STATUS.get(type(error), 400),
        who=who,
        referral=referral,
        person=person,
        spoken=own_language_name(person.language),
        consent=consent,
        consent_counts=is_valid,
        events=events,
        service=_service(referral),
        answers=_answers(referral),
        moves=possible_moves(referral.status),
        ending=ENDING,
        with_reason=[move for move, rule in MOVES.items() if rule.needs_reason],
        missing=error.field if isinstance(error, Missing) else "",
        reasons=list(Reason),
        error="" if error is None else error_message(error),
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
        for fact, answer in referral.snapshot.answers.items()
        if fact in known.facts
    ]
