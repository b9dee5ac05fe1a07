"""The search page for workers: words, a place and a need; results that say why they are there."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from directory_data.vocabulary.topics import topics
from navigator.storage import history
from navigator.web import shortlist
from navigator.web.frame import edition, language, page, parts, public
from navigator.web.search_facets import TOWNS, VALUES
from navigator.web.search_page import view
from navigator.web.search_terms import LONGEST_QUERY, Terms, read
from search_index.completion import Kind

blueprint = Blueprint("search", __name__)
blueprint.register_blueprint(shortlist.blueprint)

SUGGESTIONS = 7


@blueprint.get("/search")
@public
def results() -> ResponseReturnValue:
    """Search the directory, or show how to."""
    return page("search.html", view=view(_terms()), thanks="told" in request.args)


@blueprint.get("/search/results")
@public
def fragment() -> ResponseReturnValue:
    """Give what changes of the page while somebody types or chooses."""
    return page("search/found.html", view=view(_terms(), unfinished="typing" in request.args))


@blueprint.get("/search/suggestions")
@public
def suggestions() -> ResponseReturnValue:
    """Complete what is being typed: needs, services and organizations, in both languages."""
    typed = request.args.get("q", "")[:LONGEST_QUERY]
    shelf = edition()
    labels = {need.id: need.label for need in parts().vocabulary.needs.values()}
    labels |= {topic.id: topic.label for topic in topics().by_id.values()}
    return [
        {
            "text": one.text,
            "kind": one.kind,
            "also": labels[one.id].in_(language()) if one.kind is Kind.NEED else "",
        }
        for one in shelf.index.complete(typed, limit=SUGGESTIONS)
    ]


@blueprint.post("/search/missing")
@public
def missing() -> ResponseReturnValue:
    """Keep what was not found, for the curators: needs, place and language, and no words."""
    here = parts()
    need = request.form.get("need", "")
    place = request.form.get("place", "")
    with here.database.transaction() as tx:
        history.miss(
            tx,
            channel="search",
            language=language(),
            needs=[need] if need in here.vocabulary.needs else [],
            place=place if place in TOWNS else None,
            age=None,
            now=here.now(),
        )
    return redirect(url_for("search.results", told=1))


def _terms() -> Terms:
    return read(request.args, parts().vocabulary, edition().directory, VALUES)
