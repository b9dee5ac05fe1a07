"""Check what a region says beside its records: every id, line and share that it names."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from pydantic import ValidationError

from directory_data.directory import Directory, Service
from directory_data.eligibility_cases import read_cases, wrong_ids
from directory_data.record_checks import Problem, comparison_problem, shape_problems
from directory_data.records import OrganizationRecord, PhoneKind
from directory_data.region import Region
from directory_data.vocabulary.loader import ELSEWHERE, MUNICIPALITY, FactKind

Found = Iterator[tuple[str, str]]
"""The field of a file, and what is wrong with it."""

SUM_TOLERANCE = 0.001
"""Shares are written with two or three decimals: 0.333 three times is a whole."""

AGE = "age"
"""The fact that has bands of years instead of shares."""


def check_region(
    region: Region, organizations: Iterable[OrganizationRecord]
) -> tuple[Problem, ...]:
    """Report all that is wrong with the files of a region, for the records that it has."""
    directory = Directory(0, tuple(organizations), region)
    return tuple(
        Problem(file, field, problem)
        for file, rules in RULES.items()
        for rule in rules
        for field, problem in rule(directory)
    )


def _shown(directory: Directory, field: str, service_id: str) -> Found:
    if service_id not in directory.all_services:
        yield field, f"there is no service {service_id}"
    elif service_id not in directory.services:
        yield field, f"{service_id} is not shown"


def _line(directory: Directory, field: str, service_id: str) -> Found:
    """Name a service that cannot be called: it is not there, not shown, or has no sourced phone."""
    yield from _shown(directory, field, service_id)
    service = directory.services.get(service_id)
    if service is not None and not sourced_numbers(service):
        yield field, f"{service_id} has no sourced phone"


def sourced_numbers(service: Service) -> tuple[str, ...]:
    """List the numbers of a service that have a source and can be called or texted."""
    return tuple(
        phone.number
        for phone in service.record.phones
        if phone.source is not None and phone.kind is not PhoneKind.FAX
    )


def _need(directory: Directory, field: str, need: str) -> Found:
    if need not in directory.vocabulary.needs:
        yield field, f"{need} is not in the common language"


def _menu(directory: Directory, field: str, needs: Iterable[str]) -> Found:
    for position, need in enumerate(needs):
        yield from _need(directory, f"{field}.{position}", need)


def _doors(directory: Directory) -> Found:
    policy = directory.policy
    for position, service_id in enumerate(policy.widest):
        yield from _line(directory, f"widest.{position}", service_id)
    first = directory.services.get(policy.widest[0])
    if first is not None and policy.helpline not in sourced_numbers(first):
        yield "helpline", f"{policy.helpline} is no sourced phone of {first.id}"
    if policy.emergency is not None:
        yield from _line(directory, "emergency", policy.emergency)


def _redirections(directory: Directory) -> Found:
    for position, redirection in enumerate(directory.policy.redirections):
        field = f"redirections.{position}"
        yield from _shown(directory, f"{field}.service", redirection.service)
        yield from _line(directory, f"{field}.instead", redirection.instead)
        comparisons = list(redirection.when.comparisons())
        if not comparisons:
            yield f"{field}.when", "must compare a fact"
        for test in comparisons:
            trouble = comparison_problem(test, directory.vocabulary)
            if trouble:
                yield f"{field}.when", trouble
        if redirection.for_need is not None:
            yield from _need(directory, f"{field}.for_need", redirection.for_need)


def _menus(directory: Directory) -> Found:
    policy = directory.policy
    yield from _menu(directory, "menus.home_page", policy.menus.home_page)
    yield from _menu(directory, "menus.first", policy.menus.first)
    yield from _menu(directory, "menus.more", policy.menus.more)
    if policy.navigation_need not in directory.by_need:
        yield "navigation_need", f"no service that is shown is there for {policy.navigation_need}"


def _crisis_lines(directory: Directory) -> Found:
    lines, kinds = directory.region.crisis_lines, directory.vocabulary.danger_kinds
    for service_id in lines.lines:
        yield from _line(directory, f"lines.{service_id}", service_id)
    yield from _same_keys("order", lines.order, kinds, "is no kind of danger")
    if lines.older is not None:
        for kind in lines.older.kinds:
            if kind not in kinds:
                yield "older.kinds", f"{kind} is no kind of danger"


def _same_keys(field: str, given: Collection[str], wanted: Collection[str], unknown: str) -> Found:
    for key in given:
        if key not in wanted:
            yield f"{field}.{key}", unknown
    for key in wanted:
        if key not in given:
            yield f"{field}.{key}", "is missing"


def _shares(directory: Directory) -> Found:
    population, facts = directory.region.population, directory.vocabulary.facts
    asked = [fact for fact in facts if fact != AGE]
    yield from _same_keys("shares", population.shares, asked, "is no fact that has shares")
    for fact, shares in population.shares.items():
        yield from _whole(directory, f"shares.{fact}", fact, shares)
    for need, rows in population.by_need.items():
        yield from _need(directory, f"by_need.{need}", need)
        for fact, shares in rows.items():
            yield from _whole(directory, f"by_need.{need}.{fact}", fact, shares)
    for fact, bands in population.by_age.items():
        for position, (_, _, shares) in enumerate(bands):
            yield from _whole(directory, f"by_age.{fact}.{position}", fact, shares, some=True)


def _whole(
    directory: Directory,
    field: str,
    fact_id: str,
    shares: Mapping[bool | int | str, float],
    *,
    some: bool = False,
) -> Found:
    """Hold shares against the values of their fact; `some` of the values may be left out."""
    fact = directory.vocabulary.facts.get(fact_id)
    if fact is None or fact.kind is FactKind.YEARS:
        yield field, f"{fact_id} is no fact that has shares"
        return
    known = {True, False} if fact.kind is FactKind.YES_NO else set(fact.value_ids)
    if not set(shares) <= known or not (some or set(shares) == known):
        yield field, f"{fact_id} takes {', '.join(map(str, sorted(known, key=str)))}"
    if abs(sum(shares.values()) - 1.0) > SUM_TOLERANCE:
        yield field, "the shares must add up to 1"


def _ages(directory: Directory) -> Found:
    population = directory.region.population
    for field, needs in (("ages", population.ages), ("asked", population.asked)):
        for need in needs:
            yield from _need(directory, f"{field}.{need}", need)
    for name, bands in (("anybody", population.ages_of_anybody), *population.ages.items()):
        if abs(sum(share for _, _, share in bands) - 1.0) > SUM_TOLERANCE:
            yield f"ages.{name}", "the shares must add up to 1"


def _municipalities(directory: Directory) -> Found:
    values = directory.vocabulary.facts[MUNICIPALITY].value_ids
    if ELSEWHERE not in values:
        yield "", f"{ELSEWHERE} is missing: every place outside the region"
    for value, count in Counter(values).items():
        if count > 1:
            yield value, "stands more than once"


def _places(directory: Directory) -> Found:
    vocabulary = directory.vocabulary
    known = vocabulary.facts[MUNICIPALITY].value_ids
    for place in vocabulary.places.values():
        if place.inside is not None and place.inside not in vocabulary.places:
            yield f"{place.id}.inside", f"there is no place {place.inside}"
        if place.municipality is not None and place.municipality not in known:
            yield f"{place.id}.municipality", f"{place.municipality} is not in municipalities.yaml"


def _topics(directory: Directory) -> Found:
    for topic in directory.vocabulary.topics.by_id.values():
        for service_id in topic.services:
            yield from _shown(directory, topic.id, service_id)


def _aliases(directory: Directory) -> Found:
    for short, service_ids in directory.vocabulary.aliases.acronyms.items():
        for service_id in service_ids:
            yield from _shown(directory, short, service_id)


def _cases(directory: Directory) -> Found:
    try:
        cases = read_cases(directory.region.cases_file)
    except ValidationError as error:
        yield from ((found.field, found.problem) for found in shape_problems("", error))
        return
    for case in cases:
        for wrong in wrong_ids(case, directory.vocabulary, directory):
            yield case.name, f"{wrong} is not known, or not shown"


RULES: Mapping[str, tuple[Callable[[Directory], Found], ...]] = {
    "policy.yaml": (_doors, _redirections, _menus),
    "crisis_lines.yaml": (_crisis_lines,),
    "population.yaml": (_shares, _ages),
    "municipalities.yaml": (_municipalities,),
    "places.yaml": (_places,),
    "topics.yaml": (_topics,),
    "service_aliases.yaml": (_aliases,),
    "cases.yaml": (_cases,),
}
"""What is asked of each file of a region, beyond its shape."""
