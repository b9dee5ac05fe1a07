"""A conversation on the desk: its transcript, what was understood, answering, handing back."""

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from navigator.domain.explanations import summary_of_needs_and_answers
from navigator.domain.roles import Permission, Staff
from navigator.domain.stored_conversation_state import load_state
from navigator.services.conversations import transcript
from navigator.services.conversations.human_handover import (
    NotTexted,
    TakeoverAction,
    perform_takeover,
    why_not_texted,
)
from navigator.services.conversations.transcript import TranscriptLine
from navigator.storage import audit_log, conversations
from navigator.storage.conversations import Conversation
from navigator.storage.unit_of_work import UnitOfWork
from navigator.web.base.request_context import container, language, render_page, requires
from navigator.web.base.request_context import gettext as _
from sms.segments import fits_segments, to_gsm7

blueprint = Blueprint("conversations", __name__, url_prefix="/workspace/talks")

SEGMENTS = 2
"""As for every text of ours: about 300 characters, which the page says."""


@blueprint.get("/<int:conversation_id>")
@requires(Permission.TALK)
def show(who: Staff, conversation_id: int) -> ResponseReturnValue:
    """Show a conversation."""
    return _show(who, conversation_id)


@blueprint.get("/<int:conversation_id>/lines")
@requires(Permission.TALK, by_itself=True)
def lines(who: Staff, conversation_id: int) -> ResponseReturnValue:
    """Give the texts alone, for a page that looks for new ones."""
    del who  # reading was noted when the page was opened
    here = container()
    with here.database.unit_of_work() as uow:
        conversation = conversations.find(uow, conversation_id)
        if conversation is None:
            abort(404)
        shown = _lines(uow, conversation)
    return render_page(
        "workspace/conversation_lines.html", conversation=conversation, lines=shown, zone=here.zone
    )


@blueprint.post("/<int:conversation_id>")
@requires(Permission.TALK)
def answer(who: Staff, conversation_id: int) -> ResponseReturnValue:
    """Take the conversation, write to the person, or hand it back to the bot."""
    here = container()
    action = request.form.get("do", "")
    text = to_gsm7(" ".join(request.form.get("text", "").split()))
    if action not in set(TakeoverAction):
        abort(400)
    if action == TakeoverAction.WRITE and not (text and fits_segments(text, segments=SEGMENTS)):
        return _show(who, conversation_id, 400, error=_("Write up to 300 characters."), text=text)
    with here.database.unit_of_work() as uow:
        conversation = conversations.find(uow, conversation_id, hold=True)
        if conversation is None:
            abort(404)
        refused = perform_takeover(
            uow, conversation, TakeoverAction(action), who=who, text=text, now=here.now()
        )
    if refused is not None:
        return _show(who, conversation_id, 409, error=_why_not_texted(refused), text=text)
    if action == TakeoverAction.HAND_BACK:
        return redirect(url_for("workspace.overview"))
    return redirect(url_for("conversations.show", conversation_id=conversation_id) + "#last")


def _show(
    who: Staff, conversation_id: int, status: int = 200, *, error: str = "", text: str = ""
) -> ResponseReturnValue:
    here = container()
    with here.database.unit_of_work() as uow:
        conversation = conversations.find(uow, conversation_id)
        if conversation is None:
            abort(404)
        shown = _lines(uow, conversation)
        not_texted = why_not_texted(uow, conversation)
        audit_log.record(
            uow, actor=who.name, act="read", subject=f"talk {conversation_id}", now=here.now()
        )
    person = load_state(conversation.state).person
    return render_page(
        "workspace/conversation_page.html",
        status,
        who=who,
        conversation=conversation,
        person=person,
        lines=shown,
        cost=transcript.cost_in_segments(shown),
        understood=summary_of_needs_and_answers(
            here.vocabulary, person.needs, person.answers, language()
        ),
        error=error,
        not_texted=_why_not_texted(not_texted) if not_texted and not error else "",
        may_text=not_texted is None,
        text=text,
        zone=here.zone,
        # Another address each time: a link to a place of the same page would load nothing.
        looks=request.args.get("look", 0, type=int),
    )


def _why_not_texted(refused: NotTexted) -> str:
    return {
        NotTexted.OPTED_OUT: _("This number wants no more texts. Only calling is left."),
        NotTexted.CALL_ONLY: _("This person chose: call only. A text may be read by others. Call."),
    }[refused]


def _lines(uow: UnitOfWork, conversation: Conversation) -> tuple[TranscriptLine, ...]:
    return transcript.build_transcript(
        uow,
        conversation_id=conversation.id,
        number=conversation.number,
        since=conversation.started_at,
    )
