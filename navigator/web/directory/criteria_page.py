"""The criteria of one service in plain words, with their sources, and a box to try them."""

from typing import Any

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from directory_data.directory import Service
from directory_data.vocabulary.loader import Vocabulary
from navigator.domain.criteria_explanations import explain_criteria, facts_of
from navigator.domain.eligibility import Answer, judge
from navigator.services.interview.answer_parsing import BadAnswer, parse_answer
from navigator.services.interview.question_wording import word_question
from navigator.web.base.cacheable_page import cacheable_page
from navigator.web.base.request_context import PageContext, page_context, public, render_page
from navigator.web.base.request_context import gettext as _

blueprint = Blueprint("rules", __name__, url_prefix="/services/<service_id>/rules")


@blueprint.get("")
@public
def show(service_id: str) -> ResponseReturnValue:
    """Show the criteria; who is served, and why we think so, is no secret."""
    context = page_context()
    return _page(_service(service_id, context), context, {}, tried=False)


@blueprint.post("")
@public
def attempt(service_id: str) -> ResponseReturnValue:
    """Judge the service for the answers that were typed; they are kept nowhere."""
    context = page_context()
    service = _service(service_id, context)
    answers, errors = _answers(service, request.form, context.vocabulary)
    return _page(service, context, answers, tried=not request.form.get("lang"), errors=errors)


def _service(service_id: str, context: PageContext) -> Service:
    service = context.directory.services.get(service_id)
    if service is None:
        abort(404)
    return service


def _answers(
    service: Service, sent: MultiDict[str, str], vocabulary: Vocabulary
) -> tuple[dict[str, Answer], dict[str, str]]:
    answers: dict[str, Answer] = {}
    errors: dict[str, str] = {}
    for fact in facts_of(service.record):
        typed = sent.get(f"a.{fact}", "").strip()
        if not typed:
            continue
        try:
            answers[fact] = parse_answer(vocabulary, fact, typed)
        except BadAnswer:
            errors[f"a-{fact}"] = _("Please write the age as a number, from 0 to 120.")
    return answers, errors


def _page(
    service: Service,
    context: PageContext,
    answers: dict[str, Answer],
    *,
    tried: bool,
    errors: dict[str, str] | None = None,
) -> ResponseReturnValue:
    vocabulary, language, record = context.vocabulary, context.language, service.record
    questions = [
        word_question(vocabulary, fact, language, for_other=True) for fact in facts_of(record)
    ]
    values: dict[str, Any] = {
        "service": service,
        "lines": explain_criteria(record, vocabulary, answers, language),
        "questions": questions,
        "typed": request.form,
        "verdict": judge(record, answers).verdict if tried and not errors else None,
        "errors": errors or {},
        "edition_number": context.directory.edition,
    }
    if request.method == "GET":
        return render_page("directory/criteria_page.html", **values)
    return cacheable_page("directory/criteria_page.html", 400 if errors else 200, **values)
