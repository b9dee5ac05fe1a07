"""The start page, what we do with what you tell us, and the quick way out."""

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from navigator.web.base.request_context import public, render_page

blueprint = Blueprint("pages", __name__)

ELSEWHERE = "https://weather.gc.ca/"
"""Where the quick exit leads: a public weather page that anybody may be looking at."""


@blueprint.get("/")
@public
def start() -> ResponseReturnValue:
    """Show the start page."""
    return render_page("base/home.html")


@blueprint.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """Say what is kept, who sees it, and how to have it erased."""
    return render_page("base/privacy.html")


@blueprint.get("/leave")
@public
def leave() -> ResponseReturnValue:
    """Lead away from this site, and ask the browser to drop the pages that it kept of it."""
    response = redirect(ELSEWHERE)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
