"""The page of one service: everything that is known, with its sources and dates."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from navigator.web.base.request_context import (
    container,
    current_edition,
    language,
    public,
    render_page,
)
from navigator.web.directory import criteria_page
from navigator.web.directory.person_in_address import read_person
from navigator.web.directory.personal_card import personal_service_card

blueprint = Blueprint("services", __name__)
blueprint.register_blueprint(criteria_page.blueprint)


@blueprint.get("/services/<service_id>")
@public
def show(service_id: str) -> ResponseReturnValue:
    """Show a service, with the door for whom the address tells of; one not published is not."""
    directory = current_edition().directory
    service = directory.services.get(service_id)
    if service is None:
        abort(404)
    here = container()
    person = read_person(request.args, here.vocabulary)
    shown = personal_service_card(service, person, here.now().astimezone(here.zone))
    behind = [
        (other.id, other.record.name.in_(language()))
        for other in directory
        if other.record.access.through == service_id
    ]
    return render_page(
        "directory/service_page.html",
        card=shown,
        record=service.record,
        behind=behind,
        person=person.words(here.vocabulary),
    )
