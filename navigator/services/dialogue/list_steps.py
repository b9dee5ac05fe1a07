"""The steps after a list: a choice of it, which service is meant, one service, a referral made."""

import re
from collections.abc import Mapping
from dataclasses import replace

from navigator.domain.conversation_state import (
    AfterList,
    AwaitingContactChoice,
    AwaitingDetailChoice,
    Referred,
    ShowingList,
    ShowingService,
    ShownList,
    with_progress,
    without_misses,
)
from navigator.nlp.conversational_intents import Intent
from navigator.services.dialogue.dialogue_turn import DialogueContext, DialogueTurn, ParsedMessage
from navigator.services.dialogue.free_text import begin_with_words, take_new_words
from navigator.services.dialogue.messages import (
    name_options,
    next_message,
    not_understood,
    show_list,
)
from navigator.services.dialogue.referral_steps import begin_referral
from navigator.services.dialogue.service_detail import show_detail
from navigator.services.interview.contactable_services import accepts_referrals
from navigator.wording.content import text_message
from sms.keywords import whole_message
from sms.number_parser import is_last, number_of
from sms.reply_matcher import ReplyOption, match_reply
from sms.segments import to_gsm7

NONE_OF_THEM: Mapping[str, bool] = dict.fromkeys(
    ("no", "nope", "none", "none of them", "neither", "non", "aucun", "aucune", "rien"), True
)

CONTACT = ReplyOption("contact", "contact me", ("ask them", "me contacter"))
DETAIL = ReplyOption("detail", "tell me more", ("en savoir plus",))
NARROW = ReplyOption("narrow", "narrow it down", ("preciser",))
BACK_TO_LIST = ReplyOption("list", "back", ("retour", "list"))
NONE = ReplyOption("none", "none", ("0", "aucun", "back"))

_ORDINAL = re.compile(
    r"\b(?:first|second|third|last|premiere?|deuxieme|seconde?|troisieme|derniere?)\b"
)


def ordinal_choice(message: ParsedMessage, shown: int) -> int | None:
    """Give which of the places of a list a text means by "the second one"; None for a digit."""
    if _ORDINAL.search(message.folded) is None:
        return None
    place = shown if is_last(message.body) else number_of(message.body)
    return place - 1 if place is not None and 1 <= place <= shown else None


def take_list_choice(
    context: DialogueContext, state: ShowingList, message: ParsedMessage
) -> DialogueTurn:
    """Take what a person wants of the list."""
    # "The second one" is a place; the digit 2 is a choice.
    place = ordinal_choice(message, len(state.shown.keys))
    if place is not None:
        return show_detail(context, state, state.shown.keys[place], message.language)
    picked = match_reply(message.body, _list_options(context, state)).value
    if picked == "narrow":
        narrowed = with_progress(state, replace(state.progress, narrowing=True))
        return next_message(context, narrowed, message.language)
    if picked is not None:
        return ask_which(context, state, message.language, contact=picked == "contact")
    return _take_named(context, state, message)


def _list_options(context: DialogueContext, state: ShowingList) -> list[ReplyOption]:
    can_narrow = context.step(state.person).question is not None and not state.progress.narrowing
    return [CONTACT, DETAIL, NARROW] if can_narrow else [CONTACT, DETAIL]


def _take_named(
    context: DialogueContext, state: ShowingList, message: ParsedMessage
) -> DialogueTurn:
    """Take none or several of the list, the name of a service, or new words."""
    body, language = message.body, message.language
    if Intent.CHOOSES_SEVERAL in message.intents:
        return DialogueTurn(state, language, text_message("explain_list", language))
    number = number_of(body)
    if number == 0 or whole_message(body, NONE_OF_THEM):
        return DialogueTurn(state, language, text_message("list_zero", language))
    options = name_options(context, state, language) if number is None else []
    named = match_reply(body, options).value
    if named is not None:
        return show_detail(context, state, named, language)
    if Intent.ASKS_ABOUT_PLACE in message.intents:
        return ask_which(context, state, language, contact=False)
    return take_new_words(context, state, message)


def ask_which(
    context: DialogueContext, state: AfterList, language: str, *, contact: bool
) -> DialogueTurn:
    """Ask which of several services is meant; where there is one only, that one."""
    options = name_options(context, state, language)
    if contact:
        by_key = {option.key: option for option in context.options(state.person)}
        options = [
            option
            for option in options
            if accepts_referrals(context.vocabulary, by_key[option.value])
        ]
    if len(options) <= 1:
        key = options[0].value if options else state.shown.keys[0]
        return (begin_referral if contact else show_detail)(context, state, key, language)
    lines = "\n".join(f"{number} {option.label}" for number, option in enumerate(options, start=1))
    shown = ShownList(tuple(option.value for option in options), state.shown.page)
    asked = (AwaitingContactChoice if contact else AwaitingDetailChoice)(state.memory, shown)
    text = text_message("which_contact" if contact else "which_more", language, options=lines)
    return DialogueTurn(asked, language, to_gsm7(text))


def take_which(
    context: DialogueContext,
    state: AwaitingContactChoice | AwaitingDetailChoice,
    message: ParsedMessage,
) -> DialogueTurn:
    """Take which of several services was meant."""
    language = message.language
    reply = "0" if whole_message(message.body, NONE_OF_THEM) else message.body
    picked = match_reply(reply, [*name_options(context, state, language), NONE]).value
    if picked is None and Intent.CHOOSES_SEVERAL in message.intents:
        return DialogueTurn(state, language, text_message("one_at_a_time", language))
    if picked is None:
        return take_new_words(context, state, message)
    if picked == NONE.value:
        return show_list(context, state, language, page=state.shown.page)
    if isinstance(state, AwaitingContactChoice):
        return begin_referral(context, state, picked, language)
    return show_detail(context, state, picked, language)


def take_detail_choice(
    context: DialogueContext, state: ShowingService, message: ParsedMessage
) -> DialogueTurn:
    """Take what a person wants of a service."""
    language = message.language
    picked = match_reply(message.body, [CONTACT, BACK_TO_LIST]).value
    if picked == CONTACT.value:
        return begin_referral(context, state, state.chosen, language)
    if picked == BACK_TO_LIST.value:
        return show_list(context, state, language, page=state.shown.page)
    if Intent.ASKS_ABOUT_PLACE in message.intents:
        return DialogueTurn(state, language, text_message("explain_detail", language))
    return take_new_words(context, state, message)


def take_after_referral(
    context: DialogueContext, state: Referred, message: ParsedMessage
) -> DialogueTurn:
    """Take a text after a referral: a new need, or where it stands."""
    if message.names_need:
        return begin_with_words(context, state, message)
    language = message.language
    if state.progress.misses:
        return not_understood(without_misses(state), language)
    missed = with_progress(state, replace(state.progress, misses=1))
    text = text_message("already_referred", language, code=state.memory.referral_code)
    return DialogueTurn(missed, language, text)
