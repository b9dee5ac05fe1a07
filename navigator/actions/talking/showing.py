"""The messages of a talk: the next question, the list, a service, and what was not understood."""

from navigator.actions.interviewing import stand, word
from navigator.actions.listing import Way, all_ways, page
from navigator.actions.talking.ages import doubt, told_late
from navigator.actions.talking.asides import is_addition
from navigator.actions.talking.following import STRONG, in_turn, next_line
from navigator.actions.talking.values import Effect, Guide, Turn
from navigator.domain.conversation import Stage, State, begin_again
from navigator.domain.describing import understood
from navigator.domain.interview import CAP, FIRST_LIST_AFTER
from navigator.domain.understanding import Understood, understand
from navigator.wording.reading import say
from sms.menus import Option
from sms.segments import fits, plain

LONGEST_WORDS = 600
"""How much of a person's own words is kept for the navigator."""

FIRST_NEEDS = ("shelter", "food", "counselling", "keep-housing", "money")
MORE_NEEDS = ("company", "child-youth-mental-health", "abuse-safety", "substance-use", "navigation")
"""What the menus offer to somebody who has no words for it."""

SHOWN_PLACES = frozenset({Stage.LIST, Stage.WHICH_CONTACT, Stage.WHICH_MORE, Stage.DETAIL})
"""Here the choices have low numbers; a high one corrects the age."""

MISSED = ("missed_1", "missed_2", "missed_3", "missed_4")
"""Each text of a talk that is not understood is answered in other words; then comes a person."""

MISSES_UNTIL_A_PERSON = 2

ENOUGH = 2
"""Places that a list shows at least before anything is read back."""


def hear(guide: Guide, state: State, body: str, language: str) -> tuple[State, str, Understood]:
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


def need_menu(guide: Guide, state: State, language: str, needs: tuple[str, ...]) -> Turn:
    """Offer needs by number."""
    lines = [
        f"{place} {guide.vocabulary.needs[need].label.in_(language)}"
        for place, need in enumerate(needs, start=1)
    ]
    if needs != MORE_NEEDS:
        lines.append(say("need_more", language, count=len(needs) + 1))
    text = plain(say("need_menu", language, options="\n".join(lines)))
    return Turn(state.but(stage=Stage.NEED, menu=needs), language, text)


def go_on(guide: Guide, state: State, language: str, *, lead: str = "") -> Turn:
    """Ask the next question, or show the list."""
    standing = stand(guide.directory, guide.vocabulary, state.needs, state.answers)
    limit = CAP if state.narrowing else FIRST_LIST_AFTER
    if standing.question is None or state.asked >= limit:
        return show_list(guide, state.but(page=0), language, lead=lead)
    again = state.stage is Stage.QUESTION and state.question == standing.question
    count = state.asked if again else state.asked + 1
    asked = state.but(stage=Stage.QUESTION, question=standing.question, asked=count, misses=0)
    return Turn(asked, language, question_text(guide, asked, language, lead=lead))


def question_text(guide: Guide, state: State, language: str, *, lead: str = "") -> str:
    """Write the question that is being asked, within two segments."""
    question = word(guide.vocabulary, state.question or "", language, for_other=state.for_other)
    lines = [f"{place} {one.label}" for place, one in enumerate(question.choices, start=1)]
    lines.append(say("not_sure" if lines else "say_age", language))
    why = question.why if question.sensitive else ""
    for parts in ([lead, question.text, why, *lines], [lead, question.text, *lines]):
        text = plain("\n".join(part for part in parts if part))
        if fits(text, segments=2):
            return text
    return plain("\n".join([question.text, *lines]))


