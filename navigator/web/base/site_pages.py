"""The start page, what we do with what you tell us, and whether the instance is well."""

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from navigator.services.directory.edition_store import NoEditionPublished
from navigator.storage.database import Unreachable
from navigator.web.base.request_context import container, current_edition, public, render_page

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


@blueprint.get("/healthz")
@public
def healthy() -> ResponseReturnValue:
    """Say that the process lives."""
    return {"status": "ok"}


@blueprint.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """Say whether the database and the index answer."""
    if not container().database.answers():
        return {"status": "no database"}, 503
    try:
        edition = current_edition()
        edition.index.search(next(iter(edition.directory.by_need), ""), limit=1)
    except (NoEditionPublished, Unreachable):
        return {"status": "no directory"}, 503
    return {"status": "ok", "edition": edition.directory.edition}
