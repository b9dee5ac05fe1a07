"""The steps up to a service: the need, the questions, the list, and one service in full."""

from typing import cast

from directory_data.vocabulary.reading import FactKind
from navigator.actions.interviewing import word
from navigator.actions.listing import can_refer
from navigator.actions.talking.contact import begin_referral
from navigator.actions.talking.showing import (
    FIRST_NEEDS,
    MORE_NEEDS,
    STRONG,
    go_on,
    hear,
    missed,
    name_options,
    need_menu,
    new_words,
    question_text,
    read_back,
    show_detail,
    show_list,
    way_of,
    ways_now,
)
from navigator.actions.talking.values import Guide, Turn
from navigator.domain.conversation import Stage, State, begin_again
from navigator.domain.eligibility import DECLINED, Answer
from navigator.wording.reading import say
from sms.menus import Option, choose, number_of
from sms.segments import plain

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
    if number_of(body) == 0 and state.menu:
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
    taken, heard_language, heard = hear(guide, state, body, language)
    if value is None and fact in heard.facts:
        value = cast("Answer", heard.facts[fact])
    if value is not None:
        # Several answers may stand in one text; the one that was asked for counts as it was read.
        facts = {**heard.facts, fact: value} if _tells_more(body) else {fact: value}
        changed = heard.needs and heard.needs[0][1] >= STRONG and _tells_more(body)
        kept = (taken if changed else state).but(answers={**state.answers, **facts}, misses=0)
        return go_on(guide, kept, language)
    if heard.needs and heard.needs[0][1] >= STRONG:
        return go_on(
            guide, taken.but(misses=0), heard_language, lead=read_back(guide, taken, language)
        )
    if heard.facts:
        return go_on(guide, taken.but(needs=state.needs), language)
    return missed(state, language, again=question_text(guide, state, language))


def _picked(guide: Guide, state: State, body: str, language: str) -> Answer | None:
    fact = state.question or ""
    skip = Option(DECLINED, "skip", ("0", "not sure", "pass", "passer", "rather not say", "idk"))
    if guide.vocabulary.facts[fact].kind is FactKind.YEARS:
        years = number_of(body)
        if years:
            return years if years <= OLDEST else None
        return DECLINED if choose(body, [skip]).value else None
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
    picked = choose(body, options)
    if picked.value == "narrow":
        return go_on(guide, state.but(narrowing=True), language)
    if picked.value in {"contact", "detail"}:
        return which(guide, state, language, contact=picked.value == "contact")
    if number_of(body) == 0:
        return Turn(state, language, say("list_zero", language))
    named = choose(body, name_options(guide, state, language))
    if named.value is not None and number_of(body) is None:
        return show_detail(guide, state.but(chosen=named.value), language)
    return new_words(guide, state, body, language)


def which(guide: Guide, state: State, language: str, *, contact: bool) -> Turn:
    """Ask which of several services is meant; where there is one only, that one."""
    options = name_options(guide, state, language)
    if contact:
        options = [
            one
            for one in options
            if (way := way_of(guide, state, one.value)) is not None and can_refer(way)
        ]
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
    picked = choose(body, [*name_options(guide, state, language), none])
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
