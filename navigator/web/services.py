"""The page of one service: everything that is known, with its sources and dates."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from navigator.web import rules
from navigator.web.frame import edition, language, page, parts, public
from navigator.web.search_cards import for_person
from navigator.web.search_person import read

blueprint = Blueprint("services", __name__)
blueprint.register_blueprint(rules.blueprint)


@blueprint.get("/services/<service_id>")
@public
def show(service_id: str) -> ResponseReturnValue:
    """Show a service, with the door for whom the address tells of; one not published is not."""
    directory = edition().directory
    service = directory.services.get(service_id)
    if service is None:
        abort(404)
    here = parts()
    person = read(request.args, here.vocabulary)
    shown = for_person(service, person, here.now().astimezone(here.zone))
    behind = [
        (other.id, other.record.name.in_(language()))
        for other in directory
        if other.record.access.through == service_id
    ]
    return page(
        "service.html",
        card=shown,
        record=service.record,
        behind=behind,
        person=person.words(here.vocabulary),
    )
