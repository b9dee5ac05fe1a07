"""What the codes of the carrier mean."""

from datetime import UTC, datetime

import pytest

from sms.carrier_errors import (
    CarrierOutcome,
    Misconfigured,
    TryLater,
    Uncertain,
    error_for,
    outcome_of_code,
    raises_alarm,
)

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


CODES = {
    CarrierOutcome.OPTED_OUT: [21610],
    CarrierOutcome.UNREACHABLE: [21211, 21614, 30005, 30006],
    CarrierOutcome.TRY_LATER: [30001, 30003, 30008, 30017, 30410, 21611, 20429],
    CarrierOutcome.UNCERTAIN: [20500],
    CarrierOutcome.MISCONFIGURED: [20003, 21408, 21612, 21617, 30004, 30007, 30032, 30034, 63016],
    CarrierOutcome.UNKNOWN: [99999, 0, 30009],
}


@pytest.mark.parametrize(
    ("outcome", "code"), [(outcome, code) for outcome, codes in CODES.items() for code in codes]
)
def test_each_code_of_a_report_has_its_meaning(outcome, code):
    assert outcome_of_code(code) is outcome


def test_the_alarm_rings_for_what_somebody_has_to_mend():
    assert all(map(raises_alarm, [20003, 21408, 30007, 30034, 21611, 30001, 99999]))
    assert not any(map(raises_alarm, [21610, 21211, 30003, 30008, 20429]))


@pytest.mark.parametrize(
    ("status", "code", "writes", "kind"),
    [
        (429, 21610, True, TryLater),
        (502, None, True, Uncertain),
        (502, None, False, TryLater),
        (400, 20500, False, TryLater),
        (400, 12345, True, Misconfigured),
        (404, None, True, Misconfigured),
    ],
)
def test_an_answer_becomes_trouble_by_its_status_and_code(status, code, writes, kind):
    assert type(error_for(http_status=status, code=code, writes=writes)) is kind
