"""The page that texts the list to a number: the number is used once and kept nowhere else."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from navigator.services.interview.contact_options import all_contact_options
from navigator.services.messaging import list_by_text
from navigator.services.messaging.list_by_text import ListOutcome
from navigator.services.referrals import referral_service
from navigator.web.base.cache_control import cacheable_page
from navigator.web.base.request_context import container, current_edition, language, public
from navigator.web.base.request_context import gettext as _
from navigator.web.interview.danger_page import danger_in, danger_page, interrupts
from navigator.web.interview.form_state import FormState, read_form_state
from navigator.web.interview.result_list import list_page, step_of
from sms.phone_numbers import to_e164

blueprint = Blueprint("list_letter", __name__, url_prefix="/text")


@blueprint.post("")
@public
def show() -> ResponseReturnValue:
    """Ask for the number, and show what will be sent."""
    form = read_form_state(request.form, container().vocabulary)
    return _page(form) if form.needs else list_page(form)


@blueprint.post("/send")
@public
def send() -> ResponseReturnValue:
    """Send the list, once."""
    form = read_form_state(request.form, container().vocabulary)
    if request.form.get("do") == "list" or not form.needs:
        return list_page(form)
    if request.form.get("lang"):
        return _page(form)
    typed = request.form.get("number", "")
    found = danger_in(typed)
    if found is not None and interrupts(found):
        return danger_page(form, found)
    number = to_e164(typed)
    if number is None:
        error = _("Please write a phone number with area code, such as 905-555-0100.")
        return _page(form, error=error)
    return _send(form, number)


def _send(form: FormState, number: str) -> ResponseReturnValue:
    here = container()
    with here.database.unit_of_work() as uow:
        outcome = list_by_text.send_list(
            uow,
            number=number,
            ways=all_contact_options(current_edition().directory, step_of(form).matches),
            language=language(),
            now=here.now(),
            zone=here.zone,
        )
    if outcome is ListOutcome.ENOUGH_TODAY:
        error = _("This number has had enough lists for today. You can print the list.")
        return _page(form, error=error)
    if outcome is ListOutcome.TOO_BUSY:
        error = _("We can't send more lists right now. You can print the list.")
        return _page(form, error=error)
    later = referral_service.after_quiet_hours(here.now(), here.zone) > here.now()
    return cacheable_page("interview/list_by_text_sent.html", form=form, later=later)


def _page(form: FormState, *, error: str = "") -> ResponseReturnValue:
    ways = all_contact_options(current_edition().directory, step_of(form).matches)
    return cacheable_page(
        "interview/list_by_text.html",
        400 if error else 200,
        form=form,
        letter=list_by_text.list_message(ways, language()),
        errors={"number": error} if error else {},
        typed=request.form.get("number", ""),
    )
