"""The interview as a web form: one question a page, no JavaScript, nothing stored."""

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from navigator.actions import interviewing
from navigator.actions.interviewing import BadAnswer
from navigator.domain.eligibility import DECLINED
from navigator.domain.understanding import understand
from navigator.web import contact, danger, handoff, list_letter
from navigator.web.danger import danger_page, danger_page_again
from navigator.web.found import list_page, print_page
from navigator.web.frame import edition, language, parts, public
from navigator.web.frame import gettext as _
from navigator.web.interview_form import Form, read_form
from navigator.web.interview_pages import HEARD_NEEDS, first_page, go_on, question_page

blueprint = Blueprint("finder", __name__, url_prefix="/find")
for beside in (contact, handoff, list_letter):
    blueprint.register_blueprint(beside.blueprint)


@blueprint.get("")
@public
def start() -> ResponseReturnValue:
    """Ask what is needed, in own words or from a list."""
    return first_page(Form())


@blueprint.post("")
@public
def step() -> ResponseReturnValue:
    """Take one step of the interview."""
    form = read_form(request.form, parts().vocabulary)
    if request.form.get("lang"):
        return _same_page(form)
    if request.form.get("change"):
        return _change(form)
    return _STEPS.get(request.form.get("do", ""), _next)(form)


def _next(form: Form) -> ResponseReturnValue:
    """Take what was said on the page, then ask the next question or show the list."""
    if request.form.get("at") == "start":
        return _take_words(form)
    fact = _fact()
    if fact is None:
        return go_on(form)
    typed = request.form.get("value", "").strip()
    try:
        answered = form.with_answer(fact, interviewing.read(parts().vocabulary, fact, typed))
    except BadAnswer:
        error = _("Please choose an answer, or skip.")
        return question_page(form, fact, error=error, chosen=typed, then=_then())
    return _after_answer(answered)


def _after_answer(form: Form) -> ResponseReturnValue:
    return list_page(form) if _then() == "list" else go_on(form)


def _take_words(form: Form) -> ResponseReturnValue:
    words = form.words.strip()
    heard = understand(words, lexicon=edition().guide.lexicon, hint=language()) if words else None
    if heard is not None:
        told = interviewing.known(parts().vocabulary, heard.facts)
        asked = {fact: form.answers[fact] for fact in form.asked}
        form = replace(
            form,
            needs=form.needs or tuple(need for need, _score in heard.needs[:HEARD_NEEDS]),
            answers={**told, **(asked if _new_words(form) else form.answers)},
            for_other=form.for_other or heard.for_other,
        )
    found = danger.recognised(words)
    if found is not None and danger.stops(found):
        return danger_page(form, found)
    if not form.needs:
        return first_page(form, error=_("Please tell us what you need, or choose from the list."))
    return go_on(form, lines=danger.lines_for(form, found) if found else ())


def _new_words(form: Form) -> bool:
    """Say whether other words were written than before: then what those told no longer counts."""
    before = request.form.get("before")
    return before is not None and before != form.words


def _back(form: Form) -> ResponseReturnValue:
    """Go one question back; what was answered stays chosen, there and here."""
    if _then() == "list":
        return list_page(form)
    form = _kept(form)
    if not form.asked:
        return first_page(form)
    fact = form.asked[-1]
    return question_page(form.without(fact), fact)


def _kept(form: Form) -> Form:
    """Keep what was chosen on the page that is left."""
    fact = _fact()
    if fact is None:
        return form
    try:
        read = interviewing.read(parts().vocabulary, fact, request.form.get("value", "").strip())
    except BadAnswer:
        return form
    return form.keeping(fact, read)


def _skip(form: Form) -> ResponseReturnValue:
    fact = _fact()
    return _after_answer(form.with_answer(fact, DECLINED) if fact else form)


def _so_far(form: Form) -> ResponseReturnValue:
    """Show the list; an answer that was chosen but not sent counts."""
    fact = _fact()
    kept = _kept(form)
    if fact is not None and kept.kept.get(fact) not in {None, DECLINED}:
        return list_page(kept.with_answer(fact, kept.kept[fact]))
    return list_page(form) if form.needs else first_page(form)


def _change(form: Form) -> ResponseReturnValue:
    """Ask one question of the summary again, then come back to the list."""
    fact = request.form.get("change", "")
    if fact not in parts().vocabulary.facts:
        return list_page(form)
    return question_page(form, fact, then="list")


def _restart(_form: Form) -> ResponseReturnValue:
    return first_page(Form())


def _same_page(form: Form) -> ResponseReturnValue:
    """Show the page again in the language that was just chosen, with all that was typed."""
    fact = _fact()
    if fact is not None:
        return question_page(form, fact, chosen=request.form.get("value", ""), then=_then())
    return _PAGES.get(request.form.get("at", ""), first_page)(form)


def _fact() -> str | None:
    fact = request.form.get("fact")
    return fact if fact in parts().vocabulary.facts else None


def _then() -> str:
    return "list" if request.form.get("then") == "list" else ""


_STEPS: dict[str, Callable[[Form], ResponseReturnValue]] = {
    "next": _next,
    "more": go_on,
    "back": _back,
    "skip": _skip,
    "list": _so_far,
    "print": print_page,
    "needs": first_page,
    "restart": _restart,
}

_PAGES: dict[str, Callable[[Form], ResponseReturnValue]] = {
    "start": first_page,
    "danger": danger_page_again,
    "list": list_page,
    "print": print_page,
}
