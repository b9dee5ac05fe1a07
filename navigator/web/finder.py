"""The interview as a web form: one question a page, no JavaScript, nothing stored."""

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from navigator.actions import interviewing
from navigator.actions.asking import WebRequest, ask_from_web, recipient_of, web_consent
from navigator.actions.hearing import danger_card
from navigator.actions.interviewing import BadAnswer
from navigator.actions.listing import can_refer_service
from navigator.domain import safety
from navigator.domain.conversation import SafeContact
from navigator.domain.describing import answer_words, reasons
from navigator.domain.eligibility import DECLINED, Verdict
from navigator.domain.interview import CAP, FIRST_LIST_AFTER
from navigator.domain.matching import SHOWN, widest_doors
from navigator.domain.understanding import understand
from navigator.storage import history
from navigator.web.cards import card
from navigator.web.frame import edition, language, page, parts, public
from navigator.web.frame import gettext as _
from navigator.web.interview_form import Form, read_form
from navigator.wording.dates import day
from sms.numbers import e164

blueprint = Blueprint("finder", __name__, url_prefix="/find")


@blueprint.get("")
@public
def start() -> ResponseReturnValue:
    """Ask what is needed, in own words or from a list."""
    return _first_page(Form())


@blueprint.post("")
@public
def step() -> ResponseReturnValue:
    """Take one step of the interview."""
    form = read_form(request.form, parts().vocabulary)
    if request.form.get("lang"):
        return _where_it_stands(form)
    return _STEPS.get(request.form.get("do", ""), _next)(form)


@blueprint.post("/contact")
@public
def contact() -> ResponseReturnValue:
    """Ask how to reach the person, and read back who gets what."""
    return _contact_page(read_form(request.form, parts().vocabulary), errors={})


@blueprint.post("/contact/send")
@public
def send() -> ResponseReturnValue:
    """Make the referral, when the person agreed."""
    form = read_form(request.form, parts().vocabulary)
    if request.form.get("lang") or request.form.get("do") == "list":
        return _contact_page(form, errors={}) if request.form.get("lang") else _list(form)
    name = " ".join(request.form.get("name", "").split())[:40]
    number = e164(request.form.get("number", ""))
    errors = {}
    if not name:
        errors["name"] = _("Please write a first name. Any name is fine.")
    if number is None:
        errors["number"] = _("Please write a phone number with area code, such as 905-555-0100.")
    if request.form.get("safe_contact") not in set(SafeContact):
        errors["safe_contact"] = _("Please choose how it is safe to reach you.")
    service = edition().directory.services.get(request.form.get("service", ""))
    if errors or service is None or number is None:
        return _contact_page(form, errors=errors)
    wanted = WebRequest(
        name=name,
        number=number,
        safe_contact=SafeContact(request.form["safe_contact"]),
        language=language(),
        service=service,
        words=form.words,
        needs=form.needs or service.record.needs[:1],
        answers=form.answers,
        for_other=form.for_other,
    )
    here = parts()
    with here.database.transaction() as tx:
        made = ask_from_web(tx, here.vault, edition().guide, wanted, now=here.now(), zone=here.zone)
    if made is None:
        errors["number"] = _("We have requests from this number already. Please call 211.")
        return _contact_page(form, errors=errors)
    due = day(made.due_at or here.now(), language(), here.zone)
    return page("find/sent.html", code=made.code, due=due)


def _first_page(form: Form, *, error: str = "") -> ResponseReturnValue:
    areas: dict[str, list[str]] = {}
    for need in parts().vocabulary.needs.values():
        if need.id in edition().directory.by_need:
            areas.setdefault(need.area, []).append(need.id)
    return page("find/start.html", form=form, areas=areas, error=error)


def _next(form: Form) -> ResponseReturnValue:
    """Take the answer on the page, then ask the next question or show the list."""
    fact = request.form.get("fact")
    if fact is not None:
        value = request.form.get("value", "").strip()
        try:
            form = form.with_answer(fact, interviewing.read(parts().vocabulary, fact, value))
        except BadAnswer:
            return _question(form, fact, error=_("Please choose an answer, or skip."))
    elif request.form.get("first"):
        return _take_words(form)
    return _go_on(form)


def _take_words(form: Form) -> ResponseReturnValue:
    words = form.words.strip()
    danger = safety.check(words, parts().danger)
    heard = understand(words, lexicon=edition().guide.lexicon, hint=language()) if words else None
    if heard is not None:
        needs = form.needs or tuple(need for need, _score in heard.needs[:3])
        form = replace(
            form,
            needs=needs,
            answers={**heard.facts, **form.answers},
            for_other=form.for_other or heard.for_other,
        )
    if danger.level is not safety.Level.NONE:
        return _danger_page(form, danger)
    if not form.needs:
        error = _("Please tell us what you need, or choose from the list.")
        return _first_page(form, error=error)
    return _go_on(form)


