"""The search page for workers: words, a place and a need; results that say why they are there."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from navigator.storage.unmet_needs import record_unmet_need
from navigator.web.base.request_context import (
    container,
    current_edition,
    language,
    public,
    render_page,
)
from navigator.web.search import shortlist_views
from navigator.web.search.facet_fields import VALUES
from navigator.web.search.results_page import search_page_view
from navigator.web.search.url_state import LONGEST_QUERY, SearchUrlState, read_url_state
from search_index.autocomplete import CompletionKind

blueprint = Blueprint("search", __name__)
blueprint.register_blueprint(shortlist_views.blueprint)

SUGGESTIONS = 7


@blueprint.get("/search")
@public
def results() -> ResponseReturnValue:
    """Search the directory, or show how to."""
    return render_page(
        "search/search_page.html", view=search_page_view(_terms()), thanks="told" in request.args
    )


@blueprint.get("/search/results")
@public
def fragment() -> ResponseReturnValue:
    """Give what changes of the page while somebody types or chooses."""
    return render_page(
        "search/results.html", view=search_page_view(_terms(), unfinished="typing" in request.args)
    )


@blueprint.get("/search/suggestions")
@public
def suggestions() -> ResponseReturnValue:
    """Complete what is being typed: needs, services and organizations, in both languages."""
    typed = request.args.get("q", "")[:LONGEST_QUERY]
    shelf = current_edition()
    labels = {need.id: need.label for need in container().vocabulary.needs.values()}
    labels |= {topic.id: topic.label for topic in container().vocabulary.topics.by_id.values()}
    return [
        {
            "text": one.text,
            "kind": one.kind,
            "also": labels[one.id].in_(language()) if one.kind is CompletionKind.NEED else "",
        }
        for one in shelf.index.complete(typed, limit=SUGGESTIONS)
    ]


@blueprint.post("/search/missing")
@public
def missing() -> ResponseReturnValue:
    """Keep what was not found, for the curators: needs, place and language, and no words."""
    here = container()
    need = request.form.get("need", "")
    place = request.form.get("place", "")
    with here.database.unit_of_work() as uow:
        record_unmet_need(
            uow,
            channel="search",
            language=language(),
            needs=[need] if need in here.vocabulary.needs else [],
            place=place if place in {town.id for town in container().vocabulary.towns} else None,
            age=None,
            now=here.now(),
        )
    return redirect(url_for("search.results", told=1))


def _terms() -> SearchUrlState:
    return read_url_state(request.args, container().vocabulary, current_edition().directory, VALUES)
