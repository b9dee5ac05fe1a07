"""The steps up to a service: the need, the questions, the list, and one service in full."""

from typing import cast

from directory_data.vocabulary.loader import FactKind
from navigator.domain.conversation_state import ConversationState, Stage, start_over
from navigator.domain.eligibility import DECLINED, Answer
from navigator.nlp.utterance_intents import (
    asks_about_place,
    chooses_several,
    ordinal_choice,
    says_unsure,
)
from navigator.services.dialogue.age_corrections import age_confirmation, age_in_words, late_age
from navigator.services.dialogue.messages import (
    current_options,
    name_options,
    need_menu,
    next_message,
    not_understood,
    question_text,
    read_back,
    show_list,
    take_in_words,
    take_new_words,
)
from navigator.services.dialogue.next_need import STRONG
from navigator.services.dialogue.referral_steps import begin_referral
from navigator.services.dialogue.service_detail import show_detail
from navigator.services.dialogue.turn_types import DialogueContext, DialogueTurn
from navigator.services.interview.contact_options import accepts_referrals
from navigator.services.interview.question_wording import word_question
from navigator.wording.content import region_message, text_message
from sms.keywords import whole_message
from sms.number_parser import number_of
from sms.reply_matcher import ReplyOption, match_reply
from sms.segments import to_gsm7

NONE_OF_THEM = dict.fromkeys(
    ("no", "nope", "none", "none of them", "neither", "non", "aucun", "aucune", "rien"), True
)
OLDEST = 120


def take_first_message(
    guide: DialogueContext, state: ConversationState, body: str, language: str
) -> DialogueTurn:
    """Take the first text."""
    taken, language, _ = take_in_words(guide, state, body, language)
    if not taken.needs:
        # What the welcome asks is the first question of three.
        asked = taken.but(stage=Stage.NEED, words="", menu=(), asked=1)
        welcome = region_message("welcome", language, guide.directory.policy)
        return DialogueTurn(asked, language, welcome)
    return next_message(guide, taken, language, lead=read_back(guide, taken, language))


def take_need(
    guide: DialogueContext, state: ConversationState, body: str, language: str
) -> DialogueTurn:
    """Take a need, by number or in words."""
    options = [
        ReplyOption(need, guide.vocabulary.needs[need].label.in_(language)) for need in state.menu
    ]
    picked = match_reply(
        body, [*options, ReplyOption("more", "", (str(len(options) + 1),))] if options else []
    )
    if picked.value == "more":
        return need_menu(guide, state, language, guide.directory.policy.menus.more)
    if picked.value is not None:
        taken = state.but(needs=(picked.value,), misses=0)
        return next_message(guide, taken, language)
    if (number_of(body) == 0 or says_unsure(body)) and state.menu:
        return _unsure(guide, state, language)
    taken, language, heard = take_in_words(guide, state, body, language)
    if taken.needs and (heard.needs or not state.menu):
        # Without a menu the need is known already: danger was answered before it.
        return next_message(
            guide, taken.but(misses=0), language, lead=read_back(guide, taken, language)
        )
    if state.menu:
        return not_understood(taken, language)
    return need_menu(
        guide, taken.but(asked=taken.asked + 1), language, guide.directory.policy.menus.first
    )


