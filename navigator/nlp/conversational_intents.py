"""What people say beside the matter: ask for a person, ask who we are, say that they are safe."""

import re

LONGEST = 14
"""Words; a longer text tells a story, and its need comes first."""

REAL = r"(?:real|live|actual|human|vraie|vrai)"
PEOPLE = (
    rf"(?:{REAL} )?(?:person|human|being|someone|somebody|navigator|agent|operator|representative"
    r"|personne|humaine?|quelqu'? ?un|conseill(?:er|ere)|intervenante?|navigateur)"
)
WAYS = (
    rf"(?:talk|speak|chat|connect me|put me through|parler|jaser)\b.{{0,24}}\b{PEOPLE}\b",
    rf"\b(?:want|need|get me|give me|is there|veux|voudrais|besoin)\b.{{0,12}}\b{REAL} {PEOPLE}\b",
    r"^(?:please |can you |could you |can someone |can somebody )?call me(?: please| back| now)*$",
    r"\b(?:appelez|rappelez|appelle|rappelle)[ -]moi\b",
)
ASKS = re.compile("|".join(WAYS))

NOT_US = re.compile(
    r"\b(?:counsel|therap|doctor|psych|lawyer|avocat|medecin|group|peer|lonely|alone|seule?\b)"
)
"""Somebody else is looked for: that is a need, not a wish to leave the bot."""


def asks_for_person(folded: str) -> bool:
    """Say whether a text, lower case and without accents, asks for a person to talk to here."""
    said = " ".join(folded.split()).rstrip(" .!?")
    if len(said.split()) > LONGEST or NOT_US.search(said):
        return False
    return ASKS.search(said) is not None


ABOUT_US = re.compile(
    r"^(?:(?:wtf|what|who) (?:is|are|r) (?:this|u|you)\b.*"
    r"|(?:are |r |is this |u |you )*(?:an? )?"
    r"(?:real|robot|bot|machine|ai|human)(?: person)?(?: or .*)?"
    r"|is (?:it|this) free\b.*|how much (?:is it|does it cost|do you charge)\b.*"
    r"|(?:es[ -]?tu|t'? ?es|vous etes|etes[ -]vous|c'? ?est) (?:une? )?(?:robot|machine|vraie?).*"
    r"|c'? ?est (?:qui|quoi)(?: ca)?|(?:qui|quoi) (?:etes|es)[ -].*"
    r"|c'? ?est gratuit|combien ca coute.*)$"
)
"""The whole text asks who answers here, or what it costs."""

SAFE = re.compile(
    r"\b(?:safe|fine|better|ambulance|paramedics?|hospital|called 911|911 is|ok now|im ok"
    r"|they(?:'? ?re| are) here|help is here|securite|ca va|hopital|appele le 911|j'? ?ai appele"
    r"|secours|sauf)\b"
)
NOT_IN_DANGER = re.compile(
    r"\b(?:not? (?:in )?danger|not (?:being )?(?:hurt|abused|suicidal)"
    r"|no ?(?:one|body) (?:is |s )?(?:hurt|hit|abus)\w*"
    r"|i(?:'? ?m| am)? just|just need|only need|misunderst\w+|pas en danger|pas suicidaire"
    r"|personne (?:ne )?me (?:fait|frappe)|(?:je veux|j'? ?ai|besoin) juste)\b"
)


def asks_about_us(folded: str) -> bool:
    """Say whether a text asks who answers here, or what it costs."""
    return ABOUT_US.search(" ".join(folded.split()).rstrip(" .!?")) is not None


def says_safe(folded: str) -> bool:
    """Say whether a text after an emergency tells that help is there or danger is over."""
    return SAFE.search(folded) is not None


def denies_danger(folded: str) -> bool:
    """Say whether a text after a safety card tells that there was no danger."""
    return NOT_IN_DANGER.search(folded) is not None
