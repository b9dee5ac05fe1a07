"""Danger in the words of a search: the reviewed card for it stands above the results."""

from dataclasses import dataclass

from navigator.actions.hearing import danger_card
from navigator.domain.eligibility import Answers
from navigator.domain.safety import Level
from navigator.web.cards import Card
from navigator.web.danger import recognised
from navigator.web.frame import edition, language, parts
from navigator.web.search_cards import plain


@dataclass(frozen=True, slots=True)
class Told:
    """What is said before the results: fixed words, whether 911 comes first, and lines."""

    first: str
    emergency: bool
    lines: tuple[Card, ...]


def told_of(words: str, answers: Answers) -> Told | None:
    """Give what to say of the danger in the words; None where there is none."""
    danger = recognised(words)
    if danger is None:
        return None
    directory, here = edition().directory, parts()
    told = danger_card(danger, directory, answers, language())
    moment = here.now().astimezone(here.zone)
    return Told(
        first=told.first,
        emergency=danger.level is Level.EMERGENCY,
        lines=tuple(
            plain(directory.services[one], moment)
            for one in told.service_ids
            if one in directory.services
        ),
    )
