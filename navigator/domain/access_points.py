"""Which door to knock on for a service: the one that works for this person's place and age, now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from directory_data.bilingual import Bilingual
from directory_data.directory import Directory, Service
from directory_data.records import Criterion
from navigator.domain.eligibility import Answers, Verdict, holds, judge
from navigator.domain.rule_scoring import (
    CALLED,
    PersonContext,
    ServiceRow,
    evaluate_rules,
    rule_matrix,
)

WIDEST = ("211-ontario", "access-halton-311")
"""What is left when nothing fits: somebody who knows the rest."""

EMERGENCY = "emergency-911"

LATE_NEEDS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("counselling", "child-youth-mental-health", "peer-support"), ("crisis-line",)),
    **dict.fromkeys(("substance-use", "grief", "dual-diagnosis"), ("crisis-line",)),
    **dict.fromkeys(("abuse-safety", "sexual-assault", "victim-support"), ("crisis-line",)),
    "youth-housing": ("shelter",),
    "outreach": ("shelter",),
}
"""What else helps for a need while its door is closed."""


@dataclass(frozen=True, slots=True)
class Redirection:
    """A person for whom a door is the wrong one, and the right one for them."""

    test: Criterion
    instead: str
    for_need: str | None = None


_CHILD = Criterion(fact="age", op="between", value=(None, 17))
_UNDER_16 = Criterion(fact="age", op="between", value=(None, 15))
_ADULT = Criterion(fact="age", op="between", value=(18, None))
_BURLINGTON = Criterion(fact="municipality", op="in", value=("Burlington",))
_NOT_POOR = Criterion(fact="low_income", op="is", value=False)
_OUTSIDE = Criterion(fact="municipality", op="in", value=("elsewhere",))

REDIRECTIONS: Mapping[str, tuple[Redirection, ...]] = {
    # Burlington belongs to another health region: its day programs and home help go through
    # Ontario Health atHome (doubts of the record central-registry).
    "central-registry": (Redirection(_BURLINGTON, "ontario-health-athome"),),
    # ROCK's line is the door to mental health services from birth to 17; one-Link is for adults.
    "one-link": (Redirection(_CHILD, "rock-access-line"),),
    "rock-access-line": (Redirection(_ADULT, "one-link"),),
    "coast-crisis-line": (Redirection(_UNDER_16, "rock-crisis-line"),),
    # Shelters take people from 16; for younger ones, the Children's Aid Society
    # (doubts of the record halton-homelessness-intake).
    "access-halton-311": (Redirection(_UNDER_16, "halton-cas", "shelter"),),
    # The legal clinic serves people in Halton with a low income; the hotline all of Ontario.
    "halton-community-legal-services": (
        Redirection(_NOT_POOR, "pro-bono-ontario-hotline"),
        Redirection(_OUTSIDE, "pro-bono-ontario-hotline"),
    ),
}


@dataclass(frozen=True, slots=True)
class AccessPoint:
    """The door to contact for a service: is it open, what to say and bring, and what else.

    `next_opening` is days from today and the local time; both times are None where not known.
    `instead` is a second option that answers now, wherever this door is not known to be open.
    """

    service: Service
    leads_to: Service
    open_now: bool | None
    next_opening: tuple[int, time] | None
    say: Bilingual | None
    bring: tuple[Bilingual, ...]
    instead: Service | None


def access_point_service(directory: Directory, service: Service, answers: Answers) -> Service:
    """Walk from a service through its doors to the one that this person contacts.

    Where the last door does not take the person, and the service does not speak for the person's
    town by itself, it is 211, who know the rest.
    """
    here = _turned(directory, service, service, answers)
    passed = {service.id, here.id}
    while (through := directory.door_of(here)) is not None:
        through = _turned(directory, through, service, answers)
        if through.id in passed:
            break
        passed.add(through.id)
        here = through
    if here is service or _takes(here, service, answers):
        return here
    return next(iter(widest_access_points(directory)), here)


def access_point_for(
    directory: Directory, service: Service, answers: Answers, moment: datetime
) -> AccessPoint:
    """Give the door to a service for a person at a local moment."""
    contact = access_point_service(directory, service, answers)
    hours = contact.record.hours
    open_now = hours.open_at(moment) if hours else None
    closed = hours is not None and open_now is not True
    access = contact.record.access
    turned = _turned(directory, service, service, answers) is not service
    return AccessPoint(
        service=contact,
        leads_to=service,
        open_now=open_now,
        next_opening=hours.next_opening(moment) if hours and closed else None,
        say=(None if turned else service.record.access.what_to_say) or access.what_to_say,
        bring=tuple(
            dict.fromkeys((*service.record.access.what_to_bring, *access.what_to_bring)),
        ),
        instead=None if open_now else _instead(directory, service, contact, answers, moment),
    )


def widest_access_points(directory: Directory) -> tuple[Service, ...]:
    """Give the doors that are open to everybody, for when nothing else is left."""
    return tuple(directory.services[key] for key in WIDEST if key in directory.services)


def _turned(directory: Directory, door: Service, wanted: Service, answers: Answers) -> Service:
    for turn in REDIRECTIONS.get(door.id, ()):
        meant = turn.for_need is None or turn.for_need == wanted.record.needs[0]
        other = directory.services.get(turn.instead)
        if meant and other is not None and holds(turn.test, answers):
            return other
    return door


def _takes(door: Service, wanted: Service, answers: Answers) -> bool:
    # A door that also takes people for a neighbour town (rides) says so only in the record that
    # goes through it, so a rule of that record which names the town is enough.
    failed = {rule.fact for rule in judge(door.record, answers).failed}
    if failed != {"municipality"}:
        return not failed
    return any(rule.fact == "municipality" and holds(rule, answers) for rule in wanted.record.rules)


def _instead(
    directory: Directory, wanted: Service, contact: Service, answers: Answers, moment: datetime
) -> Service | None:
    first = wanted.record.needs[0]
    needs = tuple(dict.fromkeys((first, *LATE_NEEDS.get(first, ()))))
    sheet = rule_matrix(directory)
    rows = [
        sheet.rows[one.id]
        for need in needs
        for one in directory.by_need.get(need, ())
        if one.id not in {contact.id, wanted.id} and _answers_now(one, answers, moment)
    ]
    reading = evaluate_rules(sheet, rows, PersonContext(needs, answers))

    def worth(row: ServiceRow) -> tuple[float, str]:
        points = sum(reading.points[number] for number in row.weights)
        served = row.service.record.needs
        place = min(served.index(need) + 2 * at for at, need in enumerate(needs) if need in served)
        return points + row.base - 2.0 * place, row.service.id

    others = sorted(rows, key=worth, reverse=True)
    open_doors = [one for one in widest_access_points(directory) if _is_open(one, moment)]
    return next(iter((*(row.service for row in others), *open_doors)), None)


def _answers_now(service: Service, answers: Answers, moment: datetime) -> bool:
    record = service.record
    judgement = judge(record, answers)
    return (
        service.id != EMERGENCY
        and record.access.through is None
        and _is_open(service, moment)
        and any(phone.kind in CALLED and phone.number != "911" for phone in record.phones)
        and judgement.verdict is Verdict.FITS
        and not judgement.passed_over
        and not record.other_criteria
    )


def _is_open(service: Service, moment: datetime) -> bool:
    hours = service.record.hours
    return hours is not None and hours.open_at(moment) is True
