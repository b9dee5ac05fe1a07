"""A talk that a navigator takes: the transcript, what was understood, an answer, handing back."""

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from navigator.domain.explanations import summary_of_needs_and_answers
from navigator.domain.roles import Permission, Staff
from navigator.domain.stored_conversation_state import load_state
from navigator.services.conversations import transcript
from navigator.services.conversations.human_handover import TakeoverAction, perform_takeover
from navigator.services.conversations.transcript import TranscriptLine
from navigator.storage import audit_log, conversations
from navigator.storage.conversations import Conversation
from navigator.storage.unit_of_work import UnitOfWork
from navigator.web.base.request_context import container, language, render_page, requires
from navigator.web.base.request_context import gettext as _
from sms.segments import fits_segments, to_gsm7

blueprint = Blueprint("talks", __name__, url_prefix="/workspace/talks")

SEGMENTS = 2


@blueprint.get("/<int:talk_id>")
@requires(Permission.TALK)
def show(who: Staff, talk_id: int) -> ResponseReturnValue:
    """Show a talk."""
    return _show(who, talk_id)


@blueprint.get("/<int:talk_id>/lines")
@requires(Permission.TALK)
def lines(who: Staff, talk_id: int) -> ResponseReturnValue:
    """Give the texts alone, for a page that looks for new ones."""
    del who  # reading was noted when the page was opened
    here = container()
    with here.database.unit_of_work() as uow:
        talk = conversations.find(uow, talk_id)
        if talk is None:
            abort(404)
        shown = _lines(uow, talk)
    return render_page("workspace/conversation_lines.html", talk=talk, lines=shown, zone=here.zone)


@blueprint.post("/<int:talk_id>")
@requires(Permission.TALK)
def answer(who: Staff, talk_id: int) -> ResponseReturnValue:
    """Take the talk, write to the person, or hand the talk back to the bot."""
    here = container()
    act = request.form.get("do", "")
    text = to_gsm7(" ".join(request.form.get("text", "").split()))
    if act not in set(TakeoverAction):
        abort(400)
    if act == TakeoverAction.WRITE and not (text and fits_segments(text, segments=SEGMENTS)):
        return _show(who, talk_id, 400, error=_("Write up to 300 characters."), text=text)
    with here.database.unit_of_work() as uow:
        talk = conversations.find(uow, talk_id, hold=True)
        if talk is None:
            abort(404)
        done = perform_takeover(uow, talk, TakeoverAction(act), who=who, text=text, now=here.now())
    if not done:
        error = _("This number wants no more texts. Only calling is left.")
        return _show(who, talk_id, 409, error=error, text=text)
    if act == TakeoverAction.HAND_BACK:
        return redirect(url_for("workspace.overview"))
    return redirect(url_for("talks.show", talk_id=talk_id) + "#last")


def _show(
    who: Staff, talk_id: int, status: int = 200, *, error: str = "", text: str = ""
) -> ResponseReturnValue:
    here = container()
    with here.database.unit_of_work() as uow:
        talk = conversations.find(uow, talk_id)
        if talk is None:
            abort(404)
        shown = _lines(uow, talk)
        audit_log.record(uow, actor=who.name, act="read", subject=f"talk {talk_id}", now=here.now())
    person = load_state(talk.state).person
    return render_page(
        "workspace/conversation_page.html",
        status,
        who=who,
        talk=talk,
        person=person,
        lines=shown,
        cost=transcript.cost_in_segments(shown),
        understood=summary_of_needs_and_answers(
            here.vocabulary, person.needs, person.answers, language()
        ),
        error=error,
        text=text,
        zone=here.zone,
        # Another address each time: a link to a place of the same page would load nothing.
        looks=request.args.get("look", 0, type=int),
    )


def _lines(uow: UnitOfWork, talk: Conversation) -> tuple[TranscriptLine, ...]:
    return transcript.build_transcript(
        uow, conversation_id=talk.id, number=talk.number, since=talk.started_at
    )
