"""The interview as a web form: one question a page, no JavaScript, nothing stored."""

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from navigator.domain.eligibility import DECLINED
from navigator.nlp.needs.pipeline import understand
from navigator.services.interview.answer_parsing import BadAnswer, parse_answer, parse_answers
from navigator.web.base.request_context import container, current_edition, language, public
from navigator.web.base.request_context import gettext as _
from navigator.web.interview import handoff_views, list_by_text_views
from navigator.web.interview.danger_page import (
    crisis_lines_for,
    danger_in,
    danger_page,
    danger_page_again,
    interrupts,
)
from navigator.web.interview.form_state import FormState, read_form_state
from navigator.web.interview.question_pages import HEARD_NEEDS, first_page, next_page, question_page
from navigator.web.interview.result_list import list_page, print_page

blueprint = Blueprint("finder", __name__, url_prefix="/find")
for beside in (handoff_views, list_by_text_views):
    blueprint.register_blueprint(beside.blueprint)


@blueprint.get("")
@public
def start() -> ResponseReturnValue:
    """Ask what is needed, in own words or from a list."""
    return first_page(FormState())


@blueprint.post("")
@public
def step() -> ResponseReturnValue:
    """Take one step of the interview."""
    form = read_form_state(request.form, container().vocabulary)
    if request.form.get("lang"):
        return _same_page(form)
    if request.form.get("change"):
        return _change(form)
    return _STEPS.get(request.form.get("do", ""), _next)(form)


def _next(form: FormState) -> ResponseReturnValue:
    """Take what was said on the page, then ask the next question or show the list."""
    if request.form.get("at") == "start":
        return _take_words(form)
    fact = _fact()
    if fact is None:
        return next_page(form)
    typed = request.form.get("value", "").strip()
    try:
        answered = form.with_answer(fact, parse_answer(container().vocabulary, fact, typed))
    except BadAnswer:
        error = _("Please choose an answer, or skip.")
        return question_page(form, fact, error=error, chosen=typed, then=_then())
    return _after_answer(answered)


def _after_answer(form: FormState) -> ResponseReturnValue:
    return list_page(form) if _then() == "list" else next_page(form)


def _take_words(form: FormState) -> ResponseReturnValue:
    words = form.words.strip()
    heard = (
        understand(words, lexicon=current_edition().guide.lexicon, hint=language())
        if words
        else None
    )
    if heard is not None:
        told = parse_answers(container().vocabulary, heard.facts)
        asked = {fact: form.answers[fact] for fact in form.asked}
        form = replace(
            form,
            needs=form.needs or tuple(need for need, _score in heard.needs[:HEARD_NEEDS]),
            answers={**told, **(asked if _new_words(form) else form.answers)},
            for_other=form.for_other or heard.for_other,
        )
    found = danger_in(words)
    if found is not None and interrupts(found):
        return danger_page(form, found)
    if not form.needs:
        return first_page(form, error=_("Please tell us what you need, or choose from the list."))
    return next_page(form, lines=crisis_lines_for(form, found) if found else ())


def _new_words(form: FormState) -> bool:
    """Say whether other words were written than before: then what those told no longer counts."""
    before = request.form.get("before")
    return before is not None and before != form.words


def _back(form: FormState) -> ResponseReturnValue:
    """Go one question back; what was answered stays chosen, there and here."""
    if _then() == "list":
        return list_page(form)
    form = _kept(form)
    if not form.asked:
        return first_page(form)
    fact = form.asked[-1]
    return question_page(form.without(fact), fact)


def _kept(form: FormState) -> FormState:
    """Keep what was chosen on the page that is left."""
    fact = _fact()
    if fact is None:
        return form
    try:
        read = parse_answer(container().vocabulary, fact, request.form.get("value", "").strip())
    except BadAnswer:
        return form
    return form.keeping(fact, read)


def _skip(form: FormState) -> ResponseReturnValue:
    fact = _fact()
    return _after_answer(form.with_answer(fact, DECLINED) if fact else form)


def _so_far(form: FormState) -> ResponseReturnValue:
    """Show the list; an answer that was chosen but not sent counts."""
    fact = _fact()
    kept = _kept(form)
    if fact is not None and kept.kept.get(fact) not in {None, DECLINED}:
        return list_page(kept.with_answer(fact, kept.kept[fact]))
    return list_page(form) if form.needs else first_page(form)


def _change(form: FormState) -> ResponseReturnValue:
    """Ask one question of the summary again, then come back to the list."""
    fact = request.form.get("change", "")
    if fact not in container().vocabulary.facts:
        return list_page(form)
    return question_page(form, fact, then="list")


def _restart(_form: FormState) -> ResponseReturnValue:
    return first_page(FormState())


def _same_page(form: FormState) -> ResponseReturnValue:
    """Show the page again in the language that was just chosen, with all that was typed."""
    fact = _fact()
    if fact is not None:
        return question_page(form, fact, chosen=request.form.get("value", ""), then=_then())
    return _PAGES.get(request.form.get("at", ""), first_page)(form)


def _fact() -> str | None:
    fact = request.form.get("fact")
    return fact if fact in container().vocabulary.facts else None


def _then() -> str:
    return "list" if request.form.get("then") == "list" else ""


_STEPS: dict[str, Callable[[FormState], ResponseReturnValue]] = {
    "next": _next,
    "more": next_page,
    "back": _back,
    "skip": _skip,
    "list": _so_far,
    "print": print_page,
    "needs": first_page,
    "restart": _restart,
}

_PAGES: dict[str, Callable[[FormState], ResponseReturnValue]] = {
    "start": first_page,
    "danger": danger_page_again,
    "list": list_page,
    "print": print_page,
}
