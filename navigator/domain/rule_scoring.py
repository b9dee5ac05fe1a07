"""What each rule is worth in the order of a list, weighed once for a person, not once a service.

The directory is laid out as a sheet: every service with the numbers of its weights, and each weight
once, however many services share it. Putting thousands of services in order is then adding numbers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from directory_data.directory import Directory, Service
from directory_data.records import Criterion, PhoneKind, Rule, RuleStrength, ServiceRecord
from navigator.domain.eligibility import DECLINED, Answers, holds
from navigator.domain.prior_probabilities import age_probability, value_probabilities

OUT = -1000.0
"""What a failed requirement costs: more than anything can make good."""

DOUBT = -6.0
"""What an unmet requirement weighs where it is not known yet, times how likely it is unmet."""

AGE_BANDS = ((12.0, 7.0), (20.0, 5.0), (52.0, 3.0), (200.0, 0.5))
"""Widest band in years, and the points for being inside: made for this age before for everybody."""

OPEN_END = 100.0
"""The age at which a band without an end is taken to end."""

TOWNS = ((1, 4.0), (3, 2.5), (9, 1.5))
"""Most towns that a rule names, and the points for living in one: the own town first."""

ELSEWHERE = -16.0
"""A service mainly for another town is of little use."""

MET: Mapping[str, float] = {
    "has_ohip": 0.5,
    "current_client": 0.0,
    "works_with_professional": 0.5,
    "low_income": 1.5,
    "gender": 2.0,
}
MET_OTHERWISE = 3.0

PREFERRED: Mapping[str, tuple[float, float]] = {
    "works_with_professional": (1.0, -2.0),
    "caregiver": (2.0, -1.0),
    "housing_status": (3.0, -3.0),
    "low_income": (2.0, -2.0),
    "experiencing_violence": (5.0, -6.0),
    "gender": (3.0, -6.0),
    "age": (0.0, -5.0),
    **dict.fromkeys(("indigenous", "black", "lgbtq", "veteran", "francophone"), (6.0, -7.0)),
}
PREFERRED_OTHERWISE = (3.0, -4.0)
"""Points where a preference is met, and where the person is passed over: it orders, never hides."""

TOO_YOUNG = Criterion(fact="age", op="between", value=(None, 17))
"""Services for adults that also take people of 16 and 17 come after those for the young."""
FOR_ADULTS = -3.0

IS_A_DOOR, NAMED_DOOR, ALWAYS_OPEN = 1.0, 1.0, 1.0
"""A door before what lies behind it, more so one that says so; who answers at any hour."""

CALLED = frozenset({PhoneKind.VOICE, PhoneKind.TOLL_FREE, PhoneKind.SMS})


@dataclass(frozen=True, slots=True)
class RuleWeight:
    """A test with its points where it holds and where it does not."""

    test: Criterion
    strength: RuleStrength
    holds: float
    fails: float
    facts: frozenset[str]

    @property
    def hard(self) -> bool:
        """Say whether it can turn a person away."""
        return self.strength is not RuleStrength.PREFERS


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service with the numbers of its weights; first those of its rules, in their order."""

    service: Service
    base: float
    weights: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RuleMatrix:
    """A directory laid out for weighing."""

    weights: tuple[RuleWeight, ...]
    rows: Mapping[str, ServiceRow]


@dataclass(frozen=True, slots=True)
class RuleEvaluation:
    """All weights read for one person: whether each test holds, and its points."""

    truths: list[bool | None]
    points: list[float]
    numbers: tuple[int, ...]

    def again(
        self, sheet: RuleMatrix, numbers: Iterable[int], about: "PersonContext"
    ) -> "RuleEvaluation":
        """Read some weights anew for changed answers."""
        fresh = RuleEvaluation(self.truths.copy(), self.points.copy(), self.numbers)
        for number in numbers:
            truth, points = _read(sheet.weights[number], about)
            fresh.truths[number], fresh.points[number] = truth, points
        return fresh


@dataclass(frozen=True, slots=True)
class PersonContext:
    """What is known of a person: what they look for and their answers."""

    needs: tuple[str, ...]
    answers: Answers


def rule_matrix(directory: Directory) -> RuleMatrix:
    """Give the rules of a directory laid out for scoring; computed once for an edition."""
    return directory.derived(_lay_out)


def evaluate_rules(
    sheet: RuleMatrix, rows: Iterable[ServiceRow], about: PersonContext
) -> RuleEvaluation:
    """Read the weights of some rows for a person."""
    numbers = tuple(sorted({number for row in rows for number in row.weights}))
    size = len(sheet.weights)
    blank = RuleEvaluation([None] * size, [0.0] * size, numbers)
    return blank.again(sheet, numbers, about)


