"""The pages that ask: what is needed, then one question a page, until the list can be shown."""

from flask import request
from flask.typing import ResponseReturnValue

from navigator.domain.explanations import summary_of_needs_and_answers
from navigator.domain.question_selection import FIRST_LIST_AFTER, MOST_QUESTIONS, interview_step
from navigator.nlp.needs.pipeline import understand
from navigator.services.interview.handoff_codes import HandoffPayload
from navigator.services.interview.question_wording import word_question
from navigator.web.base.cache_control import cacheable_page
from navigator.web.base.request_context import container, current_edition, language
from navigator.web.directory.service_card import ServiceCard
from navigator.web.interview.form_state import FormState
from navigator.web.interview.result_list import list_page

HEARD_NEEDS = 3
"""How many needs are taken from a person's own words."""


def first_page(form: FormState, *, error: str = "") -> ResponseReturnValue:
    """Ask what is needed, in own words or from a list; nothing typed is lost."""
    areas: dict[str, list[str]] = {}
    for need in container().vocabulary.needs.values():
        if need.id in current_edition().directory.by_need:
            areas.setdefault(need.area, []).append(need.id)
    errors = {"words": error} if error else {}
    return cacheable_page(
        "interview/start.html",
        400 if error else 200,
        form=form,
        areas=areas,
        ticked=form.needs if _from_boxes(form) else (),
        errors=errors,
    )


def next_page(form: FormState, *, lines: tuple[ServiceCard, ...] = ()) -> ResponseReturnValue:
    """Ask the next question, or show the list; `lines` are numbers for a worker in a hurry."""
    if not form.needs:
        return first_page(form)
    guide = current_edition().guide
    standing = interview_step(guide.directory, form.needs, form.answers)
    first_list = len(form.asked) == FIRST_LIST_AFTER and request.form.get("do") != "more"
    if standing.question is None or first_list or len(form.asked) >= MOST_QUESTIONS:
        return list_page(form, lines=lines)
    return question_page(form, standing.question, lines=lines)


def question_page(
    form: FormState,
    fact: str,
    *,
    error: str = "",
    chosen: str | None = None,
    then: str = "",
    lines: tuple[ServiceCard, ...] = (),
) -> ResponseReturnValue:
    """Ask for one fact; `then` says where to go with the answer: "list" after a change."""
    vocabulary = container().vocabulary
    question = word_question(vocabulary, fact, language(), for_other=form.for_other)
    number = len(form.asked) + 1
    heard = form.words and not form.asked and not then
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
        heard=summary_of_needs_and_answers(vocabulary, form.needs, form.answers, language())
        if heard
        else "",
        lines=lines,
    )


def continue_from(carried: HandoffPayload) -> ResponseReturnValue:
    """Go on where a person stopped, on this or another device."""
    vocabulary = container().vocabulary
    answers = {fact: value for fact, value in carried.answers.items() if fact in vocabulary.facts}
    form = FormState(
        needs=tuple(need for need in carried.needs if need in vocabulary.needs),
        answers=answers,
        for_other=carried.for_other,
        asked=tuple(fact for fact in carried.asked if fact in answers),
    )
    return list_page(form) if form.needs else first_page(form)


def _from_boxes(form: FormState) -> bool:
    """Say whether the needs were ticked; those from the person's words may change with them."""
    if request.form.get("at") == "start" or not form.words.strip():
        return True
    heard = understand(form.words, lexicon=current_edition().guide.lexicon, hint=language())
    return tuple(need for need, _ in heard.needs[:HEARD_NEEDS]) != form.needs
