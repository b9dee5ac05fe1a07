"""The steps up to a service: the need, the questions, the list, and one service in full."""

from typing import cast

from directory_data.vocabulary.reading import FactKind
from navigator.actions.interviewing import word
from navigator.actions.listing import can_refer
from navigator.actions.talking.ages import doubt, told_late, years_in_words
from navigator.actions.talking.asides import asks_about_place, is_unsure, place_meant, wants_several
from navigator.actions.talking.contact import begin_referral
from navigator.actions.talking.detail import show_detail
from navigator.actions.talking.following import STRONG
from navigator.actions.talking.showing import (
    FIRST_NEEDS,
    MORE_NEEDS,
    go_on,
    hear,
    missed,
    name_options,
    need_menu,
    new_words,
    question_text,
    read_back,
    show_list,
    ways_now,
)
from navigator.actions.talking.values import Guide, Turn
from navigator.domain.conversation import Stage, State, begin_again
from navigator.domain.eligibility import DECLINED, Answer
from navigator.wording.reading import say
from sms.keywords import whole_word
from sms.menus import Option, choose, number_of
from sms.segments import plain

NONE_OF_THEM = dict.fromkeys(
    ("no", "nope", "none", "none of them", "neither", "non", "aucun", "aucune", "rien"), True
)
UNSURE_NEED = "navigation"
OLDEST = 120


def begin(guide: Guide, state: State, body: str, language: str) -> Turn:
    """Take the first text."""
    taken, language, _ = hear(guide, state, body, language)
    if not taken.needs:
        # What the welcome asks is the first question of three.
        asked = taken.but(stage=Stage.NEED, words="", menu=(), asked=1)
        return Turn(asked, language, say("welcome", language))
    return go_on(guide, taken, language, lead=read_back(guide, taken, language))


def need(guide: Guide, state: State, body: str, language: str) -> Turn:
    """Take a need, by number or in words."""
    options = [
        Option(need, guide.vocabulary.needs[need].label.in_(language)) for need in state.menu
    ]
    picked = choose(
        body, [*options, Option("more", "", (str(len(options) + 1),))] if options else []
    )
    if picked.value == "more":
        return need_menu(guide, state, language, MORE_NEEDS)
    if picked.value is not None:
        taken = state.but(needs=(picked.value,), misses=0)
        return go_on(guide, taken, language)
    if (number_of(body) == 0 or is_unsure(body)) and state.menu:
        return _unsure(guide, state, language)
    taken, language, heard = hear(guide, state, body, language)
    if taken.needs and (heard.needs or not state.menu):
        # Without a menu the need is known already: danger was answered before it.
        return go_on(guide, taken.but(misses=0), language, lead=read_back(guide, taken, language))
    if state.menu:
        return missed(taken, language)
    return need_menu(guide, taken.but(asked=taken.asked + 1), language, FIRST_NEEDS)


def _unsure(guide: Guide, state: State, language: str) -> Turn:
    """Offer further needs to somebody who is not sure; then somebody who sorts things out."""
    if state.menu != MORE_NEEDS:
        return need_menu(guide, state.but(asked=state.asked + 1), language, MORE_NEEDS)
    return go_on(guide, state.but(needs=(UNSURE_NEED,), misses=0), language)


def answer(guide: Guide, state: State, body: str, language: str) -> Turn:
    """Take an answer to a question, with all else that was said."""
    fact = state.question or ""
    value = _picked(guide, state, body, language)
    if value is None and (years := told_late(body)) is not None:
        # No choice has so high a number: it is the age, told late or corrected.
        fact, value = "age", years
    taken, heard_language, heard = hear(guide, state, body, language)
    if value is None and fact in heard.facts:
        value = cast("Answer", heard.facts[fact])
    if value is not None:
        # Several answers may stand in one text; the one that was asked for counts as it was read.
        facts = {**heard.facts, fact: value} if _tells_more(body) else {fact: value}
        changed = heard.needs and heard.needs[0][1] >= STRONG and _tells_more(body)
        kept = (taken if changed else state).but(answers={**state.answers, **facts}, misses=0)
        lead = doubt(state, cast("Answer", facts.get("age", DECLINED)), language)
        if not lead and fact != state.question:
            lead = read_back(guide, kept, language)
        return go_on(guide, kept, language, lead=lead)
    if heard.needs and heard.needs[0][1] >= STRONG:
        return go_on(
            guide, taken.but(misses=0), heard_language, lead=read_back(guide, taken, language)
        )
    if heard.facts:
        told = taken.but(needs=state.needs)
        return go_on(guide, told, language, lead=read_back(guide, told, language))
    return missed(state, language, again=question_text(guide, state, language))


