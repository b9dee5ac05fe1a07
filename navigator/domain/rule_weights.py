"""What each rule of a service is worth for its place in a list: the points, and why so many."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory_data.directory import Directory, Service
from directory_data.records import CALLABLE, Criterion, Rule, RuleStrength, ServiceRecord
from directory_data.vocabulary.loader import NeedFlag

EXCLUDED = -1000.0
"""What a failed requirement costs: more than anything can make good.

All other points of a service together stay below 100.
"""

LEAST_WHILE_UNKNOWN = -6.0
"""What an unmet requirement weighs while it is unknown, times how likely it is unmet.

-6: a shelter for women, before anybody was asked, has 0.56 * 2 for the likely yes and 0.44 * -6
for the likely no: 1.5 points behind one that is open to everybody, and still in the list.
"""

AGE_BAND_POINTS = ((12.0, 7.0), (20.0, 5.0), (52.0, 3.0), (200.0, 0.5))
"""Widest band in years, and the points for being inside: made for this age before for everybody.

A shelter for 16 to 24 (7 points) comes before one for 18 and over (0.5) for somebody of 19, also
where the second lies in the own town (4).
"""

OPEN_END = 100.0
"""The age at which a band without an end is taken to end."""

TOWN_POINTS = ((1, 4.0), (3, 2.5), (9, 1.5))
"""Most towns that a rule names, and the points for living in one: the own town first.

The food bank of the own town (4) comes before that of three towns (2.5) and of the region (1.5).
"""

MAINLY_ELSEWHERE = -16.0
"""A service mainly for another town: behind all others, even those that only touch on the need."""

MET_POINTS: Mapping[str, float] = {
    "has_ohip": 0.5,
    "current_client": 0.0,
    "works_with_professional": 0.5,
    "low_income": 1.5,
    "gender": 2.0,
}
"""Points for a requirement that is met: few where nearly everybody meets it (a health card)."""

MET_POINTS_OTHERWISE = 3.0
"""A requirement that few people meet, such as having left care, says: made for you."""

PREFERENCE_POINTS: Mapping[str, tuple[float, float]] = {
    "works_with_professional": (1.0, -2.0),
    "caregiver": (2.0, -1.0),
    "housing_status": (3.0, -3.0),
    "low_income": (2.0, -2.0),
    "experiencing_violence": (5.0, -6.0),
    "gender": (3.0, -6.0),
    "age": (0.0, -5.0),
    **dict.fromkeys(("indigenous", "black", "lgbtq", "veteran", "francophone"), (6.0, -7.0)),
}
"""Points where a preference is met, and where the person is passed over: it orders, never hides.

Identity weighs most in both ways: who says "I am Indigenous" finds the line by and for Indigenous
people among the first three (+6); who does not, finds the line for everybody first (-7).
"""

PREFERENCE_POINTS_OTHERWISE = (3.0, -4.0)
"""For facts without points of their own, and for preferences that join several facts."""

PREFERRED_AGE = 0.8
"""What being inside a preferred band is worth beside a required one: "mainly 16 to 24" has 5.6."""

CHILD = Criterion(fact="age", op="between", value=(None, 17))

FOR_ADULTS = -3.0
"""Services for adults that also take people of 16 and 17 come after those for the young."""

IS_ACCESS_POINT, NAMED_ACCESS_POINT, ALWAYS_OPEN = 1.0, 1.0, 1.0
"""An access point before what lies behind it, more so one that says so; who answers at any hour.

