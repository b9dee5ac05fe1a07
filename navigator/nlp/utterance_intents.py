"""What people say beside the choices: that they are lost, unsure, content, angry, want several."""

import re

from sms.normalizer import fold_sms, words
from sms.number_parser import is_last, number_of

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
_SEVERAL = re.compile(
    r"(?:i want |i need |can i have )?(?:both|all|all of them|all (?:two|three)|everything"
    r"|les (?:deux|trois)|tous|toutes|tout)(?: (?:of them|please|svp))?|\d(?:-\d|(?: and| et)? \d)+"
)
_ORDINAL = re.compile(
    r"\b(?:first|second|third|last|premiere?|deuxieme|seconde?|troisieme|derniere?)\b"
)
_ANGRY = re.compile(
    r"\b(?:fuck\w*|wtf|bullshit|shit\w*|crap|damn|stupid|dumb|idiot|useless|you suck"
    r"|waste of time|merde|marde|criss|tabarna\w*|calisse|chier|inutile|nul|stupide|con|conne"
    r"|connard)\b"
)
_ADDED = re.compile(
    r"^(?:and|plus|et) |\b(?:also|too|as well|another thing|aussi|en plus|egalement)\b"
)
_GREETING = re.compile(
    r"(?:hi+|hello+|hey+|yo|good (?:morning|afternoon|evening)|bonjour|bonsoir|salut|allo)"
    r"(?: (?:there|again|encore|are you there|anyone there|tu es la|vous etes la))?"
    r"|(?:are you|anyone|you) there|(?:tu es|vous etes) la"
)
_PRIVACY = re.compile(
    r"(?:is|are|will|ok is|and is) (?:this|it|that|my \w+|what i \w+|our talk)"
    r"(?: all| really| kept| be| stay)* (?:private|confidential|secret|anonymous|safe|secure)\b.*"
    r"|who (?:else )?(?:can |will |could )?(?:sees?|reads?|knows?|gets?)"
    r" (?:this|it|my|what|these)\b.*"
    r"|(?:est ce |c est )(?:que c est )?(?:confidentiel|prive|anonyme|secret)\b.*"
    r"|qui (?:peut |va )?(?:voit|voir|lit|lire|sait|savoir)\b.*"
)
_PLACE = re.compile(
    r"\b(?:open|opens|hours?|closed?|closes|address|where (?:is|are|do)|how (?:do|can) i get there"
    r"|free|cost|bring|ouvert|ferme|heures?|adresse|ou est|gratuit|apporter)\b"
)
LONGEST_QUESTION = 10
LONGEST_CURSE = 8


def says_not_understood(body: str) -> bool:
    """Say whether a whole text tells that we were not understood: "huh i dont get it"."""
    return _LOST.fullmatch(_said(body)) is not None


def says_unsure(body: str) -> bool:
    """Say whether a whole text tells that its writer does not know: "idk", "not sure"."""
    return _UNSURE.fullmatch(_said(body)) is not None


def is_acknowledgement(body: str) -> bool:
    """Say whether a whole text only agrees or thanks: "ok cool", a thumb."""
    return _CONTENT.fullmatch(_said(body)) is not None


def is_addition(body: str) -> bool:
    """Say whether a text adds to what was told: "also i need a dentist"."""
    return _ADDED.search(_said(body)) is not None


def is_greeting(body: str) -> bool:
    """Say whether a whole text only says hello."""
    return _GREETING.fullmatch(_said(body)) is not None


def asks_about_privacy(body: str) -> bool:
    """Say whether a whole text asks who reads along."""
    return _PRIVACY.fullmatch(_said(body)) is not None


def asks_about_place(body: str) -> bool:
    """Say whether a short text asks for the hours, the address or the price of a place."""
    said = _said(body)
    return len(said.split()) <= LONGEST_QUESTION and _PLACE.search(said) is not None


def chooses_several(body: str) -> bool:
    """Say whether a text chooses more than one of a menu that takes one."""
    return _SEVERAL.fullmatch(_said(body.replace(",", " "))) is not None


def ordinal_choice(body: str, shown: int) -> int | None:
    """Give which of the places of a list a text means by "the second one"; None for a digit."""
    if _ORDINAL.search(fold_sms(body)) is None:
        return None
    place = shown if is_last(body) else number_of(body)
    return place - 1 if place is not None and 1 <= place <= shown else None


def is_angry(body: str) -> bool:
    """Say whether a short text curses or gives up on us."""
    said = _said(body)
    return len(said.split()) <= LONGEST_CURSE and _ANGRY.search(said) is not None


def _said(body: str) -> str:
    return " ".join(words(fold_sms(body)))
