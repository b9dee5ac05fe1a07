"""Synonyms of the answers that most menus offer (yes, no, not sure ...), in English and French."""

from collections.abc import Iterable

from sms.normalizer import fold_sms, words

Phrase = tuple[str, ...]


def split_phrase(text: str) -> Phrase:
    """Return a phrase as its folded words."""
    return words(fold_sms(text))


def _phrases(listed: str) -> frozenset[Phrase]:
    return frozenset(split_phrase(phrase) for phrase in listed.split(","))


YES = _phrases(
    "yes, y, yep, yup, yeah, yea, yah, ya, yas, yess, sure, of course, for sure, absolutely,"
    " definitely, correct, thats right, that is right, right, i do, i am, i have, we do, we are,"
    " yes i do, yes i am, yes i have, true, affirmative, uh huh, mhm, i think so, i guess so,"
    " i believe so, 👍, ✅, 👌, ✔, ben oui, oui oui, je pense que oui, je crois que oui,"
    " oui, ouais, ouaip, ouin, oue, bien sur, absolument, certainement, exact, c'est ca,"
    " c'est exact, tout a fait, oui je le suis, vrai, mets-en"
)
NO = _phrases(
    "no, n, nope, nah, naw, nay, no thanks, no thank you, not really, i dont, i do not, im not,"
    " i am not, i havent, no i dont, no im not, no i do not, not at all, never, negative, false,"
    " no way, i dont think so, i guess not, 👎, ben non, non non, je pense pas, je pense que non,"
    " je ne pense pas, je crois pas, je crois que non, je ne crois pas,"
    " non, nan, non merci, pas vraiment, pas du tout, pantoute, jamais, aucunement, faux"
)
UNSURE = _phrases(
    "not sure, unsure, im not sure, idk, i dk, dk, dunno, i dunno, dont know, i dont know,"
    " i do not know, no idea, no clue, maybe, not certain, skip, pass, next, skip it, skip this,"
    " rather not say, prefer not to say, id rather not say, i prefer not to say, dont want to say,"
    " rather not, none of your business, 🤷, 🤷 ♂, 🤷 ♀,"
    " pas sur, pas sure, je suis pas sur, je ne suis pas sur, je ne suis pas sure, sais pas,"
    " je sais pas, je ne sais pas, jsp, chais pas, j'sais pas, aucune idee, peut-etre, passer,"
    " je passe, sauter, j'aime mieux pas le dire, je prefere ne pas le dire, prefere ne pas dire"
)
PERSON = _phrases(
    "a person, person, real person, talk to a person, talk to someone, talk to somebody,"
    " speak to someone, speak to a person, speak with someone, talk with someone, human,"
    " talk to a human, speak to a human, agent, call me, someone to talk to,"
    " real human, operator, navigator,"
    " une personne, vraie personne, parler a quelqu'un, parler a une personne, parler avec"
    " quelqu'un, un humain, humain, un agent, une vraie personne, quelqu'un, intervenante,"
    " un intervenant"
)
NONE = _phrases(
    "none, none of these, none of them, none of the above, neither, nothing, not any of these,"
    " aucun, aucune, aucun de ceux-ci, aucune de ces reponses, rien, ni l'un ni l'autre"
)
OTHER = _phrases(
    "other, something else, another, somewhere else, someone else, else, elsewhere,"
    " autre, un autre, une autre, autre chose, ailleurs, quelque chose d'autre"
)
WOMAN = _phrases("woman, female, girl, lady, f, femme, fille, dame")
MAN = _phrases("man, male, guy, boy, m, homme, garcon, gars, un gars")

SELF = _phrases("me, myself, just me, only me, moi, moi-meme, juste moi, pour moi-meme")

# Synonyms that are also understood inside a sentence; the others are too short for it.
IN_SENTENCES = PERSON | UNSURE
SYNONYM_SETS = (YES, NO, UNSURE, PERSON, NONE, OTHER, WOMAN, MAN, SELF)


def with_synonyms(phrases: Iterable[Phrase]) -> frozenset[Phrase]:
    """Return the phrases with every other way to say one of them."""
    own = frozenset(phrases)
    return own.union(*(synonyms for synonyms in SYNONYM_SETS if synonyms & own))
