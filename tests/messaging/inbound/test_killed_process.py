"""Nothing that came in is lost when the process is killed between any two lines."""

import os
import re
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from navigator.container import Container
from navigator.messaging.inbound.disk_spool import DiskSpool
from navigator.messaging.inbound.reconciliation import take_in_spooled
from navigator.messaging.inbound.reply_or_spool import reply_to_webhook
from navigator.storage.database import Database
from sms.inbound_message import InboundMessage
from tests.makers import make_container

ROOT = str(Path(__file__).parents[3])
OURS = tuple(f"{ROOT}/{name}/" for name in ("navigator", "sms", "directory_data", "search_index"))
TABLES = ("incoming", "conversation", "referral", "consent", "person", "letter", "redaction")


@dataclass(frozen=True)
class Story:
    """Texts that came before, the one during which the process is killed, and how often."""

    before: tuple[str, ...]
    body: str
    points: int


CONSENT = Story(("food in Milton, I am 40", "0", "0", "1", "1", "Sam", "1"), "1", points=40)
STORIES = {
    "a first text": Story((), "I'm 17 in Milton and couch surfing", points=15),
    "consent": CONSENT,
    "danger": Story(("I need food",), "I am 16 and going to kill myself", points=15),
    "erase": Story(("I need food", "ERASE"), "1", points=15),
}


class Killer:
    """Counts the lines of our own code that are run, and kills the process at one of them."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.lines = 0

    def __call__(self, frame: FrameType, event: str, _: Any) -> "Killer | None":
        if not frame.f_code.co_filename.startswith(OURS):
            return None
        if event == "line":
            self.lines += 1
            if self.lines == self.at:
                os.kill(os.getpid(), signal.SIGKILL)
        return self


def in_child(act: Callable[[], object], *, kill_at: int = 0) -> tuple[bool, int]:
    """Do something in a process of its own; say whether it was killed, and its lines if not."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        killer = Killer(kill_at)
        sys.settrace(killer)
        try:
            act()
        finally:
            sys.settrace(None)
            os.write(writing, str(killer.lines).encode())
            os._exit(0)
    os.close(writing)
    status = os.waitpid(child, 0)[1]
    lines = os.read(reading, 32)
    os.close(reading)
    return os.WIFSIGNALED(status), int(lines or 0)


class Theatre:
    """Plays a story with one number after another, in the same instance."""

    def __init__(self, container: Container, story: Story) -> None:
        self.container = container
        self.story = story
        self._count = 0

    def begin(self) -> InboundMessage:
        """Play what came before with a new number; give the text that is to come."""
        self._count += 1
        number = f"+1416555{self._count:04d}"
        for place, body in enumerate(self.story.before):
            reply_to_webhook(self.container, _text(body, number, f"SM-{self._count}-{place}"))
        return _text(self.story.body, number, f"SM-{self._count}-last")

    def rows(self) -> dict[str, int]:
        """Count the rows of every table that a text may write to."""
        with self.container.database.unit_of_work() as uow:
            count = uow.session.connection().exec_driver_sql
            return {table: count(f"SELECT count(*) FROM {table}").scalar_one() for table in TABLES}

    def act(self, came: InboundMessage, container: Container | None = None) -> Callable[[], object]:
        """Give the answering of a text, on connections of its own."""

        def answer() -> object:
            self.container.database.engine.dispose(close=False)
            return reply_to_webhook(container or self.container, came)

        return answer

    def change(self, before: dict[str, int]) -> dict[str, int]:
        """Give what was added since."""
        return {table: count - before[table] for table, count in self.rows().items()}


def _text(body: str, number: str, sid: str) -> InboundMessage:
    return InboundMessage(sid, number, "+12895550100", body, 0, None, 1)


def without_code(reply: str) -> str:
    return re.sub(r"\b[A-HJ-NP-Z2-9]{6}\b", "CODE", reply)


def points(lines: int, count: int) -> list[int]:
    """Spread over the run, and close at its end: the commit and the lines after it."""
    late = [back for back in (1, 2, 3, 5, 8, 13, 21, 34, 55, 89) if back < lines][: count // 2]
    spread = count - len(late)
    return sorted({1 + place * lines // spread for place in range(spread)} | {*late})


def play(container: Container, story: Story, *, killed_on: Container | None = None) -> None:
    """Kill the process at many points; then the carrier delivers its copies."""
    theatre = Theatre(container, story)
    came, before = theatre.begin(), theatre.rows()
    expected = without_code(reply_to_webhook(container, came))
    effect = theatre.change(before)
    assert expected
    assert effect["incoming"] == (1 if story.body else 0)
    came = theatre.begin()
    was_killed, lines = in_child(theatre.act(came, killed_on))
    assert not was_killed
    assert lines > 100
    take_in_spooled(container)
    killed = 0
    for at in points(lines, story.points):
        came = theatre.begin()
        before = theatre.rows()
        was_killed, _ = in_child(theatre.act(came, killed_on), kill_at=at)
        killed += was_killed
        replies = {reply_to_webhook(container, came) for _ in range(2)}
        take_in_spooled(container)
        replies.add(reply_to_webhook(container, came))
        assert len(replies) == 1, f"line {at} of {lines}"
        if killed_on is None:
            assert {without_code(reply) for reply in replies} == {expected}, f"line {at} of {lines}"
        change = theatre.change(before)
        if killed_on is None:
            assert change == effect, f"line {at} of {lines}"
        else:
            # What was acknowledged from disk is answered by a letter, once.
            late = change["letter"] - effect["letter"]
            assert late in {0, 1}
            assert change == {**effect, "letter": effect["letter"] + late}
            assert (replies == {expected}) == (late == 0)
        assert DiskSpool(container.settings.home, container.encryption).count() == (0, 0)
    assert killed >= story.points * 2 // 3


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES.keys())
def test_a_text_has_one_effect_whenever_the_process_is_killed(tmp_path: Path, story: Story) -> None:
    play(make_container(tmp_path), story)


def test_a_text_has_one_effect_on_postgresql_too(tmp_path: Path, postgres_url: str) -> None:
    play(make_container(tmp_path, url=postgres_url), replace(CONSENT, points=15))


def test_a_text_is_not_lost_while_it_is_kept_on_disk(tmp_path: Path) -> None:
    """The database is away and the process dies as well; then both are back."""
    container = make_container(tmp_path)
    away = replace(
        container, database=Database("sqlite:////nowhere/at/all.db", container.encryption)
    )
    play(container, Story(("I need food",), "Milton", points=15), killed_on=away)
