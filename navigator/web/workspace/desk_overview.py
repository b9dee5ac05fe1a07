"""The navigators' desk: referrals with their clocks, people who wait, texts in doubt."""

from datetime import timedelta

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from navigator.domain.explanations import summary_of_needs_and_answers
from navigator.domain.handover import Speaker
from navigator.domain.referral import CLOSED, OPEN
from navigator.domain.roles import Permission, Staff
from navigator.domain.stored_conversation_state import load_state
from navigator.services.search.organization_search import find_organizations
from navigator.storage import audit_log, conversations, inbound_messages, outbox, people, referrals
from navigator.storage.conversations import Conversation
from navigator.storage.referrals import Referral
from navigator.storage.unit_of_work import UnitOfWork
from navigator.web.base.request_context import (
    container,
    current_edition,
    language,
    render_page,
    requires,
)

blueprint = Blueprint("workspace", __name__, url_prefix="/workspace")

VIEWS = ("open", "mine", "overdue", "closed")
IN_DOUBT_FOR = timedelta(days=7)
"""How long a text that may not have arrived is shown; after a week a new one is written anyway."""

LONGEST_NAME = 100
"""Characters of an organization's name that are looked for; the box takes no more either."""


@blueprint.get("")
@requires(Permission.SEE_WORKSPACE)
def overview(who: Staff) -> ResponseReturnValue:
    """Show what has to be done, the soonest due first."""
    view = request.args.get("view", "open")
    view = view if view in VIEWS else "open"
    typed = request.args.get("organization", "")[:LONGEST_NAME].strip()
    edition = current_edition()
    agencies = find_organizations(edition.index, edition.directory, typed, language())
    if not who.may(Permission.SEE_REFERRALS):
        return render_page(
            "workspace/worker_overview.html", view=view, typed=typed, agencies=agencies
        )
    here = container()
    with here.database.unit_of_work() as uow:
        listed = _referrals(uow, view, who)
        waiting = conversations.list_by_speaker(uow, Speaker.WAITING, Speaker.PERSON)
        waiting_ids = [conversation.id for conversation in waiting]
        in_danger = inbound_messages.list_endangered(uow, waiting_ids)
        doubts = outbox.list_failed(uow, within=IN_DOUBT_FOR, now=here.now())
        named = [(referral, people.find(uow, referral.person_id)) for referral in listed]
        audit_log.record(
            uow, actor=who.name, act="read", subject=f"workspace {view}", now=here.now()
        )
    return render_page(
        "workspace/desk_overview.html",
        who=who,
        view=view,
        views=VIEWS,
        listed=named,
        waiting=sorted(waiting, key=lambda conversation: conversation.id not in in_danger),
        marks={conversation.id: _marks(conversation) for conversation in waiting},
        in_danger=in_danger,
        doubts=doubts,
        zone=here.zone,
        typed=typed,
        agencies=agencies,
    )


def _referrals(uow: UnitOfWork, view: str, who: Staff) -> list[Referral]:
    """List the referrals of a view."""
    listed = referrals.list_by_status(uow, CLOSED if view == "closed" else OPEN)
    if view == "mine":
        return [referral for referral in listed if referral.assignee_id == who.id]
    if view == "overdue":
        return [referral for referral in listed if referral.overdue]
    return listed


def _marks(conversation: Conversation) -> list[str]:
    """Say what a waiting conversation is about: the language, the need, the age and place."""
    person = load_state(conversation.state).person
    about = summary_of_needs_and_answers(
        container().vocabulary, person.needs, person.answers, language()
    )
    return [mark for mark in (conversation.language.upper(), about) if mark]