311 (an access point, named, always open: 3) stands before the shelters that are reached through it.
"""

SELF_REFERRAL = {True: 1.0, False: -2.0, None: 0.0}
"""Who may come by themselves gets help today; who must be sent by a doctor, in weeks."""

LESS_SURE, MORE_IS_ASKED = -0.5, -2.0
"""A record of medium confidence; a service with criteria that no fact tells (a waiting list)."""

NO_PHONE, NO_CONTACT = -1.0, -6.0
"""No number but a page or an e-mail address; nothing but a street."""

EMERGENCY_LINE = -4.0
"""Where somebody looks for a line to talk to, 911 stands behind the lines that listen."""


@dataclass(frozen=True, slots=True)
class RuleWeight:
    """A rule's test with its points where it holds and where it does not.

    `excludes`: it can turn a person away; `facts`: what it asks about.
    """

    test: Criterion
    strength: RuleStrength
    points_if_true: float
    points_if_false: float
    facts: frozenset[str]

    @property
    def excludes(self) -> bool:
        """Say whether it can turn a person away."""
        return self.strength is not RuleStrength.PREFERS


NOT_FOR_CHILDREN = RuleWeight(CHILD, RuleStrength.PREFERS, FOR_ADULTS, 0.0, frozenset({"age"}))
"""What a service for adults has beside the weights of its own rules."""


def age_band(test: Criterion) -> tuple[float, float]:
    """Give the ages of a test, both included."""
    values = test.value if isinstance(test.value, tuple) else (test.value, test.value)
    low, high = values
    return float(low or 0), OPEN_END if high is None else float(high)


def rule_weight(rule: Rule) -> RuleWeight:
    """Give the weight of a rule: its points where it is met, and where it is not."""
    facts = frozenset(test.fact for test in rule.comparisons() if test.fact)
    if rule.strength is RuleStrength.EXCLUDES:
        return RuleWeight(rule, rule.strength, EXCLUDED, 0.0, facts)
    return RuleWeight(rule, rule.strength, *_points_of(rule), facts)


def _points_of(rule: Rule) -> tuple[float, float]:
    first = rule.fact or "several"
    preferred = rule.strength is RuleStrength.PREFERS
    if first == "municipality":
        named = len(rule.value) if isinstance(rule.value, tuple) else 1
        points = next(points for most, points in TOWN_POINTS if named <= most)
        return points, MAINLY_ELSEWHERE if preferred else EXCLUDED
    if first == "age":
        low, high = age_band(rule)
        points = next(points for widest, points in AGE_BAND_POINTS if high - low <= widest)
        if preferred:
            return points * PREFERRED_AGE, PREFERENCE_POINTS["age"][1]
        return points, EXCLUDED
    if preferred:
        return PREFERENCE_POINTS.get(first, PREFERENCE_POINTS_OTHERWISE)
    return MET_POINTS.get(first, MET_POINTS_OTHERWISE), EXCLUDED


def is_for_adults(record: ServiceRecord) -> bool:
    """Say whether a service is for adults, those of 16 and 17 perhaps included."""
    ages = [age_band(rule) for rule in record.rules if rule.fact == "age"]
    return any(16 <= low <= 18 and high == OPEN_END for low, high in ages)


def emergency_numbers(directory: Directory) -> frozenset[str]:
    """Give the numbers of the region's emergency service, such as 911; none where it has none."""
    service = directory.services.get(directory.policy.emergency or "")
    return frozenset(phone.number for phone in service.record.phones) if service else frozenset()


def base_points(directory: Directory, service: Service) -> float:
    """Give the points of a service that are the same for everybody."""
    record = service.record
    contact = (directory.access_point_of(service) or service).record
    points = SELF_REFERRAL[record.access.self_referral]
    points += LESS_SURE if record.confidence == "medium" else 0.0
    points += MORE_IS_ASKED if record.other_criteria else 0.0
    points += ALWAYS_OPEN if record.hours is not None and record.hours.always else 0.0
    if not any(phone.kind in CALLABLE and phone.source is not None for phone in contact.phones):
        points += NO_PHONE if contact.url or contact.email else NO_CONTACT
    numbers = {phone.number for phone in record.phones}
    call_only = record.needs[0] in directory.vocabulary.needs_with(NeedFlag.CALL_ONLY)
    emergency_only = bool(numbers) and numbers <= emergency_numbers(directory)
    return points + (EMERGENCY_LINE if call_only and emergency_only else 0.0)
