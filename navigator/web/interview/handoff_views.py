"""Hand-off codes on the web: made with a person's yes, opened elsewhere by them or a worker."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from navigator.services.interview import handoff_codes
from navigator.services.interview.handoff_codes import CodeRefused, HandoffPayload
from navigator.web.base.cacheable_page import cacheable_page
from navigator.web.base.request_context import (
    PageContext,
    page_context,
    public,
    render_page,
    signed_in,
)
from navigator.web.base.request_context import gettext as _
from navigator.web.interview.danger_page import danger_in, danger_page, interrupts
from navigator.web.interview.form_state import FormState, read_form_state
from navigator.web.interview.question_pages import continue_from
from navigator.web.interview.result_list import list_page
from navigator.wording.date_format import short_day

blueprint = Blueprint("handoff", __name__, url_prefix="/code")


@blueprint.post("/new")
@public
def offer() -> ResponseReturnValue:
    """Say what a code keeps, for how long, and ask for a yes."""
    context = page_context()
    form = read_form_state(request.form, context.vocabulary)
    if not form.needs:
        return list_page(form, context)
    return cacheable_page("interview/code_offer.html", form=form)


@blueprint.post("/make")
@public
def make() -> ResponseReturnValue:
    """Make a code, when the person said yes."""
    context = page_context()
    form = read_form_state(request.form, context.vocabulary)
    if request.form.get("lang"):
        return cacheable_page("interview/code_offer.html", form=form)
    if request.form.get("do") != "yes" or not form.needs:
        return list_page(form, context)
    with context.container.database.unit_of_work() as uow:
        code = handoff_codes.create_code(uow, _payload(form, context.language), now=context.now)
    if code is None:
        return cacheable_page("interview/code_offer.html", 429, form=form, busy=True)
    expires = context.now + handoff_codes.LASTS
    until = short_day(expires, context.language, context.container.zone)
    # Not kept for the back button: who has the code has the answers.
    return render_page(
        "interview/code_made.html", form=form, code=handoff_codes.format_code(code), until=until
    )


@blueprint.get("")
@public
def ask() -> ResponseReturnValue:
    """Ask for a code."""
    return _ask_page()


@blueprint.post("")
@public
def enter() -> ResponseReturnValue:
    """Open a code, and go on where the person stopped; or delete what it was made for."""
    typed = request.form.get("code", "")
    if request.form.get("lang"):
        return _ask_page(typed=typed)
    context = page_context()
    danger = danger_in(context, typed)
    if danger is not None and interrupts(danger, signed_in()):
        return danger_page(FormState(), danger, context)
    return _open(typed, context)


def _open(typed: str, context: PageContext) -> ResponseReturnValue:
    staff = signed_in()
    with context.container.database.unit_of_work() as uow:
        opened = handoff_codes.redeem_code(uow, typed, who=staff, now=context.now)
        if request.form.get("do") == "forget" and isinstance(opened, HandoffPayload):
            handoff_codes.delete_code(uow, typed)
    if opened is CodeRefused.TOO_MANY:
        error = _("Too many wrong codes were typed. Please try again in an hour.")
        return _ask_page(error=error, typed=typed, status=429)
    if isinstance(opened, CodeRefused):
        error = _("This code opens nothing. Look at each letter, or start anew.")
        return _ask_page(error=error, typed=typed, status=400)
    if request.form.get("do") == "forget":
        return render_page("interview/code_gone.html")
    return continue_from(opened, context)


def _payload(form: FormState, language: str) -> HandoffPayload:
    return HandoffPayload(
        needs=form.needs,
        answers=dict(form.answers),
        asked=form.asked,
        for_other=form.for_other,
        language=language,
    )


def _ask_page(*, error: str = "", typed: str = "", status: int = 200) -> ResponseReturnValue:
    errors = {"code": error} if error else {}
    return cacheable_page("interview/code_ask.html", status, errors=errors, typed=typed)
