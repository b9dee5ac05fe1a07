"""The navigators' desk: requests with their clocks, people who wait, texts in doubt."""

from datetime import timedelta

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from navigator.actions import finding
from navigator.domain import conversation
from navigator.domain.describing import understood
from navigator.domain.referral import CLOSED, OPEN
from navigator.domain.staff import Permission, Staff
from navigator.storage import conversations, history, incoming, outbox, people, referrals
from navigator.storage.conversations import Speaker
from navigator.web.frame import edition, language, needs, page, parts

blueprint = Blueprint("workspace", __name__, url_prefix="/workspace")

VIEWS = ("open", "mine", "overdue", "closed")
DOUBTS_FOR = timedelta(days=7)
LONGEST_NAME = 100


@blueprint.get("")
@needs(Permission.SEE_WORKSPACE)
def overview(who: Staff) -> ResponseReturnValue:
    """Show what has to be done, the soonest due first."""
    view = request.args.get("view", "open")
    view = view if view in VIEWS else "open"
    here = parts()
    typed = request.args.get("organization", "")[:LONGEST_NAME].strip()
    shelf = edition()
    agencies = finding.organizations(shelf.index, shelf.directory, typed, language())
    if not who.may(Permission.SEE_REFERRALS):
        return page("workspace/worker.html", view=view, typed=typed, agencies=agencies)
    with here.database.transaction() as tx:
        listed = referrals.listed(tx, here.vault, CLOSED if view == "closed" else OPEN)
        if view == "mine":
            listed = [one for one in listed if one.assignee_id == who.id]
        if view == "overdue":
            listed = [one for one in listed if one.overdue]
        named = [(one, people.find(tx, here.vault, one.person_id)) for one in listed]
        waiting = conversations.spoken_by(tx, here.vault, Speaker.WAITING, Speaker.PERSON)
        in_danger = incoming.in_danger(tx, [talk.id for talk in waiting])
        doubts = outbox.in_doubt(tx, here.vault, within=DOUBTS_FOR, now=here.now())
        history.note(tx, actor=who.name, act="read", subject=f"workspace {view}", now=here.now())
    return page(
        "workspace/overview.html",
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


def _marks(talk: conversations.Talk) -> list[str]:
    """Say what a waiting talk is about: the language, the need, the age and place."""
    state = conversation.load(talk.state)
    about = understood(parts().vocabulary, state.needs, state.answers, language())
    return [mark for mark in (talk.language.upper(), about) if mark]
