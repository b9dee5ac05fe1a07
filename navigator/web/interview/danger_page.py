"""Danger in anything that a person types: numbers first, and the way on is kept."""

from flask import request
from flask.typing import ResponseReturnValue

from navigator.domain import safety_card
from navigator.nlp.danger.detector import Danger, DangerKind, DangerLevel, detect_danger
from navigator.services.safety_cards import safety_card_for_person
from navigator.web.base.cache_control import cacheable_page
from navigator.web.base.request_context import container, current_edition, language, signed_in
from navigator.web.directory.service_card import ServiceCard, make_card
from navigator.web.interview.form_state import FormState


def danger_in(*typed: str) -> Danger | None:
    """Give the danger in what was typed into the boxes of a page; None where there is none."""
    danger = detect_danger(". ".join(typed), container().danger)
    return None if danger.level is DangerLevel.NONE else danger


def interrupts(danger: Danger) -> bool:
    """Say whether the page of numbers comes first; a worker gets them without being stopped."""
    return not danger.worker and signed_in() is None


def danger_page(form: FormState, danger: Danger) -> ResponseReturnValue:
    """Show whom to call now; the need is kept, so that the interview goes on afterwards."""
    told = _told(form, danger)
    return cacheable_page(
        "interview/danger_page.html", form=form, danger=danger, first=told.first, lines=_lines(told)
    )


def danger_page_again(form: FormState) -> ResponseReturnValue:
    """Show the page as it was, in the language that was just chosen."""
    level, kind = request.form.get("level"), request.form.get("kind")
    known = Danger(
        DangerLevel.CRISIS if level == DangerLevel.CRISIS else DangerLevel.EMERGENCY,
        DangerKind(kind) if kind in set(DangerKind) else DangerKind.UNSAFE,
        "other" if request.form.get("about") == "other" else "self",
        worker=False,
    )
    return danger_page(form, known)


def crisis_lines_for(form: FormState, danger: Danger) -> tuple[ServiceCard, ...]:
    """Give the lines that are right for this person."""
    return _lines(_told(form, danger))


def _told(form: FormState, danger: Danger) -> safety_card.SafetyCard:
    return safety_card_for_person(danger, current_edition().directory, form.answers, language())


def _lines(told: safety_card.SafetyCard) -> tuple[ServiceCard, ...]:
    directory, now, zone = current_edition().directory, container().now(), container().zone
    return tuple(
        make_card(directory, directory.services[key], language(), now=now, zone=zone)
        for key in told.service_ids
        if key in directory.services
    )
