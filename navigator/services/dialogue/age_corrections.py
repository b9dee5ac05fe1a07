"""Ages told late, corrected, or hard to believe: always taken, and read back where in doubt."""

import re

from navigator.domain.conversation_state import KnownPerson
from navigator.domain.eligibility import Answer
from navigator.nlp.needs.pipeline import understand
from navigator.services.dialogue.dialogue_turn import DialogueContext, ParsedMessage
from navigator.wording.content import text_message
from sms.normalizer import fold_sms, words

OLDEST = 120
NO_OPTION = 10
"""From here on a number is no choice of a menu, which has fewer lines."""

LONGEST_ANSWER = 4
"""Words: "I am forty two" is an answer, a longer text tells more than an age."""

AS_SENTENCE = {"en": "I am {answer} years old", "fr": "J'ai {answer} ans"}

CHILD, GROWN_UP, VERY_OLD = 8, 30, 105
"""Who texts for themselves is hardly younger; a parent or spouse hardly younger; hardly older."""

_CORRECTED = re.compile(
    r"(?:(?:sorry|oops|no|non|i meant?|i mean|meant|actually|wait|pardon|desolee?|oups|je voulais"
    r" dire|plutot|en fait|age|is|i am|im|jai|it'?s|cest|he is|she is)[ ,:]*)*"
    r"(\d{2,3})(?: ans| years?(?: old)?| yrs?)?"
)
_BABY = re.compile(r"(\d{1,2}) ?(?:months?|mos?|mois)(?: old)?")
_ELDERS = re.compile(
    r"\b(?:mother|father|mom|dad|mum|parents?|grand ?(?:ma|pa|mother|father)|nan|nana|husband|wife"
    r"|mere|pere|maman|papa|mari|femme|epoux|epouse|grand ?(?:mere|pere)|mamie|papi)\b"
)


def late_age(folded: str) -> int | None:
    """Give the age that a whole folded text is, where a menu was shown: "84", "sorry 41"."""
    found = _CORRECTED.fullmatch(folded.rstrip(" .!"))
    years = int(found[1]) if found else 0
    return years if NO_OPTION <= years <= OLDEST else None


def age_in_words(context: DialogueContext, message: ParsedMessage) -> int | None:
    """Give the age that a short answer tells in words: "forty two", "8 months"."""
    if len(message.body.split()) > LONGEST_ANSWER:
        return None
    if baby := _BABY.fullmatch(message.folded.strip(" .!")):
        return int(baby[1]) // 12
    # The words alone ("forty two") are no age; said as an answer to our question they are.
    sentence = AS_SENTENCE[message.language].format(answer=message.body)
    facts = understand(sentence, lexicon=context.lexicon, hint=message.language).facts
    age = facts.get("age")
    return age if type(age) is int else None


def age_confirmation(person: KnownPerson, age: Answer, language: str) -> str:
    """Read an age back where it goes against what was known; empty where it is believed."""
    if type(age) is not int:
        return ""
    known = person.answers.get("age")
    changed = type(known) is int and known != age
    odd = age < CHILD if not person.for_other else age < GROWN_UP and _is_elder(person)
    return text_message("age_check", language, age=age) if changed or odd or age > VERY_OLD else ""


def _is_elder(person: KnownPerson) -> bool:
    return _ELDERS.search(" ".join(words(fold_sms(person.words)))) is not None
