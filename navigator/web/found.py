"""The list: what fits and what may fit, why, through which door, and what to do with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from flask.typing import ResponseReturnValue

from directory_data.directory import Service
from directory_data.hours import DAYS
from navigator.actions import interviewing
from navigator.actions.listing import Way, can_refer
from navigator.domain.describing import answer_words, reasons, understood
from navigator.domain.doors import door_for
from navigator.domain.eligibility import Answers, Verdict
from navigator.domain.interview import CAP, Standing
from navigator.domain.matching import Match, shown, widest_doors
from navigator.storage import history
from navigator.web.cards import Card, card, card_through
from navigator.web.frame import edition, language, parts
from navigator.web.frame import gettext as _
from navigator.web.interview_form import Form
from navigator.web.kept_pages import kept_page


@dataclass(frozen=True, slots=True)
class Found:
    """One service of the list, as it is shown."""

    card: Card
    reasons: tuple[str, ...]
    unknown: tuple[str, ...]
    """The facts that it depends on; each can be answered from here."""
    opens: str
    instead: Card | None
    """Who answers now, while the door is closed."""
    can_refer: bool


def list_page(form: Form, *, lines: Sequence[Card] = ()) -> ResponseReturnValue:
    """Show the list for what is known so far."""
    standing = stand(form)
    listed = [(one.verdict, found(one, form.answers)) for one in shown(standing.matches)]
    if not listed:
        _note_miss(form)
    return kept_page(
        "find/list.html",
        form=form,
        fits=[one for verdict, one in listed if verdict is Verdict.FITS],
        may_fit=[one for verdict, one in listed if verdict is Verdict.MAY_FIT],
        widest=[plain_card(service) for service in widest_doors(edition().directory)],
        more=standing.question is not None and len(form.asked) < CAP,
        heard=understood(parts().vocabulary, form.needs, form.answers, language()),
        told=_told(form),
        lines=lines,
    )


def print_page(form: Form) -> ResponseReturnValue:
    """Show the list as it goes on paper: no buttons, every number written out."""
    listed = [(one.verdict, found(one, form.answers)) for one in shown(stand(form).matches)]
    return kept_page(
        "find/print.html",
        form=form,
        fits=[one for verdict, one in listed if verdict is Verdict.FITS],
        may_fit=[one for verdict, one in listed if verdict is Verdict.MAY_FIT],
        widest=[plain_card(service) for service in widest_doors(edition().directory)],
        day=parts().now().astimezone(parts().zone).date().isoformat(),
    )


def stand(form: Form) -> Standing:
    """Say where the interview of a form stands."""
    guide = edition().guide
    return interviewing.stand(guide.directory, guide.vocabulary, form.needs, form.answers)


def found(match: Match, answers: Answers) -> Found:
    """Make what is shown of a match: the card with the door that works for this person."""
    directory, here = edition().directory, parts()
    now = here.now()
    door = door_for(directory, match.service, answers, now.astimezone(here.zone))
    return Found(
        card=card_through(directory, match.service, door, language(), now=now, zone=here.zone),
        reasons=reasons(match, here.vocabulary, language()),
        unknown=match.judgement.unknown,
        opens=_opening(door.next_opening),
        instead=plain_card(door.instead) if door.instead and door.open_now is False else None,
        can_refer=can_refer(Way(match.way_in, match.service)),
    )


def plain_card(service: Service) -> Card:
    """Make the card of a service, nothing being known of the person."""
    here = parts()
    return card(edition().directory, service, language(), now=here.now(), zone=here.zone)


def _opening(at: tuple[int, time] | None) -> str:
    if at is None:
        return ""
    ahead, clock = at
    today = parts().now().astimezone(parts().zone).weekday()
    hour = clock.strftime("%H:%M")
    if ahead == 0:
        return _("Opens today at %(hour)s", hour=hour)
    if ahead == 1:
        return _("Opens tomorrow at %(hour)s", hour=hour)
    return _("Opens %(day)s at %(hour)s", day=_(DAYS[(today + ahead) % 7]), hour=hour)


def _told(form: Form) -> list[tuple[str, str]]:
    vocabulary = parts().vocabulary
    return [
        (fact, answer_words(vocabulary, fact, answer, language(), for_other=form.for_other))
        for fact, answer in form.answers.items()
    ]


def _note_miss(form: Form) -> None:
    here = parts()
    place, age = form.answers.get("municipality"), form.answers.get("age")
    with here.database.transaction() as tx:
        history.miss(
            tx,
            channel="web",
            language=language(),
            needs=form.needs,
            place=str(place) if place else None,
            age=age if isinstance(age, int) else None,
            now=here.now(),
        )
