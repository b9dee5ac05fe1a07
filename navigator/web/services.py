"""The page of one service: everything that is known, with its sources and dates."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from navigator.web import rules
from navigator.web.cards import card
from navigator.web.frame import edition, language, page, parts, public

blueprint = Blueprint("services", __name__)
blueprint.register_blueprint(rules.blueprint)


@blueprint.get("/services/<service_id>")
@public
def show(service_id: str) -> ResponseReturnValue:
    """Show a service; one that is not published is not shown."""
    directory = edition().directory
    service = directory.services.get(service_id)
    if service is None:
        abort(404)
    shown = card(directory, service, language(), now=parts().now(), zone=parts().zone)
    behind = [
        (other.id, other.record.name.in_(language()))
        for other in directory
        if other.record.access.through == service_id
    ]
    return page("service.html", card=shown, record=service.record, behind=behind)
