"""The steps of a referral by text: a name, a safe way to reach the person, and consent."""

import re
from collections.abc import Mapping

from navigator.domain.contact_details import shortest_contact
from navigator.domain.conversation_state import (
    ConversationState,
    SafeContact,
    Stage,
    previous_state,
)
from navigator.nlp.needs.pipeline import understand
from navigator.services.dialogue.messages import (
    not_understood,
    option_by_key,
    show_list,
    take_new_words,
)
from navigator.services.dialogue.next_need import STRONG
from navigator.services.dialogue.turn_types import DialogueContext, DialogueTurn, Effect
from navigator.services.interview.contact_options import accepts_referrals
from navigator.wording.content import text_message
from sms.keywords import whole_message
from sms.number_parser import number_of
from sms.reply_matcher import ReplyChoice, ReplyOption, match_reply
from sms.segments import GSM_SINGLE, fits_segments, is_gsm7, measure, to_gsm7

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


def begin_referral(guide: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    """Begin a referral to the chosen service, or say why only the person can reach it."""
    way = option_by_key(guide, state, state.chosen)
    if way is None:
        return show_list(guide, state, language)
    if not accepts_referrals(guide.vocabulary, way):
        text = text_message(
            "cannot_refer",
            language,
            name=way.contact.record.brief(language),
            phone=shortest_contact(way.contact),
        )
        return DialogueTurn(state.but(stage=Stage.DETAIL), language, to_gsm7(text))
    return DialogueTurn(
        state.but(stage=Stage.NAME, misses=0), language, text_message("ask_name", language)
    )


def take_name(
    guide: DialogueContext, state: ConversationState, body: str, language: str
) -> DialogueTurn:
    """Take the name to be used; how to reach the person may stand behind it."""
    said = " ".join(body.split())
    if number_of(said) == 0:
        return show_list(guide, state, language)
    first, _, rest = said.partition(",")
    first = _first_name(first)
    needs = understand(rest, lexicon=guide.lexicon, hint=language).needs if rest else ()
    if not _is_name(first) or (needs and needs[0][1] >= STRONG):
        again = text_message("ask_name", language)
        return take_new_words(guide, state, body, language, again=again)
    named = state.but(stage=Stage.SAFE, name=to_gsm7(first), misses=0)
    if rest and match_reply(rest, _ways_to_reach()).value is not None:
        return take_safe_contact(guide, named, rest, language)
    return DialogueTurn(named, language, ask_safe_contact(named, language))


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


def ask_safe_contact(state: ConversationState, language: str) -> str:
    """Ask how the person may be reached."""
    text = to_gsm7(text_message("ask_safe", language, name=state.name))
    return (
        text
        if fits_segments(text, segments=2)
        else to_gsm7(text_message("ask_safe", language, name=""))
    )


EITHER: Mapping[str, bool] = dict.fromkeys(
    ("text or call", "call or text", "text and call", "call and text", "1 text or call",
     "texto ou appel", "appel ou texto", "1 texto ou appel"), True
)  # fmt: skip
"""Said like this, one word of it is no choice; "call" alone is."""


def _ways_to_reach() -> list[ReplyOption]:
    return [
        ReplyOption(SafeContact.ANY, "both", ("any", "either", "anything", "les deux")),
        ReplyOption(SafeContact.CALL, "call only", ("appel seulement", "call", "appel")),
        ReplyOption(SafeContact.TEXT, "text only", ("texto seulement", "text", "texto")),
    ]


def take_safe_contact(
    guide: DialogueContext, state: ConversationState, body: str, language: str
) -> DialogueTurn:
    """Take how the person may be reached, and read the consent back."""
    either = whole_message(body, EITHER)
    picked = (
        ReplyChoice(SafeContact.ANY, sure=True) if either else match_reply(body, _ways_to_reach())
    )
    if picked.value is None:
        return take_new_words(guide, state, body, language, again=ask_safe_contact(state, language))
    safe = state.but(stage=Stage.CONSENT, safe_contact=SafeContact(picked.value), misses=0)
    return DialogueTurn(safe, language, consent_words(guide, safe, language))


def consent_words(guide: DialogueContext, state: ConversationState, language: str) -> str:
    """Read back who gets what, in one segment where the names allow; kept with the consent."""
    way = option_by_key(guide, state, state.chosen)
    recipient = way.contact.record.brief(language) if way else ""
    need = guide.vocabulary.needs[state.needs[0]]
    texts = [
        to_gsm7(text_message(key, language, recipient=recipient, need=words.in_(language)))
        for words in (need.say, need.label)
        for key in ("consent", "consent_short")
    ]
    return next((text for text in texts if _is_short(text)), texts[1])


def _is_short(text: str) -> bool:
    return is_gsm7(text) and measure(text).units <= GSM_SINGLE


def take_consent(
    guide: DialogueContext, state: ConversationState, body: str, language: str
) -> DialogueTurn:
    """Take the answer to the consent; anything but a plain yes or no is asked again."""
    picked = None if "?" in body else whole_message(body, CONSENTS)
    if picked == AGREED:
        return DialogueTurn(state.but(stage=Stage.REFERRED), language, "", Effect.REFER)
    if picked == REFUSED:
        way = option_by_key(guide, state, state.chosen)
        name = way.contact.record.brief(language) if way else ""
        phone = shortest_contact(way.contact) if way else ""
        text = to_gsm7(text_message("consent_no", language, name=name, phone=phone))
        return DialogueTurn(state.but(stage=Stage.LIST, name="", misses=0), language, text)
    return not_understood(state, language, again=text_message("consent_again", language))


def take_erase_answer(
    guide: DialogueContext,  # noqa: ARG001 - each stage is handled with the same arguments
    state: ConversationState,
    body: str,
    language: str,
) -> DialogueTurn:
    """Take the answer to the question whether to erase."""
    if whole_message(body, ERASES):
        return DialogueTurn(
            ConversationState(), language, text_message("erased", language), Effect.ERASE
        )
    return DialogueTurn(
        previous_state(state) or ConversationState(), language, text_message("erase_kept", language)
    )
