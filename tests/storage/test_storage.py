"""What storage promises, on both databases."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, text, update

from navigator.domain.consent import Consent
from navigator.domain.errors import Stale
from navigator.domain.referral import Actor, Move, Status, after
from navigator.domain.story import Story
from navigator.parts import Parts
from navigator.storage import conversations, history, outbox, people, referrals, sealing
from navigator.storage.conversations import Exchange
from navigator.storage.database import Clash, Transaction, Unreachable
from navigator.storage.outbox import LetterState
from navigator.storage.rows import AuditRow, ReferralEventRow
from navigator.vault import Vault
from tests.makers import MONDAY_NOON, make_parts

NUMBER = "+14165550101"
NEW_KEY = "3q2-7wQ1rA6cVtZcJ8mYb0n9fKxS5uHdPzGvEoLiTqM="


@pytest.fixture
def parts(tmp_path: Path, database_url: str) -> Parts:
    return make_parts(tmp_path, url=database_url)


def a_letter(tx: Transaction, parts: Parts, body: str = "hello") -> None:
    outbox.put(
        tx,
        parts.vault,
        number=NUMBER,
        body=body,
        kind="notice",
        now=MONDAY_NOON,
        not_before=MONDAY_NOON,
    )


def a_referral(tx: Transaction, parts: Parts) -> referrals.Referral:
    person = people.add(
        tx,
        parts.vault,
        name="Sam",
        number=NUMBER,
        language="en",
        safe_contact="any",
        now=MONDAY_NOON,
    )
    consent = people.add_consent(
        tx,
        parts.vault,
        person,
        Consent("a", "An agency", "words", "en", "1", "sms", MONDAY_NOON),
    )
    story = Story("my own words", {"age": 17}, for_other=False, channel="sms")
    request = referrals.Request(person, consent, "shelter", "a", "A", None, None, story)
    standing = after(Status.DRAFT, Move.SEND, actor=Actor.PERSON, now=MONDAY_NOON)
    made = referrals.add(tx, parts.vault, request, standing, now=MONDAY_NOON)
    referrals.record(
        tx,
        parts.vault,
        made.id,
        at=MONDAY_NOON,
        actor=Actor.PERSON,
        move=Move.SEND,
        from_status=Status.DRAFT,
        to_status=Status.SENT,
        note="a note",
    )
    return made


def test_a_text_is_remembered_once(parts: Parts) -> None:
    exchange = Exchange("hi", "hello", "none", MONDAY_NOON)
    with parts.database.transaction() as tx:
        conversations.remember(tx, parts.vault, sid="SM1", talk_id=None, exchange=exchange)
        assert conversations.reply_to(tx, parts.vault, "SM1") == "hello"
    with pytest.raises(Clash), parts.database.transaction() as tx:
        conversations.remember(tx, parts.vault, sid="SM1", talk_id=None, exchange=exchange)


def test_a_letter_is_claimed_once(parts: Parts) -> None:
    with parts.database.transaction() as tx:
        a_letter(tx, parts)
    with parts.database.transaction() as tx:
        first = outbox.take(tx, parts.vault, now=MONDAY_NOON)
        assert first is not None
        assert first.body == "hello"
        assert outbox.take(tx, parts.vault, now=MONDAY_NOON) is None


def test_a_letter_waits_for_its_time(parts: Parts) -> None:
    with parts.database.transaction() as tx:
        a_letter(tx, parts)
        early = MONDAY_NOON - timedelta(seconds=1)
        assert outbox.take(tx, parts.vault, now=early) is None


def test_a_failed_use_leaves_nothing(parts: Parts) -> None:
    with pytest.raises(ZeroDivisionError), parts.database.transaction() as tx:
        a_letter(tx, parts)
        raise ZeroDivisionError
    with parts.database.transaction() as tx:
        assert outbox.take(tx, parts.vault, now=MONDAY_NOON) is None


def test_what_people_say_is_sealed_at_rest(parts: Parts) -> None:
    with parts.database.transaction() as tx:
        a_referral(tx, parts)
        a_letter(tx, parts, "a secret letter")
        for table in ("person", "consent", "referral", "referral_note", "letter"):
            rows = str(tx.execute(text(f"SELECT * FROM {table}")).all())
            for said in ("Sam", "4165550101", "my own words", "a note", "a secret letter"):
                assert said not in rows, (table, said)


def test_a_new_key_seals_everything_again(parts: Parts) -> None:
    with parts.database.transaction() as tx:
        made = a_referral(tx, parts)
        new = Vault(keys=(NEW_KEY, *parts.secrets.keys), hash_key=parts.secrets.hash_key)
        assert sealing.reseal_all(tx, new) == 5
    only_new = Vault(keys=(NEW_KEY,), hash_key=parts.secrets.hash_key)
    with parts.database.transaction() as tx:
        assert referrals.find(tx, only_new, made.code).story.words == "my own words"
        assert people.find(tx, only_new, made.person_id).name == "Sam"
        assert referrals.history(tx, only_new, made.id)[0].note == "a note"


def test_history_and_audit_are_only_ever_added_to(parts: Parts) -> None:
    with parts.database.transaction() as tx:
        a_referral(tx, parts)
        history.note(tx, actor="system", act="try", subject="", now=MONDAY_NOON)
    for change in (
        update(ReferralEventRow).values(to_status="completed"),
        delete(ReferralEventRow),
        update(AuditRow).values(actor="nobody"),
        delete(AuditRow),
    ):
        with pytest.raises((Unreachable, Clash)), parts.database.transaction() as tx:
            tx.execute(change)


def test_two_people_can_not_move_the_same_referral_unseen(parts: Parts) -> None:
    with parts.database.transaction() as tx:
        seen = a_referral(tx, parts)
    taken = after(seen.status, Move.TAKE, actor=Actor.STAFF, now=MONDAY_NOON)
    with parts.database.transaction() as tx:
        referrals.move(tx, seen, taken, assignee_id=None, now=MONDAY_NOON)
    with pytest.raises(Stale), parts.database.transaction() as tx:
        referrals.move(tx, seen, taken, assignee_id=None, now=MONDAY_NOON)


def test_a_clock_flags_and_closes_nothing(parts: Parts) -> None:
    with parts.database.transaction() as tx:
        made = a_referral(tx, parts)
        assert referrals.flag_overdue(tx, now=MONDAY_NOON + timedelta(days=3)) == 1
        assert referrals.flag_overdue(tx, now=MONDAY_NOON + timedelta(days=3)) == 0
        late = referrals.find(tx, parts.vault, made.code)
        assert late.overdue
        assert late.status is Status.SENT


def test_settled_letters_can_be_looked_at(parts: Parts) -> None:
    with parts.database.transaction() as tx:
        a_letter(tx, parts)
        letter = outbox.take(tx, parts.vault, now=MONDAY_NOON)
        assert letter is not None
        outbox.settle(tx, letter.id, LetterState.UNCERTAIN, now=MONDAY_NOON, reason="timeout")
        doubts = outbox.in_doubt(tx, parts.vault, within=timedelta(days=1), now=MONDAY_NOON)
        assert [one.id for one in doubts] == [letter.id]
