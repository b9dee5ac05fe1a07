"""The same person gets the same interview through every face: web, text, machine, terminal."""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from benchmarks.policy_simulation.random_people import SimulatedPerson, draw_person
from directory_data.region import load_region
from navigator.cli.interview import interview
from navigator.container import Container
from navigator.domain.conversation_state import (
    AwaitingAnswer,
    ConversationState,
    DialogueMemory,
    KnownPerson,
    NewConversation,
    ShowingList,
)
from navigator.domain.eligibility import DECLINED, Answer
from navigator.domain.explanations import match_reasons
from navigator.domain.matching import first_shown
from navigator.domain.question_selection import FIRST_LIST_AFTER, MOST_QUESTIONS, interview_step
from navigator.messaging.inbound.reply_or_spool import reply_to_webhook
from navigator.nlp.danger.detector import DangerLevel, detect_danger
from navigator.services.dialogue.dialogue_turn import (
    DialogueContext,
    DialogueTurn,
    parse_message,
)
from navigator.services.dialogue.dispatcher import dispatch_turn
from navigator.services.dialogue.messages import next_message
from navigator.services.interview.answer_parsing import parse_answers
from navigator.services.interview.contactable_services import all_contactable_services
from navigator.services.interview.question_wording import WordedQuestion, word_question
from sms.console_carrier import new_sid
from sms.inbound_message import InboundMessage
from sms.segments import to_gsm7
from tests.makers import make_app, make_container
from tests.web.html import Page, Part, page_of, press

PEOPLE, CROWDS = 1000, 10
"""Random people, and the parts that they are asked in (a part is one test)."""

ON_THE_WEB = 4
"""Every fourth is asked on the web as well: its pages take ten times as long as all the rest."""

STRANGE = 0.3
"""How much of the people is drawn from a population unlike ours."""

SILENT = 0.15
"""How often a person would rather not say."""


@dataclass(frozen=True)
class Asked:
    """A random person: needs, the truth, whether it is about somebody else, what is not said."""

    needs: tuple[str, ...]
    truth: Mapping[str, Answer]
    for_other: bool
    silent: frozenset[str]
    language: str

    def answer(self, fact: str) -> Answer:
        """Give the answer of this person, by whatever face."""
        return DECLINED if fact in self.silent else self.truth[fact]


@dataclass(frozen=True)
class Met:
    """What came of an interview: the questions in their order, then verdicts with reasons."""

    facts: tuple[str, ...]
    first_list_after: int
    listed: tuple[tuple[str, str, tuple[str, ...]], ...]


def somebody(seed: int) -> Asked:
    """Make a person up, the same for a seed every time."""
    dice = random.Random(seed)
    person: SimulatedPerson = draw_person(dice, load_region().population, STRANGE)
    silent = frozenset(fact for fact in sorted(person.facts) if dice.random() < SILENT)
    language = dice.choice(["en", "fr"])
    return Asked(person.needs, person.facts, dice.random() < 0.3, silent, language)


def by_machine(guide: DialogueContext, person: Asked) -> Met:
    """Ask as the machine interface does: answers in, the next question and the matches out."""
    answers: dict[str, Answer] = {}
    facts: list[str] = []
    first = -1
    while True:
        told = parse_answers(guide.vocabulary, answers)
        now = interview_step(guide.directory, person.needs, told)
        if first < 0 and (now.question is None or len(facts) == FIRST_LIST_AFTER):
            first = len(facts)
        if now.question is None:
            break
        facts.append(now.question)
        answers[now.question] = person.answer(now.question)
    listed = tuple(
        (
            match.service.id,
            str(match.verdict),
            match_reasons(match, guide.vocabulary, person.language),
        )
        for match in first_shown(now.matches)
    )
    return Met(tuple(facts), first, listed)


def by_web(client: FlaskClient, person: Asked) -> tuple[Met, dict[str, str]]:
    """Ask on the web, page by page; give the texts of the questions too."""
    start = page_of(client.get(f"/find?lang={person.language}"))
    other = "yes" if person.for_other else "no"
    page = press(client, start, "do", "next", need=person.needs, for_other=other)
    facts: list[str] = []
    texts: dict[str, str] = {}
    first = -1
    while True:
        if page.fact is None:
            first = len(facts) if first < 0 else first
            if not any(button.value == "more" for button in page.buttons):
                break
            page = press(client, page, "do", "more")
            continue
        facts.append(page.fact)
        texts[page.fact] = page.part("h1").text
        page = answer_on(client, page, person.answer(page.fact))
    return Met(tuple(facts), first, listed_on(page)), texts


def grouped(
    listed: tuple[tuple[str, str, tuple[str, ...]], ...],
) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Put what fits before what may fit, as the page does; the order stays within each."""
    return tuple(sorted(listed, key=lambda entry: entry[1] != "fits"))


def answer_on(client: FlaskClient, page: Page, answer: Answer) -> Page:
    """Answer the question of a page, or skip it."""
    if answer == DECLINED:
        return press(client, page, "do", "skip")
    sent = {True: "yes", False: "no"}[answer] if isinstance(answer, bool) else str(answer)
    assert not page.choices.get("value") or sent in page.choices["value"]
    return press(client, page, "do", "next", value=sent)


def listed_on(page: Page) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Read the list off its page: service, verdict, reasons."""
    return tuple(
        (service_id, verdict, reasons_on(card))
        for verdict, heading in (("fits", "fits"), ("may-fit", "may"))
        for section in page.parts(f"section[aria-labelledby={heading}]")
        for service_id, card in section.cards.items()
    )


