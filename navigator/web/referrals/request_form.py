"""Ask a service to contact the person: a name, a safe way, and the consent read back."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from directory_data.directory import Service
from navigator.domain.access_points import access_point_service
from navigator.domain.conversation_state import SafeContact
from navigator.services.referrals.web_referral_request import (
    WebReferralRequest,
    request_from_web,
    web_consent,
)
from navigator.web.base.cache_control import cacheable_page
from navigator.web.base.request_context import (
    container,
    current_edition,
    language,
    public,
    render_page,
)
from navigator.web.base.request_context import gettext as _
from navigator.web.interview.danger_page import danger_in, danger_page, interrupts
from navigator.web.interview.form_state import FormState, read_form_state
from navigator.web.interview.result_list import list_page, plain_card
from navigator.wording.date_format import short_day
from sms.phone_numbers import format_number, to_e164

blueprint = Blueprint("contact", __name__, url_prefix="/find/contact")

LONGEST_NAME = 40
"""Characters of a first name; it is read out and written into a text."""


@blueprint.post("")
@public
def show() -> ResponseReturnValue:
    """Ask how to reach the person, and read back who gets what."""
    return _page(read_form_state(request.form, container().vocabulary), errors={})


@blueprint.post("/send")
@public
def send() -> ResponseReturnValue:
    """Make the referral, when the person agreed."""
    form = read_form_state(request.form, container().vocabulary)
    service = current_edition().directory.services.get(request.form.get("service", ""))
    if request.form.get("do") == "list" or service is None:
        return list_page(form)
    if request.form.get("lang"):
        return _page(form, errors={})
    found = danger_in(request.form.get("name", ""), request.form.get("number", ""))
    if found is not None and interrupts(found):
        return danger_page(form, found)
    errors = _errors()
    if errors:
        return _page(form, errors=errors)
    return _ask(form, service)


def _errors() -> dict[str, str]:
    """Say what is missing, by the id of its box."""
    errors = {}
    if not _name():
        errors["name"] = _("Please write a first name. Any name is fine.")
    if to_e164(request.form.get("number", "")) is None:
        errors["number"] = _("Please write a phone number with area code, such as 905-555-0100.")
    if request.form.get("safe_contact") not in set(SafeContact):
        errors["safe-any"] = _("Please choose how it is safe to reach you.")
    return errors


def _ask(form: FormState, service: Service) -> ResponseReturnValue:
    wanted = WebReferralRequest(
        name=_name(),
        number=to_e164(request.form["number"]) or "",
        safe_contact=SafeContact(request.form["safe_contact"]),
        language=language(),
        service=service,
        words=form.words,
        needs=form.needs or service.record.needs[:1],
        answers=form.answers,
        for_other=form.for_other,
    )
    here = container()
    with here.database.unit_of_work() as uow:
        referral = request_from_web(
            uow, current_edition().guide, wanted, now=here.now(), calendar=here.calendar
        )
    if referral is None:
        error = _(
            "We have requests from this number already. Please call %(helpline)s.",
            helpline=here.region.policy.helpline,
        )
        return _page(form, errors={"number": error})
    due = short_day(referral.due_at or here.now(), language(), here.zone)
    ours = here.settings.twilio_from if here.settings.texts_for_real else ""
    our_number = format_number(ours) if ours.startswith("+") else ""
    return render_page(
        "referrals/request_sent.html", code=referral.code, due=due, our_number=our_number
    )


def _page(form: FormState, *, errors: dict[str, str]) -> ResponseReturnValue:
    service = current_edition().directory.services.get(request.form.get("service", ""))
    if service is None:
        return list_page(form)
    need = (form.needs or service.record.needs)[0]
    recipient = access_point_service(current_edition().directory, service, form.answers)
    return cacheable_page(
        "referrals/request_form.html",
        400 if errors else 200,
        form=form,
        service=plain_card(service),
        recipient=recipient.organization.name.in_(language()),
        consent=web_consent(current_edition().guide, service, form.answers, need, language()),
        errors=errors,
        typed=request.form,
    )


def _name() -> str:
    return " ".join(request.form.get("name", "").split())[:LONGEST_NAME]
