"""A worker who writes about a client in danger gets the numbers, and the talk goes on."""

from pathlib import Path

from navigator.storage import outbox
from tests.makers import make_app, make_parts, text

SENDER = "+14165550101"


def test_a_worker_gets_the_numbers_and_the_talk_goes_on(tmp_path: Path) -> None:
    parts = make_parts(tmp_path)
    client = make_app(parts).test_client()
    said = text(client, "client 34F disclosed SI, no plan, needs counselling in Milton")
    assert "counselling" in said
    with parts.database.transaction() as tx:
        letters = outbox.to_number(tx, parts.vault, SENDER)
    assert len(letters) == 1
    assert letters[0].kind == "safety"
    assert letters[0].body.startswith("For your client: call or text 9-8-8")
    assert "Kids Help Phone" not in letters[0].body
