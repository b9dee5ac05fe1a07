"""What people say beside the matter is heard: hello, who are you, I am lost, I want a person."""

import pytest

from navigator.nlp.conversational_intents import Intent, find_intents
from sms.normalizer import fold_sms

EXPRESSED = {
    Intent.ASKS_FOR_PERSON: (
        "I want to talk to a real person",
        "can i talk to a human",
        "can I speak with someone please",
        "call me please",
        "Please call me back",
        "is there a real person here?",
        "je veux parler à une vraie personne",
        "est-ce que je peux parler à quelqu'un",
        "rappelez-moi svp",
    ),
    Intent.ASKS_ABOUT_US: (
        "u a robot?",
        "are you a real person or a bot",
        "who is this",
        "is it free",
        "es-tu un robot?",
        "c'est gratuit?",
        "wtf is this",
    ),
    Intent.ASKS_ABOUT_PRIVACY: ("is this private?", "who can see this", "qui peut lire ça"),
    Intent.GREETS: ("Bonjour", "hiii there", "are you there?"),
    Intent.NOT_UNDERSTOOD: (
        "I DO NOT UNDERSTAND THIS",
        "no understand",
        "je comprend pas",
        "j'ai pas compris",
        "what do you mean?",
        "i dont get it",
        "c'est quoi ça?",
        "what do i do",
    ),
    Intent.UNSURE: ("idk", "I'm not sure", "je ne sais pas", "🤷"),
    Intent.ACKNOWLEDGES: ("ok thanks", "👍", "d'accord merci"),
    Intent.ADDS: ("also i need a dentist", "and food", "aussi un avocat"),
    Intent.ASKS_ABOUT_PLACE: ("what are the hours?", "where is it", "c'est gratuit?"),
    Intent.CHOOSES_SEVERAL: ("both", "1, 2", "1 and 3", "les deux svp"),
    Intent.ANGRY: ("this is useless", "fuck you"),
    Intent.SAFE: ("the ambulance is here", "Ça va, il est à l'hôpital", "I'm ok"),
    Intent.DENIES_DANGER: (
        "nobody is hurting me, I just need help with the bill",
        "je ne suis pas en danger",
    ),
}

OTHERWISE = {
    Intent.ASKS_FOR_PERSON: (
        "I need to talk to a counsellor",
        "my mom has nobody to talk to, she is alone",
        "I need food",
        "je cherche un groupe pour parler à des gens",
        "they never call me",
        "my landlord calls me each day for the rent and the office told me to talk to someone else",
    ),
    Intent.ASKS_ABOUT_US: ("is there free food", "I need a real job", "what is there to do"),
    Intent.ASKS_ABOUT_PRIVACY: ("is there a private counsellor",),
    Intent.GREETS: ("hello i need food",),
    Intent.NOT_UNDERSTOOD: (
        "my kids don't understand english",
        "i lost my home",
        "I don't know what to eat",
        "what can i do about my rent",
        "je ne comprends pas mon bail",
    ),
    Intent.ACKNOWLEDGES: ("ok but where",),
    Intent.CHOOSES_SEVERAL: ("12", "2"),
    Intent.ANGRY: ("I feel worthless",),
    Intent.SAFE: ("i feel really sleepy",),
    Intent.DENIES_DANGER: ("he hit me again",),
}


def pairs(texts: dict[Intent, tuple[str, ...]]) -> list[tuple[Intent, str]]:
    return [(intent, text) for intent, every in texts.items() for text in every]


@pytest.mark.parametrize(("intent", "text"), pairs(EXPRESSED))
def test_an_intent_is_heard(intent: Intent, text: str) -> None:
    assert intent in find_intents(fold_sms(text))


@pytest.mark.parametrize(("intent", "text"), pairs(OTHERWISE))
def test_a_need_or_an_answer_is_not_taken_for_an_intent(intent: Intent, text: str) -> None:
    assert intent not in find_intents(fold_sms(text))


def test_every_intent_has_a_text_that_expresses_it() -> None:
    assert set(EXPRESSED) == set(Intent)
