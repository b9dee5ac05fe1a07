"""What people say beside the matter: hello, who are you, I am lost, I want a person, I am safe.

A need or an answer may stand in the same text; the dialogue decides what comes first.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sms.normalizer import words


class Intent(StrEnum):
    """What a text can say beside the matter."""

    ASKS_FOR_PERSON = "asks-for-person"
    """Wants to talk to a person here: "can i talk to a human"."""
    ASKS_ABOUT_US = "asks-about-us"
    """Asks who answers here, or what it costs: "are you a robot"."""
    ASKS_ABOUT_PRIVACY = "asks-about-privacy"
    """Asks who reads along."""
    GREETS = "greets"
    """Only says hello."""
    NOT_UNDERSTOOD = "not-understood"
    """Tells that we were not understood: "huh i dont get it"."""
    UNSURE = "unsure"
    """Does not know: "idk", "not sure"."""
    ACKNOWLEDGES = "acknowledges"
    """Only agrees or thanks: "ok cool", a thumb."""
    ADDS = "adds"
    """Adds to what was told: "also i need a dentist"."""
    ASKS_ABOUT_PLACE = "asks-about-place"
    """Asks for the hours, the address or the price of a place."""
    CHOOSES_SEVERAL = "chooses-several"
    """Chooses more than one of a menu that takes one."""
    ANGRY = "angry"
    """Curses, or gives up on us."""
    SAFE = "safe"
    """Tells after an emergency that help is there or danger is over."""
    DENIES_DANGER = "denies-danger"
    """Tells after a safety card that there was no danger."""


@dataclass(frozen=True, slots=True)
class IntentPattern:
    """How an intent is said: in folded words with single spaces, without punctuation."""

    pattern: re.Pattern[str]
    whole: bool = False
    """The whole text must be nothing else."""
    most_words: int | None = None
    """A longer text tells a story, and its need comes first."""
    unless: re.Pattern[str] | None = None
    """Takes it back, wherever it stands."""

    def is_in(self, utterance: str) -> bool:
        """Say whether folded words express it."""
        if self.most_words is not None and len(utterance.split()) > self.most_words:
            return False
        if self.unless is not None and self.unless.search(utterance):
            return False
        found = (self.pattern.fullmatch if self.whole else self.pattern.search)(utterance)
        return found is not None


def find_intents(folded: str) -> frozenset[Intent]:
    """Give everything that a text, folded as fold_sms does, says beside the matter."""
    utterance = " ".join(words(folded))
    return frozenset(intent for intent, how in INTENTS.items() if how.is_in(utterance))


_REAL = r"(?:real|live|actual|human|vraie|vrai)"
_PEOPLE = (
    rf"(?:{_REAL} )?(?:person|human|being|someone|somebody|navigator|agent|operator|representative"
    r"|personne|humaine?|quelqu ?un|conseill(?:er|ere)|intervenante?|navigateur)"
)
_FOR_PERSON = re.compile(
    rf"(?:talk|speak|chat|connect me|put me through|parler|jaser)\b.{{0,24}}\b{_PEOPLE}\b"
    r"|\b(?:want|need|get me|give me|is there|veux|voudrais|besoin)\b.{0,12}"
    rf"\b{_REAL} {_PEOPLE}\b"
    r"|^(?:please |can you |could you |can someone |can somebody )?call me"
    r"(?: please| back| now)*$"
    r"|\b(?:appelez|rappelez|appelle|rappelle) moi\b"
)
_SOMEBODY_ELSE = re.compile(
    r"\b(?:counsel|therap|doctor|psych|lawyer|avocat|medecin|group|peer|lonely|alone|seule?\b)"
)
"""Somebody else is looked for: that is a need, not a wish to leave the bot."""

_ABOUT_US = re.compile(
    r"(?:wtf|what|who) (?:is|are|r) (?:this|u|you)\b.*"
    r"|(?:are |r |is this |u |you )*(?:an? )?"
    r"(?:real|robot|bot|machine|ai|human)(?: person)?(?: or .*)?"
    r"|is (?:it|this) free\b.*|how much (?:is it|does it cost|do you charge)\b.*"
    r"|(?:es ?tu|t ?es|vous etes|etes vous|c ?est) (?:une? )?(?:robot|machine|vraie?).*"
    r"|c ?est (?:qui|quoi)(?: ca)?|(?:qui|quoi) (?:etes|es) .*"
    r"|c ?est gratuit|combien ca coute.*"
)
_PRIVACY = re.compile(
    r"(?:is|are|will|ok is|and is) (?:this|it|that|my \w+|what i \w+|our talk)"
    r"(?: all| really| kept| be| stay)* (?:private|confidential|secret|anonymous|safe|secure)\b.*"
    r"|who (?:else )?(?:can |will |could )?(?:sees?|reads?|knows?|gets?)"
    r" (?:this|it|my|what|these)\b.*"
    r"|(?:est ce |c est )(?:que c est )?(?:confidentiel|prive|anonyme|secret)\b.*"
    r"|qui (?:peut |va )?(?:voit|voir|lit|lire|sait|savoir)\b.*"
)
_GREETING = re.compile(
    r"(?:hi+|hello+|hey+|yo|good (?:morning|afternoon|evening)|bonjour|bonsoir|salut|allo)"
    r"(?: (?:there|again|encore|are you there|anyone there|tu es la|vous etes la))?"
    r"|(?:are you|anyone|you) there|(?:tu es|vous etes) la"
)
_BEFORE = r"(?:(?:sorry|so|but|ok|i|im|am|still|really|je|j|ne|n|desolee?|mais) )*"
_AFTER = (
    r"(?: (?:this|that|it|what|anything|at all|(?:the|la|ta|votre) question|please"
    r"|ca|cela|rien|svp|moi))*"
)
_LOST = re.compile(
    _BEFORE
    + r"(?:(?:dont|do not|didnt|did not|not|no|cant|cannot) (?:understand|understood|follow|get)"
    r"|(?:confused|lost)|comprend[sr]? (?:pas|rien)|(?:ai )?(?:pas|rien) compris"
    r"|what(?: do you| does (?:this|that|it)| u)? mean|what (?:do|should|can) i (?:do|say|text"
    r"|write|answer)|what now|how does (?:this|it) work|je fais quoi|quoi faire"
    r"|c est quoi(?: ca)?|comment ca marche)" + _AFTER
)
_UNSURE = re.compile(
    _BEFORE + r"(?:idk|dunno|dont know|do not know|not sure|unsure|no idea|sais pas|jsp|chais pas"
    r"|pas sure?|aucune idee|🤷|🤔|\?)"
)
_CONTENT = re.compile(
    r"(?:(?:ok|okay|okey|k|kk|cool|great|good|perfect|nice|alright|fine|got it|sounds good|parfait"
    r"|super|d accord|dac|bien|c est bon|thanks|thank you|thx|merci|👍|👌|🙏|❤|😊|🙂|😀) ?)+"
)
_ADDED = re.compile(
    r"^(?:and|plus|et) |\b(?:also|too|as well|another thing|aussi|en plus|egalement)\b"
)
_PLACE = re.compile(
    r"\b(?:open|opens|hours?|closed?|closes|address|where (?:is|are|do)|how (?:do|can) i get there"
    r"|free|cost|bring|ouvert|ferme|heures?|adresse|ou est|gratuit|apporter)\b"
)
_SEVERAL = re.compile(
    r"(?:i want |i need |can i have )?(?:both|all|all of them|all (?:two|three)|everything"
    r"|les (?:deux|trois)|tous|toutes|tout)(?: (?:of them|please|svp))?|\d(?:-\d|(?: and| et)? \d)+"
)
_ANGRY = re.compile(
    r"\b(?:fuck\w*|wtf|bullshit|shit\w*|crap|damn|stupid|dumb|idiot|useless|you suck"
    r"|waste of time|merde|marde|criss|tabarna\w*|calisse|chier|inutile|nul|stupide|con|conne"
    r"|connard)\b"
)
_SAFE = re.compile(
    r"\b(?:safe|fine|better|ambulance|paramedics?|hospital|called 911|911 is|ok now|im ok"
    r"|they(?: ?re| are) here|help is here|securite|ca va|hopital|appele le 911|j ?ai appele"
    r"|secours|sauf)\b"
)
_NOT_IN_DANGER = re.compile(
    r"\b(?:not? (?:in )?danger|not (?:being )?(?:hurt|abused|suicidal)"
    r"|no ?(?:one|body) (?:is |s )?(?:hurt|hit|abus)\w*"
    r"|i(?: ?m| am)? just|just need|only need|misunderst\w+|pas en danger|pas suicidaire"
    r"|personne (?:ne )?me (?:fait|frappe)|(?:je veux|j ?ai|besoin) juste)\b"
)

INTENTS: Mapping[Intent, IntentPattern] = {
    Intent.ASKS_FOR_PERSON: IntentPattern(_FOR_PERSON, most_words=14, unless=_SOMEBODY_ELSE),
    Intent.ASKS_ABOUT_US: IntentPattern(_ABOUT_US, whole=True),
    Intent.ASKS_ABOUT_PRIVACY: IntentPattern(_PRIVACY, whole=True),
    Intent.GREETS: IntentPattern(_GREETING, whole=True),
    Intent.NOT_UNDERSTOOD: IntentPattern(_LOST, whole=True),
    Intent.UNSURE: IntentPattern(_UNSURE, whole=True),
    Intent.ACKNOWLEDGES: IntentPattern(_CONTENT, whole=True),
    Intent.ADDS: IntentPattern(_ADDED),
    Intent.ASKS_ABOUT_PLACE: IntentPattern(_PLACE, most_words=10),
    Intent.CHOOSES_SEVERAL: IntentPattern(_SEVERAL, whole=True),
    Intent.ANGRY: IntentPattern(_ANGRY, most_words=8),
    Intent.SAFE: IntentPattern(_SAFE),
    Intent.DENIES_DANGER: IntentPattern(_NOT_IN_DANGER),
}
