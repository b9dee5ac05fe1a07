"""The page that texts the list to a number: the number is used once and kept nowhere else."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from navigator.services.interview.contactable_services import (
    ContactableService,
    all_contactable_services,
)
from navigator.services.messaging import list_by_text
from navigator.services.messaging.list_by_text import ListOutcome
from navigator.services.referrals import referral_service
from navigator.web.base.cacheable_page import cacheable_page
from navigator.web.base.phone_field import BadNumber, read_phone_number
from navigator.web.base.request_context import PageContext, page_context, public, signed_in
from navigator.web.base.request_context import gettext as _
from navigator.web.interview.danger_page import danger_in, danger_page, interrupts
from navigator.web.interview.form_state import FormState, read_form_state
from navigator.web.interview.result_list import form_step, list_page

blueprint = Blueprint("list_letter", __name__, url_prefix="/text")


@blueprint.post("")
@public
def show() -> ResponseReturnValue:
    """Ask for the number, and show what will be sent."""
    context = page_context()
    form = read_form_state(request.form, context.vocabulary)
    return _page(form, context) if form.needs else list_page(form, context)


@blueprint.post("/send")
@public
def send() -> ResponseReturnValue:
    """Send the list, once."""
    context = page_context()
    form = read_form_state(request.form, context.vocabulary)
    if request.form.get("do") == "list" or not form.needs:
        return list_page(form, context)
    if request.form.get("lang"):
        return _page(form, context)
    typed = request.form.get("number", "")
    danger = danger_in(context, typed)
    if danger is not None and interrupts(danger, signed_in()):
        return danger_page(form, danger, context)
    try:
        number = read_phone_number(typed, context.container)
    except BadNumber as error:
        return _page(form, context, error=str(error))
    return _send(form, number, context)


def _send(form: FormState, number: str, context: PageContext) -> ResponseReturnValue:
    zone = context.container.zone
    with context.container.database.unit_of_work() as uow:
        outcome = list_by_text.send_list(
            uow,
            number=number,
            ways=_contactable_services(form, context),
            language=context.language,
            now=context.now,
            zone=zone,
        )
    if outcome is ListOutcome.ENOUGH_TODAY:
        error = _("This number has had enough lists for today. You can print the list.")
        return _page(form, context, error=error)
    if outcome is ListOutcome.TOO_BUSY:
        error = _("We can't send more lists right now. You can print the list.")
        return _page(form, context, error=error)
    later = referral_service.after_quiet_hours(context.now, zone) > context.now
    return cacheable_page("interview/list_by_text_sent.html", form=form, later=later)


def _page(form: FormState, context: PageContext, *, error: str = "") -> ResponseReturnValue:
    return cacheable_page(
        "interview/list_by_text.html",
        400 if error else 200,
        form=form,
        letter=list_by_text.list_message(_contactable_services(form, context), context.language),
        errors={"number": error} if error else {},
        typed=request.form.get("number", ""),
    )


def _contactable_services(form: FormState, context: PageContext) -> tuple[ContactableService, ...]:
    return all_contactable_services(context.directory, form_step(form, context).matches)
