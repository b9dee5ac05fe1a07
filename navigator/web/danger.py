"""Danger in anything that a person types: numbers first, and the way on is kept."""

from flask import request
from flask.typing import ResponseReturnValue

from navigator.actions.hearing import danger_card
from navigator.domain import safety
from navigator.domain.safety import Danger, Kind, Level, cards
from navigator.web.cards import Card, card
from navigator.web.frame import edition, language, parts, signed_in
from navigator.web.interview_form import Form
from navigator.web.kept_pages import kept_page


def recognised(*typed: str) -> Danger | None:
    """Give the danger in what was typed into the boxes of a page; None where there is none."""
    danger = safety.check(". ".join(typed), parts().danger)
    return None if danger.level is Level.NONE else danger


def stops(danger: Danger) -> bool:
    """Say whether the page of numbers comes first; a worker gets them without being stopped."""
    return not danger.worker and signed_in() is None


def danger_page(form: Form, danger: Danger) -> ResponseReturnValue:
    """Show whom to call now; the need is kept, so that the interview goes on afterwards."""
    told = _told(form, danger)
    return kept_page(
        "find/danger.html", form=form, danger=danger, first=told.first, lines=_lines(told)
    )


def danger_page_again(form: Form) -> ResponseReturnValue:
    """Show the page as it was, in the language that was just chosen."""
    level, kind = request.form.get("level"), request.form.get("kind")
    known = Danger(
        Level.CRISIS if level == Level.CRISIS else Level.EMERGENCY,
        Kind(kind) if kind in set(Kind) else Kind.UNSAFE,
        "other" if request.form.get("about") == "other" else "self",
        worker=False,
    )
    return danger_page(form, known)


def lines_for(form: Form, danger: Danger) -> tuple[Card, ...]:
    """Give the lines that are right for this person."""
    return _lines(_told(form, danger))


def _told(form: Form, danger: Danger) -> cards.Card:
    return danger_card(danger, edition().directory, form.answers, language())


def _lines(told: cards.Card) -> tuple[Card, ...]:
    directory, now, zone = edition().directory, parts().now(), parts().zone
    return tuple(
        card(directory, directory.services[key], language(), now=now, zone=zone)
        for key in told.service_ids
        if key in directory.services
    )
