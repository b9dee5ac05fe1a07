"""What storage promises, on both databases."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, text, update

from navigator.container import Container
from navigator.domain.consent import Consent
from navigator.domain.errors import Stale
from navigator.domain.referral import Actor, Move, Status, apply_move
from navigator.domain.referral_snapshot import ReferralSnapshot
from navigator.encryption import Encryptor
from navigator.storage import audit_log, key_rotation, outbox, people, referrals
from navigator.storage.database import Unreachable, WriteConflict
from navigator.storage.inbound_messages import Exchange, remember_message, reply_to
from navigator.storage.outbox import OutboxState
from navigator.storage.tables import AuditRow, ReferralEventRow
from navigator.storage.unit_of_work import UnitOfWork
from tests.makers import MONDAY_NOON, make_container

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
    story = ReferralSnapshot("my own words", {"age": 17}, for_other=False, channel="sms")
    request = referrals.NewReferral(person, consent, "shelter", "a", "A", None, None, story)
    standing = apply_move(Status.DRAFT, Move.SEND, actor=Actor.PERSON, now=MONDAY_NOON)
    made = referrals.add(uow, request, standing, now=MONDAY_NOON)
    referrals.add_event(
        uow,
        made.id,
        at=MONDAY_NOON,
        actor=Actor.PERSON,
        move=Move.SEND,
        from_status=Status.DRAFT,
        to_status=Status.SENT,
        note="a note",
    )
    return made


def test_a_text_is_remembered_once(container: Container) -> None:
    exchange = Exchange("hi", "hello", "none", MONDAY_NOON)
    with container.database.unit_of_work() as uow:
        remember_message(uow, sid="SM1", talk_id=None, exchange=exchange)
        assert reply_to(uow, "SM1") == "hello"
    with pytest.raises(WriteConflict), container.database.unit_of_work() as uow:
        remember_message(uow, sid="SM1", talk_id=None, exchange=exchange)


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
        new = Encryptor(
            keys=(NEW_KEY, *container.secrets.keys), hash_key=container.secrets.hash_key
        )
        assert key_rotation.reencrypt_all(replace(uow, encryption=new)) == 5
    only_new = Encryptor(keys=(NEW_KEY,), hash_key=container.secrets.hash_key)
    with container.database.unit_of_work() as uow:
        with_new_key = replace(uow, encryption=only_new)
        assert referrals.find(with_new_key, made.code).story.words == "my own words"
        assert people.find(with_new_key, made.person_id).name == "Sam"
        assert referrals.list_events(with_new_key, made.id)[0].note == "a note"


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
    taken = apply_move(seen.status, Move.TAKE, actor=Actor.STAFF, now=MONDAY_NOON)
    with container.database.unit_of_work() as uow:
        referrals.update_state(uow, seen, taken, assignee_id=None, now=MONDAY_NOON)
    with pytest.raises(Stale), container.database.unit_of_work() as uow:
        referrals.update_state(uow, seen, taken, assignee_id=None, now=MONDAY_NOON)


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
        doubts = outbox.list_failed(uow, within=timedelta(days=1), now=MONDAY_NOON)
        assert [one.id for one in doubts] == [letter.id]
