"""Danger in anything that a person types: numbers first, and the way on is kept."""

from flask.typing import ResponseReturnValue

from navigator.domain.roles import Staff
from navigator.domain.safety_card import SafetyCard
from navigator.nlp.danger.detector import Danger, DangerLevel, detect_danger
from navigator.services.safety_cards import safety_card_for_person
from navigator.web.base.cacheable_page import cacheable_page
from navigator.web.base.request_context import PageContext
from navigator.web.directory.service_card import ServiceCard, plain_service_card
from navigator.web.interview.form_state import FormState


def danger_in(context: PageContext, *typed: str) -> Danger | None:
    """Give the danger in what was typed into the boxes of a page; None where there is none."""
    danger = detect_danger(". ".join(typed), context.container.danger)
    return None if danger.level is DangerLevel.NONE else danger


def interrupts(danger: Danger, staff: Staff | None) -> bool:
    """Say whether the page of numbers comes first; a worker gets them without being stopped."""
    return not danger.worker and staff is None


def danger_page(form: FormState, danger: Danger, context: PageContext) -> ResponseReturnValue:
    """Show whom to call now; the need is kept, so that the interview goes on afterwards."""
    safety_card = _safety_card(form, danger, context)
    return cacheable_page(
        "interview/danger_page.html",
        form=form,
        danger=danger,
        first=safety_card.first,
        lines=_lines(safety_card, context),
    )


def crisis_lines_for(
    form: FormState, danger: Danger, context: PageContext
) -> tuple[ServiceCard, ...]:
    """Give the lines that are right for this person."""
    return _lines(_safety_card(form, danger, context), context)


def _safety_card(form: FormState, danger: Danger, context: PageContext) -> SafetyCard:
    return safety_card_for_person(danger, context.directory, form.answers, context.language)


def _lines(safety_card: SafetyCard, context: PageContext) -> tuple[ServiceCard, ...]:
    services = context.directory.services
    return tuple(
        plain_service_card(services[id_], context)
        for id_ in safety_card.service_ids
        if id_ in services
    )
