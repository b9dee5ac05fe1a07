"""The shortlist of a worker: to print, to send as a link, to compare, or to text."""

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from directory_data.directory import Service
from navigator.actions import finding
from navigator.domain.staff import Permission, Staff
from navigator.web.frame import edition, language, needs, page, parts, public
from navigator.web.frame import gettext as _
from navigator.web.search_cards import for_person
from navigator.web.search_copy import as_text
from navigator.web.search_person import Person, read
from navigator.web.search_seen import seen_words
from navigator.web.search_terms import service_ids
from sms.numbers import e164

blueprint = Blueprint("shortlist", __name__, url_prefix="/shortlist")


@blueprint.get("")
@public
def show() -> ResponseReturnValue:
    """Show the services whose ids stand in the address, ready to print."""
    person = read(request.args, parts().vocabulary)
    return _show(_services(request.args.get("ids", "")), person)


@blueprint.get("/compare")
@public
def compare() -> ResponseReturnValue:
    """Show two services side by side."""
    chosen = request.args.getlist("pick") or request.args.get("ids", "").split(",")
    services = _services(",".join(chosen))[:2]
    if len(services) < 2:
        abort(404)
    here = parts()
    moment = here.now().astimezone(here.zone)
    person = read(request.args, here.vocabulary)
    return page(
        "search/compare.html",
        both=[
            (for_person(one, person, moment), one.record, seen_words(one.record, moment.date()))
            for one in services
        ],
        person=person,
        whom=person.words(here.vocabulary),
        ids=",".join(one.id for one in _services(request.args.get("ids", "")) or services),
    )


@blueprint.post("/text")
@needs(Permission.SEE_WORKSPACE)
def text(who: Staff) -> ResponseReturnValue:
    """Text the list to a number; nothing is kept of it but the letter."""
    here = parts()
    services = _services(request.form.get("ids", ""))
    person = read(request.form, here.vocabulary)
    number = e164(request.form.get("number", ""))
    spoken = "fr" if request.form.get("spoken") == "fr" else "en"
    if not services:
        abort(404)
    if number is None:
        return _show(services, person, 400, error=_("Please type a phone number with ten digits."))
    try:
        with here.database.transaction() as tx:
            finding.text_list(
                tx,
                here.vault,
                who,
                edition().directory,
                services,
                number=number,
                language=spoken,
                answers=person.answers(here.vocabulary),
                now=here.now(),
                zone=here.zone,
            )
    except finding.TooMany as error:
        words = _("That is too long for a text. Up to %(most)s of these fit.", most=error.most)
        return _show(services, person, 400, error=words)
    except finding.TooOften:
        words = _("Too many texts in a short time. Try again later.")
        return _show(services, person, 429, error=words)
    ids = ",".join(one.id for one in services)
    return redirect(url_for("search.shortlist.show", ids=ids, sent=1, **person.fields))


def _services(joined: str) -> list[Service]:
    directory = edition().directory
    return [directory.services[one] for one in service_ids(joined, directory)]


def _show(
    services: list[Service], person: Person, status: int = 200, *, error: str = ""
) -> ResponseReturnValue:
    here = parts()
    moment = here.now().astimezone(here.zone)
    ids = [one.id for one in services]
    cards = [for_person(one, person, moment) for one in services]
    return page(
        "search/shortlist.html",
        status,
        shown=[
            (
                made,
                seen_words(one.record, moment.date()),
                as_text(made),
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


def _address(ids: list[str], person: Person, without: str = "") -> str:
    """Give the address of the list, as one of its services is taken off."""
    kept = ",".join(one for one in ids if one != without)
    return url_for("search.shortlist.show", ids=kept, **person.fields)
