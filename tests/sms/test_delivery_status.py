"""Delivery status: the same whatever the order, and never backwards."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms.delivery_status import DeliveryStatus, derive_status, is_final, parse_status
from sms.inbound_message import UnreadableMessage
from sms.status_callback import StatusCallback, read_status_callback

REPORTED = [status.value for status in DeliveryStatus]
ORDER = list(DeliveryStatus)


@pytest.mark.parametrize(
    ("seen", "status"),
    [
        ([], "unknown"),
        (["queued", "sending", "sent", "delivered"], "delivered"),
        (["queued", "sent", "delivered", "sent", "wonderful"], "delivered"),
        (["queued", "sent", "undelivered", "sent"], "undelivered"),
        (["accepted", "queued", "failed"], "failed"),
        (["sent", "delivered", "read", "delivered"], "read"),
        (["scheduled", "canceled"], "canceled"),
        (["wonderful"], "unknown"),
    ],
)
def test_every_order_of_reports_gives_the_same_status(seen, status):
    assert {derive_status(order) for order in permutations(seen)} == {DeliveryStatus(status)}


@given(st.lists(st.sampled_from([*REPORTED, "new-word", "", "SENT", " sent "]), max_size=10))
def test_a_further_report_never_moves_the_status_back(seen):
    reached = [ORDER.index(derive_status(seen[:count])) for count in range(len(seen) + 1)]
    assert reached == sorted(reached)


@given(st.lists(st.sampled_from(REPORTED), max_size=8), st.randoms())
def test_doubled_and_shuffled_reports_change_nothing(seen, random):
    shuffled = [*seen, *seen]
    random.shuffle(shuffled)
    assert derive_status(shuffled) is derive_status(seen)


@given(st.lists(st.sampled_from(REPORTED), max_size=8), st.text(max_size=12))
def test_a_word_new_to_us_disturbs_nothing(seen, word):
    if parse_status(word) is DeliveryStatus.UNKNOWN:
        assert derive_status([*seen, word]) is derive_status(seen)


@given(st.lists(st.sampled_from(REPORTED), min_size=1, max_size=8))
def test_a_final_report_leaves_a_final_status(seen):
    assert is_final(derive_status(seen)) or not any(is_final(parse_status(word)) for word in seen)


def test_a_report_is_read_with_its_word_as_it_came():
    params = [("MessageSid", "SM1"), ("MessageStatus", "Brand_New"), ("ErrorCode", "30003")]
    assert read_status_callback(params) == StatusCallback("SM1", "brand_new", 30003)
    assert (
        read_status_callback(
            [("SmsSid", "SM1"), ("SmsStatus", "sent"), ("ErrorCode", "")]
        ).error_code
        is None
    )
    assert (
        read_status_callback(
            [("SmsSid", "SM1"), ("SmsStatus", "s"), ("ErrorCode", "x1")]
        ).error_code
        is None
    )


@pytest.mark.parametrize("params", [[], [("MessageSid", "SM1")], [("MessageStatus", "sent")]])
def test_a_report_without_sid_or_status_is_unreadable(params):
    with pytest.raises(UnreadableMessage):
        read_status_callback(params)