def _picked(guide: Guide, state: State, body: str, language: str) -> Answer | None:
    fact = state.question or ""
    skip = Option(DECLINED, "skip", ("0", "not sure", "pass", "passer", "rather not say", "idk"))
    if guide.vocabulary.facts[fact].kind is FactKind.YEARS:
        years = number_of(body)
        if years:
            return years if years <= OLDEST else None
        if choose(body, [skip]).value:
            return DECLINED
        return years_in_words(body, guide.lexicon, language)
    question = word(guide.vocabulary, fact, language, for_other=state.for_other)
    options = [Option(one.field, one.label) for one in question.choices]
    picked = choose(body, [*options, skip]).value
    if picked is None or picked == DECLINED:
        return picked
    return next(one.value for one in question.choices if one.field == picked)


def _tells_more(body: str) -> bool:
    words = body.split()
    return len(words) > 2 or (len(words) == 2 and any(word.isdecimal() for word in words))


def choose_from_list(guide: Guide, state: State, body: str, language: str) -> Turn:
    """Take what a person wants of the list."""
    options = [
        Option("contact", "contact me", ("ask them", "me contacter")),
        Option("detail", "tell me more", ("en savoir plus",)),
    ]
    if ways_now(guide, state)[1] and not state.narrowing:
        options.append(Option("narrow", "narrow it down", ("preciser",)))
    # "The second one" is a place; the digit 2 is a choice.
    place = place_meant(body, len(state.menu))
    picked = choose(body, options).value if place is None else None
    if picked == "narrow":
        return go_on(guide, state.but(narrowing=True), language)
    if picked is not None:
        return which(guide, state, language, contact=picked == "contact")
    if number_of(body) == 0 or whole_word(body, NONE_OF_THEM) or wants_several(body):
        key = "explain_list" if wants_several(body) else "list_zero"
        return Turn(state, language, say(key, language))
    named = _place_named(guide, state, body, language) if place is None else state.menu[place]
    if named is None and not asks_about_place(body):
        return new_words(guide, state, body, language)
    if named is None:
        return which(guide, state, language, contact=False)
    return show_detail(guide, state.but(chosen=named), language)


def _place_named(guide: Guide, state: State, body: str, language: str) -> str | None:
    if number_of(body) is not None:
        return None
    return choose(body, name_options(guide, state, language)).value


def which(guide: Guide, state: State, language: str, *, contact: bool) -> Turn:
    """Ask which of several services is meant; where there is one only, that one."""
    options = name_options(guide, state, language)
    if contact:
        found = {way.key: way for way in ways_now(guide, state)[0]}
        options = [one for one in options if can_refer(found[one.value])]
    if len(options) == 1 or not options:
        chosen = state.but(chosen=options[0].value if options else state.menu[0])
        return (begin_referral if contact else show_detail)(guide, chosen, language)
    lines = "\n".join(f"{place} {one.label}" for place, one in enumerate(options, start=1))
    key, stage = (
        ("which_contact", Stage.WHICH_CONTACT) if contact else ("which_more", Stage.WHICH_MORE)
    )
    shown = state.but(stage=stage, menu=tuple(one.value for one in options))
    return Turn(shown, language, plain(say(key, language, options=lines)))


def chosen(guide: Guide, state: State, body: str, language: str) -> Turn:
    """Take which of several services was meant."""
    none = Option("none", "none", ("0", "aucun", "back"))
    said = "0" if whole_word(body, NONE_OF_THEM) else body
    picked = choose(said, [*name_options(guide, state, language), none])
    if picked.value is None and wants_several(body):
        return Turn(state, language, say("one_at_a_time", language))
    if picked.value is None:
        return new_words(guide, state, body, language)
    if picked.value == "none":
        return show_list(guide, state, language)
    chosen = state.but(chosen=picked.value)
    if state.stage is Stage.WHICH_CONTACT:
        return begin_referral(guide, chosen, language)
    return show_detail(guide, chosen, language)


def from_detail(guide: Guide, state: State, body: str, language: str) -> Turn:
    """Take what a person wants of a service."""
    options = [
        Option("contact", "contact me", ("ask them", "me contacter")),
        Option("list", "back", ("retour", "list")),
    ]
    picked = choose(body, options)
    if picked.value == "contact":
        return begin_referral(guide, state, language)
    if picked.value == "list":
        return show_list(guide, state, language)
    if asks_about_place(body):
        return Turn(state, language, say("explain_detail", language))
    return new_words(guide, state, body, language)


def referred(guide: Guide, state: State, body: str, language: str) -> Turn:
    """Take a text after a referral: a new need, or where it stands."""
    taken, heard_language, heard = hear(guide, begin_again(state), body, language)
    if heard.needs and heard.needs[0][1] >= STRONG:
        return go_on(guide, taken, heard_language, lead=read_back(guide, taken, heard_language))
    if state.misses:
        return missed(state.but(misses=0), language)
    told = say("already_referred", language, code=state.code)
    return Turn(state.but(misses=1), language, told)
