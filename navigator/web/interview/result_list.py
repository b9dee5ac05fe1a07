"""The list: what fits and what may fit, why, through which door, and what to do with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from flask.typing import ResponseReturnValue

from directory_data.opening_hours import DAYS
from navigator.domain.access_point_selection import access_point_for, widest_access_points
from navigator.domain.eligibility import Answers, Verdict
from navigator.domain.explanations import (
    answer_in_words,
    match_reasons,
    summary_of_needs_and_answers,
)
from navigator.domain.matching import Match, first_shown
from navigator.domain.question_selection import MOST_QUESTIONS, InterviewStep, interview_step
from navigator.services.interview.contactable_services import ContactableService, accepts_referrals
from navigator.storage.unmet_needs import record_unmet_need
from navigator.web.base.cacheable_page import cacheable_page
from navigator.web.base.request_context import PageContext
from navigator.web.base.request_context import gettext as _
from navigator.web.directory.service_card import (
    ServiceCard,
    make_card_through,
    plain_service_card,
)
from navigator.web.interview.form_state import FormState
from navigator.wording.date_format import time_of_day


@dataclass(frozen=True, slots=True)
class ListedService:
    """A service of the list, as it is shown."""

    card: ServiceCard
    reasons: tuple[str, ...]
    unknown: tuple[str, ...]
    """The facts that it depends on; each can be answered from here."""
    opens: str
    instead: ServiceCard | None
    """Who answers now, while the door is closed."""
    can_refer: bool


def list_page(
    form: FormState, context: PageContext, *, lines: Sequence[ServiceCard] = ()
) -> ResponseReturnValue:
    """Show the list for what is known so far."""
    step = form_step(form, context)
    listed = _listed_by_verdict(form, step, context)
    if not (listed[Verdict.FITS] or listed[Verdict.MAY_FIT]):
        _record_unmet_need(form, context)
    vocabulary, language = context.vocabulary, context.language
    return cacheable_page(
        "interview/result_list.html",
        form=form,
        fits=listed[Verdict.FITS],
        may_fit=listed[Verdict.MAY_FIT],
        contacts=_contacts(context),
        more=step.question is not None and len(form.asked) < MOST_QUESTIONS,
        summary=summary_of_needs_and_answers(vocabulary, form.needs, form.answers, language),
        answers=[
            (fact, answer_in_words(vocabulary, fact, answer, language, for_other=form.for_other))
            for fact, answer in form.answers.items()
        ],
        lines=lines,
    )


def print_page(form: FormState, context: PageContext) -> ResponseReturnValue:
    """Show the list as it goes on paper: no buttons, every number written out."""
    listed = _listed_by_verdict(form, form_step(form, context), context)
    return cacheable_page(
        "interview/result_list_print.html",
        form=form,
        fits=listed[Verdict.FITS],
        may_fit=listed[Verdict.MAY_FIT],
        contacts=_contacts(context),
        day=context.moment.date().isoformat(),
    )


def form_step(form: FormState, context: PageContext) -> InterviewStep:
    """Say where the interview of a form stands."""
    return interview_step(context.directory, form.needs, form.answers)


def _listed_by_verdict(
    form: FormState, step: InterviewStep, context: PageContext
) -> dict[Verdict, list[ListedService]]:
    listed: dict[Verdict, list[ListedService]] = {verdict: [] for verdict in Verdict}
    for match in first_shown(step.matches):
        listed[match.verdict].append(_listed_service(match, form.answers, context))
    return listed


def _listed_service(match: Match, answers: Answers, context: PageContext) -> ListedService:
    """Make what is shown of a match: the card with the door that works for this person."""
    access_point = access_point_for(context.directory, match.service, answers, context.moment)
    instead = access_point.instead if access_point.open_now is False else None
    return ListedService(
        card=make_card_through(match.service, access_point, context),
        reasons=match_reasons(match, context.vocabulary, context.language),
        unknown=match.judgement.unknown,
        opens=_opening(access_point.next_opening, context),
        instead=plain_service_card(instead, context) if instead else None,
        can_refer=accepts_referrals(
            context.vocabulary, ContactableService(match.contact, match.service)
        ),
    )


def _contacts(context: PageContext) -> list[ServiceCard]:
    """Give the cards of who knows more, where nothing else helps."""
    return [
        plain_service_card(service, context) for service in widest_access_points(context.directory)
    ]


def _opening(at: tuple[int, time] | None, context: PageContext) -> str:
    if at is None:
        return ""
    ahead, clock = at
    today = context.moment.weekday()
    hour = time_of_day(clock, context.language, digits=True)
    if ahead == 0:
        return _("Opens today at %(hour)s", hour=hour)
    if ahead == 1:
        return _("Opens tomorrow at %(hour)s", hour=hour)
    return _("Opens %(day)s at %(hour)s", day=_(DAYS[(today + ahead) % 7]), hour=hour)


def _record_unmet_need(form: FormState, context: PageContext) -> None:
    place, age = form.answers.get("municipality"), form.answers.get("age")
    with context.container.database.unit_of_work() as uow:
        record_unmet_need(
            uow,
            channel="web",
            language=context.language,
            needs=form.needs,
            place=str(place) if place else None,
            age=age if isinstance(age, int) else None,
            now=context.now,
        )
