"""What storage promises, on both databases."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, text, update

from navigator.container import Container
from navigator.domain.consent import Consent
from navigator.domain.errors import Stale
from navigator.domain.referral import (
    Move,
    MoveCommand,
    Owner,
    ReferralState,
    Status,
    apply_move,
)
from navigator.domain.request_snapshot import RequestSnapshot
from navigator.encryption import Encryptor
from navigator.storage import audit_log, key_rotation, outbox, people, referrals
from navigator.storage.database import Unreachable, WriteConflict
from navigator.storage.inbound_messages import Exchange, find_reply, remember_message
from navigator.storage.outbox import OutboxState
from navigator.storage.tables import AuditRow, ReferralEventRow
from navigator.storage.unit_of_work import UnitOfWork
from tests.makers import CALENDAR, MONDAY_NOON, make_container

NUMBER = "+14165550101"
NEW_KEY = "3q2-7wQ1rA6cVtZcJ8mYb0n9fKxS5uHdPzGvEoLiTqM="


@pytest.fixture
def container(tmp_path: Path, database_url: str) -> Container:
    return make_container(tmp_path, url=database_url)


def a_letter(uow: UnitOfWork, container: Container, body: str = "hello") -> None:
    outbox.enqueue(
        uow,
        number=NUMBER,
        body=body,
        kind="notice",
        now=MONDAY_NOON,
        not_before=MONDAY_NOON,
    )


def a_referral(uow: UnitOfWork, container: Container) -> referrals.Referral:
    person = people.add(
        uow,
        name="Sam",
        number=NUMBER,
        language="en",
        safe_contact="any",
        now=MONDAY_NOON,
    )
    consent = people.add_consent(
        uow,
        person,
        Consent("a", "An agency", "words", "en", "1", "sms", MONDAY_NOON),
    )
    snapshot = RequestSnapshot("my own words", {"age": 17}, for_other=False, channel="sms")
    new = referrals.NewReferral(person, consent, "shelter", "a", "A", None, None, snapshot)
    command = MoveCommand(Move.SEND, at=MONDAY_NOON, note="a note")
    state = apply_move(Status.DRAFT, command, CALENDAR)
    return referrals.add(uow, new, command, state)


def test_a_text_is_remembered_once(container: Container) -> None:
    exchange = Exchange("hi", "hello", "none", MONDAY_NOON)
    with container.database.unit_of_work() as uow:
        remember_message(uow, sid="SM1", conversation_id=None, exchange=exchange)
        assert find_reply(uow, "SM1") == "hello"
    with pytest.raises(WriteConflict), container.database.unit_of_work() as uow:
        remember_message(uow, sid="SM1", conversation_id=None, exchange=exchange)


def test_a_letter_is_claimed_once(container: Container) -> None:
    with container.database.unit_of_work() as uow:
        a_letter(uow, container)
    with container.database.unit_of_work() as uow:
        first = outbox.claim(uow, now=MONDAY_NOON)
        assert first is not None
        assert first.body == "hello"
        assert outbox.claim(uow, now=MONDAY_NOON) is None


def test_a_letter_waits_for_its_time(container: Container) -> None:
    with container.database.unit_of_work() as uow:
        a_letter(uow, container)
        early = MONDAY_NOON - timedelta(seconds=1)
        assert outbox.claim(uow, now=early) is None


def test_a_failed_use_leaves_nothing(container: Container) -> None:
    with pytest.raises(ZeroDivisionError), container.database.unit_of_work() as uow:
        a_letter(uow, container)
        raise ZeroDivisionError
    with container.database.unit_of_work() as uow:
        assert outbox.claim(uow, now=MONDAY_NOON) is None


def test_what_people_say_is_sealed_at_rest(container: Container) -> None:
    with container.database.unit_of_work() as uow:
        a_referral(uow, container)
        a_letter(uow, container, "a secret letter")
        for table in ("person", "consent", "referral", "referral_note", "letter"):
            rows = str(uow.session.execute(text(f"SELECT * FROM {table}")).all())
            for said in ("Sam", "4165550101", "my own words", "a note", "a secret letter"):
                assert said not in rows, (table, said)


def test_a_new_key_seals_everything_again(container: Container) -> None:
    with container.database.unit_of_work() as uow:
        made = a_referral(uow, container)
        both_keys = Encryptor(
            keys=(NEW_KEY, *container.secrets.keys), hash_key=container.secrets.hash_key
        )
        assert key_rotation.reencrypt_all(replace(uow, encryption=both_keys)) == 5
    new_key = Encryptor(keys=(NEW_KEY,), hash_key=container.secrets.hash_key)
    with container.database.unit_of_work() as opened:
        uow = replace(opened, encryption=new_key)
        assert referrals.find(uow, made.code).snapshot.words == "my own words"
        assert people.find(uow, made.person_id).name == "Sam"
        assert referrals.list_events(uow, made.id)[0].note == "a note"


def test_history_and_audit_are_only_ever_added_to(container: Container) -> None:
    with container.database.unit_of_work() as uow:
        a_referral(uow, container)
        audit_log.record(uow, actor="system", act="try", subject="", now=MONDAY_NOON)
    for change in (
        update(ReferralEventRow).values(to_status="completed"),
        delete(ReferralEventRow),
        update(AuditRow).values(actor="nobody"),
        delete(AuditRow),
    ):
        with pytest.raises((Unreachable, WriteConflict)), container.database.unit_of_work() as uow:
            uow.session.execute(change)


def test_two_people_can_not_move_the_same_referral_unseen(container: Container) -> None:
    with container.database.unit_of_work() as uow:
        seen = a_referral(uow, container)
    take = MoveCommand(Move.TAKE, at=MONDAY_NOON, expected_version=seen.version)
    taken = ReferralState(Status.ACCEPTED, Owner.RECEIVER, "contact", None)
    with container.database.unit_of_work() as uow:
        referrals.save_move(uow, seen, take, taken, assignee_id=None)
    with pytest.raises(Stale), container.database.unit_of_work() as uow:
        referrals.save_move(uow, seen, take, taken, assignee_id=None)
    with container.database.unit_of_work() as uow:
        assert referrals.find(uow, seen.code).version == seen.version + 1
        assert [event.move for event in referrals.list_events(uow, seen.id)] == ["send", "take"]


def test_a_move_counts_only_at_the_version_that_was_seen(container: Container) -> None:
    with container.database.unit_of_work() as uow:
        now_there = a_referral(uow, container)
    taken = ReferralState(Status.ACCEPTED, Owner.RECEIVER, "contact", None)
    for seen in (0, now_there.version - 1, now_there.version + 1):
        take = MoveCommand(Move.TAKE, at=MONDAY_NOON, expected_version=seen)
        with pytest.raises(Stale), container.database.unit_of_work() as uow:
            referrals.save_move(uow, now_there, take, taken, assignee_id=None)
    with container.database.unit_of_work() as uow:
        assert referrals.find(uow, now_there.code) == now_there
        assert [event.move for event in referrals.list_events(uow, now_there.id)] == ["send"]


def test_a_clock_flags_and_closes_nothing(container: Container) -> None:
    with container.database.unit_of_work() as uow:
        made = a_referral(uow, container)
        assert referrals.flag_overdue(uow, now=MONDAY_NOON + timedelta(days=3)) == 1
        assert referrals.flag_overdue(uow, now=MONDAY_NOON + timedelta(days=3)) == 0
        late = referrals.find(uow, made.code)
        assert late.overdue
        assert late.status is Status.SENT


def test_settled_letters_can_be_looked_at(container: Container) -> None:
    with container.database.unit_of_work() as uow:
        a_letter(uow, container)
        letter = outbox.claim(uow, now=MONDAY_NOON)
        assert letter is not None
        outbox.finalize(uow, letter.id, OutboxState.UNCERTAIN, now=MONDAY_NOON, reason="timeout")
        to_look_at = outbox.list_failed(uow, within=timedelta(days=1), now=MONDAY_NOON)
        assert [failed.id for failed in to_look_at] == [letter.id]
