"""The safety card that answers danger, with the lines of the directory that fit the person."""

from typing import Literal

from directory_data.directory import Directory
from navigator.domain import safety_card
from navigator.domain.contact_details import shortest_contact
from navigator.domain.eligibility import Answers
from navigator.nlp.danger.detector import Danger
from navigator.wording.content import safety_card_texts


def safety_card_for_person(
    danger: Danger, directory: Directory, answers: Answers, language: str
) -> safety_card.SafetyCard:
    """Make the card for a danger, with the lines that fit what is known of the person."""

    def line(service_id: str) -> str | None:
        service = directory.services.get(service_id)
        return shortest_contact(service) if service else None

    age, place = answers.get("age"), answers.get("municipality")
    spoken: Literal["en", "fr"] = "fr" if language == "fr" else "en"
    return safety_card.make_safety_card(
        danger,
        language=spoken,
        age=age if type(age) is int else None,
        municipality=str(place) if place else None,
        line=line,
        words=safety_card_texts(),
    )
