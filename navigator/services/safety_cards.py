"""The safety card that answers danger, with the lines of the directory that fit the person."""

from directory_data.directory import Directory
from navigator.domain.eligibility import Answers
from navigator.domain.safety_card import CardReader, SafetyCard, is_local, make_safety_card
from navigator.domain.service_contacts import shortest_contact
from navigator.nlp.danger.detector import Danger


def safety_card_for_person(
    danger: Danger, directory: Directory, answers: Answers, language: str
) -> SafetyCard:
    """Make the card for a danger, with the lines that fit what is known of the person."""

    def number_of(service_id: str) -> str | None:
        service = directory.services.get(service_id)
        return shortest_contact(service) if service else None

    age = answers.get("age")
    reader = CardReader(
        language="fr" if language == "fr" else "en",
        age=age if type(age) is int else None,
        local=is_local(answers.get("municipality"), directory.vocabulary.municipalities),
    )
    lines = directory.region.crisis_lines
    return make_safety_card(danger, reader, lines=lines, number_of=number_of)