def reasons_on(card: Part) -> tuple[str, ...]:
    """Read off a card why its service is listed."""
    why = card.part(".find-why")
    told = why.text.removeprefix(why.part("strong").text).removesuffix(".")
    return tuple(told.strip().split("; "))


def by_text(
    guide: DialogueContext, person: Asked
) -> tuple[ConversationState, list[str], int, dict[str, str]]:
    """Ask by text: numbers in, questions and lists out."""
    begun = NewConversation(DialogueMemory(KnownPerson(person.needs, for_other=person.for_other)))
    said: DialogueTurn = next_message(guide, begun, person.language)
    facts: list[str] = []
    texts: dict[str, str] = {}
    first = -1
    while True:
        state = said.state
        if isinstance(state, AwaitingAnswer):
            facts.append(state.question)
            texts[state.question] = said.reply
            body = number_for(guide, person, state.question)
        else:
            assert isinstance(state, ShowingList)
            first = len(facts) if first < 0 else first
            if "3 = " not in said.reply:
                return state, facts, first, texts
            body = "3"
        said = dispatch_turn(guide, state, parse_message(guide, body, person.language))


def question_of(guide: DialogueContext, person: Asked, fact: str) -> WordedQuestion:
    """Give a question as it is worded for a person."""
    return word_question(guide.vocabulary, fact, person.language, for_other=person.for_other)


def number_for(guide: DialogueContext, person: Asked, fact: str) -> str:
    """Give the number that a person texts: a choice's place, the years, or 0 to skip."""
    answer = person.answer(fact)
    if answer == DECLINED:
        return "0"
    choices = [choice.value for choice in question_of(guide, person, fact).choices]
    return str(choices.index(answer) + 1) if choices else str(answer)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def container(tmp_path_factory: pytest.TempPathFactory) -> Container:
    return make_container(tmp_path_factory.mktemp("parity"))


@pytest.mark.parametrize("crowd", range(CROWDS))
def test_the_same_person_is_asked_and_told_the_same_by_every_face(
    container: Container, crowd: int
) -> None:
    client = make_app(container).test_client()
    for seed in range(crowd, PEOPLE, CROWDS):
        guide = container.edition_store.edition(container.now()).guide
        person = somebody(seed)
        machine = by_machine(guide, person)
        state, facts, first, by_sms = by_text(guide, person)
        assert machine.facts == tuple(facts), seed
        assert len(facts) <= MOST_QUESTIONS
        assert machine.first_list_after == first, seed
        told = {fact: person.answer(fact) for fact in facts}
        assert dict(state.person.answers) == told, seed
        same = interview_step(guide.directory, person.needs, told)
        listed = all_contactable_services(guide.directory, same.matches)
        assert guide.options(state.person) == listed, seed
        for fact in facts:
            asked = question_of(guide, person, fact)
            assert to_gsm7(asked.text) in by_sms[fact], seed
            assert all(to_gsm7(choice.label) in by_sms[fact] for choice in asked.choices), seed
        if seed // CROWDS % ON_THE_WEB == 0:
            web, on_web = by_web(client, person)
            assert web == replace(machine, listed=grouped(machine.listed)), seed
            assert on_web == {fact: question_of(guide, person, fact).text for fact in facts}, seed


def test_the_random_people_are_asked_enough_to_compare(container: Container) -> None:
    guide = container.edition_store.edition(container.now()).guide
    met = [by_machine(guide, somebody(seed)) for seed in range(0, PEOPLE, 20)]
    assert sum(len(outcome.facts) > FIRST_LIST_AFTER for outcome in met) >= len(met) // 4
    assert len({fact for outcome in met for fact in outcome.facts}) >= 10
    assert sum(bool(outcome.listed) for outcome in met) >= 0.9 * len(met)


def test_the_command_gives_what_the_actions_give(container: Container) -> None:
    guide = container.edition_store.edition(container.now()).guide
    environment = {"NAVIGATOR_HOME": str(container.settings.home)}
    for seed in range(0, PEOPLE, 200):
        person = somebody(seed)
        machine = by_machine(guide, person)
        answers = {fact: person.answer(fact) for fact in machine.facts[:2]}
        given = {"language": person.language, "needs": person.needs, "answers": answers}
        ran = CliRunner().invoke(
            interview, ["--json"], input=json.dumps(given), env=environment, catch_exceptions=False
        )
        told = json.loads(ran.stdout)
        now = interview_step(guide.directory, person.needs, answers)
        assert (told["question"] or {}).get("fact") == now.question
        assert [
            (match["id"], match["verdict"], tuple(match["because"])) for match in told["matches"]
        ] == [
            (
                match.service.id,
                str(match.verdict),
                match_reasons(match, guide.vocabulary, person.language),
            )
            for match in now.matches
        ]


def test_the_terminal_and_the_webhook_say_what_a_turn_says(container: Container) -> None:
    guide = container.edition_store.edition(container.now()).guide
    asked = 0
    for seed in range(0, PEOPLE, 25):
        person = somebody(seed)
        body = guide.vocabulary.needs[person.needs[0]].label.in_(person.language)
        if detect_danger(body, container.danger).level is not DangerLevel.NONE:
            continue
        language, number = person.language, f"+1416555{seed:04}"
        state: ConversationState = NewConversation()
        for _ in range(FIRST_LIST_AFTER + 1):
            said = dispatch_turn(guide, state, parse_message(guide, body, language))
            heard = InboundMessage(new_sid(), number, "", body, 0, None, 1)
            assert reply_to_webhook(container, heard, language=person.language) == said.reply, seed
            state, language = said.state, said.language
            if not isinstance(state, AwaitingAnswer):
                break
            asked += 1
            body = number_for(guide, person, state.question)
    assert asked >= 20
