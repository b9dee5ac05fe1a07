"""The pages that ask: what is needed, then one question a page, until the list can be shown."""

from flask.typing import ResponseReturnValue

from navigator.domain.explanations import summary_of_needs_and_answers
from navigator.domain.question_selection import FIRST_LIST_AFTER, MOST_QUESTIONS
from navigator.nlp.needs.pipeline import understand
from navigator.services.interview.handoff_codes import HandoffPayload
from navigator.services.interview.question_wording import word_question
from navigator.web.base.cacheable_page import cacheable_page
from navigator.web.base.request_context import PageContext
from navigator.web.directory.service_card import ServiceCard
from navigator.web.interview.form_state import FormState
from navigator.web.interview.result_list import form_step, list_page

UNDERSTOOD_NEEDS = 3
"""How many needs are taken from a person's own words: "food, and my rent is late, and I can't see a
dentist" is three; what comes after is hardly meant."""


def first_page(form: FormState, context: PageContext, *, error: str = "") -> ResponseReturnValue:
    """Ask what is needed, in own words or from a list; nothing typed is lost."""
    areas: dict[str, list[str]] = {}
    for need in context.vocabulary.needs.values():
        if need.id in context.directory.by_need:
            areas.setdefault(need.area, []).append(need.id)
    errors = {"words": error} if error else {}
    return cacheable_page(
        "interview/start.html",
        400 if error else 200,
        form=form,
        areas=areas,
        ticked=form.needs if _were_ticked(form, context) else (),
        errors=errors,
    )


def next_page(
    form: FormState,
    context: PageContext,
    *,
    wants_more: bool = False,
    lines: tuple[ServiceCard, ...] = (),
) -> ResponseReturnValue:
    """Ask the next question, or show the list; `lines` are numbers for a worker in a hurry.

    `wants_more`: the person has seen the first list and asked for more questions.
    """
    if not form.needs:
        return first_page(form, context)
    step = form_step(form, context)
    is_first_list = len(form.asked) == FIRST_LIST_AFTER and not wants_more
    if step.question is None or is_first_list or len(form.asked) >= MOST_QUESTIONS:
        return list_page(form, context, lines=lines)
    return question_page(form, step.question, context, lines=lines)


def question_page(
    form: FormState,
    fact: str,
    context: PageContext,
    *,
    error: str = "",
    chosen: str | None = None,
    then: str = "",
    lines: tuple[ServiceCard, ...] = (),
) -> ResponseReturnValue:
    """Ask for one fact; `then` says where to go with the answer: "list" after a change."""
    vocabulary, language = context.vocabulary, context.language
    question = word_question(vocabulary, fact, language, for_other=form.for_other)
    number = len(form.asked) + 1
    is_first = bool(form.words) and not form.asked and not then
    summary = summary_of_needs_and_answers(vocabulary, form.needs, form.answers, language)
    return cacheable_page(
        "interview/question.html",
        400 if error else 200,
        form=form,
        question=question,
        number=number,
        most=FIRST_LIST_AFTER if number <= FIRST_LIST_AFTER else MOST_QUESTIONS,
        errors={"c1" if question.choices else "value": error} if error else {},
        chosen=form.chosen(fact) if chosen is None else chosen,
        then=then,
        understood=summary if is_first else "",
        lines=lines,
    )


def continue_from(payload: HandoffPayload, context: PageContext) -> ResponseReturnValue:
    """Go on where a person stopped, on this or another device."""
    vocabulary = context.vocabulary
    answers = {fact: value for fact, value in payload.answers.items() if fact in vocabulary.facts}
    form = FormState(
        needs=tuple(need for need in payload.needs if need in vocabulary.needs),
        answers=answers,
        for_other=payload.for_other,
        asked=tuple(fact for fact in payload.asked if fact in answers),
    )
    return list_page(form, context) if form.needs else first_page(form, context)


def _were_ticked(form: FormState, context: PageContext) -> bool:
    """Say whether the needs were ticked; those from the person's words may change with them."""
    if form.sent_from == "start" or not form.words.strip():
        return True
    lexicon = context.edition.guide.lexicon
    understood = understand(form.words, lexicon=lexicon, hint=context.language)
    return tuple(need for need, _score in understood.needs[:UNDERSTOOD_NEEDS]) != form.needs