def _unsure(guide: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    """Offer further needs to somebody who is not sure; then somebody who sorts things out."""
    policy = guide.directory.policy
    if state.menu != policy.menus.more:
        return need_menu(guide, state.but(asked=state.asked + 1), language, policy.menus.more)
    return next_message(guide, state.but(needs=(policy.navigation_need,), misses=0), language)


def take_answer(
    guide: DialogueContext, state: ConversationState, body: str, language: str
) -> DialogueTurn:
    """Take an answer to a question, with all else that was said."""
    fact = state.question or ""
    value = _picked(guide, state, body, language)
    if value is None and (years := late_age(body)) is not None:
        # No choice has so high a number: it is the age, told late or corrected.
        fact, value = "age", years
    taken, heard_language, heard = take_in_words(guide, state, body, language)
    if value is None and fact in heard.facts:
        value = cast("Answer", heard.facts[fact])
    if value is not None:
        # Several answers may stand in one text; the one that was asked for counts as it was read.
        facts = {**heard.facts, fact: value} if _tells_more(body) else {fact: value}
        changed = heard.needs and heard.needs[0][1] >= STRONG and _tells_more(body)
        kept = (taken if changed else state).but(answers={**state.answers, **facts}, misses=0)
        lead = age_confirmation(state, cast("Answer", facts.get("age", DECLINED)), language)
        if not lead and fact != state.question:
            lead = read_back(guide, kept, language)
        return next_message(guide, kept, language, lead=lead)
    if heard.needs and heard.needs[0][1] >= STRONG:
        return next_message(
            guide, taken.but(misses=0), heard_language, lead=read_back(guide, taken, language)
        )
    if heard.facts:
        told = taken.but(needs=state.needs)
        return next_message(guide, told, language, lead=read_back(guide, told, language))
    return not_understood(state, language, again=question_text(guide, state, language))


def _picked(
    guide: DialogueContext, state: ConversationState, body: str, language: str
) -> Answer | None:
    fact = state.question or ""
    skip = ReplyOption(
        DECLINED, "skip", ("0", "not sure", "pass", "passer", "rather not say", "idk")
    )
    if guide.vocabulary.facts[fact].kind is FactKind.YEARS:
        years = number_of(body)
        if years:
            return years if years <= OLDEST else None
        if match_reply(body, [skip]).value:
            return DECLINED
        return age_in_words(body, guide.lexicon, language)
    question = word_question(guide.vocabulary, fact, language, for_other=state.for_other)
    options = [ReplyOption(one.field, one.label) for one in question.choices]
    picked = match_reply(body, [*options, skip]).value
    if picked is None or picked == DECLINED:
        return picked
    return next(one.value for one in question.choices if one.field == picked)


def _tells_more(body: str) -> bool:
    words = body.split()
    return len(words) > 2 or (len(words) == 2 and any(word.isdecimal() for word in words))


def take_list_choice(
    guide: DialogueContext, state: ConversationState, body: str, language: str
) -> DialogueTurn:
    """Take what a person wants of the list."""
    options = [
        ReplyOption("contact", "contact me", ("ask them", "me contacter")),
        ReplyOption("detail", "tell me more", ("en savoir plus",)),
    ]
    if current_options(guide, state)[1] and not state.narrowing:
        options.append(ReplyOption("narrow", "narrow it down", ("preciser",)))
    # "The second one" is a place; the digit 2 is a choice.
    place = ordinal_choice(body, len(state.menu))
    picked = match_reply(body, options).value if place is None else None
    if picked == "narrow":
        return next_message(guide, state.but(narrowing=True), language)
    if picked is not None:
        return ask_which(guide, state, language, contact=picked == "contact")
    if number_of(body) == 0 or whole_message(body, NONE_OF_THEM) or chooses_several(body):
        key = "explain_list" if chooses_several(body) else "list_zero"
        return DialogueTurn(state, language, text_message(key, language))
    named = _place_named(guide, state, body, language) if place is None else state.menu[place]
    if named is None and not asks_about_place(body):
        return take_new_words(guide, state, body, language)
    if named is None:
        return ask_which(guide, state, language, contact=False)
    return show_detail(guide, state.but(chosen=named), language)


def _place_named(
    guide: DialogueContext, state: ConversationState, body: str, language: str
) -> str | None:
    if number_of(body) is not None:
        return None
    return match_reply(body, name_options(guide, state, language)).value


def ask_which(
    guide: DialogueContext, state: ConversationState, language: str, *, contact: bool
) -> DialogueTurn:
    """Ask which of several services is meant; where there is one only, that one."""
    options = name_options(guide, state, language)
    if contact:
        found = {way.key: way for way in current_options(guide, state)[0]}
        options = [one for one in options if accepts_referrals(guide.vocabulary, found[one.value])]
    if len(options) == 1 or not options:
        chosen = state.but(chosen=options[0].value if options else state.menu[0])
        return (begin_referral if contact else show_detail)(guide, chosen, language)
    lines = "\n".join(f"{place} {one.label}" for place, one in enumerate(options, start=1))
    key, stage = (
        ("which_contact", Stage.WHICH_CONTACT) if contact else ("which_more", Stage.WHICH_MORE)
    )
    shown = state.but(stage=stage, menu=tuple(one.value for one in options))
    return DialogueTurn(shown, language, to_gsm7(text_message(key, language, options=lines)))


def take_which(
    guide: DialogueContext, state: ConversationState, body: str, language: str
) -> DialogueTurn:
    """Take which of several services was meant."""
    none = ReplyOption("none", "none", ("0", "aucun", "back"))
    said = "0" if whole_message(body, NONE_OF_THEM) else body
    picked = match_reply(said, [*name_options(guide, state, language), none])
    if picked.value is None and chooses_several(body):
        return DialogueTurn(state, language, text_message("one_at_a_time", language))
    if picked.value is None:
        return take_new_words(guide, state, body, language)
    if picked.value == "none":
        return show_list(guide, state, language)
    chosen = state.but(chosen=picked.value)
    if state.stage is Stage.WHICH_CONTACT:
        return begin_referral(guide, chosen, language)
    return show_detail(guide, chosen, language)


def take_detail_choice(
    guide: DialogueContext, state: ConversationState, body: str, language: str
) -> DialogueTurn:
    """Take what a person wants of a service."""
    options = [
        ReplyOption("contact", "contact me", ("ask them", "me contacter")),
        ReplyOption("list", "back", ("retour", "list")),
    ]
    picked = match_reply(body, options)
    if picked.value == "contact":
        return begin_referral(guide, state, language)
    if picked.value == "list":
        return show_list(guide, state, language)
    if asks_about_place(body):
        return DialogueTurn(state, language, text_message("explain_detail", language))
    return take_new_words(guide, state, body, language)


def take_after_referral(
    guide: DialogueContext, state: ConversationState, body: str, language: str
) -> DialogueTurn:
    """Take a text after a referral: a new need, or where it stands."""
    taken, heard_language, heard = take_in_words(guide, start_over(state), body, language)
    if heard.needs and heard.needs[0][1] >= STRONG:
        return next_message(
            guide, taken, heard_language, lead=read_back(guide, taken, heard_language)
        )
    if state.misses:
        return not_understood(state.but(misses=0), language)
    told = text_message("already_referred", language, code=state.code)
    return DialogueTurn(state.but(misses=1), language, told)
