"""The shortlist of a worker: to print, to send as a link, to compare, or to text."""

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from directory_data.directory import Service
from navigator.actions import finding
from navigator.domain.staff import Permission, Staff
from navigator.web.frame import edition, language, needs, page, parts, public
from navigator.web.frame import gettext as _
from navigator.web.search_cards import plain
from navigator.web.search_copy import as_text
from navigator.web.search_seen import seen_words
from navigator.web.search_terms import service_ids
from sms.numbers import e164

blueprint = Blueprint("shortlist", __name__, url_prefix="/shortlist")


@blueprint.get("")
@public
def show() -> ResponseReturnValue:
    """Show the services whose ids stand in the address, ready to print."""
    return _show(_services(request.args.get("ids", "")))


@blueprint.get("/compare")
@public
def compare() -> ResponseReturnValue:
    """Show two services side by side."""
    chosen = request.args.getlist("pick") or request.args.get("ids", "").split(",")
    services = _services(",".join(chosen))[:2]
    if len(services) < 2:
        abort(404)
    moment = parts().now().astimezone(parts().zone)
    return page(
        "search/compare.html",
        both=[
            (plain(one, moment), one.record, seen_words(one.record, moment.date()))
            for one in services
        ],
        ids=",".join(one.id for one in _services(request.args.get("ids", "")) or services),
    )


@blueprint.post("/text")
@needs(Permission.SEE_WORKSPACE)
def text(who: Staff) -> ResponseReturnValue:
    """Text the list to a number; nothing is kept of it but the letter."""
    here = parts()
    services = _services(request.form.get("ids", ""))
    number = e164(request.form.get("number", ""))
    spoken = "fr" if request.form.get("spoken") == "fr" else "en"
    if not services:
        abort(404)
    if number is None:
        return _show(services, 400, error=_("Please type a phone number with ten digits."))
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
                now=here.now(),
                zone=here.zone,
            )
    except finding.TooMany as error:
        words = _("That is too long for a text. Up to %(most)s of these fit.", most=error.most)
        return _show(services, 400, error=words)
    except finding.TooOften:
        return _show(services, 429, error=_("Too many texts in a short time. Try again later."))
    ids = ",".join(one.id for one in services)
    return redirect(url_for("search.shortlist.show", ids=ids, sent=1))


def _services(joined: str) -> list[Service]:
    directory = edition().directory
    return [directory.services[one] for one in service_ids(joined, directory)]


def _show(services: list[Service], status: int = 200, *, error: str = "") -> ResponseReturnValue:
    here = parts()
    moment = here.now().astimezone(here.zone)
    ids = [one.id for one in services]
    cards = [plain(one, moment) for one in services]
    return page(
        "search/shortlist.html",
        status,
        shown=[
            (made, seen_words(one.record, moment.date()), as_text(made), _without(ids, one.id))
            for made, one in zip(cards, services, strict=True)
        ],
        ids=",".join(ids),
        link=f"{here.settings.public_base_url}{url_for('search.shortlist.show')}?ids={','.join(ids)}",
        error=error,
        sent="sent" in request.args and not error,
        spoken=language(),
    )


def _without(ids: list[str], one: str) -> str:
    rest = ",".join(other for other in ids if other != one)
    return url_for("search.shortlist.show", ids=rest)
