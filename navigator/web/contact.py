"""Ask a service to contact the person: a name, a safe way, and the consent read back."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from directory_data.directory import Service
from navigator.actions.asking import WebRequest, ask_from_web, recipient_of, web_consent
from navigator.domain.conversation import SafeContact
from navigator.web import danger
from navigator.web.found import list_page, plain_card
from navigator.web.frame import edition, language, page, parts, public
from navigator.web.frame import gettext as _
from navigator.web.interview_form import Form, read_form
from navigator.web.kept_pages import kept_page
from navigator.wording.dates import day
from sms.numbers import e164, pretty

blueprint = Blueprint("contact", __name__, url_prefix="/contact")

LONGEST_NAME = 40


@blueprint.post("")
@public
def show() -> ResponseReturnValue:
    """Ask how to reach the person, and read back who gets what."""
    return _page(read_form(request.form, parts().vocabulary), errors={})


@blueprint.post("/send")
@public
def send() -> ResponseReturnValue:
    """Make the referral, when the person agreed."""
    form = read_form(request.form, parts().vocabulary)
    service = edition().directory.services.get(request.form.get("service", ""))
    if request.form.get("do") == "list" or service is None:
        return list_page(form)
    if request.form.get("lang"):
        return _page(form, errors={})
    found = danger.recognised(request.form.get("name", ""), request.form.get("number", ""))
    if found is not None and danger.stops(found):
        return danger.danger_page(form, found)
    errors = _errors()
    if errors:
        return _page(form, errors=errors)
    return _ask(form, service)


def _errors() -> dict[str, str]:
    """Say what is missing, by the id of its box."""
    errors = {}
    if not _name():
        errors["name"] = _("Please write a first name. Any name is fine.")
    if e164(request.form.get("number", "")) is None:
        errors["number"] = _("Please write a phone number with area code, such as 905-555-0100.")
    if request.form.get("safe_contact") not in set(SafeContact):
        errors["safe-any"] = _("Please choose how it is safe to reach you.")
    return errors


def _ask(form: Form, service: Service) -> ResponseReturnValue:
    wanted = WebRequest(
        name=_name(),
        number=e164(request.form["number"]) or "",
        safe_contact=SafeContact(request.form["safe_contact"]),
        language=language(),
        service=service,
        words=form.words,
        needs=form.needs or service.record.needs[:1],
        answers=form.answers,
        for_other=form.for_other,
    )
    here = parts()
    with here.database.transaction() as tx:
        made = ask_from_web(tx, here.vault, edition().guide, wanted, now=here.now(), zone=here.zone)
    if made is None:
        error = _("We have requests from this number already. Please call 211.")
        return _page(form, errors={"number": error})
    due = day(made.due_at or here.now(), language(), here.zone)
    ours = here.settings.twilio_from if here.settings.texts_for_real else ""
    our_number = pretty(ours) if ours.startswith("+") else ""
    return page("find/sent.html", code=made.code, due=due, our_number=our_number)


def _page(form: Form, *, errors: dict[str, str]) -> ResponseReturnValue:
    service = edition().directory.services.get(request.form.get("service", ""))
    if service is None:
        return list_page(form)
    need = (form.needs or service.record.needs)[0]
    recipient = recipient_of(edition().directory, service, form.answers)
    return kept_page(
        "find/contact.html",
        400 if errors else 200,
        form=form,
        service=plain_card(service),
        recipient=recipient.organization.name.in_(language()),
        consent=web_consent(edition().guide, service, form.answers, need, language()),
        errors=errors,
        typed=request.form,
    )


def _name() -> str:
    return " ".join(request.form.get("name", "").split())[:LONGEST_NAME]
