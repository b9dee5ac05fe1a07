"""The steps of a referral by text: a name, a safe way to reach the person, and consent."""

import re
from collections.abc import Mapping

from navigator.actions.listing import can_refer
from navigator.actions.talking.following import STRONG
from navigator.actions.talking.showing import missed, new_words, show_list, way_of
from navigator.actions.talking.values import Effect, Guide, Turn
from navigator.domain.conversation import SafeContact, Stage, State, before
from navigator.domain.describing import reach
from navigator.domain.understanding import understand
from navigator.wording.reading import say
from sms.keywords import whole_word
from sms.menus import Choice, Option, choose, number_of
from sms.segments import GSM_SINGLE, fits, is_gsm7, measure, plain

LEADS = (
    "my name is ", "my name's ", "name is ", "i am ", "i'm ", "im ", "it's ", "call me ",
    "je m'appelle ", "mon nom est ", "je suis ", "c'est ", "moi c'est ",
)  # fmt: skip
NO_NAMES = frozenset(
    {
        "no",
        "yes",
        "ok",
        "okay",
        "yeah",
        "skip",
        "none",
        "nope",
        "sure",
        "why",
        "what",
        "who",
        "non",
        "oui",
        "pourquoi",
        "quoi",
        "qui",
        "rien",
    }
)
_NAME = re.compile(r"[^\W\d_]+(?:['.\- ]{1,2}[^\W\d_]+){0,2}\.?")
LONGEST_NAME = 40

AGREED, REFUSED = "1", "2"
CONSENTS: Mapping[str, str] = {
    **dict.fromkeys(
        ("1", "one", "un", "1 i agree", "1 = i agree", "i agree", "1 j'accepte", "1 = j'accepte",
         "j'accepte", "1 please", "1 thanks", "1 svp", "1 merci"), AGREED,
    ),
    **dict.fromkeys(
        ("2", "two", "deux", "no", "non", "2 no", "2 = no", "2 non", "2 = non", "no thanks",
         "no thank you", "non merci", "nope", "unshare", "don't share", "dont share",
         "do not share", "pas partager", "ne partagez pas", "ne pas partager", "je refuse",
         "i refuse"), REFUSED,
    ),
}  # fmt: skip
"""Consent is what somebody says in so many words; "I think 1" and "1?" are none. YES is none
either: carriers take it for an opt-in word."""

ERASES: Mapping[str, bool] = dict.fromkeys(
    ("1", "one", "un", "erase", "effacer", "1 erase", "1 effacer", "1 = erase", "1 = effacer"), True
)


def begin_referral(guide: Guide, state: State, language: str) -> Turn:
    """Begin a referral to the chosen service, or say why only the person can reach it."""
    way = way_of(guide, state, state.chosen)
    if way is None:
        return show_list(guide, state, language)
    if not can_refer(way):
        text = say(
            "cannot_refer",
            language,
            name=way.contact.record.brief(language),
            phone=reach(way.contact),
        )
        return Turn(state.but(stage=Stage.DETAIL), language, plain(text))
    return Turn(state.but(stage=Stage.NAME, misses=0), language, say("ask_name", language))


def name(guide: Guide, state: State, body: str, language: str) -> Turn:
    """Take the name to be used; how to reach the person may stand behind it."""
    said = " ".join(body.split())
    if number_of(said) == 0:
        return show_list(guide, state, language)
    first, _, rest = said.partition(",")
    first = _first_name(first)
    needs = understand(rest, lexicon=guide.lexicon, hint=language).needs if rest else ()
    if not _is_name(first) or (needs and needs[0][1] >= STRONG):
        again = say("ask_name", language)
        return new_words(guide, state, body, language, again=again)
    named = state.but(stage=Stage.SAFE, name=plain(first), misses=0)
    if rest and choose(rest, _ways_to_reach()).value is not None:
        return safe(guide, named, rest, language)
    return Turn(named, language, ask_safe(named, language))


def _first_name(text: str) -> str:
    text = text.strip().replace("\u2019", "'")
    for lead in LEADS:
        if text.lower().startswith(lead):
            text = text[len(lead) :]
            break
    return text.strip(" .!?")


def _is_name(text: str) -> bool:
    is_word = _NAME.fullmatch(text) is not None and len(text) <= LONGEST_NAME
    return is_word and text.casefold() not in NO_NAMES


def ask_safe(state: State, language: str) -> str:
    """Ask how the person may be reached."""
    text = plain(say("ask_safe", language, name=state.name))
    return text if fits(text, segments=2) else plain(say("ask_safe", language, name=""))


EITHER: Mapping[str, bool] = dict.fromkeys(
    ("text or call", "call or text", "text and call", "call and text", "1 text or call",
     "texto ou appel", "appel ou texto", "1 texto ou appel"), True
)  # fmt: skip
"""Said like this, one word of it is no choice; "call" alone is."""


def _ways_to_reach() -> list[Option]:
    return [
        Option(SafeContact.ANY, "both", ("any", "either", "anything", "les deux")),
        Option(SafeContact.CALL, "call only", ("appel seulement", "call", "appel")),
        Option(SafeContact.TEXT, "text only", ("texto seulement", "text", "texto")),
    ]


def safe(guide: Guide, state: State, body: str, language: str) -> Turn:
    """Take how the person may be reached, and read the consent back."""
    either = whole_word(body, EITHER)
    picked = Choice(SafeContact.ANY, sure=True) if either else choose(body, _ways_to_reach())
    if picked.value is None:
        return new_words(guide, state, body, language, again=ask_safe(state, language))
    safe = state.but(stage=Stage.CONSENT, safe_contact=SafeContact(picked.value), misses=0)
    return Turn(safe, language, consent_words(guide, safe, language))


def consent_words(guide: Guide, state: State, language: str) -> str:
    """Read back who gets what, in one segment where the names allow; kept with the consent."""
    way = way_of(guide, state, state.chosen)
    recipient = way.contact.record.brief(language) if way else ""
    need = guide.vocabulary.needs[state.needs[0]]
    texts = [
        plain(say(key, language, recipient=recipient, need=words.in_(language)))
        for words in (need.say, need.label)
        for key in ("consent", "consent_short")
    ]
    return next((text for text in texts if _is_short(text)), texts[1])


def _is_short(text: str) -> bool:
    return is_gsm7(text) and measure(text).units <= GSM_SINGLE


def consent(guide: Guide, state: State, body: str, language: str) -> Turn:
    """Take the answer to the consent; anything but a plain yes or no is asked again."""
    picked = None if "?" in body else whole_word(body, CONSENTS)
    if picked == AGREED:
        return Turn(state.but(stage=Stage.REFERRED), language, "", Effect.REFER)
    if picked == REFUSED:
        way = way_of(guide, state, state.chosen)
        name = way.contact.record.brief(language) if way else ""
        phone = reach(way.contact) if way else ""
        text = plain(say("consent_no", language, name=name, phone=phone))
        return Turn(state.but(stage=Stage.LIST, name="", misses=0), language, text)
    return missed(state, language, again=say("consent_again", language))


def erase(guide: Guide, state: State, body: str, language: str) -> Turn:  # noqa: ARG001
    """Take the answer to the question whether to erase."""
    if whole_word(body, ERASES):
        return Turn(State(), language, say("erased", language), Effect.ERASE)
    return Turn(before(state) or State(), language, say("erase_kept", language))
