"""Hand-off codes on the web: made with a person's yes, opened elsewhere by them or a worker."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from navigator.actions import handing_on
from navigator.actions.handing_on import Carried, Refused
from navigator.web import danger
from navigator.web.found import list_page
from navigator.web.frame import gettext as _
from navigator.web.frame import language, page, parts, public, signed_in
from navigator.web.interview_form import Form, read_form
from navigator.web.interview_pages import continue_from
from navigator.web.kept_pages import kept_page
from navigator.wording.dates import day

blueprint = Blueprint("handoff", __name__, url_prefix="/code")


@blueprint.post("/new")
@public
def offer() -> ResponseReturnValue:
    """Say what a code keeps, for how long, and ask for a yes."""
    form = read_form(request.form, parts().vocabulary)
    return kept_page("find/code_offer.html", form=form) if form.needs else list_page(form)


@blueprint.post("/make")
@public
def make() -> ResponseReturnValue:
    """Make a code, when the person said yes."""
    form = read_form(request.form, parts().vocabulary)
    if request.form.get("lang"):
        return kept_page("find/code_offer.html", form=form)
    if request.form.get("do") != "yes" or not form.needs:
        return list_page(form)
    here = parts()
    with here.database.transaction() as tx:
        code = handing_on.make(tx, here.vault, _carried(form), now=here.now())
    if code is None:
        return kept_page("find/code_offer.html", 429, form=form, busy=True)
    until = day(here.now() + handing_on.LASTS, language(), here.zone)
    # Not kept for the back button: who has the code has the answers.
    return page("find/code_made.html", form=form, code=handing_on.spaced(code), until=until)


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
    found = danger.recognised(typed)
    if found is not None and danger.stops(found):
        return danger.danger_page(Form(), found)
    here, now = parts(), parts().now()
    with here.database.transaction() as tx:
        opened = handing_on.take(tx, here.vault, typed, who=signed_in(), now=now)
        if request.form.get("do") == "forget" and isinstance(opened, Carried):
            handing_on.forget(tx, here.vault, typed)
    if opened is Refused.TOO_MANY:
        error = _("Too many wrong codes were typed. Please try again in an hour.")
        return _ask_page(error=error, typed=typed, status=429)
    if isinstance(opened, Refused):
        error = _("This code opens nothing. Look at each letter, or start anew.")
        return _ask_page(error=error, typed=typed, status=400)
    if request.form.get("do") == "forget":
        return page("find/code_gone.html")
    return continue_from(opened)


def _carried(form: Form) -> Carried:
    return Carried(
        needs=form.needs,
        answers=dict(form.answers),
        asked=form.asked,
        for_other=form.for_other,
        language=language(),
    )


def _ask_page(*, error: str = "", typed: str = "", status: int = 200) -> ResponseReturnValue:
    errors = {"code": error} if error else {}
    return kept_page("find/code_ask.html", status, errors=errors, typed=typed)
