"""Our own words, understood anywhere in a conversation as a whole message."""

from collections.abc import Mapping
from enum import StrEnum

from sms.keywords import carrier_keyword, whole_message


class Command(StrEnum):
    """What a word of ours asks for; the last three are only said in other words."""

    MENU = "menu"
    BACK = "back"
    MORE = "more"
    PERSON = "person"
    ENGLISH = "english"
    FRENCH = "french"
    UNSHARE = "unshare"
    ERASE = "erase"
    THANKS = "thanks"
    WHAT = "what"
    LIST = "list"
    NEXT = "next"
    REPEAT = "repeat"
    ELSEWHERE = "elsewhere"
    FINE = "fine"
    HELLO = "hello"
    ABOUT_US = "about-us"
    PRIVACY = "privacy"


CLOSING_WORDS = (
    "thanks", "thank you", "thx", "ty", "merci", "merci beaucoup", "ok thanks", "ok merci", "bye",
    "goodbye", "thanks bye", "merci bye", "au revoir", "bonne journee", "have a good day",
)  # fmt: skip

COMMANDS: Mapping[str, Command] = {
    **dict.fromkeys(("menu", "restart", "start over", "recommencer"), Command.MENU),
    **dict.fromkeys(("back", "go back", "retour", "undo", "annuler"), Command.BACK),
    **dict.fromkeys(("more", "plus"), Command.MORE),
    **dict.fromkeys(("9", "person", "a person", "human", "personne", "une personne",
                     "une vraie personne", "talk to a person", "parler à une personne"),
                    Command.PERSON),
    **dict.fromkeys(("english", "anglais"), Command.ENGLISH),
    **dict.fromkeys(("francais", "french", "en francais"), Command.FRENCH),
    **dict.fromkeys(("unshare", "un share", "retirer"), Command.UNSHARE),
    **dict.fromkeys(("erase", "effacer", "erase me", "effacez"), Command.ERASE),
    **dict.fromkeys(("what", "huh", "quoi", "hein", "pardon"), Command.WHAT),
    **dict.fromkeys(("repeat", "repeat please", "say again", "again", "repetez", "repete",
                     "encore"), Command.REPEAT),
    **dict.fromkeys(("nvm", "never mind", "nevermind", "forget it", "laisse tomber",
                     "laissez tomber"), Command.FINE),
    **dict.fromkeys(("next", "the next one", "suivant", "suivante", "suite", "la suite"),
                    Command.NEXT),
    **dict.fromkeys(("code", "a code", "un code", "my code", "mon code", "new phone",
                     "other phone", "another phone", "i have a new phone", "i got a new phone",
                     "new number", "i have a new number", "nouveau telephone",
                     "autre telephone", "nouveau numero", "j'ai un nouveau telephone"),
                    Command.ELSEWHERE),
    **dict.fromkeys(("list", "liste", "my list", "ma liste"), Command.LIST),
    **dict.fromkeys(CLOSING_WORDS, Command.THANKS),
}  # fmt: skip


def own_keyword(body: str) -> str | None:
    """Give the keyword that a whole message is: the carrier's, or erase and unshare."""
    match = carrier_keyword(body)
    if match is not None:
        return match.keyword
    word = whole_message(body, COMMANDS)
    return word if word in {Command.ERASE, Command.UNSHARE} else None
