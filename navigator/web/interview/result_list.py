"""The list: what fits and what may fit, why, through which door, and what to do with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from flask.typing import ResponseReturnValue

from directory_data.directory import Service
from directory_data.opening_hours import DAYS
from navigator.domain.access_points import access_point_for, widest_access_points
from navigator.domain.eligibility import Answers, Verdict
from navigator.domain.explanations import (
    answer_in_words,
    match_reasons,
    summary_of_needs_and_answers,
)
from navigator.domain.matching import Match, first_shown
from navigator.domain.question_selection import MOST_QUESTIONS, InterviewStep, interview_step
from navigator.services.interview.contact_options import ContactOption, accepts_referrals
from navigator.storage.unmet_needs import record_unmet_need
from navigator.web.base.cache_control import cacheable_page
from navigator.web.base.request_context import container, current_edition, language
from navigator.web.base.request_context import gettext as _
from navigator.web.directory.service_card import ServiceCard, make_card, make_card_through
from navigator.web.interview.form_state import FormState
from navigator.wording.date_format import time_of_day


@dataclass(frozen=True, slots=True)
class ListedService:
    """One service of the list, as it is shown."""

    card: ServiceCard
    reasons: tuple[str, ...]
    unknown: tuple[str, ...]
    """The facts that it depends on; each can be answered from here."""
    opens: str
    instead: ServiceCard | None
    """Who answers now, while the door is closed."""
    can_refer: bool


def list_page(form: FormState, *, lines: Sequence[ServiceCard] = ()) -> ResponseReturnValue:
    """Show the list for what is known so far."""
    standing = step_of(form)
    listed = [
        (one.verdict, listed_service(one, form.answers)) for one in first_shown(standing.matches)
    ]
    if not listed:
        _note_miss(form)
    return cacheable_page(
        "interview/result_list.html",
        form=form,
        fits=[one for verdict, one in listed if verdict is Verdict.FITS],
        may_fit=[one for verdict, one in listed if verdict is Verdict.MAY_FIT],
        widest=[
            plain_card(service) for service in widest_access_points(current_edition().directory)
        ],
        more=standing.question is not None and len(form.asked) < MOST_QUESTIONS,
        heard=summary_of_needs_and_answers(
            container().vocabulary, form.needs, form.answers, language()
        ),
        told=_told(form),
        lines=lines,
    )


def print_page(form: FormState) -> ResponseReturnValue:
    """Show the list as it goes on paper: no buttons, every number written out."""
    listed = [
        (one.verdict, listed_service(one, form.answers))
        for one in first_shown(step_of(form).matches)
    ]
    return cacheable_page(
        "interview/result_list_print.html",
        form=form,
        fits=[one for verdict, one in listed if verdict is Verdict.FITS],
        may_fit=[one for verdict, one in listed if verdict is Verdict.MAY_FIT],
        widest=[
            plain_card(service) for service in widest_access_points(current_edition().directory)
        ],
        day=container().now().astimezone(container().zone).date().isoformat(),
    )


def step_of(form: FormState) -> InterviewStep:
    """Say where the interview of a form stands."""
    guide = current_edition().guide
    return interview_step(guide.directory, form.needs, form.answers)


def listed_service(match: Match, answers: Answers) -> ListedService:
    """Make what is shown of a match: the card with the door that works for this person."""
    directory, here = current_edition().directory, container()
    now = here.now()
    door = access_point_for(directory, match.service, answers, now.astimezone(here.zone))
    return ListedService(
        card=make_card_through(directory, match.service, door, language(), now=now, zone=here.zone),
        reasons=match_reasons(match, here.vocabulary, language()),
        unknown=match.judgement.unknown,
        opens=_opening(door.next_opening),
        instead=plain_card(door.instead) if door.instead and door.open_now is False else None,
        can_refer=accepts_referrals(here.vocabulary, ContactOption(match.way_in, match.service)),
    )


def plain_card(service: Service) -> ServiceCard:
    """Make the card of a service, nothing being known of the person."""
    here = container()
    return make_card(
        current_edition().directory, service, language(), now=here.now(), zone=here.zone
    )


def _opening(at: tuple[int, time] | None) -> str:
    if at is None:
        return ""
    ahead, clock = at
    today = container().now().astimezone(container().zone).weekday()
    hour = time_of_day(clock, language(), digits=True)
    if ahead == 0:
        return _("Opens today at %(hour)s", hour=hour)
    if ahead == 1:
        return _("Opens tomorrow at %(hour)s", hour=hour)
    return _("Opens %(day)s at %(hour)s", day=_(DAYS[(today + ahead) % 7]), hour=hour)


def _told(form: FormState) -> list[tuple[str, str]]:
    vocabulary = container().vocabulary
    return [
        (fact, answer_in_words(vocabulary, fact, answer, language(), for_other=form.for_other))
        for fact, answer in form.answers.items()
    ]


def _note_miss(form: FormState) -> None:
    here = container()
    place, age = form.answers.get("municipality"), form.answers.get("age")
    with here.database.unit_of_work() as uow:
        record_unmet_need(
            uow,
            channel="web",
            language=language(),
            needs=form.needs,
            place=str(place) if place else None,
            age=age if isinstance(age, int) else None,
            now=here.now(),
        )
