"""A talk that a navigator takes: the transcript, what was understood, an answer, handing back."""

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from navigator.actions import takeover, transcribing
from navigator.actions.takeover import Act
from navigator.actions.transcribing import Line
from navigator.domain import conversation
from navigator.domain.describing import understood
from navigator.domain.staff import Permission, Staff
from navigator.storage import conversations, history
from navigator.storage.conversations import Talk
from navigator.storage.database import Transaction
from navigator.web.frame import gettext as _
from navigator.web.frame import language, needs, page, parts
from sms.segments import fits, plain

blueprint = Blueprint("talks", __name__, url_prefix="/workspace/talks")

SEGMENTS = 2


@blueprint.get("/<int:talk_id>")
@needs(Permission.TALK)
def show(who: Staff, talk_id: int) -> ResponseReturnValue:
    """Show a talk."""
    return _show(who, talk_id)


@blueprint.get("/<int:talk_id>/lines")
@needs(Permission.TALK)
def lines(who: Staff, talk_id: int) -> ResponseReturnValue:
    """Give the texts alone, for a page that looks for new ones."""
    del who  # reading was noted when the page was opened
    here = parts()
    with here.database.transaction() as tx:
        talk = conversations.find(tx, here.vault, talk_id)
        if talk is None:
            abort(404)
        shown = _lines(tx, talk)
    return page("workspace/talk_lines.html", talk=talk, lines=shown, zone=here.zone)


@blueprint.post("/<int:talk_id>")
@needs(Permission.TALK)
def answer(who: Staff, talk_id: int) -> ResponseReturnValue:
    """Take the talk, write to the person, or hand the talk back to the bot."""
    here = parts()
    act = request.form.get("do", "")
    text = plain(" ".join(request.form.get("text", "").split()))
    if act not in set(Act):
        abort(400)
    if act == Act.WRITE and not (text and fits(text, segments=SEGMENTS)):
        return _show(who, talk_id, 400, error=_("Write up to 300 characters."), text=text)
    with here.database.transaction() as tx:
        talk = conversations.find(tx, here.vault, talk_id, hold=True)
        if talk is None:
            abort(404)
        done = takeover.act(tx, here.vault, talk, Act(act), who=who, text=text, now=here.now())
    if not done:
        error = _("This number wants no more texts. Only calling is left.")
        return _show(who, talk_id, 409, error=error, text=text)
    if act == Act.HAND_BACK:
        return redirect(url_for("workspace.overview"))
    return redirect(url_for("talks.show", talk_id=talk_id) + "#last")


def _show(
    who: Staff, talk_id: int, status: int = 200, *, error: str = "", text: str = ""
) -> ResponseReturnValue:
    here = parts()
    with here.database.transaction() as tx:
        talk = conversations.find(tx, here.vault, talk_id)
        if talk is None:
            abort(404)
        shown = _lines(tx, talk)
        history.note(tx, actor=who.name, act="read", subject=f"talk {talk_id}", now=here.now())
    state = conversation.load(talk.state)
    return page(
        "workspace/talk.html",
        status,
        who=who,
        talk=talk,
        state=state,
        lines=shown,
        cost=transcribing.cost(shown),
        understood=understood(here.vocabulary, state.needs, state.answers, language()),
        error=error,
        text=text,
        zone=here.zone,
        # Another address each time: a link to a place of the same page would load nothing.
        looks=request.args.get("look", 0, type=int),
    )


def _lines(tx: Transaction, talk: Talk) -> tuple[Line, ...]:
    return transcribing.transcript(
        tx, parts().vault, talk_id=talk.id, number=talk.number, since=talk.started_at
    )
