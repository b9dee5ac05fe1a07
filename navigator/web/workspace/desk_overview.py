"""The navigators' desk: requests with their clocks, people who wait, texts in doubt."""

from datetime import timedelta

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from navigator.domain import conversation_state
from navigator.domain.explanations import summary_of_needs_and_answers
from navigator.domain.handover import Speaker
from navigator.domain.referral import CLOSED, OPEN
from navigator.domain.roles import Permission, Staff
from navigator.services.search.organization_search import find_organizations
from navigator.storage import audit_log, conversations, inbound_messages, outbox, people, referrals
from navigator.web.base.request_context import (
    container,
    current_edition,
    language,
    render_page,
    requires,
)

blueprint = Blueprint("workspace", __name__, url_prefix="/workspace")

VIEWS = ("open", "mine", "overdue", "closed")
DOUBTS_FOR = timedelta(days=7)
LONGEST_NAME = 100


@blueprint.get("")
@requires(Permission.SEE_WORKSPACE)
def overview(who: Staff) -> ResponseReturnValue:
    """Show what has to be done, the soonest due first."""
    view = request.args.get("view", "open")
    view = view if view in VIEWS else "open"
    here = container()
    typed = request.args.get("organization", "")[:LONGEST_NAME].strip()
    edition = current_edition()
    agencies = find_organizations(edition.index, edition.directory, typed, language())
    if not who.may(Permission.SEE_REFERRALS):
        return render_page(
            "workspace/worker_overview.html", view=view, typed=typed, agencies=agencies
        )
    with here.database.unit_of_work() as uow:
        listed = referrals.list_by_status(uow, CLOSED if view == "closed" else OPEN)
        if view == "mine":
            listed = [one for one in listed if one.assignee_id == who.id]
        if view == "overdue":
            listed = [one for one in listed if one.overdue]
        named = [(one, people.find(uow, one.person_id)) for one in listed]
        waiting = conversations.list_by_speaker(uow, Speaker.WAITING, Speaker.PERSON)
        in_danger = inbound_messages.in_danger(uow, [talk.id for talk in waiting])
        doubts = outbox.list_failed(uow, within=DOUBTS_FOR, now=here.now())
        audit_log.record(
            uow, actor=who.name, act="read", subject=f"workspace {view}", now=here.now()
        )
    return render_page(
        "workspace/desk_overview.html",
        who=who,
        view=view,
        views=VIEWS,
        listed=named,
        waiting=sorted(waiting, key=lambda talk: talk.id not in in_danger),
        marks={talk.id: _marks(talk) for talk in waiting},
        in_danger=in_danger,
        doubts=doubts,
        zone=here.zone,
        typed=typed,
        agencies=agencies,
    )


def _marks(talk: conversations.Conversation) -> list[str]:
    """Say what a waiting talk is about: the language, the need, the age and place."""
    state = conversation_state.load_state(talk.state)
    about = summary_of_needs_and_answers(
        container().vocabulary, state.needs, state.answers, language()
    )
    return [mark for mark in (talk.language.upper(), about) if mark]