def show_list(guide: Guide, state: State, language: str, *, lead: str = "") -> Turn:
    """Show a page of the list."""
    every, more_questions = ways_now(guide, state)
    if not every:
        return Turn(state, language, say("list_end", language))
    every = in_turn(guide, state, every)
    ask = more_questions and state.page == 0 and not state.narrowing

    def written(*leads: str) -> tuple[str, tuple[str, ...]]:
        lines = "\n".join(line for line in leads if line)
        return page(state, every, guide.vocabulary, language, lead=lines, ask=ask)

    bare = written()
    then = next_line(guide, state, bare[1], language) if state.page == 0 else ""
    tries = [written(*leads) for leads in _leads(guide, state, language, lead, then)]
    fitting = [one for one in tries if fits(one[0], segments=2)]
    text, shown = max(fitting, key=lambda one: min(len(one[1]), ENOUGH), default=bare)
    return Turn(state.but(stage=Stage.LIST, menu=shown, misses=0), language, text)


def _leads(
    guide: Guide, state: State, language: str, lead: str, then: str
) -> list[tuple[str, str]]:
    """Give what may stand above a list, the best first: less leaves room for more places."""
    if not lead or lead != read_back(guide, state, language):
        # A correction is always told, so that it can be seen to be right.
        return [(lead, then), (lead, "")]
    facts = facts_read_back(guide, state, language)
    return [(lead, then), (facts, then), ("", then), (lead, ""), (facts, ""), ("", "")]


def ways_now(guide: Guide, state: State) -> tuple[tuple[Way, ...], bool]:
    """Give the ways in for what is known now, and whether a question could still change them."""
    standing = stand(guide.directory, guide.vocabulary, state.needs, state.answers)
    return all_ways(guide.directory, standing.matches), standing.question is not None


def way_of(guide: Guide, state: State, key: str | None) -> Way | None:
    """Find the way in that a talk remembers by its key."""
    return next((way for way in ways_now(guide, state)[0] if way.key == key), None)


def name_options(guide: Guide, state: State, language: str) -> list[Option]:
    """Give the services of the last list as options."""
    found = {way.key: way for way in ways_now(guide, state)[0]}
    return [
        Option(key, found[key].service.record.brief(language)) for key in state.menu if key in found
    ]


def missed(state: State, language: str, *, again: str = "") -> Turn:
    """Say that it was not understood, never twice in the same words; then ask for a person."""
    counted = state.but(misses=state.misses + 1, failures=state.failures + 1)
    if counted.misses >= MISSES_UNTIL_A_PERSON or state.failures >= len(MISSED):
        lost = say("missed_person", language)
        return Turn(counted.but(misses=0, failures=0), language, lost, Effect.PERSON)
    lead = say(MISSED[state.failures], language)
    text = f"{lead}\n{again}" if again else f"{lead} {say('missed_how', language)}"
    return Turn(counted, language, text if fits(text, segments=2) else lead)


def new_words(guide: Guide, state: State, body: str, language: str, *, again: str = "") -> Turn:
    """Take words in the middle of a talk: a new need, another answer, or not understood."""
    years = told_late(body) if state.stage in SHOWN_PLACES else None
    if years is not None:
        told = state.but(answers={**state.answers, "age": years}, page=0)
        lead = doubt(state, years, language) or facts_read_back(guide, told, language)
        return show_list(guide, told, language, lead=lead)
    taken, heard_language, heard = hear(guide, begin_again(state), body, language)
    if heard.needs and heard.needs[0][1] >= STRONG:
        return go_on(guide, taken, heard_language, lead=read_back(guide, taken, heard_language))
    if heard.facts and state.needs:
        told = state.but(answers={**state.answers, **heard.facts}, page=0)
        return show_list(guide, told, language, lead=facts_read_back(guide, told, language))
    return missed(state, language, again=again)


def read_back(guide: Guide, state: State, language: str) -> str:
    """Say in one line what was understood."""
    what = understood(guide.vocabulary, state.needs, state.answers, language)
    return plain(say("understood", language, what=what)) if what else ""


def facts_read_back(guide: Guide, state: State, language: str) -> str:
    """Say in one line what was understood of the person; the need stands elsewhere."""
    return read_back(guide, state.but(needs=()), language)
