"""Ask a service to contact the person: a name, a safe way, and the consent read back."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from directory_data.directory import Service
from navigator.domain.access_point_selection import access_point_service
from navigator.domain.conversation_state import SafeContact
from navigator.services.referrals.web_referral_request import (
    WebReferralRequest,
    request_from_web,
    web_consent,
)
from navigator.web.base.cacheable_page import cacheable_page
from navigator.web.base.phone_field import BadNumber, read_phone_number
from navigator.web.base.request_context import (
    PageContext,
    page_context,
    public,
    render_page,
    signed_in,
)
from navigator.web.base.request_context import gettext as _
from navigator.web.directory.service_card import plain_service_card
from navigator.web.interview.danger_page import danger_in, danger_page, interrupts
from navigator.web.interview.form_state import FormState, read_form_state
from navigator.web.interview.result_list import list_page
from navigator.wording.date_format import short_day
from sms.phone_numbers import format_number

blueprint = Blueprint("contact", __name__, url_prefix="/find/contact")

LONGEST_NAME = 40
"""Characters of a first name; it is read out and written into a text."""


@blueprint.post("")
@public
def show() -> ResponseReturnValue:
    """Ask how to reach the person, and read back who gets what."""
    context = page_context()
    return _page(read_form_state(request.form, context.vocabulary), context, errors={})


@blueprint.post("/send")
@public
def send() -> ResponseReturnValue:
    """Make the referral, when the person agreed."""
    context = page_context()
    form = read_form_state(request.form, context.vocabulary)
    service = context.directory.services.get(request.form.get("service", ""))
    if request.form.get("do") == "list" or service is None:
        return list_page(form, context)
    if request.form.get("lang"):
        return _page(form, context, errors={})
    danger = danger_in(context, request.form.get("name", ""), request.form.get("number", ""))
    if danger is not None and interrupts(danger, signed_in()):
        return danger_page(form, danger, context)
    errors = _errors(context)
    if errors:
        return _page(form, context, errors=errors)
    return _ask(form, service, context)


def _errors(context: PageContext) -> dict[str, str]:
    """Say what is missing, by the id of its box."""
    errors = {}
    if not _name():
        errors["name"] = _("Please write a first name. Any name is fine.")
    try:
        read_phone_number(request.form.get("number", ""), context.container)
    except BadNumber as bad:
        errors["number"] = str(bad)
    if request.form.get("safe_contact") not in set(SafeContact):
        errors["safe-any"] = _("Please choose how it is safe to reach you.")
    return errors


def _ask(form: FormState, service: Service, context: PageContext) -> ResponseReturnValue:
    wanted = WebReferralRequest(
        name=_name(),
        number=read_phone_number(request.form["number"], context.container),
        safe_contact=SafeContact(request.form["safe_contact"]),
        language=context.language,
        service=service,
        words=form.words,
        needs=form.needs or service.record.needs[:1],
        answers=form.answers,
        for_other=form.for_other,
    )
    here = context.container
    with here.database.unit_of_work() as uow:
        referral = request_from_web(
            uow, context.edition.guide, wanted, now=context.now, calendar=here.calendar
        )
    if referral is None:
        error = _(
            "We have requests from this number already. Please call %(helpline)s.",
            helpline=here.region.policy.helpline,
        )
        return _page(form, context, errors={"number": error})
    due = short_day(referral.due_at or context.now, context.language, here.zone)
    ours = here.settings.twilio_from if here.settings.texts_for_real else ""
    our_number = format_number(ours) if ours.startswith("+") else ""
    return render_page(
        "referrals/request_sent.html", code=referral.code, due=due, our_number=our_number
    )


def _page(form: FormState, context: PageContext, *, errors: dict[str, str]) -> ResponseReturnValue:
    service = context.directory.services.get(request.form.get("service", ""))
    if service is None:
        return list_page(form, context)
    language = context.language
    need = (form.needs or service.record.needs)[0]
    recipient = access_point_service(context.directory, service, form.answers)
    return cacheable_page(
        "referrals/request_form.html",
        400 if errors else 200,
        form=form,
        service=plain_service_card(service, context),
        recipient=recipient.organization.name.in_(language),
        consent=web_consent(context.edition.guide, service, form.answers, need, language),
        errors=errors,
        typed=request.form,
    )


def _name() -> str:
    return " ".join(request.form.get("name", "").split())[:LONGEST_NAME]
