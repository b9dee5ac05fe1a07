"""Explain in plain words what can be answered now, to somebody who did not understand us."""

from collections.abc import Mapping

from directory_data.vocabulary.reading import FactKind
from navigator.actions.interviewing import word
from navigator.actions.talking.repeating import again
from navigator.actions.talking.showing import FIRST_NEEDS, missed, need_menu
from navigator.actions.talking.values import Guide, Turn
from navigator.domain.conversation import Stage, State
from navigator.wording.reading import say
from sms.segments import fits, plain

EXPLAINED: Mapping[Stage, str] = {
    Stage.NEED: "explain_need",
    Stage.LIST: "explain_list",
    Stage.WHICH_CONTACT: "explain_which",
    Stage.WHICH_MORE: "explain_which",
    Stage.DETAIL: "explain_detail",
    Stage.NAME: "explain_name",
    Stage.SAFE: "explain_safe",
    Stage.CONSENT: "explain_consent",
    Stage.ERASE: "explain_erase",
}


def explain(guide: Guide, state: State, language: str) -> Turn:
    """Say in other words what can be answered, once; who is still lost gets a person."""
    if state.misses:
        return missed(state, language)
    counted = state.but(misses=1)
    if state.stage is Stage.QUESTION:
        return Turn(counted, language, _question(guide, state, language))
    if state.stage is Stage.NEED and not state.menu:
        return need_menu(guide, counted, language, FIRST_NEEDS)
    if state.stage in EXPLAINED:
        return Turn(counted, language, say(EXPLAINED[state.stage], language))
    shown = again(guide, state, language)
    return Turn(shown.state.but(misses=1), language, shown.reply, shown.effect)


def _question(guide: Guide, state: State, language: str) -> str:
    fact = state.question or ""
    if guide.vocabulary.facts[fact].kind is FactKind.YEARS:
        return say("explain_years", language)
    why = word(guide.vocabulary, fact, language, for_other=state.for_other).why
    text = plain(say("explain_question", language, why=why))
    return text if fits(text, segments=2) else plain(say("explain_question", language, why=""))
