"""The pages that ask: what is needed, then one question a page, until the list can be shown."""

from flask import request
from flask.typing import ResponseReturnValue

from navigator.actions import interviewing
from navigator.actions.handing_on import Carried
from navigator.domain.describing import understood
from navigator.domain.interview import CAP, FIRST_LIST_AFTER
from navigator.domain.understanding import understand
from navigator.web.cards import Card
from navigator.web.found import list_page
from navigator.web.frame import edition, language, parts
from navigator.web.interview_form import Form
from navigator.web.kept_pages import kept_page

HEARD_NEEDS = 3
"""How many needs are taken from a person's own words."""


def first_page(form: Form, *, error: str = "") -> ResponseReturnValue:
    """Ask what is needed, in own words or from a list; nothing typed is lost."""
    areas: dict[str, list[str]] = {}
    for need in parts().vocabulary.needs.values():
        if need.id in edition().directory.by_need:
            areas.setdefault(need.area, []).append(need.id)
    errors = {"words": error} if error else {}
    return kept_page(
        "find/start.html",
        400 if error else 200,
        form=form,
        areas=areas,
        ticked=form.needs if _from_boxes(form) else (),
        errors=errors,
    )


def go_on(form: Form, *, lines: tuple[Card, ...] = ()) -> ResponseReturnValue:
    """Ask the next question, or show the list; `lines` are numbers for a worker in a hurry."""
    if not form.needs:
        return first_page(form)
    guide = edition().guide
    standing = interviewing.stand(guide.directory, guide.vocabulary, form.needs, form.answers)
    first_list = len(form.asked) == FIRST_LIST_AFTER and request.form.get("do") != "more"
    if standing.question is None or first_list or len(form.asked) >= CAP:
        return list_page(form, lines=lines)
    return question_page(form, standing.question, lines=lines)


def question_page(
    form: Form,
    fact: str,
    *,
    error: str = "",
    chosen: str | None = None,
    then: str = "",
    lines: tuple[Card, ...] = (),
) -> ResponseReturnValue:
    """Ask for one fact; `then` says where to go with the answer: "list" after a change."""
    vocabulary = parts().vocabulary
    question = interviewing.word(vocabulary, fact, language(), for_other=form.for_other)
    number = len(form.asked) + 1
    heard = form.words and not form.asked and not then
    return kept_page(
        "find/question.html",
        400 if error else 200,
        form=form,
        question=question,
        number=number,
        most=FIRST_LIST_AFTER if number <= FIRST_LIST_AFTER else CAP,
        errors={"c1" if question.choices else "value": error} if error else {},
        chosen=form.chosen(fact) if chosen is None else chosen,
        then=then,
        heard=understood(vocabulary, form.needs, form.answers, language()) if heard else "",
        lines=lines,
    )


def continue_from(carried: Carried) -> ResponseReturnValue:
    """Go on where a person stopped, on this or another device."""
    vocabulary = parts().vocabulary
    answers = {fact: value for fact, value in carried.answers.items() if fact in vocabulary.facts}
    form = Form(
        needs=tuple(need for need in carried.needs if need in vocabulary.needs),
        answers=answers,
        for_other=carried.for_other,
        asked=tuple(fact for fact in carried.asked if fact in answers),
    )
    return list_page(form) if form.needs else first_page(form)


def _from_boxes(form: Form) -> bool:
    """Say whether the needs were ticked; those from the person's words may change with them."""
    if request.form.get("at") == "start" or not form.words.strip():
        return True
    heard = understand(form.words, lexicon=edition().guide.lexicon, hint=language())
    return tuple(need for need, _ in heard.needs[:HEARD_NEEDS]) != form.needs
