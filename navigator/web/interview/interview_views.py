"""The interview as a web form: one question a page, no JavaScript, nothing stored."""

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from navigator.domain.eligibility import DECLINED
from navigator.nlp.danger.detector import Danger, DangerKind, DangerLevel
from navigator.nlp.needs.pipeline import understand
from navigator.services.interview.answer_parsing import BadAnswer, parse_answer, parse_answers
from navigator.web.base.request_context import PageContext, page_context, public, signed_in
from navigator.web.base.request_context import gettext as _
from navigator.web.interview import handoff_views, list_by_text_views
from navigator.web.interview.danger_page import (
    crisis_lines_for,
    danger_in,
    danger_page,
    interrupts,
)
from navigator.web.interview.form_state import FormState, read_form_state
from navigator.web.interview.question_pages import (
    UNDERSTOOD_NEEDS,
    first_page,
    next_page,
    question_page,
)
from navigator.web.interview.result_list import list_page, print_page

blueprint = Blueprint("finder", __name__, url_prefix="/find")
for views in (handoff_views, list_by_text_views):
    blueprint.register_blueprint(views.blueprint)


@blueprint.get("")
@public
def start() -> ResponseReturnValue:
    """Ask what is needed, in own words or from a list."""
    return first_page(FormState(), page_context())


@blueprint.post("")
@public
def step() -> ResponseReturnValue:
    """Take one step of the interview."""
    context = page_context()
    form = read_form_state(request.form, context.vocabulary)
    if request.form.get("lang"):
        return _same_page(form, context)
    if request.form.get("change"):
        return _change(form, context)
    return _STEPS.get(request.form.get("do", ""), _next)(form, context)


def _next(form: FormState, context: PageContext) -> ResponseReturnValue:
    """Take what was said on the page, then ask the next question or show the list."""
    if form.sent_from == "start":
        return _take_words(form, context)
    fact = _fact(context)
    if fact is None:
        return next_page(form, context)
    typed = request.form.get("value", "").strip()
    try:
        answer = parse_answer(context.vocabulary, fact, typed)
    except BadAnswer:
        error = _("Please choose an answer, or skip.")
        return question_page(form, fact, context, error=error, chosen=typed, then=_then())
    return _after_answer(form.with_answer(fact, answer), context)


def _after_answer(form: FormState, context: PageContext) -> ResponseReturnValue:
    return list_page(form, context) if _then() == "list" else next_page(form, context)


def _more(form: FormState, context: PageContext) -> ResponseReturnValue:
    return next_page(form, context, wants_more=True)


def _take_words(form: FormState, context: PageContext) -> ResponseReturnValue:
    words = form.words.strip()
    if words:
        form = _with_words(form, words, context)
    danger = danger_in(context, words)
    if danger is not None and interrupts(danger, signed_in()):
        return danger_page(form, danger, context)
    if not form.needs:
        error = _("Please tell us what you need, or choose from the list.")
        return first_page(form, context, error=error)
    lines = crisis_lines_for(form, danger, context) if danger else ()
    return next_page(form, context, lines=lines)


def _with_words(form: FormState, words: str, context: PageContext) -> FormState:
    """Add what a person's own words say; what other words said before no longer counts."""
    lexicon = context.edition.guide.lexicon
    understood = understand(words, lexicon=lexicon, hint=context.language)
    facts = parse_answers(context.vocabulary, understood.facts)
    before = request.form.get("before")
    answers = form.answers
    if before is not None and before != form.words:
        answers = {fact: form.answers[fact] for fact in form.asked}
    return replace(
        form,
        needs=form.needs or tuple(need for need, _score in understood.needs[:UNDERSTOOD_NEEDS]),
        answers={**facts, **answers},
        for_other=form.for_other or understood.for_other,
    )


def _back(form: FormState, context: PageContext) -> ResponseReturnValue:
    """Go one question back; what was answered stays chosen, there and here."""
    if _then() == "list":
        return list_page(form, context)
    form = _kept(form, context)
    if not form.asked:
        return first_page(form, context)
    fact = form.asked[-1]
    return question_page(form.without(fact), fact, context)


def _kept(form: FormState, context: PageContext) -> FormState:
    """Keep what was chosen on the page that is left."""
    fact = _fact(context)
    if fact is None:
        return form
    try:
        answer = parse_answer(context.vocabulary, fact, request.form.get("value", "").strip())
    except BadAnswer:
        return form
    return form.keeping(fact, answer)


def _skip(form: FormState, context: PageContext) -> ResponseReturnValue:
    fact = _fact(context)
    return _after_answer(form.with_answer(fact, DECLINED) if fact else form, context)


def _so_far(form: FormState, context: PageContext) -> ResponseReturnValue:
    """Show the list; an answer that was chosen but not sent counts."""
    fact = _fact(context)
    kept = _kept(form, context)
    if fact is not None and kept.kept.get(fact) not in {None, DECLINED}:
        return list_page(kept.with_answer(fact, kept.kept[fact]), context)
    return list_page(form, context) if form.needs else first_page(form, context)


def _change(form: FormState, context: PageContext) -> ResponseReturnValue:
    """Ask one question of the summary again, then come back to the list."""
    fact = request.form.get("change", "")
    if fact not in context.vocabulary.facts:
        return list_page(form, context)
    return question_page(form, fact, context, then="list")


def _restart(_form: FormState, context: PageContext) -> ResponseReturnValue:
    return first_page(FormState(), context)


def _same_page(form: FormState, context: PageContext) -> ResponseReturnValue:
    """Show the page again in the language that was just chosen, with all that was typed."""
    fact = _fact(context)
    if fact is not None:
        chosen = request.form.get("value", "")
        return question_page(form, fact, context, chosen=chosen, then=_then())
    return _PAGES.get(form.sent_from, first_page)(form, context)


def _same_danger_page(form: FormState, context: PageContext) -> ResponseReturnValue:
    level, kind = request.form.get("level"), request.form.get("kind")
    danger = Danger(
        DangerLevel.CRISIS if level == DangerLevel.CRISIS else DangerLevel.EMERGENCY,
        DangerKind(kind) if kind in set(DangerKind) else DangerKind.UNSAFE,
        "other" if request.form.get("about") == "other" else "self",
        worker=False,
    )
    return danger_page(form, danger, context)


def _fact(context: PageContext) -> str | None:
    fact = request.form.get("fact")
    return fact if fact in context.vocabulary.facts else None


def _then() -> str:
    return "list" if request.form.get("then") == "list" else ""


_STEPS: dict[str, Callable[[FormState, PageContext], ResponseReturnValue]] = {
    "next": _next,
    "more": _more,
    "back": _back,
    "skip": _skip,
    "list": _so_far,
    "print": print_page,
    "needs": first_page,
    "restart": _restart,
}

_PAGES: dict[str, Callable[[FormState, PageContext], ResponseReturnValue]] = {
    "start": first_page,
    "danger": _same_danger_page,
    "list": list_page,
    "print": print_page,
}
