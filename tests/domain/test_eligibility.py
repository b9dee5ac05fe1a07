"""The laws of three-valued eligibility, held against random rules and random people."""

from hypothesis import given
from hypothesis import strategies as st

from directory_data.bilingual import Bilingual
from directory_data.records import Criterion as Truth
from directory_data.records import Rule, RuleStrength, ServiceRecord
from directory_data.region import load_region
from navigator.domain.eligibility import DECLINED, Answer, Verdict, holds, judge, missing
from navigator.domain.rule_scoring import PersonContext, probability

FACTS: dict[str, st.SearchStrategy[Answer]] = {
    "age": st.integers(0, 100),
    "municipality": st.sampled_from(["Burlington", "Oakville", "Milton", "Halton Hills"]),
    "housing_status": st.sampled_from(["housed", "at-risk", "homeless"]),
    "veteran": st.booleans(),
    "low_income": st.booleans(),
}


@st.composite
def comparisons(draw: st.DrawFn) -> Truth:
    fact = draw(st.sampled_from(sorted(FACTS)))
    if fact == "age":
        low, high = sorted(draw(st.tuples(st.integers(0, 90), st.integers(0, 90))))
        bounds = draw(st.sampled_from([(low, high), (low, None), (None, high)]))
        return Truth(fact=fact, op="between", value=bounds)
    if fact in {"veteran", "low_income"}:
        return Truth(fact=fact, op="is", value=draw(st.booleans()))
    values = draw(st.lists(FACTS[fact], min_size=1, max_size=3, unique=True))
    return Truth(fact=fact, op="in", value=tuple(values))  # type: ignore[arg-type]


def joined(children: st.SearchStrategy[Truth]) -> st.SearchStrategy[Truth]:
    parts = st.lists(children, min_size=1, max_size=3).map(tuple)
    return parts.map(lambda p: Truth(all_of=p)) | parts.map(lambda p: Truth(any_of=p))


def truths() -> st.SearchStrategy[Truth]:
    return st.recursive(comparisons(), joined, max_leaves=5)


def rule(test: Truth, strength: RuleStrength) -> Rule:
    fields = {name: getattr(test, name) for name in Truth.model_fields}
    return Rule(
        **fields, strength=strength, words=Bilingual(en="is so", fr="est ainsi"), source=None
    )


def rules(*strengths: RuleStrength) -> st.SearchStrategy[Rule]:
    return st.builds(rule, truths(), st.sampled_from(strengths or tuple(RuleStrength)))


def record(*some: Rule) -> ServiceRecord:
    words = Bilingual(en="A place", fr="Un lieu")
    return ServiceRecord.model_validate(
        {
            "id": "a-place",
            "name": words,
            "description": words,
            "needs": ["food"],
            "access": {"how": words, "self_referral": True, "professional_referral": None},
            "rules": some,
            "fees": {"free": True},
            "languages": ["en"],
            "status": "active",
            "publish": True,
            "confidence": "high",
            "sources": [],
        }
    )


RECORDS = st.lists(rules(), max_size=4).map(lambda some: record(*some))
PEOPLE = st.fixed_dictionaries(FACTS)
KNOWN = st.sets(st.sampled_from(sorted(FACTS)))


def part(person: dict[str, Answer], known: set[str]) -> dict[str, Answer]:
    return {fact: person[fact] for fact in known}


@given(truths(), PEOPLE, KNOWN)
def test_an_answer_only_moves_unknown_to_decided(test: Truth, person: dict, known: set) -> None:
    before = holds(test, part(person, known))
    after = holds(test, person)
    assert after is not None
    assert before is None or before is after


@given(RECORDS, PEOPLE, KNOWN)
def test_a_decided_verdict_stays_whatever_else_is_answered(
    service: ServiceRecord, person: dict, known: set
) -> None:
    before = judge(service, part(person, known)).verdict
    after = judge(service, person).verdict
    assert after is not Verdict.MAY_FIT
    assert before is Verdict.MAY_FIT or before is after


