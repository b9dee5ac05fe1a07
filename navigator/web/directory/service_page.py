"""The page of one service: everything that is known, with its sources and dates."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from navigator.web.base.request_context import page_context, public, render_page
from navigator.web.directory import criteria_page
from navigator.web.directory.person_in_url import read_person
from navigator.web.directory.service_card import personal_service_card

blueprint = Blueprint("services", __name__)
blueprint.register_blueprint(criteria_page.blueprint)


@blueprint.get("/services/<service_id>")
@public
def show(service_id: str) -> ResponseReturnValue:
    """Show a service, with the door for whom the address tells of; one not published is not."""
    context = page_context()
    service = context.directory.services.get(service_id)
    if service is None:
        abort(404)
    person = read_person(request.args, context.vocabulary)
    access_point_of = [
        (other.id, other.record.name.in_(context.language))
        for other in context.directory
        if other.record.access.through == service_id
    ]
    return render_page(
        "directory/service_page.html",
        card=personal_service_card(service, person, context),
        record=service.record,
        access_point_of=access_point_of,
        person=person.words(context.vocabulary, context.language),
    )
