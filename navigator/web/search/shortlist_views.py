"""The shortlist of a worker: to print, to send as a link, to compare, or to text."""

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from directory_data.directory import Service
from navigator.domain.roles import Permission, Staff
from navigator.services.messaging.list_by_text import (
    TooManyLists,
    TooManyServices,
    send_shortlist,
    shortlist_lines,
)
from navigator.web.base.request_context import (
    container,
    current_edition,
    language,
    public,
    render_page,
    requires,
)
from navigator.web.base.request_context import gettext as _
from navigator.web.directory.freshness import last_seen_text
from navigator.web.directory.person_in_address import PersonInAddress, read_person
from navigator.web.directory.personal_card import personal_service_card
from navigator.web.search.plain_text import card_as_text
from navigator.web.search.url_state import service_ids
from sms.phone_numbers import to_e164

blueprint = Blueprint("shortlist", __name__, url_prefix="/shortlist")


@blueprint.get("")
@public
def show() -> ResponseReturnValue:
    """Show the services whose ids stand in the address, ready to print."""
    person = read_person(request.args, container().vocabulary)
    return _show(_services(request.args.get("ids", "")), person)


@blueprint.get("/compare")
@public
def compare() -> ResponseReturnValue:
    """Show two services side by side."""
    chosen = request.args.getlist("pick") or request.args.get("ids", "").split(",")
    services = _services(",".join(chosen))[:2]
    if len(services) < 2:
        abort(404)
    here = container()
    moment = here.now().astimezone(here.zone)
    person = read_person(request.args, here.vocabulary)
    return render_page(
        "search/shortlist_compare.html",
        both=[
            (
                personal_service_card(one, person, moment),
                one.record,
                last_seen_text(one.record, moment.date()),
            )
            for one in services
        ],
        person=person,
        whom=person.words(here.vocabulary),
        ids=",".join(one.id for one in _services(request.args.get("ids", "")) or services),
    )


@blueprint.post("/text")
@requires(Permission.SEE_WORKSPACE)
def text(who: Staff) -> ResponseReturnValue:
    """Text the list to a number; nothing is kept of it but the letter."""
    here = container()
    services = _services(request.form.get("ids", ""))
    person = read_person(request.form, here.vocabulary)
    number = to_e164(request.form.get("number", ""))
    spoken = "fr" if request.form.get("spoken") == "fr" else "en"
    if not services:
        abort(404)
    if number is None:
        return _show(services, person, 400, error=_("Please type a phone number with ten digits."))
    answers = person.answers(here.vocabulary)
    lines = shortlist_lines(current_edition().directory, services, answers, spoken)
    try:
        with here.database.unit_of_work() as uow:
            send_shortlist(
                uow, who, lines, number=number, language=spoken, now=here.now(), zone=here.zone
            )
    except TooManyServices as error:
        words = _("That is too long for a text. Up to %(most)s of these fit.", most=error.most)
        return _show(services, person, 400, error=words)
    except TooManyLists:
        words = _("Too many texts in a short time. Try again later.")
        return _show(services, person, 429, error=words)
    ids = ",".join(one.id for one in services)
    return redirect(url_for("search.shortlist.show", ids=ids, sent=1, **person.fields))


def _services(joined: str) -> list[Service]:
    directory = current_edition().directory
    return [directory.services[one] for one in service_ids(joined, directory)]


def _show(
    services: list[Service], person: PersonInAddress, status: int = 200, *, error: str = ""
) -> ResponseReturnValue:
    here = container()
    moment = here.now().astimezone(here.zone)
    ids = [one.id for one in services]
    cards = [personal_service_card(one, person, moment) for one in services]
    return render_page(
        "search/shortlist.html",
        status,
        shown=[
            (
                made,
                last_seen_text(one.record, moment.date()),
                card_as_text(made),
                _address(ids, person, one.id),
            )
            for made, one in zip(cards, services, strict=True)
        ],
        ids=",".join(ids),
        person=person,
        whom=person.words(here.vocabulary),
        link=f"{here.settings.public_base_url}{_address(ids, person)}",
        error=error,
        sent="sent" in request.args and not error,
        spoken=language(),
    )


def _address(ids: list[str], person: PersonInAddress, without: str = "") -> str:
    """Give the address of the list, as one of its services is taken off."""
    kept = ",".join(one for one in ids if one != without)
    return url_for("search.shortlist.show", ids=kept, **person.fields)
