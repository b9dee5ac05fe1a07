"""The page that texts the list to a number: the number is used once and kept nowhere else."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from navigator.actions import referring, texting_list
from navigator.actions.listing import all_ways
from navigator.actions.texting_list import Outcome
from navigator.web import danger
from navigator.web.found import list_page, stand
from navigator.web.frame import edition, language, parts, public
from navigator.web.frame import gettext as _
from navigator.web.interview_form import Form, read_form
from navigator.web.kept_pages import kept_page
from sms.numbers import e164

blueprint = Blueprint("list_letter", __name__, url_prefix="/text")


@blueprint.post("")
@public
def show() -> ResponseReturnValue:
    """Ask for the number, and show what will be sent."""
    form = read_form(request.form, parts().vocabulary)
    return _page(form) if form.needs else list_page(form)


@blueprint.post("/send")
@public
def send() -> ResponseReturnValue:
    """Send the list, once."""
    form = read_form(request.form, parts().vocabulary)
    if request.form.get("do") == "list" or not form.needs:
        return list_page(form)
    if request.form.get("lang"):
        return _page(form)
    typed = request.form.get("number", "")
    found = danger.recognised(typed)
    if found is not None and danger.stops(found):
        return danger.danger_page(form, found)
    number = e164(typed)
    if number is None:
        error = _("Please write a phone number with area code, such as 905-555-0100.")
        return _page(form, error=error)
    return _send(form, number)


def _send(form: Form, number: str) -> ResponseReturnValue:
    here = parts()
    with here.database.transaction() as tx:
        outcome = texting_list.send(
            tx,
            here.vault,
            number=number,
            ways=all_ways(edition().directory, stand(form).matches),
            language=language(),
            now=here.now(),
            zone=here.zone,
        )
    if outcome is Outcome.ENOUGH_TODAY:
        error = _("This number has had enough lists for today. You can print the list.")
        return _page(form, error=error)
    if outcome is Outcome.TOO_BUSY:
        error = _("We can't send more lists right now. You can print the list.")
        return _page(form, error=error)
    later = referring.after_quiet_hours(here.now(), here.zone) > here.now()
    return kept_page("find/texted.html", form=form, later=later)


def _page(form: Form, *, error: str = "") -> ResponseReturnValue:
    ways = all_ways(edition().directory, stand(form).matches)
    return kept_page(
        "find/text.html",
        400 if error else 200,
        form=form,
        letter=texting_list.letter(ways, language()),
        errors={"number": error} if error else {},
        typed=request.form.get("number", ""),
    )
