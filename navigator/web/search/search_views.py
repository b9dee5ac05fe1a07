"""The search page for workers: words, a place and a need; results that say why they are there."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from navigator.storage.unmet_needs import record_unmet_need
from navigator.web.base.request_context import PageContext, page_context, public, render_page
from navigator.web.search import shortlist_views
from navigator.web.search.facet_fields import FACET_VALUES
from navigator.web.search.search_page import search_page
from navigator.web.search.search_url import LONGEST_QUERY, SearchUrl, read_search_url
from search_index.autocomplete import CompletionKind

blueprint = Blueprint("search", __name__)
blueprint.register_blueprint(shortlist_views.blueprint)

SUGGESTIONS = 7
"""Completions that are offered: as many as a phone shows above its keyboard."""


@blueprint.get("/search")
@public
def results() -> ResponseReturnValue:
    """Search the directory, or show how to."""
    context = page_context()
    page = search_page(_search_url(context), context)
    return render_page("search/search_page.html", page=page, thanks="told" in request.args)


@blueprint.get("/search/results")
@public
def fragment() -> ResponseReturnValue:
    """Give what changes of the page while somebody types or chooses."""
    context = page_context()
    url = _search_url(context, unfinished="typing" in request.args)
    return render_page("search/results.html", page=search_page(url, context))


@blueprint.get("/search/suggestions")
@public
def suggestions() -> ResponseReturnValue:
    """Complete what is being typed: needs, services and organizations, in both languages."""
    context = page_context()
    typed = request.args.get("q", "")[:LONGEST_QUERY]
    vocabulary = context.vocabulary
    labels = {need.id: need.label for need in vocabulary.needs.values()}
    labels |= {topic.id: topic.label for topic in vocabulary.topics.by_id.values()}
    return [
        {
            "text": completion.text,
            "kind": completion.kind,
            "also": labels[completion.id].in_(context.language)
            if completion.kind is CompletionKind.NEED
            else "",
        }
        for completion in context.edition.index.complete(typed, limit=SUGGESTIONS)
    ]


@blueprint.post("/search/missing")
@public
def missing() -> ResponseReturnValue:
    """Keep what was not found, for the curators: needs, place and language, and no words."""
    context = page_context()
    need = request.form.get("need", "")
    place = request.form.get("place", "")
    towns = {town.id for town in context.vocabulary.towns}
    with context.container.database.unit_of_work() as uow:
        record_unmet_need(
            uow,
            channel="search",
            language=context.language,
            needs=[need] if need in context.vocabulary.needs else [],
            place=place if place in towns else None,
            age=None,
            now=context.now,
        )
    return redirect(url_for("search.results", told=1))


def _search_url(context: PageContext, *, unfinished: bool = False) -> SearchUrl:
    return read_search_url(request.args, context.directory, FACET_VALUES, unfinished=unfinished)
