"""The search page for workers: words, a place and a need; results that say why they are there."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from navigator.actions import finding
from navigator.domain.matching import widest_doors
from navigator.web.cards import card
from navigator.web.frame import edition, language, page, parts, public

blueprint = Blueprint("search", __name__)

LIMIT = 20
LONGEST_QUERY = 200
TOWNS = ("burlington", "oakville", "milton", "halton-hills", "georgetown", "acton")


@blueprint.get("/search")
@public
def results() -> ResponseReturnValue:
    """Search the directory, or show how to."""
    words = request.args.get("q", "")[:LONGEST_QUERY]
    vocabulary, shelf, here = parts().vocabulary, edition(), parts()
    place = vocabulary.places.get(request.args.get("place", ""))
    need = request.args.get("need", "")
    need = need if need in vocabulary.needs else ""
    found = None
    shown = []
    if words.strip() or need:
        found = finding.search(
            shelf.index,
            shelf.directory,
            vocabulary,
            words,
            language=language(),
            place=place,
            need=need or None,
            limit=LIMIT,
        )
        shown = [
            (
                card(shelf.directory, one.service, language(), now=here.now(), zone=here.zone),
                one.why,
            )
            for one in found.results
        ]
    return page(
        "search.html",
        words=words,
        place=place.id if place else "",
        need=need,
        towns=[vocabulary.places[town] for town in TOWNS],
        needs=[vocabulary.needs[n] for n in vocabulary.needs if n in shelf.directory.by_need],
        found=found,
        shown=shown,
        widest=[
            card(shelf.directory, door, language(), now=here.now(), zone=here.zone)
            for door in widest_doors(shelf.directory)
        ],
    )
