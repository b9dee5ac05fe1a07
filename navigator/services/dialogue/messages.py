"""The messages of a conversation: needs on offer, the next question, the list, what was missed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from navigator.domain.conversation_state import (
    AfterList,
    AwaitingAnswer,
    AwaitingNeed,
    ConversationState,
    KnownPerson,
    ShowingList,
    ShownList,
    Stage,
    with_progress,
    without_misses,
)
from navigator.domain.explanations import summary_of_needs_and_answers
from navigator.domain.question_selection import FIRST_LIST_AFTER, MOST_QUESTIONS
from navigator.services.dialogue.dialogue_turn import DialogueContext, DialogueTurn, Effect
from navigator.services.dialogue.next_need import PAGE, next_need_line, order_by_need
from navigator.services.interview.contactable_services import ContactableService, option_line
from navigator.services.interview.question_wording import word_question
from navigator.wording.content import text_message
from sms.reply_matcher import ReplyOption
from sms.segments import fits_segments, to_gsm7

SEGMENTS = 2
"""What one message may take: a longer one costs more and arrives in pieces on old phones."""

AFTER_A_LIST = frozenset({Stage.LIST, Stage.WHICH_CONTACT, Stage.WHICH_MORE, Stage.DETAIL})
"""Here the choices are services, with low numbers; a high number corrects the age."""

MISSED = ("missed_1", "missed_2", "missed_3", "missed_4")
"""Each text that is not understood is answered in other words; then comes a person."""

MISSES_UNTIL_A_PERSON = 2

ENOUGH = 2
"""Places that a list shows at least before anything is read back."""


def need_menu(
    context: DialogueContext, state: ConversationState, language: str, needs: tuple[str, ...]
) -> DialogueTurn:
    """Offer needs by number."""
    lines = [
        f"{number} {context.vocabulary.needs[need].label.in_(language)}"
        for number, need in enumerate(needs, start=1)
    ]
    if needs != context.menus.more:
        lines.append(text_message("need_more", language, count=len(needs) + 1))
    text = to_gsm7(text_message("need_menu", language, options="\n".join(lines)))
    return DialogueTurn(AwaitingNeed(state.memory, menu=needs), language, text)


def next_message(
    context: DialogueContext, state: ConversationState, language: str, *, lead: str = ""
) -> DialogueTurn:
    """Ask the next question, or show the list; `lead` is a line to be said before it."""
    question, progress = context.step(state.person).question, state.progress
    limit = MOST_QUESTIONS if progress.narrowing else FIRST_LIST_AFTER
    if question is None or progress.asked >= limit:
        return show_list(context, state, language, lead=lead)
    again = isinstance(state, AwaitingAnswer) and state.question == question
    progress = replace(progress, asked=progress.asked + (0 if again else 1), misses=0)
    asked = AwaitingAnswer(replace(state.memory, progress=progress), question)
    return DialogueTurn(asked, language, question_text(context, asked, language, lead=lead))


def question_text(
    context: DialogueContext, state: AwaitingAnswer, language: str, *, lead: str = ""
) -> str:
    """Write the question that is being asked, within two segments."""
    question = word_question(
        context.vocabulary, state.question, language, for_other=state.person.for_other
    )
    lines = [f"{number} {choice.label}" for number, choice in enumerate(question.choices, start=1)]
    lines.append(text_message("not_sure" if lines else "say_age", language))
    why = question.why if question.sensitive else ""
    for parts in ([lead, question.text, why, *lines], [lead, question.text, *lines]):
        text = to_gsm7("\n".join(part for part in parts if part))
        if fits_segments(text, segments=SEGMENTS):
            return text
    return to_gsm7("\n".join([question.text, *lines]))


@dataclass(frozen=True, slots=True)
class _ListPage:
    """A page of a list as it is sent, and the keys of what it shows."""

    text: str
    keys: tuple[str, ...]


def show_list(
    context: DialogueContext,
    state: ConversationState,
    language: str,
    *,
    page: int = 0,
    lead: str = "",
) -> DialogueTurn:
    """Show a page of the list: what comes after its first `page` services."""
    person, options = state.person, context.options(state.person)
    if not options:
        return DialogueTurn(state, language, text_message("list_end", language))
    rest = order_by_need(context, person, options)[page:]
    shown = _best_page(context, state, rest, language, first=page == 0, lead=lead)
    if shown is None:
        keys = state.shown.keys if isinstance(state, AfterList) else ()
        shown = _ListPage(text_message("list_end", language), keys)
    listed = ShowingList(without_misses(state).memory, ShownList(shown.keys, page))
    return DialogueTurn(listed, language, shown.text)


def _best_page(
    context: DialogueContext,
    state: ConversationState,
    rest: Sequence[ContactableService],
    language: str,
    *,
    first: bool,
    lead: str,
) -> _ListPage | None:
    """Write a page with as much above it as leaves room for two places; None at the end."""
    if not rest:
        return None
    person = state.person
    head = _list_head(context, person, language)
    ask = first and not state.progress.narrowing and context.step(person).question is not None
    bare = _list_page(rest, language, head=head, lead="", ask=ask)
    after = next_need_line(context, person, bare.keys, language) if first else ""
    pages = [
        _list_page(rest, language, head=head, lead=above, ask=ask)
        for above in _leads(context, person, language, lead, after)
    ]
    fitting = [page for page in pages if fits_segments(page.text, segments=SEGMENTS)]
    return max(fitting, key=lambda page: min(len(page.keys), ENOUGH), default=bare)


def _leads(
    context: DialogueContext, person: KnownPerson, language: str, lead: str, after: str
) -> Iterator[str]:
    """Give what may stand above a list, the best first: less leaves room for more places."""
    if not lead or lead != read_back(context, person, language):
        # A correction is always told, so that it can be seen to be right.
        tries = [(lead, after), (lead, "")]
    else:
        facts = read_back_facts(context, person, language)
        tries = [(lead, after), (facts, after), ("", after), (lead, ""), (facts, ""), ("", "")]
    for lines in tries:
        yield "\n".join(line for line in lines if line)


def _list_page(
    rest: Sequence[ContactableService], language: str, *, head: str, lead: str, ask: bool
) -> _ListPage:
    """Write as many services as fit, one at least; `ask` offers to narrow the list down."""
    for count in range(min(PAGE, len(rest)), 0, -1):
        more = text_message("list_more", language) if len(rest) > count else ""
        narrow = text_message("list_ask", language) if ask else ""
        tail = text_message("list_tail", language, more=narrow + more)
        lines = [option_line(option, language) for option in rest[:count]]
        text = to_gsm7("\n".join(part for part in (lead, head, *lines, tail) if part))
        if fits_segments(text, segments=SEGMENTS):
            break
    return _ListPage(text, tuple(option.key for option in rest[:count]))


def _list_head(context: DialogueContext, person: KnownPerson, language: str) -> str:
    if not person.needs:
        return ""
    need = context.vocabulary.needs[person.needs[0]].say.in_(language)
    return text_message("list_head", language, need=need)


def name_options(context: DialogueContext, state: AfterList, language: str) -> list[ReplyOption]:
    """Give the services of the last list as options of a reply."""
    by_key = {option.key: option for option in context.options(state.person)}
    return [
        ReplyOption(key, by_key[key].service.record.brief(language))
        for key in state.shown.keys
        if key in by_key
    ]


def not_understood(state: ConversationState, language: str, *, again: str = "") -> DialogueTurn:
    """Say that it was not understood, never twice in the same words; then ask for a person."""
    progress = state.progress
    misses, failures = progress.misses + 1, progress.failures + 1
    if misses >= MISSES_UNTIL_A_PERSON or progress.failures >= len(MISSED):
        lost = with_progress(state, replace(progress, misses=0, failures=0))
        text = text_message("missed_person", language)
        return DialogueTurn(lost, language, text, Effect.PERSON)
    counted = with_progress(state, replace(progress, misses=misses, failures=failures))
    lead = text_message(MISSED[progress.failures], language)
    text = f"{lead}\n{again}" if again else f"{lead} {text_message('missed_how', language)}"
    return DialogueTurn(counted, language, text if fits_segments(text, segments=SEGMENTS) else lead)


def read_back(context: DialogueContext, person: KnownPerson, language: str) -> str:
    """Say in one line what was understood."""
    what = summary_of_needs_and_answers(context.vocabulary, person.needs, person.answers, language)
    return to_gsm7(text_message("understood", language, what=what)) if what else ""


def read_back_facts(context: DialogueContext, person: KnownPerson, language: str) -> str:
    """Say in one line what was understood of the person; the need stands elsewhere."""
    return read_back(context, replace(person, needs=()), language)
