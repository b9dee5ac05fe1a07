"""Danger in the words of a search: the reviewed card for it stands above the results."""

from dataclasses import dataclass

from navigator.domain.eligibility import Answers
from navigator.nlp.danger.detector import DangerLevel
from navigator.services.safety_cards import safety_card_for_person
from navigator.web.base.request_context import container, current_edition, language
from navigator.web.directory.personal_card import plain_service_card
from navigator.web.directory.service_card import ServiceCard
from navigator.web.interview.danger_page import danger_in


@dataclass(frozen=True, slots=True)
class DangerNotice:
    """What is said before the results: fixed words, whether 911 comes first, and lines."""

    first: str
    emergency: bool
    lines: tuple[ServiceCard, ...]


def danger_notice(words: str, answers: Answers) -> DangerNotice | None:
    """Give what to say of the danger in the words; None where there is none."""
    danger = danger_in(words)
    if danger is None:
        return None
    directory, here = current_edition().directory, container()
    told = safety_card_for_person(danger, directory, answers, language())
    moment = here.now().astimezone(here.zone)
    return DangerNotice(
        first=told.first,
        emergency=danger.level is DangerLevel.EMERGENCY,
        lines=tuple(
            plain_service_card(directory.services[one], moment)
            for one in told.service_ids
            if one in directory.services
        ),
    )
