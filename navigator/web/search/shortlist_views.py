"""The shortlist of a worker: to print, to send as a link, to compare, or to text."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from directory_data.directory import Service
from directory_data.records import ServiceRecord
from navigator.domain.roles import Permission, Staff
from navigator.services.messaging.list_by_text import (
    TooManyLists,
    TooManyServices,
    send_shortlist,
    shortlist_lines,
)
from navigator.web.base.phone_field import BadNumber, read_phone_number
from navigator.web.base.request_context import (
    PageContext,
    page_context,
    public,
    render_page,
    requires,
)
from navigator.web.base.request_context import gettext as _
from navigator.web.directory.person_in_url import PersonInUrl, read_person
from navigator.web.directory.plain_text_card import last_seen_text
from navigator.web.directory.service_card import ServiceCard, personal_service_card
from navigator.web.search.search_url import read_service_ids

blueprint = Blueprint("shortlist", __name__, url_prefix="/shortlist")


@dataclass(frozen=True, slots=True)
class ShortlistedService:
    """A service of the list as it is shown; `without_url` is the list without it."""

    card: ServiceCard
    record: ServiceRecord
    last_seen: str
    without_url: str


@blueprint.get("")
@public
def show() -> ResponseReturnValue:
    """Show the services whose ids stand in the address, ready to print."""
    context = page_context()
    person = read_person(request.args, context.vocabulary)
    return _show(_services(request.args.get("ids", ""), context), person, context)


@blueprint.get("/compare")
@public
def compare() -> ResponseReturnValue:
    """Show two services side by side."""
    context = page_context()
    listed = _services(request.args.get("ids", ""), context)
    picked = request.args.getlist("pick") or request.args.get("ids", "").split(",")
    services = _services(",".join(picked), context)[:2]
    if len(services) < 2:
        abort(404)
    person = read_person(request.args, context.vocabulary)
    return render_page(
        "search/shortlist_compare.html",
        compared=_shortlisted(services, person, context),
        person=person,
        whom=person.words(context.vocabulary, context.language),
        ids=",".join(service.id for service in listed or services),
    )


@blueprint.post("/text")
@requires(Permission.SEE_WORKSPACE)
def text(who: Staff) -> ResponseReturnValue:
    """Text the list to a number; nothing is kept of it but the letter."""
    context = page_context()
    services = _services(request.form.get("ids", ""), context)
    person = read_person(request.form, context.vocabulary)
    if not services:
        abort(404)
    try:
        number = read_phone_number(request.form.get("number", ""), context.container)
    except BadNumber as bad:
        return _show(services, person, context, 400, error=str(bad))
    spoken = "fr" if request.form.get("spoken") == "fr" else "en"
    answers = person.answers(context.vocabulary)
    lines = shortlist_lines(context.directory, services, answers, spoken)
    try:
        with context.container.database.unit_of_work() as uow:
            send_shortlist(
                uow,
                who,
                lines,
                number=number,
                language=spoken,
                now=context.now,
                zone=context.container.zone,
            )
    except TooManyServices as trouble:
        error = _("That is too long for a text. Up to %(most)s of these fit.", most=trouble.most)
        return _show(services, person, context, 400, error=error)
    except TooManyLists:
        error = _("Too many texts in a short time. Try again later.")
        return _show(services, person, context, 429, error=error)
    ids = ",".join(service.id for service in services)
    return redirect(url_for("search.shortlist.show", ids=ids, sent=1, **person.fields))


def _services(joined: str, context: PageContext) -> list[Service]:
    directory = context.directory
    return [directory.services[id_] for id_ in read_service_ids(joined, directory)]


def _show(
    services: Sequence[Service],
    person: PersonInUrl,
    context: PageContext,
    status: int = 200,
    *,
    error: str = "",
) -> ResponseReturnValue:
    address = _address([service.id for service in services], person)
    return render_page(
        "search/shortlist.html",
        status,
        shown=_shortlisted(services, person, context),
        ids=",".join(service.id for service in services),
        person=person,
        whom=person.words(context.vocabulary, context.language),
        link=f"{context.container.settings.public_base_url}{address}",
        error=error,
        sent="sent" in request.args and not error,
        spoken=context.language,
    )


def _shortlisted(
    services: Sequence[Service], person: PersonInUrl, context: PageContext
) -> list[ShortlistedService]:
    ids = [service.id for service in services]
    cards = [personal_service_card(service, person, context) for service in services]
    return [
        ShortlistedService(
            card=card,
            record=service.record,
            last_seen=last_seen_text(service.record, context.moment.date(), context.language),
            without_url=_address([id_ for id_ in ids if id_ != service.id], person),
        )
        for service, card in zip(services, cards, strict=True)
    ]


def _address(ids: Sequence[str], person: PersonInUrl) -> str:
    return url_for("search.shortlist.show", ids=",".join(ids), **person.fields)
