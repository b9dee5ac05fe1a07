"""One turn of a talk by text: a text in, the next state and one message out. It writes nothing."""

from collections.abc import Callable, Mapping

from directory_data.vocabulary.reading import FactKind
from navigator.actions.talking import contact, steps
from navigator.actions.talking.asides import (
    asks_about_privacy,
    is_angry,
    is_content,
    is_greeting,
    is_lost,
    is_unsure,
)
from navigator.actions.talking.repeating import again
from navigator.actions.talking.showing import SHOWN_PLACES
from navigator.actions.talking.values import Effect, Guide, Turn
from navigator.actions.talking.words import ACTS, WORDS, Word
from navigator.domain.conversation import Stage, State, moved
from navigator.domain.small_talk import asks_about_us, asks_for_person, denies_danger
from navigator.wording.reading import say
from search_index.text import fold
from sms.keywords import whole_word

OWN_WORDS = frozenset({Stage.NAME, Stage.CONSENT, Stage.ERASE})
"""Here a text is taken as it stands: a name, or a yes or no that must be plain."""

UNSURE_AT = SHOWN_PLACES | {Stage.SAFE, Stage.CONSENT}
"""Here nothing can be skipped: who is unsure gets the choice explained."""

CONTENT_AT = frozenset({Stage.LIST, Stage.DETAIL, Stage.REFERRED})
"""Here "ok" asks for nothing."""


def turn(guide: Guide, state: State, body: str, language: str) -> Turn:
    """Take one text and answer it."""
    here = state.but(paused=False)
    said = fold(body)
    if state.paused and denies_danger(said):
        here = here.but(held=(), needs=tuple(n for n in here.needs if n not in here.held))
    known = whole_word(body, WORDS)
    if known is Word.PERSON and _asks_years_of_another(guide, state) and body.strip() == "9":
        known = None
    if known is None and here.stage not in OWN_WORDS and asks_for_person(said):
        known = Word.PERSON
    if known is None and here.stage not in OWN_WORDS and asks_about_us(said):
        return Turn(here, language, say("info", language))
    if known is None and here.stage not in OWN_WORDS and asks_about_privacy(body):
        return Turn(here, language, say("private", language))
    known = known or _aside(here.stage, body)
    if known is not None:
        done = ACTS[known](guide, here, language)
    else:
        done = STAGES[here.stage](guide, here, body, language)
    if state.paused and known is None and _is_lost(state, done):
        # What came after a danger card is no misunderstanding: say where the talk stands.
        done = again(guide, here, language)
    elif known is None and _is_lost(here, done) and not here.failures and is_angry(body):
        done = Turn(done.state, language, say("sorry_angry", language))
    if known is Word.BACK or done.effect is not Effect.NONE:
        return done
    return Turn(moved(here, done.state), done.language, done.reply)


def _aside(stage: Stage, body: str) -> Word | None:
    """Take what people say beside the choices for the word of ours that it means."""
    if stage is Stage.NEW:
        return None
    if is_greeting(body) and stage is not Stage.NAME:
        return Word.HELLO
    if is_lost(body) or (stage in UNSURE_AT and is_unsure(body)):
        return Word.WHAT
    return Word.FINE if stage in CONTENT_AT and is_content(body) else None


def _is_lost(before: State, done: Turn) -> bool:
    return done.state.failures > before.failures or done.effect is Effect.PERSON


def _asks_years_of_another(guide: Guide, state: State) -> bool:
    """Say whether 9 may be the age of a child rather than the wish to talk to a person."""
    if state.stage is not Stage.QUESTION or not state.for_other or not state.question:
        return False
    return guide.vocabulary.facts[state.question].kind is FactKind.YEARS


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
