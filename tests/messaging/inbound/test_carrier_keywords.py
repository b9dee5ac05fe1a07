"""Reserved words: whole messages only, in the language of the word, answered once."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from navigator.container import Container
from navigator.messaging.outbox import sender
from navigator.storage import conversations, outbox
from sms import signature
from sms.console_carrier import new_sid
from tests.makers import MONDAY_NOON, TOKEN, make_container, text, twiml_messages

NUMBER = "+14165550101"
STOPS = ("STOP", "stop", " Stop ", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE",
         "OPTOUT", "stop.")  # fmt: skip
FRENCH_STOPS = ("ARRET", "ARRÊT", "arrêt", "Arrete")
SENTENCES = (
    "stopped taking my meds",
    "end of the month I lose my place",
    "yesterday I got evicted",
    "please help me find food",
    "I want to cancel my lease",
    "quite scared of losing my home",
    "started drinking again",
    "can you stop my landlord",
)


@pytest.fixture
def container(tmp_path: Path) -> Container:
    return make_container(tmp_path)


def is_opted_out(container: Container) -> bool:
    with container.database.unit_of_work() as uow:
        talk = conversations.find_by_number(uow, NUMBER)
    return talk is not None and talk.opted_out


@pytest.mark.parametrize("word", [*STOPS, *FRENCH_STOPS])
def test_a_stop_word_opts_out_in_its_language(
    container: Container, client: FlaskClient, word: str
) -> None:
    said = text(client, word)
    assert is_opted_out(container)
    assert ("START pour" in said) == (word in FRENCH_STOPS)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_word_inside_a_sentence_is_no_keyword(
    container: Container, client: FlaskClient, sentence: str
) -> None:
    said = text(client, sentence)
    assert said
    assert "no more texts" not in said
    assert not is_opted_out(container)


@pytest.mark.parametrize("word", ["HELP", "help", "AIDE", "aide", "INFO"])
def test_help_carries_the_numbers_for_danger(client: FlaskClient, word: str) -> None:
    said = text(client, word)
    assert "911" in said
    assert "9-8-8" in said
    assert ("appelez" in said) == (word.upper() == "AIDE")


def test_a_word_does_not_change_the_language_of_a_talk(client: FlaskClient) -> None:
    text(client, "j'ai besoin de nourriture")
    text(client, "HELP")
    assert "Ontario au travail" in text(client, "Milton")


def test_nothing_is_sent_after_an_opt_out_until_start(
    container: Container, client: FlaskClient
) -> None:
    text(client, "I need food in Milton")
    with container.database.unit_of_work() as uow:
        outbox.enqueue(
            uow, number=NUMBER, body="a notice", kind="notice",
            now=MONDAY_NOON, not_before=MONDAY_NOON,
        )  # fmt: skip
    text(client, "STOP")
    for body in ("food", "9", "MENU", "1", "unshare", "erase", "1"):
        assert text(client, body) == ""
    with container.database.unit_of_work() as uow:
        outbox.enqueue(
            uow, number=NUMBER, body="another", kind="notice",
            now=MONDAY_NOON, not_before=MONDAY_NOON,
        )  # fmt: skip
    sender.send_due(container)
    with container.database.unit_of_work() as uow:
        states = {message.state for message in outbox.list_to_number(uow, NUMBER)}
    assert outbox.OutboxState.SENT not in states
    assert "back" in text(client, "START")
    assert text(client, "food")


def post(client: FlaskClient, **more: str) -> bytes:
    params = {
        "MessageSid": new_sid(),
        "From": NUMBER,
        "To": "+12895550100",
        "NumMedia": "0",
        **more,
    }
    signed = signature.sign(
        url="https://texts.example.org/sms/messages", params=list(params.items()), token=TOKEN
    )
    answer = client.post("/sms/messages", data=params, headers={"X-Twilio-Signature": signed})
    assert answer.status_code == 200
    return answer.data


@pytest.mark.parametrize(
    ("body", "kind"), [("STOP", "STOP"), ("ARRET", "STOP"), ("START", "START"), ("HELP", "HELP")]
)
def test_where_the_carrier_replied_there_is_no_second_reply(
    container: Container, client: FlaskClient, body: str, kind: str
) -> None:
    assert twiml_messages(post(client, Body=body, OptOutType=kind)) == []
    assert is_opted_out(container) == (kind == "STOP")


@pytest.mark.parametrize(
    "body", ["", "\x00", "\ud83d", "=" * 1600, "😀" * 400, "\u202e", "0" * 9000]
)
def test_no_body_is_an_error(client: FlaskClient, body: str) -> None:
    params = [("MessageSid", new_sid()), ("From", NUMBER), ("Body", body), ("NumMedia", "1")]
    usable = [(name, value.encode("utf-8", "replace").decode()) for name, value in params]
    signed = signature.sign(
        url="https://texts.example.org/sms/messages", params=usable, token=TOKEN
    )
    answer = client.post("/sms/messages", data=dict(usable), headers={"X-Twilio-Signature": signed})
    assert answer.status_code == 200
    assert twiml_messages(answer.data)


@pytest.mark.parametrize("sender", ["12345", "INFOLINE", "+266696687", "whatsapp:+14165550101"])
def test_machines_are_remembered_and_never_answered(client: FlaskClient, sender: str) -> None:
    assert text(client, "hello", sender=sender) == ""


@pytest.mark.parametrize("header", [None, "", "wrong", "A" * 28])
def test_an_unsigned_text_is_refused_without_an_effect(
    container: Container, client: FlaskClient, header: str | None
) -> None:
    headers = {} if header is None else {"X-Twilio-Signature": header}
    answer = client.post(
        "/sms/messages", data={"MessageSid": "SM1", "From": NUMBER, "Body": "hi"}, headers=headers
    )
    assert answer.status_code == 403
    with container.database.unit_of_work() as uow:
        assert conversations.find_by_number(uow, NUMBER) is None
