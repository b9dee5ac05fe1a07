"""One turn of a talk by text: a text in, the next state and one message out. It writes nothing."""

from collections.abc import Callable, Mapping

from navigator.actions.talking import contact, steps
from navigator.actions.talking.values import Guide, Turn
from navigator.actions.talking.words import ACTS, WORDS
from navigator.domain.conversation import Stage, State
from sms.keywords import whole_word


def turn(guide: Guide, state: State, body: str, language: str) -> Turn:
    """Take one text and answer it."""
    known = whole_word(body, WORDS)
    if known is not None:
        return ACTS[known](guide, state, language)
    return STAGES[state.stage](guide, state, body, language)


STAGES: Mapping[Stage, Callable[[Guide, State, str, str], Turn]] = {
    Stage.NEW: steps.begin,
    Stage.NEED: steps.need,
    Stage.QUESTION: steps.answer,
    Stage.LIST: steps.choose_from_list,
    Stage.WHICH_CONTACT: steps.chosen,
    Stage.WHICH_MORE: steps.chosen,
    Stage.DETAIL: steps.from_detail,
    Stage.NAME: contact.name,
    Stage.SAFE: contact.safe,
    Stage.CONSENT: contact.consent,
    Stage.REFERRED: steps.referred,
    Stage.ERASE: contact.erase,
}
