"""Staff sign in and out."""

import re

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from navigator.domain.roles import SESSION_LONGEST
from navigator.services.accounts import authentication
from navigator.web.base.request_context import STAFF_COOKIE, container, public, render_page
from navigator.web.base.request_context import gettext as _

blueprint = Blueprint("accounts", __name__)

_OWN_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]*")
"""A slash, then no second one, and visible letters of ASCII without the backslash."""


@blueprint.get("/sign-in")
@public
def sign_in_form() -> ResponseReturnValue:
    """Ask for name and password."""
    return render_page(
        "accounts/sign_in_page.html", then=_own_path(request.args.get("then", "")), error=""
    )


@blueprint.post("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Open a sign-in, or say that name and password do not fit."""
    then = _own_path(request.form.get("then", ""))
    here = container()
    name, password = request.form.get("name", ""), request.form.get("password", "")
    try:
        token = authentication.sign_in(here.database, name, password, now=here.now())
    except authentication.Busy:
        error = _("Many people sign in right now. Please try again in a moment.")
        return render_page("accounts/sign_in_page.html", 503, then=then, error=error, name=name)
    if token is None:
        error = _("Name and password do not fit. After 5 tries, wait 15 minutes.")
        return render_page("accounts/sign_in_page.html", 403, then=then, error=error, name=name)
    response = redirect(then or url_for("workspace.overview"))
    response.set_cookie(
        STAFF_COOKIE,
        token,
        max_age=int(SESSION_LONGEST.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=here.settings.public_base_url.startswith("https://"),
    )
    return response


@blueprint.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End the sign-in."""
    token = request.cookies.get(STAFF_COOKIE)
    if token:
        with container().database.unit_of_work() as uow:
            authentication.sign_out(uow, token)
    response = redirect(url_for("pages.start"))
    response.delete_cookie(STAFF_COOKIE)
    return response


def _own_path(path: str) -> str:
    """Let only paths of this site through, so that a link can't lead elsewhere.

    Browsers leave tabs out of an address: "/", a tab, "/evil.example" leads elsewhere too.
    """
    return path if _OWN_PATH.fullmatch(path) else ""
