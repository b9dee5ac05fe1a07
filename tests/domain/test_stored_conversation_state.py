"""A stored conversation goes on, also one that 0.1.0 stored; and the way back is kept with it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from navigator.container import Container
from navigator.domain.conversation_state import (
    STAGES,
    AwaitingAnswer,
    AwaitingNeed,
    ConversationState,
    DialogueMemory,
    InterviewProgress,
    KnownPerson,
    NewConversation,
    ShowingList,
    ShowingService,
    ShownList,
    Stage,
    start_over,
)
from navigator.domain.stored_conversation_state import (
    STEPS_BACK,
    dump_state,
    load_state,
    previous_state,
    with_history,
)
from navigator.nlp.danger.detector import DangerLevel
from navigator.storage import conversations
from tests.makers import text

STORED_BY_0_1_0: Mapping[str, str] = json.loads(
    (Path(__file__).parent / "conversation_states_0_1_0.json").read_text(encoding="utf-8")
)
"""States as the first release stored them, one and more of every stage."""

NUMBER = "+14165550101"

LEFT_OVER: Mapping[str, tuple[object, frozenset[Stage]]] = {
    "question": (None, frozenset({Stage.QUESTION})),
    "menu": ([], frozenset(Stage) - {Stage.NEW, Stage.QUESTION, Stage.ERASE}),
    "page": (0, frozenset(Stage) - {Stage.NEW, Stage.NEED, Stage.QUESTION, Stage.ERASE}),
    "chosen": (
        None,
        frozenset({Stage.DETAIL, Stage.NAME, Stage.SAFE, Stage.CONSENT, Stage.REFERRED}),
    ),
}
"""0.1.0 kept these from the stage before; now they stand at the stages that have them alone."""


@pytest.mark.parametrize("name", STORED_BY_0_1_0)
def test_what_the_first_release_stored_is_read_and_written_alike(name: str) -> None:
    stored = json.loads(STORED_BY_0_1_0[name])
    again = json.loads(dump_state(load_state(STORED_BY_0_1_0[name])))
    stage = Stage(stored["stage"])
    expected = {
        key: LEFT_OVER[key][0] if key in LEFT_OVER and stage not in LEFT_OVER[key][1] else value
        for key, value in stored.items()
    }
    assert {key: again[key] for key in stored} == expected
    assert again.keys() - stored.keys() == {"need_scores"}


def test_the_samples_have_every_stage() -> None:
    assert {load_state(stored).stage for stored in STORED_BY_0_1_0.values()} == set(Stage)


@pytest.mark.parametrize("name", STORED_BY_0_1_0)
def test_a_conversation_of_the_first_release_goes_on(
    client: FlaskClient, container: Container, name: str
) -> None:
    begin(client, container, STORED_BY_0_1_0[name])
    assert text(client, "REPEAT")
    text(client, "MENU")
    assert stored_state(container).stage is Stage.NEED


def test_a_second_need_of_the_first_release_is_led_to(
    client: FlaskClient, container: Container
) -> None:
    begin(client, container, STORED_BY_0_1_0["list"])
    assert text(client, "next").startswith("I got: food, age 40, Milton.")


def begin(client: FlaskClient, container: Container, state: str) -> None:
    """Let a conversation stand where a stored state says."""
    text(client, "hello")
    with container.database.unit_of_work() as uow:
        conversation = conversations.find_by_number(uow, NUMBER)
        assert conversation is not None
        conversations.save(uow, conversation.id, state=state, language="en", idle_at=None)


def stored_state(container: Container) -> ConversationState:
    with container.database.unit_of_work() as uow:
        conversation = conversations.find_by_number(uow, NUMBER)
    assert conversation is not None
    return load_state(conversation.state)


MEMORY = DialogueMemory(
    person=KnownPerson(
        needs=("food", "dental"),
        answers={"age": 40, "low_income": True},
        words="food and a dentist",
        need_scores={"food": 0.9, "dental": 0.8},
        danger_needs=("abuse-safety",),
        name="Sam",
    ),
    progress=InterviewProgress(asked=2, narrowing=True, misses=1, failures=3),
    answered_danger=DangerLevel.EMERGENCY,
    wait_explained=True,
    referral_code="K7F3PQ",
)


@pytest.mark.parametrize("kind", STAGES)
def test_a_state_of_any_stage_is_the_same_after_it_was_stored(
    kind: type[ConversationState],
) -> None:
    state = kind(MEMORY)
    assert load_state(dump_state(state)) == state


def test_no_text_is_a_new_conversation() -> None:
    assert load_state("") == NewConversation()


def test_a_turn_that_moves_on_can_be_taken_back() -> None:
    asked = AwaitingAnswer(MEMORY, "age")
    listed = with_history(asked, ShowingList(asked.memory, ShownList(("a", "b"))))
    assert previous_state(listed) == asked
    shown = with_history(listed, ShowingService(listed.memory, ShownList(("a", "b")), "a"))
    back = previous_state(shown)
    assert back is not None
    assert (back.stage, len(back.memory.past)) == (Stage.LIST, 1)


def test_a_turn_that_stays_where_it_is_leaves_no_trace() -> None:
    asked = AwaitingAnswer(MEMORY, "age")
    missed = replace(asked, memory=replace(MEMORY, progress=replace(asked.progress, misses=2)))
    assert with_history(asked, missed).memory.past == ()


def test_only_the_last_steps_are_kept() -> None:
    state: ConversationState = AwaitingNeed(MEMORY, ("food",))
    for count in range(STEPS_BACK + 3):
        state = with_history(state, AwaitingAnswer(state.memory, f"fact-{count}"))
    assert len(state.memory.past) == STEPS_BACK
    assert previous_state(NewConversation()) is None


def test_a_new_beginning_keeps_who_the_person_is() -> None:
    person = replace(MEMORY.person, answers={"age": 40, "low_income": "declined"}, for_other=True)
    begun = start_over(ShowingList(replace(MEMORY, person=person)))
    assert (dict(begun.person.answers), begun.person.for_other) == ({"age": 40}, True)
    assert (begun.person.needs, begun.person.words, begun.person.name) == ((), "", "")
    assert (begun.progress, begun.memory.referral_code) == (InterviewProgress(failures=3), "K7F3PQ")