def _danger_page(form: Form, danger: safety.Danger) -> ResponseReturnValue:
    directory = edition().directory

    words = danger_card(danger, directory, form.answers, language())
    lines = [_card(key) for key in words.service_ids if key in directory.services]
    return page("find/danger.html", form=form, level=danger.level, lines=lines)


def _go_on(form: Form) -> ResponseReturnValue:
    if not form.needs:
        return _first_page(form)
    guide = edition().guide
    standing = interviewing.stand(guide.directory, guide.vocabulary, form.needs, form.answers)
    first_list = len(form.asked) == FIRST_LIST_AFTER and request.form.get("do") != "more"
    if standing.question is None or first_list or len(form.asked) >= CAP:
        return _list(form)
    return _question(form, standing.question)


def _question(form: Form, fact: str, *, error: str = "", chosen: str = "") -> ResponseReturnValue:
    question = interviewing.word(parts().vocabulary, fact, language(), for_other=form.for_other)
    left = max(FIRST_LIST_AFTER, len(form.asked) + 1)
    return page(
        "find/question.html",
        form=form,
        question=question,
        number=len(form.asked) + 1,
        most=min(left if left <= FIRST_LIST_AFTER else CAP, CAP),
        error=error,
        chosen=chosen,
    )


def _back(form: Form) -> ResponseReturnValue:
    """Go one question back; the answer given there stays chosen."""
    if not form.asked:
        return _first_page(form)
    fact = form.asked[-1]
    answer = dict(form.hidden()).get(f"a.{fact}", "")
    return _question(form.without(fact), fact, chosen=answer)


def _skip(form: Form) -> ResponseReturnValue:
    fact = request.form.get("fact", "")
    if fact in parts().vocabulary.facts:
        form = form.with_answer(fact, DECLINED)
    return _go_on(form)


def _change(form: Form) -> ResponseReturnValue:
    """Ask one question of the summary again."""
    fact = request.form.get("change", "")
    if fact not in parts().vocabulary.facts:
        return _list(form)
    answer = dict(form.hidden()).get(f"a.{fact}", "")
    return _question(form.without(fact), fact, chosen=answer)


def _restart(_form: Form) -> ResponseReturnValue:
    return _first_page(Form())


def _list(form: Form) -> ResponseReturnValue:
    guide = edition().guide
    standing = interviewing.stand(guide.directory, guide.vocabulary, form.needs, form.answers)
    alive = [m for m in standing.matches if m.verdict is not Verdict.DOES_NOT_FIT][:SHOWN]
    groups = {
        verdict: [
            (_card(m.service.id), reasons(m, guide.vocabulary, language()))
            for m in alive
            if m.verdict is verdict
        ]
        for verdict in (Verdict.FITS, Verdict.MAY_FIT)
    }
    if not alive:
        _note_miss(form)
    summary = [
        (fact, answer_words(guide.vocabulary, fact, answer, language(), for_other=form.for_other))
        for fact, answer in form.answers.items()
    ]
    return page(
        "find/list.html",
        form=form,
        fits=groups[Verdict.FITS],
        may_fit=groups[Verdict.MAY_FIT],
        widest=[_card(service.id) for service in widest_doors(guide.directory)],
        more=standing.question is not None and len(form.asked) < CAP,
        summary_rows=summary,
        can_refer={m.service.id for m in alive if can_refer_service(guide.directory, m.service)},
    )


def _note_miss(form: Form) -> None:
    here = parts()
    place, age = form.answers.get("municipality"), form.answers.get("age")
    with here.database.transaction() as tx:
        history.miss(
            tx,
            channel="web",
            language=language(),
            needs=form.needs,
            place=str(place) if place else None,
            age=age if isinstance(age, int) else None,
            now=here.now(),
        )


def _contact_page(form: Form, *, errors: dict[str, str]) -> ResponseReturnValue:
    service = edition().directory.services.get(request.form.get("service", ""))
    if service is None:
        return _list(form)
    need = (form.needs or service.record.needs)[0]
    return page(
        "find/contact.html",
        400 if errors else 200,
        form=form,
        service=_card(service.id),
        recipient=recipient_of(edition().directory, service).organization.name.in_(language()),
        consent=web_consent(edition().guide, service, need, language()),
        errors=errors,
        typed=request.form,
    )


def _where_it_stands(form: Form) -> ResponseReturnValue:
    """Show the same page again, in the language that was just chosen."""
    fact = request.form.get("fact")
    if request.form.get("first"):
        return _first_page(form)
    if fact in parts().vocabulary.facts:
        return _question(form, str(fact), chosen=request.form.get("value", ""))
    return _list(form) if form.needs else _first_page(form)


def _card(service_id: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    directory = edition().directory
    return card(
        directory, directory.services[service_id], language(), now=parts().now(), zone=parts().zone
    )


_STEPS: dict[str, Callable[[Form], ResponseReturnValue]] = {
    "next": _next,
    "back": _back,
    "skip": _skip,
    "list": _list,
    "more": _go_on,
    "change": _change,
    "restart": _restart,
}
