"""The steps of a referral by text: a name, a safe way to reach the person, and consent."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from navigator.domain.conversation_state import (
    AfterChoice,
    AfterList,
    AwaitingConsent,
    AwaitingEraseAnswer,
    AwaitingName,
    AwaitingSafeContact,
    NewConversation,
    Referred,
    SafeContact,
    ShowingList,
    ShowingService,
    with_person,
    without_misses,
)
from navigator.domain.service_contacts import shortest_contact
from navigator.domain.stored_conversation_state import previous_state
from navigator.services.dialogue.dialogue_turn import (
    DialogueContext,
    DialogueTurn,
    Effect,
    ParsedMessage,
    parse_message,
)
from navigator.services.dialogue.free_text import take_new_words
from navigator.services.dialogue.messages import SEGMENTS, not_understood, show_list
from navigator.services.interview.contactable_services import accepts_referrals
from navigator.wording.content import text_message
from sms.keywords import whole_message
from sms.number_parser import number_of
from sms.reply_matcher import ReplyOption, match_reply
from sms.segments import GSM_SINGLE, fits_segments, is_gsm7, measure, to_gsm7

LEADS = (
    "my name is ", "my name's ", "name is ", "i am ", "i'm ", "im ", "it's ", "call me ",
    "je m'appelle ", "mon nom est ", "je suis ", "c'est ", "moi c'est ",
)  # fmt: skip
NO_NAMES = frozenset(
    "no yes ok okay yeah skip none nope sure why what who non oui pourquoi quoi qui rien".split()
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

EITHER: Mapping[str, bool] = dict.fromkeys(
    ("text or call", "call or text", "text and call", "call and text", "1 text or call",
     "texto ou appel", "appel ou texto", "1 texto ou appel"), True
)  # fmt: skip
"""Said like this, one word of it is no choice; "call" alone is."""

SAFE_CONTACTS: Sequence[ReplyOption] = (
    ReplyOption(SafeContact.ANY, "both", ("any", "either", "anything", "les deux")),
    ReplyOption(SafeContact.CALL, "call only", ("appel seulement", "call", "appel")),
    ReplyOption(SafeContact.TEXT, "text only", ("texto seulement", "text", "texto")),
)


def begin_referral(
    context: DialogueContext, state: AfterList, key: str, language: str
) -> DialogueTurn:
    """Begin a referral to a service, or say why only the person can reach it."""
    option = context.option(state.person, key)
    if option is None:
        return show_list(context, state, language, page=state.shown.page)
    if accepts_referrals(context.vocabulary, option):
        asked = AwaitingName(without_misses(state).memory, state.shown, key)
        return DialogueTurn(asked, language, text_message("ask_name", language))
    text = text_message(
        "cannot_refer",
        language,
        name=option.contact.record.brief(language),
        phone=shortest_contact(option.contact),
    )
    shown = ShowingService(state.memory, state.shown, key)
    return DialogueTurn(shown, language, to_gsm7(text))


def take_name(
    context: DialogueContext, state: AwaitingName, message: ParsedMessage
) -> DialogueTurn:
    """Take the name to be used; how to reach the person may stand behind it."""
    written = " ".join(message.body.split())
    if number_of(written) == 0:
        return show_list(context, state, message.language, page=state.shown.page)
    first, _, rest = written.partition(",")
    name, more = _first_name(first), parse_message(context, rest, message.language)
    if not _is_name(name) or (rest and more.names_need):
        again = text_message("ask_name", message.language)
        return take_new_words(context, state, message, again=again)
    person = replace(state.person, name=to_gsm7(name))
    memory = without_misses(with_person(state, person)).memory
    named = AwaitingSafeContact(memory, state.shown, state.chosen)
    if rest and match_reply(rest, SAFE_CONTACTS).value is not None:
        return take_safe_contact(context, named, more)
    return DialogueTurn(named, message.language, ask_safe_contact(named, message.language))


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


def ask_safe_contact(state: AwaitingSafeContact, language: str) -> str:
    """Ask how the person may be reached."""
    text = to_gsm7(text_message("ask_safe", language, name=state.person.name))
    if fits_segments(text, segments=SEGMENTS):
        return text
    return to_gsm7(text_message("ask_safe", language, name=""))


def take_safe_contact(
    context: DialogueContext, state: AwaitingSafeContact, message: ParsedMessage
) -> DialogueTurn:
    """Take how the person may be reached, and read the consent back."""
    language = message.language
    picked = (
        SafeContact.ANY
        if whole_message(message.body, EITHER)
        else match_reply(message.body, SAFE_CONTACTS).value
    )
    if picked is None:
        again = ask_safe_contact(state, language)
        return take_new_words(context, state, message, again=again)
    person = replace(state.person, safe_contact=SafeContact(picked))
    memory = without_misses(with_person(state, person)).memory
    asked = AwaitingConsent(memory, state.shown, state.chosen)
    return DialogueTurn(asked, language, consent_words(context, asked, language))


def consent_words(context: DialogueContext, state: AfterChoice, language: str) -> str:
    """Read back who gets what, in one segment where the names allow; kept with the consent."""
    option = context.option(state.person, state.chosen)
    recipient = option.contact.record.brief(language) if option else ""
    need = context.vocabulary.needs[state.person.needs[0]]
    texts = [
        to_gsm7(text_message(key, language, recipient=recipient, need=words.in_(language)))
        for words in (need.say, need.label)
        for key in ("consent", "consent_short")
    ]
    return next((text for text in texts if _is_short(text)), texts[1])


def _is_short(text: str) -> bool:
    return is_gsm7(text) and measure(text).units <= GSM_SINGLE


def take_consent(
    context: DialogueContext, state: AwaitingConsent, message: ParsedMessage
) -> DialogueTurn:
    """Take the answer to the consent; anything but a plain yes or no is asked again."""
    language = message.language
    picked = None if "?" in message.body else whole_message(message.body, CONSENTS)
    if picked == AGREED:
        agreed = Referred(state.memory, state.shown, state.chosen)
        return DialogueTurn(agreed, language, "", Effect.REFER)
    if picked == REFUSED:
        option = context.option(state.person, state.chosen)
        name = option.contact.record.brief(language) if option else ""
        phone = shortest_contact(option.contact) if option else ""
        text = to_gsm7(text_message("consent_no", language, name=name, phone=phone))
        unnamed = with_person(state, replace(state.person, name=""))
        listed = ShowingList(without_misses(unnamed).memory, state.shown)
        return DialogueTurn(listed, language, text)
    return not_understood(state, language, again=text_message("consent_again", language))


def take_erase_answer(
    _: DialogueContext, state: AwaitingEraseAnswer, message: ParsedMessage
) -> DialogueTurn:
    """Take the answer to the question whether to erase."""
    language = message.language
    if whole_message(message.body, ERASES):
        erased = text_message("erased", language)
        return DialogueTurn(NewConversation(), language, erased, Effect.ERASE)
    before = previous_state(state) or NewConversation()
    return DialogueTurn(before, language, text_message("erase_kept", language))
