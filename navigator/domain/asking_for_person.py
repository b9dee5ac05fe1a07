"""Whether a text asks to talk to a person, in so many words."""

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
