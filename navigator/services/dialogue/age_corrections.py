"""Ages told late, corrected, or hard to believe: always taken, and read back where in doubt."""

import re

from navigator.domain.conversation_state import ConversationState
from navigator.domain.eligibility import Answer
from navigator.nlp.needs.lexicon import NeedsLexicon
from navigator.nlp.needs.pipeline import understand
from navigator.wording.content import text_message
from search_index.analyzer import fold_text

OLDEST = 120
NO_OPTION = 10
"""From here on a number is no choice of a menu, which has fewer lines."""

LONGEST = 4
AS_TOLD = {"en": "I am {said} years old", "fr": "J'ai {said} ans"}

CHILD, GROWN_UP, VERY_OLD = 8, 30, 105
"""Who texts for themselves is hardly younger; a parent or spouse hardly younger; hardly older."""

_CORRECTED = re.compile(
    r"(?:(?:sorry|oops|no|non|i meant?|i mean|meant|actually|wait|pardon|desolee?|oups|je voulais"
    r" dire|plutot|en fait|age|is|i am|i'?m|im|j'?ai|it'?s|c'?est|he is|she is)[ ,:]*)*"
    r"(\d{2,3})(?: ans| years?(?: old)?| yrs?)?"
)
_BABY = re.compile(r"(\d{1,2}) ?(?:months?|mos?|mois)(?: old)?")
_ELDERS = re.compile(
    r"\b(?:mother|father|mom|dad|mum|parents?|grand ?(?:ma|pa|mother|father)|nan|nana|husband|wife"
    r"|mere|pere|maman|papa|mari|femme|epoux|epouse|grand[ -]?(?:mere|pere)|mamie|papi)\b"
)


def late_age(body: str) -> int | None:
    """Give the age that a whole text is, where a menu was shown: "84", "sorry 41"."""
    found = _CORRECTED.fullmatch(fold_text(body).rstrip(" .!"))
    years = int(found[1]) if found else 0
    return years if NO_OPTION <= years <= OLDEST else None


def age_in_words(body: str, lexicon: NeedsLexicon, language: str) -> int | None:
    """Give the age that a short answer tells in words: "forty two", "8 months"."""
    if len(body.split()) > LONGEST:
        return None
    if baby := _BABY.fullmatch(fold_text(body).strip(" .!")):
        return int(baby[1]) // 12
    whole = AS_TOLD[language].format(said=body)
    age = understand(whole, lexicon=lexicon, hint=language).facts.get("age")
    return age if type(age) is int else None


def age_confirmation(state: ConversationState, age: Answer, language: str) -> str:
    """Read an age back where it goes against what was said; empty where it is believed."""
    if type(age) is not int:
        return ""
    known = state.answers.get("age")
    changed = type(known) is int and known != age
    odd = age < CHILD if not state.for_other else _is_elder(state) and age < GROWN_UP
    return text_message("age_check", language, age=age) if changed or odd or age > VERY_OLD else ""


def _is_elder(state: ConversationState) -> bool:
    return _ELDERS.search(fold_text(state.words)) is not None
