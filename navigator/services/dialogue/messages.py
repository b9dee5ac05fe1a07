"""The messages of a talk: the next question, the list, a service, and what was not understood."""

from navigator.domain.conversation_state import ConversationState, Stage, start_over
from navigator.domain.explanations import summary_of_needs_and_answers
from navigator.domain.question_selection import FIRST_LIST_AFTER, MOST_QUESTIONS, interview_step
from navigator.nlp.needs.pipeline import Understood, understand
from navigator.nlp.utterance_intents import is_addition
from navigator.services.dialogue.age_corrections import age_confirmation, late_age
from navigator.services.dialogue.next_need import STRONG, next_need_line, order_by_need
from navigator.services.dialogue.turn_types import DialogueContext, DialogueTurn, Effect
from navigator.services.interview.contact_options import (
    ContactOption,
    all_contact_options,
    list_page_text,
)
from navigator.services.interview.questions_and_answers import word_question
from navigator.wording.content import text_message
from sms.reply_matcher import ReplyOption
from sms.segments import fits_segments, to_gsm7

LONGEST_WORDS = 600
"""How much of a person's own words is kept for the navigator."""

SHOWN_PLACES = frozenset({Stage.LIST, Stage.WHICH_CONTACT, Stage.WHICH_MORE, Stage.DETAIL})
"""Here the choices have low numbers; a high one corrects the age."""

MISSED = ("missed_1", "missed_2", "missed_3", "missed_4")
"""Each text of a talk that is not understood is answered in other words; then comes a person."""

MISSES_UNTIL_A_PERSON = 2

ENOUGH = 2
"""Places that a list shows at least before anything is read back."""


def take_in_words(
    guide: DialogueContext, state: ConversationState, body: str, language: str
) -> tuple[ConversationState, str, Understood]:
    """Take in free words: needs, facts and language."""
    heard = understand(body, lexicon=guide.lexicon, hint=language)
    words = state.words or body[:LONGEST_WORDS]
    found = [need for need, _ in heard.needs]
    if state.stage is Stage.QUESTION and is_addition(body):
        found = [*state.needs, *(need for need, score in heard.needs if score >= STRONG)]
    taken = state.but(
        words=words,
        needs=tuple(dict.fromkeys((*state.held, *found)))[:3] if found else state.needs,
        answers={**state.answers, **heard.facts},
        for_other=state.for_other or heard.for_other,
    )
    said_much = len(body.split()) >= 2
    return taken, heard.language if said_much or state.stage is Stage.NEW else language, heard


def need_menu(
    guide: DialogueContext, state: ConversationState, language: str, needs: tuple[str, ...]
) -> DialogueTurn:
    """Offer needs by number."""
    lines = [
        f"{place} {guide.vocabulary.needs[need].label.in_(language)}"
        for place, need in enumerate(needs, start=1)
    ]
    if needs != guide.directory.policy.menus.more:
        lines.append(text_message("need_more", language, count=len(needs) + 1))
    text = to_gsm7(text_message("need_menu", language, options="\n".join(lines)))
    return DialogueTurn(state.but(stage=Stage.NEED, menu=needs), language, text)


def next_message(
    guide: DialogueContext, state: ConversationState, language: str, *, lead: str = ""
) -> DialogueTurn:
    """Ask the next question, or show the list."""
    standing = interview_step(guide.directory, state.needs, state.answers)
    limit = MOST_QUESTIONS if state.narrowing else FIRST_LIST_AFTER
    if standing.question is None or state.asked >= limit:
        return show_list(guide, state.but(page=0), language, lead=lead)
    again = state.stage is Stage.QUESTION and state.question == standing.question
    count = state.asked if again else state.asked + 1
    asked = state.but(stage=Stage.QUESTION, question=standing.question, asked=count, misses=0)
    return DialogueTurn(asked, language, question_text(guide, asked, language, lead=lead))


def question_text(
    guide: DialogueContext, state: ConversationState, language: str, *, lead: str = ""
) -> str:
    """Write the question that is being asked, within two segments."""
    question = word_question(
        guide.vocabulary, state.question or "", language, for_other=state.for_other
    )
    lines = [f"{place} {one.label}" for place, one in enumerate(question.choices, start=1)]
    lines.append(text_message("not_sure" if lines else "say_age", language))
    why = question.why if question.sensitive else ""
    for parts in ([lead, question.text, why, *lines], [lead, question.text, *lines]):
        text = to_gsm7("\n".join(part for part in parts if part))
        if fits_segments(text, segments=2):
            return text
    return to_gsm7("\n".join([question.text, *lines]))