@given(RECORDS)
def test_unknown_is_never_no(service: ServiceRecord) -> None:
    assert judge(service, {}).verdict is not Verdict.DOES_NOT_FIT


@given(RECORDS, PEOPLE, KNOWN)
def test_declined_is_the_same_as_not_asked(
    service: ServiceRecord, person: dict, known: set
) -> None:
    silent = part(person, known)
    declined = {**dict.fromkeys(FACTS, DECLINED), **silent}
    assert judge(service, declined) == judge(service, silent)


@given(RECORDS, PEOPLE, st.sampled_from(sorted(FACTS)))
def test_declining_never_turns_anybody_away(
    service: ServiceRecord, person: dict, fact: str
) -> None:
    told = judge(service, person).verdict
    skipped = judge(service, {**person, fact: DECLINED}).verdict
    assert skipped is not Verdict.DOES_NOT_FIT or told is Verdict.DOES_NOT_FIT


@given(st.lists(rules(RuleStrength.PREFERS), max_size=4), RECORDS, PEOPLE, KNOWN)
def test_a_preference_never_changes_a_verdict(
    more: list[Rule], service: ServiceRecord, person: dict, known: set
) -> None:
    answers = part(person, known)
    preferring = record(*service.rules, *more)
    assert judge(preferring, answers).verdict is judge(service, answers).verdict


@given(rules(RuleStrength.REQUIRES), PEOPLE, KNOWN)
def test_excluding_is_the_mirror_of_requiring(requirement: Rule, person: dict, known: set) -> None:
    answers = part(person, known)
    mirror = rule(requirement, RuleStrength.EXCLUDES)
    turned = {
        Verdict.FITS: Verdict.DOES_NOT_FIT,
        Verdict.DOES_NOT_FIT: Verdict.FITS,
        Verdict.MAY_FIT: Verdict.MAY_FIT,
    }
    assert (
        judge(record(mirror), answers).verdict
        is turned[judge(record(requirement), answers).verdict]
    )


@given(RECORDS, PEOPLE, KNOWN)
def test_may_fit_says_what_it_depends_on_and_nothing_else_does(
    service: ServiceRecord, person: dict, known: set
) -> None:
    answers = part(person, known)
    judgement = judge(service, answers)
    assert bool(judgement.unknown) is (judgement.verdict is Verdict.MAY_FIT)
    assert not known & set(judgement.unknown)
    told = {**answers, **part(person, set(judgement.unknown))}
    assert judge(service, told).verdict is not Verdict.MAY_FIT


@given(truths(), PEOPLE, KNOWN)
def test_a_likely_truth_is_sure_only_where_it_is_known(
    test: Truth, person: dict, known: set
) -> None:
    answers = part(person, known)
    likely = probability(test, PersonContext(("food",), answers), load_region())
    assert -1e-9 <= likely <= 1 + 1e-9
    truth = holds(test, answers)
    if truth is not None:
        assert abs(likely - float(truth)) < 1e-9


def test_a_fact_that_can_no_longer_matter_is_not_missing() -> None:
    old = Truth(fact="age", op="between", value=(65, None))
    poor = Truth(fact="low_income", op="is", value=True)
    veteran = Truth(fact="veteran", op="is", value=True)
    either = Truth(any_of=(Truth(all_of=(old, veteran)), poor))
    assert set(missing(either, {"age": 40})) == {"low_income"}
    assert set(missing(either, {"age": 70})) == {"veteran", "low_income"}
    assert not list(missing(either, {"low_income": True}))


def test_a_verdict_names_the_rule_that_fails() -> None:
    young = rule(Truth(fact="age", op="between", value=(16, 24)), RuleStrength.REQUIRES)
    judgement = judge(record(young), {"age": 30})
    assert judgement.verdict is Verdict.DOES_NOT_FIT
    assert judgement.failed == (young,)
    assert judge(record(young), {"age": 24}).verdict is Verdict.FITS
