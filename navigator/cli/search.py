"""Search the directory from the terminal."""

from typing import Any

import click

from navigator.cli.context import access_point_json, open_container, region_or_exit
from navigator.cli.output import LANGUAGE, exit_with_error, print_json
from navigator.domain.service_contacts import phone_number_text, shortest_contact, sourced_phones
from navigator.services.search.search_pipeline import find_services
from navigator.services.search.search_request import SearchContext, SearchRequest
from navigator.services.search.search_results import SearchResults


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--lang", type=LANGUAGE, default="en")
@click.option("--place", default=None, help="A town, such as Acton.")
@click.option("--need", default=None, help="A need's id, such as shelter.")
@click.option("--age", type=click.IntRange(0, 120), default=None, help="The person's age.")
@click.option("--exactly", is_flag=True, help="Correct nothing.")
@click.option("--limit", type=click.IntRange(1, 100), default=10)
@click.option("--json", "as_json", is_flag=True)
def search(
    words: tuple[str, ...],
    lang: str,
    place: str | None,
    need: str | None,
    age: int | None,
    limit: int,
    exactly: bool,  # noqa: FBT001 - a flag is what it is
    as_json: bool,  # noqa: FBT001 - a flag is what it is
) -> None:
    """Search the directory."""
    vocabulary = region_or_exit().vocabulary
    where = vocabulary.place_named(place) if place else None
    if place and where is None:
        exit_with_error(f"{place} is not a place that is known here")
    if need and need not in vocabulary.needs:
        exit_with_error(f"{need} is not a need of the common language")
    with open_container() as container:
        edition = container.edition_store.edition(container.now())
        request = SearchRequest(
            " ".join(words), place=where, need=need, age=age, verbatim=exactly, limit=limit
        )
        moment = container.now().astimezone(container.zone)
        context = SearchContext(
            edition.directory, edition.index, edition.guide.lexicon, lang, moment
        )
        found = find_services(request, context)
        if as_json:
            print_json(_results_json(found, request, edition.directory.edition, lang))
            return
        _print_results(found, lang)


def _print_results(found: SearchResults, language: str) -> None:
    if found.corrected:
        click.echo(f"Showing results for: {found.corrected}")
    for result in found.results:
        name = result.service.record.name.in_(language)
        contact = shortest_contact(result.access_point or result.service)
        click.echo(f"{name} | {contact} | {result.service.id}")
        click.echo(f"    {'; '.join(result.reasons)}")


def _results_json(
    found: SearchResults, request: SearchRequest, edition: int, language: str
) -> dict[str, Any]:
    query = found.query
    return {
        "query": request.words,
        "corrected": found.corrected,
        "needs": list(query.needs.ids),
        "place": query.place.id if query.place else None,
        "facts": dict(query.person.facts),
        "total": found.total,
        "edition": edition,
        "results": [
            {
                "id": result.service.id,
                "name": result.service.record.name.in_(language),
                "organization": result.service.organization.name.in_(language),
                "score": result.score,
                "why": list(result.reasons),
                "verdict": result.verdict,
                "door": access_point_json(result.access_point, language),
                "phones": [
                    {
                        "number": phone_number_text(phone),
                        "kind": phone.kind,
                        "note": phone.note.in_(language) if phone.note else None,
                    }
                    for phone in sourced_phones(result.service)
                ],
                "checked_on": str(day) if (day := result.service.record.checked_on) else None,
            }
            for result in found.results
        ],
    }
