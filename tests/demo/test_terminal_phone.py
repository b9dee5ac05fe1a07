"""The phone in the terminal: the same faults as on the page, with what each text costs."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from navigator.cli.main import commands
from navigator.cli.talk import TERMINAL_NUMBER, Terminal
from navigator.container import Container
from navigator.demo_plugin import with_demo_carrier
from navigator.messaging.simulated_phone_line import Fault
from navigator.storage import conversations, inbound_messages, outbox
from tests.makers import Clock, make_container

DANGER = "I am 16 and going to kill myself"


@pytest.fixture
def container(tmp_path: Path, clock: Clock) -> Container:
    return make_container(tmp_path, now=clock, TWILIO_AUTH_TOKEN="")


@pytest.fixture
def terminal(container: Container) -> Terminal:
    return Terminal(with_demo_carrier(container), "en")


@pytest.fixture
def shown(capsys: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    return capsys


def texts(container: Container) -> list[str]:
    with container.database.unit_of_work() as uow:
        talk = conversations.find_by_number(uow, TERMINAL_NUMBER)
        return [
            exchange.body for exchange in inbound_messages.list_exchanges(uow, talk.id)
        ] if talk else []  # fmt: skip


def test_each_text_shows_its_segments_its_encoding_and_whether_it_arrived(
    terminal: Terminal, shown: pytest.CaptureFixture[str], clock: Clock
) -> None:
    terminal.take(DANGER)
    first = shown.readouterr().out
    assert "[1 segment(s), gsm-7, " in first
    assert "(letter) " in first
    assert "[waiting]" in first
    assert "[2 segment(s) so far]" in first
    clock.forward(seconds=5)
    terminal.take("/look")
    assert "(letter 1: delivered)" in shown.readouterr().out


def test_every_fault_can_be_switched_on_and_off(
    terminal: Terminal, shown: pytest.CaptureFixture[str]
) -> None:
    for fault in Fault:
        terminal.take(f"/faults {fault}")
        assert shown.readouterr().out == f"(goes wrong: {fault})\n"
    terminal.take("/faults late lost")
    assert "late, lost" in shown.readouterr().out
    terminal.take("/faults none")
    assert "nothing" in shown.readouterr().out
    terminal.take("/faults earthquake")
    assert "no such fault" in shown.readouterr().out


def test_a_doubled_text_has_one_effect_and_the_same_answer(
    terminal: Terminal, container: Container, shown: pytest.CaptureFixture[str]
) -> None:
    terminal.take("/faults doubled")
    terminal.take("I need food")
    assert shown.readouterr().out.count("live or stay") == 2
    assert texts(container) == ["I need food"]


def test_late_and_reordered_texts_come_later(terminal: Terminal, container: Container) -> None:
    terminal.take("/faults late")
    terminal.take("I need food")
    assert texts(container) == []
    terminal.take("/look")
    assert texts(container) == ["I need food"]
    terminal.take("/faults reordered")
    terminal.take("Milton")
    terminal.take("/look")
    assert texts(container) == ["I need food"]
    terminal.take("40")
    assert texts(container) == ["I need food", "40", "Milton"]


def test_a_lost_text_is_answered_by_a_letter(
    terminal: Terminal, container: Container, clock: Clock, shown: pytest.CaptureFixture[str]
) -> None:
    terminal.take("/faults lost")
    terminal.take("I need food")
    assert texts(container) == []
    clock.forward(minutes=1)
    terminal.take("/look")
    assert texts(container) == ["I need food"]
    told = shown.readouterr().out
    assert "live or stay" in told
    assert "[delivered]" in told


@pytest.mark.parametrize(
    ("fault", "fate"), [("down", "waiting"), ("opted_out", "stopped"), ("unsure", "doubted")]
)
def test_what_became_of_a_letter_is_shown(
    terminal: Terminal, clock: Clock, shown: pytest.CaptureFixture[str], fault: str, fate: str
) -> None:
    terminal.take(f"/faults {fault}")
    terminal.take(DANGER)
    clock.forward(seconds=5)
    shown.readouterr()
    terminal.take("/look")
    told = shown.readouterr().out
    assert (f"(letter 1: {fate})" in told) is (fate != "waiting")
    assert "delivered" not in told


@pytest.mark.parametrize(
    ("language", "typed", "says"),
    [("en", "I need food", "live or stay"), ("fr", "info", "Gratuit")],
)
def test_a_talk_is_begun_in_either_language(
    tmp_path: Path, language: str, typed: str, says: str
) -> None:
    make_container(tmp_path)
    done = CliRunner().invoke(
        commands, ["talk", "--lang", language], input=f"{typed}\n\n",
        env={"NAVIGATOR_HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert says in done.output
    assert "gsm-7" in done.output


def test_letters_are_left_to_the_worker_where_a_real_carrier_is(
    tmp_path: Path, clock: Clock
) -> None:
    real = make_container(
        tmp_path, now=clock, TWILIO_ACCOUNT_SID="AC1", TWILIO_AUTH_TOKEN="t",
        TWILIO_FROM="+15550100000", NAVIGATOR_MODE="production",
    )  # fmt: skip
    terminal = Terminal(with_demo_carrier(real), "en")
    terminal.take(DANGER)
    clock.forward(seconds=5)
    terminal.take("/look")
    with real.database.unit_of_work() as uow:
        (letter,) = outbox.list_to_number(uow, TERMINAL_NUMBER)
    assert letter.state is outbox.OutboxState.WAITING
