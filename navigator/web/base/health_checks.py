"""Whether a process lives, and whether it can answer."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from navigator.services.directory.edition_store import NoEditionPublished
from navigator.storage.database import Unreachable
from navigator.web.base.request_context import container, current_edition, public

blueprint = Blueprint("health", __name__)


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
