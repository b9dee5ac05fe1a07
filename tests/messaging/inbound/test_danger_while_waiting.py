"""Danger and the wish for a person, told in a text: by a worker, by a yes, in a sentence."""

from pathlib import Path

from navigator.storage import outbox
from tests.makers import make_app, make_container, text

SENDER = "+14165550101"


def test_a_worker_gets_the_numbers_and_the_talk_goes_on(tmp_path: Path) -> None:
    container = make_container(tmp_path)
    client = make_app(container).test_client()
    said = text(client, "client 34F disclosed SI, no plan, needs counselling in Milton")
    assert "counselling" in said
    with container.database.unit_of_work() as uow:
        letters = outbox.list_to_number(uow, SENDER)
    assert len(letters) == 1
    assert letters[0].kind == "safety"
    assert letters[0].body.startswith("For your client: call or text 9-8-8")
    assert "Kids Help Phone" not in letters[0].body


def test_a_yes_to_the_question_of_danger_is_an_emergency(tmp_path: Path) -> None:
    client = make_app(make_container(tmp_path)).test_client()
    assert "9-8-8" in text(client, "my husband hits me")
    assert text(client, "yes").startswith("Call 911 now")
    assert text(client, "he hits me a lot").startswith("Call 911 now")
    assert text(client, "i feel sleepy").startswith("Please call 911 now")
    assert "safety from abuse" in text(client, "ok the police is here. I am in Milton")


def test_a_person_is_asked_for_in_a_sentence(tmp_path: Path) -> None:
    client = make_app(make_container(tmp_path)).test_client()
    text(client, "food")
    assert "navigator" in text(client, "can i talk to a real person").lower()