def probability(test: Criterion, about: PersonContext) -> float:
    """Say how likely a test holds: 0 or 1 where it is known, else after the shares of people."""
    if test.all_of:
        every = 1.0
        for part in test.all_of:
            every *= probability(part, about)
        return every
    if test.any_of:
        none = 1.0
        for part in test.any_of:
            none *= 1.0 - probability(part, about)
        return 1.0 - none
    truth = holds(test, about.answers)
    return float(truth) if truth is not None else _share(test, about)


def _share(test: Criterion, about: PersonContext) -> float:
    if test.op == "between":
        low, high = age_band(test)
        return age_probability(low, high, about.needs)
    age = about.answers.get("age", DECLINED)
    likely = value_probabilities(test.fact or "", about.needs, None if age == DECLINED else age)
    values = test.value if isinstance(test.value, tuple) else (test.value,)
    return sum(likely.get(value, 0.0) for value in values if value is not None)


def age_band(test: Criterion) -> tuple[float, float]:
    """Give the ages of a test, both included."""
    values = test.value if isinstance(test.value, tuple) else (test.value, test.value)
    low, high = values
    return float(low or 0), OPEN_END if high is None else float(high)


def _read(weight: RuleWeight, about: PersonContext) -> tuple[bool | None, float]:
    truth = holds(weight.test, about.answers)
    if truth is not None:
        return truth, weight.holds if truth else weight.fails
    likely = probability(weight.test, about)
    return None, likely * max(weight.holds, DOUBT) + (1.0 - likely) * max(weight.fails, DOUBT)


def _lay_out(directory: Directory) -> RuleMatrix:
    numbers: dict[object, int] = {}
    weights: list[RuleWeight] = []
    rows: dict[str, ServiceRow] = {}
    doors = frozenset(service.record.access.through for service in directory)
    for service in directory:
        mine: list[int] = []
        extra = (_FOR_ADULTS,) if _for_adults(service.record) else ()
        for weight in (*map(_weight, service.record.rules), *extra):
            key = (_key(weight.test), weight.strength, weight.holds, weight.fails)
            if key not in numbers:
                numbers[key] = len(weights)
                weights.append(weight)
            mine.append(numbers[key])
        base = _base(directory, service)
        if service.id in doors:
            base += IS_A_DOOR + (NAMED_DOOR if service.record.access_point_for else 0.0)
        rows[service.id] = ServiceRow(service, base, tuple(mine))
    return RuleMatrix(tuple(weights), rows)


def _key(test: Criterion) -> tuple[object, ...]:
    value = (type(test.value), test.value)
    return test.fact, test.op, value, (*map(_key, test.all_of),), (*map(_key, test.any_of),)


def _weight(rule: Rule) -> RuleWeight:
    facts = frozenset(one.fact for one in rule.comparisons() if one.fact)
    good, bad = _worth(rule)
    if rule.strength is RuleStrength.EXCLUDES:
        return RuleWeight(rule, rule.strength, OUT, 0.0, facts)
    return RuleWeight(rule, rule.strength, good, bad, facts)


def _worth(rule: Rule) -> tuple[float, float]:
    first = rule.fact or "several"
    soft = rule.strength is RuleStrength.PREFERS
    if first == "municipality":
        named = len(rule.value) if isinstance(rule.value, tuple) else 1
        good = next(points for most, points in TOWNS if named <= most)
        return good, ELSEWHERE if soft else OUT
    if first == "age":
        low, high = age_band(rule)
        good = next(points for widest, points in AGE_BANDS if high - low <= widest)
        return (good * 0.8, PREFERRED["age"][1]) if soft else (good, OUT)
    if soft:
        return PREFERRED.get(first, PREFERRED_OTHERWISE)
    return MET.get(first, MET_OTHERWISE), OUT


_FOR_ADULTS = RuleWeight(TOO_YOUNG, RuleStrength.PREFERS, FOR_ADULTS, 0.0, frozenset({"age"}))


def _for_adults(record: ServiceRecord) -> bool:
    ages = [age_band(rule) for rule in record.rules if rule.fact == "age"]
    return any(16 <= low <= 18 and high == OPEN_END for low, high in ages)


def _base(directory: Directory, service: Service) -> float:
    record = service.record
    way_in = (directory.door_of(service) or service).record
    points = {True: 1.0, False: -2.0, None: 0.0}[record.access.self_referral]
    points -= 0.5 if record.confidence == "medium" else 0.0
    points -= 2.0 if record.other_criteria else 0.0
    points += ALWAYS_OPEN if record.hours is not None and record.hours.always else 0.0
    if not any(phone.kind in CALLED and phone.source is not None for phone in way_in.phones):
        points -= 1.0 if way_in.url or way_in.email else 6.0
    only_911 = {phone.number for phone in record.phones} == {"911"}
    return points - (4.0 if only_911 and record.needs[0] == "crisis-line" else 0.0)
