"""The criteria of one service in plain words, with their sources, and a box to try them."""

from typing import Any

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from directory_data.directory import Service
from navigator.actions import interviewing
from navigator.actions.interviewing import BadAnswer
from navigator.domain.criteria import facts_of, trace
from navigator.domain.eligibility import Answer, judge
from navigator.web.frame import edition, language, page, parts, public
from navigator.web.frame import gettext as _
from navigator.web.kept_pages import kept_page

blueprint = Blueprint("rules", __name__, url_prefix="/services/<service_id>/rules")


@blueprint.get("")
@public
def show(service_id: str) -> ResponseReturnValue:
    """Show the criteria; who is served, and why we think so, is no secret."""
    return _page(_service(service_id), {}, tried=False)


@blueprint.post("")
@public
def attempt(service_id: str) -> ResponseReturnValue:
    """Judge the service for the answers that were typed; they are kept nowhere."""
    service = _service(service_id)
    answers, errors = _answers(service)
    return _page(service, answers, tried=not request.form.get("lang"), errors=errors)


def _service(service_id: str) -> Service:
    service = edition().directory.services.get(service_id)
    if service is None:
        abort(404)
    return service


def _answers(service: Service) -> tuple[dict[str, Answer], dict[str, str]]:
    answers: dict[str, Answer] = {}
    errors: dict[str, str] = {}
    for fact in facts_of(service.record):
        typed = request.form.get(f"a.{fact}", "").strip()
        if not typed:
            continue
        try:
            answers[fact] = interviewing.read(parts().vocabulary, fact, typed)
        except BadAnswer:
            errors[f"a-{fact}"] = _("Please write the age as a number, from 0 to 120.")
    return answers, errors


def _page(
    service: Service,
    answers: dict[str, Answer],
    *,
    tried: bool,
    errors: dict[str, str] | None = None,
) -> ResponseReturnValue:
    vocabulary, record = parts().vocabulary, service.record
    questions = [
        interviewing.word(vocabulary, fact, language(), for_other=True) for fact in facts_of(record)
    ]
    values: dict[str, Any] = {
        "service": service,
        "lines": trace(record, vocabulary, answers, language()),
        "questions": questions,
        "typed": request.form,
        "verdict": judge(record, answers).verdict if tried and not errors else None,
        "errors": errors or {},
        "edition_number": edition().directory.edition,
    }
    if request.method == "GET":
        return page("rules-service.html", **values)
    return kept_page("rules-service.html", 400 if errors else 200, **values)