def show_list(
    guide: DialogueContext, state: ConversationState, language: str, *, lead: str = ""
) -> DialogueTurn:
    """Show a page of the list."""
    every, more_questions = current_options(guide, state)
    if not every:
        return DialogueTurn(state, language, text_message("list_end", language))
    every = order_by_need(guide, state, every)
    ask = more_questions and state.page == 0 and not state.narrowing

    def written(*leads: str) -> tuple[str, tuple[str, ...]]:
        lines = "\n".join(line for line in leads if line)
        return list_page_text(state, every, guide.vocabulary, language, lead=lines, ask=ask)

    bare = written()
    then = next_need_line(guide, state, bare[1], language) if state.page == 0 else ""
    tries = [written(*leads) for leads in _leads(guide, state, language, lead, then)]
    fitting = [one for one in tries if fits_segments(one[0], segments=2)]
    text, shown = max(fitting, key=lambda one: min(len(one[1]), ENOUGH), default=bare)
    return DialogueTurn(state.but(stage=Stage.LIST, menu=shown, misses=0), language, text)


def _leads(
    guide: DialogueContext, state: ConversationState, language: str, lead: str, then: str
) -> list[tuple[str, str]]:
    """Give what may stand above a list, the best first: less leaves room for more places."""
    if not lead or lead != read_back(guide, state, language):
        # A correction is always told, so that it can be seen to be right.
        return [(lead, then), (lead, "")]
    facts = read_back_facts(guide, state, language)
    return [(lead, then), (facts, then), ("", then), (lead, ""), (facts, ""), ("", "")]


def current_options(
    guide: DialogueContext, state: ConversationState
) -> tuple[tuple[ContactOption, ...], bool]:
    """Give the ways in for what is known now, and whether a question could still change them."""
    standing = interview_step(guide.directory, state.needs, state.answers)
    return all_contact_options(guide.directory, standing.matches), standing.question is not None


def option_by_key(
    guide: DialogueContext, state: ConversationState, key: str | None
) -> ContactOption | None:
    """Find the way in that a talk remembers by its key."""
    return next((way for way in current_options(guide, state)[0] if way.key == key), None)


def name_options(
    guide: DialogueContext, state: ConversationState, language: str
) -> list[ReplyOption]:
    """Give the services of the last list as options."""
    found = {way.key: way for way in current_options(guide, state)[0]}
    return [
        ReplyOption(key, found[key].service.record.brief(language))
        for key in state.menu
        if key in found
    ]


def not_understood(state: ConversationState, language: str, *, again: str = "") -> DialogueTurn:
    """Say that it was not understood, never twice in the same words; then ask for a person."""
    counted = state.but(misses=state.misses + 1, failures=state.failures + 1)
    if counted.misses >= MISSES_UNTIL_A_PERSON or state.failures >= len(MISSED):
        lost = text_message("missed_person", language)
        return DialogueTurn(counted.but(misses=0, failures=0), language, lost, Effect.PERSON)
    lead = text_message(MISSED[state.failures], language)
    text = f"{lead}\n{again}" if again else f"{lead} {text_message('missed_how', language)}"
    return DialogueTurn(counted, language, text if fits_segments(text, segments=2) else lead)


def take_new_words(
    guide: DialogueContext, state: ConversationState, body: str, language: str, *, again: str = ""
) -> DialogueTurn:
    """Take words in the middle of a talk: a new need, another answer, or not understood."""
    years = late_age(body) if state.stage in SHOWN_PLACES else None
    if years is not None:
        told = state.but(answers={**state.answers, "age": years}, page=0)
        lead = age_confirmation(state, years, language) or read_back_facts(guide, told, language)
        return show_list(guide, told, language, lead=lead)
    taken, heard_language, heard = take_in_words(guide, start_over(state), body, language)
    if heard.needs and heard.needs[0][1] >= STRONG:
        return next_message(
            guide, taken, heard_language, lead=read_back(guide, taken, heard_language)
        )
    if heard.facts and state.needs:
        told = state.but(answers={**state.answers, **heard.facts}, page=0)
        return show_list(guide, told, language, lead=read_back_facts(guide, told, language))
    return not_understood(state, language, again=again)


def read_back(guide: DialogueContext, state: ConversationState, language: str) -> str:
    """Say in one line what was understood."""
    what = summary_of_needs_and_answers(guide.vocabulary, state.needs, state.answers, language)
    return to_gsm7(text_message("understood", language, what=what)) if what else ""


def read_back_facts(guide: DialogueContext, state: ConversationState, language: str) -> str:
    """Say in one line what was understood of the person; the need stands elsewhere."""
    return read_back(guide, state.but(needs=()), language)
