"""A talk that a person asked a navigator for: the transcript, an answer, and handing back."""

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from navigator.domain import conversation
from navigator.domain.describing import understood
from navigator.domain.staff import Permission, Staff
from navigator.storage import conversations, history, outbox
from navigator.storage.conversations import Speaker
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


@blueprint.post("/<int:talk_id>")
@needs(Permission.TALK)
def answer(who: Staff, talk_id: int) -> ResponseReturnValue:
    """Take the talk, write to the person, or hand the talk back to the bot."""
    here = parts()
    what = request.form.get("do", "")
    text = plain(" ".join(request.form.get("text", "").split()))
    if what == "write" and not (text and fits(text, segments=SEGMENTS)):
        return _show(who, talk_id, 400, error=_("Write up to 300 characters."), text=text)
    with here.database.transaction() as tx:
        talk = conversations.find(tx, here.vault, talk_id)
        if talk is None or talk.speaker is Speaker.BOT:
            abort(404)
        if what == "write" and not talk.opted_out:
            conversations.hand(tx, talk.id, Speaker.PERSON)
            # A person who answers somebody that waits for it is not held up by quiet hours.
            outbox.put(
                tx,
                here.vault,
                number=talk.number,
                body=text,
                kind="person",
                now=here.now(),
                not_before=here.now(),
            )
        elif what == "hand_back":
            conversations.hand(tx, talk.id, Speaker.BOT)
        history.note(
            tx, actor=who.name, act=f"talk-{what}", subject=f"talk {talk_id}", now=here.now()
        )
    if what == "hand_back":
        return redirect(url_for("workspace.overview"))
    return redirect(url_for("talks.show", talk_id=talk_id))


def _show(
    who: Staff, talk_id: int, status: int = 200, *, error: str = "", text: str = ""
) -> ResponseReturnValue:
    here = parts()
    with here.database.transaction() as tx:
        talk = conversations.find(tx, here.vault, talk_id)
        if talk is None or talk.speaker is Speaker.BOT:
            abort(404)
        lines = transcript(
            conversations.exchanges(tx, here.vault, talk.id),
            outbox.to_number(tx, here.vault, talk.number),
        )
        history.note(tx, actor=who.name, act="read", subject=f"talk {talk_id}", now=here.now())
    state = conversation.load(talk.state)
    return page(
        "workspace/talk.html",
        status,
        who=who,
        talk=talk,
        lines=lines,
        understood=understood(here.vocabulary, state.needs, state.answers, language()),
        error=error,
        text=text,
        zone=here.zone,
    )


def transcript(
    exchanges: list[conversations.Exchange], letters: list[outbox.Letter]
) -> list[tuple[str, str, object]]:
    """Put texts in and out in the order in which they were written: (who, text, when)."""
    lines: list[tuple[str, str, object]] = []
    for one in exchanges:
        lines.append(("person", one.body, one.at))
        if one.reply:
            lines.append(("us", one.reply, one.at))
    lines += [("us", letter.body, letter.created_at) for letter in letters]
    return sorted(lines, key=lambda line: str(line[2]))
