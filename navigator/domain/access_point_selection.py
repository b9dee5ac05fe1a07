"""The access point of a service: whom to contact, for this person's place and age, now."""

from dataclasses import dataclass
from datetime import datetime, time

from directory_data.bilingual import Bilingual
from directory_data.directory import Directory, Service
from directory_data.records import CALLABLE
from navigator.domain.eligibility import Answers, Verdict, holds, judge
from navigator.domain.rule_scoring import PersonContext, ServiceRow, evaluate_rules, rule_matrix
from navigator.domain.rule_weights import emergency_numbers

OTHER_NEED = -2.0
"""An alternative for a need that only helps meanwhile, or that a record names second.

While a counselling centre is closed, a crisis line for the person's own age (7) still comes before
a counselling line for everybody.
"""


@dataclass(frozen=True, slots=True)
class AccessPoint:
    """Whom to contact for a service: is it open, what to say and bring, and what else.

    `next_opening` is days from today and the local time; both times are None where not known.
    `instead` is a second option that answers now, wherever this one is not known to be open.
    """

    service: Service
    leads_to: Service
    open_now: bool | None
    next_opening: tuple[int, time] | None
    say: Bilingual | None
    bring: tuple[Bilingual, ...]
    instead: Service | None


def access_point_service(directory: Directory, service: Service, answers: Answers) -> Service:
    """Walk from a service through its access points to the one that this person contacts.

    Where the last one does not take the person, and the service does not speak for the person's
    town by itself, it is the widest one, who know the rest.
    """
    contact = _redirected(directory, service, service, answers)
    passed = {service.id, contact.id}
    while (through := directory.access_point_of(contact)) is not None:
        through = _redirected(directory, through, service, answers)
        if through.id in passed:
            break
        passed.add(through.id)
        contact = through
    if contact is service or _takes(contact, service, answers):
        return contact
    return next(iter(widest_access_points(directory)), contact)


def access_point_for(
    directory: Directory, service: Service, answers: Answers, moment: datetime
) -> AccessPoint:
    """Give the access point of a service for a person at a local moment."""
    contact = access_point_service(directory, service, answers)
    hours = contact.record.hours
    open_now = hours.open_at(moment) if hours else None
    closed = hours is not None and open_now is not True
    access = contact.record.access
    redirected = _redirected(directory, service, service, answers) is not service
    return AccessPoint(
        service=contact,
        leads_to=service,
        open_now=open_now,
        next_opening=hours.next_opening(moment) if hours and closed else None,
        say=(None if redirected else service.record.access.what_to_say) or access.what_to_say,
        bring=tuple(
            dict.fromkeys((*service.record.access.what_to_bring, *access.what_to_bring)),
        ),
        instead=None if open_now else _alternative(directory, service, contact, answers, moment),
    )


def widest_access_points(directory: Directory) -> tuple[Service, ...]:
    """Give the services that are open to everybody, for when nothing else is left."""
    widest = directory.policy.widest
    return tuple(directory.services[key] for key in widest if key in directory.services)


def _redirected(
    directory: Directory, contact: Service, wanted: Service, answers: Answers
) -> Service:
    """Give the right service where this one is wrong for a person, by the region's policy."""
    for redirection in directory.policy.redirections_by_service.get(contact.id, ()):
        meant = redirection.for_need in {None, wanted.record.needs[0]}
        other = directory.services.get(redirection.instead)
        if meant and other is not None and holds(redirection.when, answers):
            return other
    return contact


def _takes(contact: Service, wanted: Service, answers: Answers) -> bool:
    # An access point that also takes people for a neighbour town (rides) says so only in the
    # record that goes through it, so a rule of that record which names the town is enough.
    failed = {rule.fact for rule in judge(contact.record, answers).failed}
    if failed != {"municipality"}:
        return not failed
    return any(rule.fact == "municipality" and holds(rule, answers) for rule in wanted.record.rules)


def _alternative(
    directory: Directory, wanted: Service, contact: Service, answers: Answers, moment: datetime
) -> Service | None:
    """Give the best service that answers now, for the need or one that helps meanwhile."""
    first = wanted.record.needs[0]
    needs = tuple(dict.fromkeys((first, *directory.vocabulary.needs[first].meanwhile)))
    matrix = rule_matrix(directory)
    rows = [
        matrix.rows[service.id]
        for need in needs
        for service in directory.by_need.get(need, ())
        if service.id not in {contact.id, wanted.id}
        and _answers_now(directory, service, answers, moment)
    ]
    evaluation = evaluate_rules(matrix, rows, PersonContext(needs, answers))

    def rank(row: ServiceRow) -> tuple[float, str]:
        points = sum(evaluation.points[index] for index in row.weights)
        served = row.service.record.needs
        distance = min(
            served.index(need) + 2 * place for place, need in enumerate(needs) if need in served
        )
        return points + row.base_points + OTHER_NEED * distance, row.service.id

    best_first = sorted(rows, key=rank, reverse=True)
    widest = (last for last in widest_access_points(directory) if _is_open(last, moment))
    return next(iter((*(row.service for row in best_first), *widest)), None)


def _answers_now(
    directory: Directory, service: Service, answers: Answers, moment: datetime
) -> bool:
    record = service.record
    judgement = judge(record, answers)
    emergency = emergency_numbers(directory)
    return (
        service.id != directory.policy.emergency
        and record.access.through is None
        and _is_open(service, moment)
        and any(phone.kind in CALLABLE and phone.number not in emergency for phone in record.phones)
        and judgement.verdict is Verdict.FITS
        and not judgement.passed_over
        and not record.other_criteria
    )


def _is_open(service: Service, moment: datetime) -> bool:
    hours = service.record.hours
    return hours is not None and hours.open_at(moment) is True
