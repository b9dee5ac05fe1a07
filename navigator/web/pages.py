"""The start page, what we do with what you tell us, and whether the instance is well."""

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from navigator.parts import NothingLoaded
from navigator.storage.database import Unreachable
from navigator.web.frame import edition, page, parts, public

blueprint = Blueprint("pages", __name__)

ELSEWHERE = "https://weather.gc.ca/"
"""Where the quick exit leads: a public weather page that anybody may be looking at."""


@blueprint.get("/")
@public
def start() -> ResponseReturnValue:
    """Show the start page."""
    return page("start.html")


@blueprint.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """Say what is kept, who sees it, and how to have it erased."""
    return page("privacy.html")


@blueprint.get("/leave")
@public
def leave() -> ResponseReturnValue:
    """Lead away from this site, and ask the browser to drop the pages that it kept of it."""
    response = redirect(ELSEWHERE)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@blueprint.get("/healthz")
@public
def healthy() -> ResponseReturnValue:
    """Say that the process lives."""
    return {"status": "ok"}


@blueprint.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """Say whether the database and the index answer."""
    if not parts().database.answers():
        return {"status": "no database"}, 503
    try:
        shelf = edition()
        shelf.index.search("shelter", limit=1)
    except (NothingLoaded, Unreachable):
        return {"status": "no directory"}, 503
    return {"status": "ok", "edition": shelf.directory.edition}
