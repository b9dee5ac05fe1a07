"""What a short sentence says about a few phrases: mentions, refuses, asks, or opens with a yes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sms.answer_synonyms import PERSON, Phrase
from sms.fuzzy_match import is_like_in_sentence
from sms.normalizer import word_set

_POLITE = word_set(
    "please pls plz pleas thanks thank you thx ty svp stp merci ok okay hi hello bonjour salut um"
    " uh euh well so the le la les l a an un une im je suis i think guess believe probably sorry"
    " its c est ce it is in a au en for pour from near"
)
# Words that carry no meaning of their own: an option is never chosen for one of them.
_EMPTY = _POLITE | word_set(
    "i ive id ill me my mine we our us your he she they them this that these those am are was were"
    " be been being on at to of for with from by and or but as than then there here have has had"
    " do does did will would can could just really very now right still get got getting some any"
    " up out about also too if because while when since de du des d mon ma mes ton ta tes son sa"
    " ses nous vous ils elles il elle on tu j ai as avons ont suis es sommes sont et ou mais dans"
    " sur pour par avec sans que qui qu ne se me te y aux cette cet ces fait faire plus tres"
    " need want like know living live besoin veux voudrais s m t n"
)
# Words that turn a mention round. "Used" as in "used to".
_TURNING = word_set(
    "not no dont doesnt didnt couldnt wouldnt havent hasnt isnt arent wasnt cant cannot wont"
    " never neither nor none without"
    " except instead used anything nobody aint hate pas non jamais aucun aucune ni sauf rien"
    " ne n ancien ancienne avant"
)
_ASKING = word_set(
    "what whats why who whos where wheres when which how hows huh quoi pourquoi quand quel quelle"
    " quels quelles comment combien qu"
)
_ASKING_WITH_YOU = word_set("do does did is are can could would should will")
_THE_ASKED = word_set("you u it there this that they")
_YES = word_set("yes yep yup yeah yea ya yah oui ouais ouaip ouin")
_NO = word_set("no nope nah nan non")
# After "no" at the start these go on answering; other words say what is lacking ("no money").
_AFTER_NO = word_set(
    "i im ive we it its not he she they my thanks thank sorry but dont never am nope thats just"
    " je j on c ce il elle mais merci pas non nous mon ma desole juste"
)

# Words that leave a door open: what is said with one of them is worth asking back.
_HEDGES = word_set(
    "think guess probably believe maybe suppose perhaps pense crois peut probablement"
)
# Words that say "not sure" wherever they stand.
_TELLING_ALONE = frozenset({"idk", "dunno", "jsp"})
# Letters that the words of a phrase must have together to count where they stand apart ("id").
_SHORTEST_CONTENT = 3
# Letters from which a word of one label only chooses it: "rent" does, "eat" or "cat" may be typos.
_SHORTEST_OWN_WORD = 4


@dataclass(frozen=True, slots=True)
class OptionPhrases:
    """What an option is called: its label, its own phrases, and other ways to say them."""

    label: Phrase
    own: frozenset[Phrase]
    kin: frozenset[Phrase]


def strip_politeness(said: Phrase) -> Phrase:
    """Return the words without the polite and empty ones around them."""
    start, end = 0, len(said)
    while start < end and said[start] in _POLITE:
        start += 1
    while end > start and said[end - 1] in _POLITE:
        end -= 1
    return said[start:end]


def negation_words(said: Phrase) -> frozenset[str]:
    """Return the words that turn a meaning round."""
    return _TURNING.intersection(said)


def is_hedged(said: Phrase) -> bool:
    """Say whether somebody only thinks or guesses what they say."""
    return not _HEDGES.isdisjoint(said)


def opening_answer(said: Phrase) -> str | None:
    """Return "yes" or "no" where a sentence begins with one, in either language, and means it."""
    if not said:
        return None
    first, rest = said[0], said[1:]
    if first in _YES:
        return None if negation_words(rest) else "yes"
    if first in _NO and (not rest or rest[0] in _AFTER_NO) and not _YES.intersection(rest):
        return "no"
    return None


def asks_about(body: str, said: Phrase, phrases: Collection[Phrase]) -> bool:
    """Say whether a sentence asks about an option; to ask for a person is to choose one."""
    if PERSON.intersection(phrases):
        return False
    asks_us = len(said) > 1 and said[0] in _ASKING_WITH_YOU and said[1] in _THE_ASKED
    return "?" in body or said[0] in _ASKING or asks_us


def find_mentioned(said: Phrase, options: Sequence[OptionPhrases]) -> int | None:
    """Return which option alone a sentence mentions.

    A whole phrase counts, and so does a word that stands in one label only. None where two are
    mentioned, or where the sentence turns the mention round ("not in Milton").
    """
    contents = [_content(option.label) for option in options]
    whole: dict[int, frozenset[str]] = {}
    for at, option in enumerate(options):
        others = frozenset().union(*contents[:at], *contents[at + 1 :])
        if found := _whole_phrase(said, option, others):
            whole[at] = found
    parts = _own_words(said, contents)
    index = _widest(whole) if whole else _only_key(parts)
    if index is None:
        return None
    covered = whole.get(index, frozenset())
    if any(words - covered for other, words in parts.items() if other != index):
        return None
    if any(_is_named(said, option.label) for at, option in enumerate(options) if at != index):
        return None
    is_negative = bool(negation_words(options[index].label))
    is_turned = bool(negation_words(said) - covered)
    return index if is_turned == is_negative or (covered and not is_turned) else None


def _content(phrase: Phrase) -> frozenset[str]:
    return frozenset(word for word in phrase if word not in _EMPTY and not word.isdecimal())


def _is_named(said: Phrase, label: Phrase) -> bool:
    """Say whether a label of one empty word ("Me") stands in a sentence, and so competes."""
    return len(label) == 1 and label[0] in _EMPTY and label[0] in said


def _whole_phrase(said: Phrase, option: OptionPhrases, others: frozenset[str]) -> frozenset[str]:
    """Return the words of the sentence that say the longest of an option's phrases, if any.

    Its words may stand apart where one of them is in no other label (`others`); else, and for
    other ways to say it, the phrase has to stand as it is.
    """
    best: frozenset[str] = frozenset()
    for phrase in option.own | option.kin:
        content = _content(phrase)
        telling = content - others - (_TURNING if others & _TURNING else frozenset())
        is_loose = (
            phrase in option.own
            and telling
            and sum(map(len, content - _TURNING)) >= _SHORTEST_CONTENT
        )
        found = _loosely(said, phrase) if is_loose else _in_a_row(said, phrase)
        best = max(best, found, key=len)
    return best


def _loosely(said: Phrase, phrase: Phrase) -> frozenset[str]:
    """Return the words that say a phrase: in any order, but next to each other with a "no"."""
    if negation_words(phrase):
        return _in_a_row(_telling(said), _telling(phrase))
    hits = [
        {word for word in said if is_like_in_sentence(word, meant)} for meant in _content(phrase)
    ]
    return frozenset().union(*hits) if all(hits) else frozenset()


def _telling(said: Phrase) -> Phrase:
    return tuple(word for word in said if word not in _EMPTY)


def _in_a_row(said: Phrase, phrase: Phrase) -> frozenset[str]:
    width = len(phrase)
    if width == 1 and phrase[0] not in _TELLING_ALONE:
        return frozenset()
    starts = range(len(said) - width + 1)
    return (
        frozenset(phrase) if any(said[at : at + width] == phrase for at in starts) else frozenset()
    )


def _own_words(said: Phrase, contents: Sequence[frozenset[str]]) -> dict[int, frozenset[str]]:
    """Return, for each label, the words of the sentence that stand in this label only."""
    found: dict[int, set[str]] = {}
    for word in said:
        if len(word) < _SHORTEST_OWN_WORD or word in _EMPTY or word in _TURNING:
            continue
        owners = [
            index
            for index, content in enumerate(contents)
            if any(is_like_in_sentence(word, meant) for meant in content)
        ]
        if len(owners) == 1:
            found.setdefault(owners[0], set()).add(word)
    return {index: frozenset(own) for index, own in found.items()}


def _only_key(parts: dict[int, frozenset[str]]) -> int | None:
    return next(iter(parts)) if len(parts) == 1 else None


def _widest(whole: dict[int, frozenset[str]]) -> int | None:
    """Return the option whose phrase holds all the others' ("Halton Hills" over "Halton")."""
    widest = max(whole, key=lambda index: len(whole[index]))
    others = [words for index, words in whole.items() if index != widest]
    return widest if all(words < whole[widest] for words in others) else None
