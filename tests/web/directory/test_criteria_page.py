"""The criteria of a service as people read them, and the box that tries them."""

import pytest
from flask.testing import FlaskClient

from directory_data.records import ServiceRecord
from directory_data.region import load_region
from navigator.container import Container
from navigator.domain.criteria_explanations import criterion_in_words, explain_criteria
from navigator.domain.eligibility import Verdict, judge
from tests.makers import make_container
from tests.web.html import page_of, press

GAP = "/services/bridging-the-gap"


@pytest.fixture(scope="module")
def container(tmp_path_factory: pytest.TempPathFactory) -> Container:
    return make_container(tmp_path_factory.mktemp("rules"))


def test_the_page_of_a_service_leads_to_its_rules(client: FlaskClient) -> None:
    assert f"{GAP}/rules" in page_of(client.get(GAP)).addresses


def test_every_rule_stands_there_in_words_with_its_source(client: FlaskClient) -> None:
    page = page_of(client.get(f"{GAP}/rules"))
    assert "only for a person who is 16 to 24" in page.text
    assert "age: from 16 to 24 years" in page.text
    assert "haltoncas.ca" in page.text
    french = page_of(client.get(f"{GAP}/rules?lang=fr"))
    assert "âge : de 16 à 24 ans" in french.text


def test_answers_give_a_verdict_and_what_every_rule_made_of_them(client: FlaskClient) -> None:
    page = page_of(client.get(f"{GAP}/rules"))
    fits = {"a.age": "17", "a.housing_status": "homeless", "a.municipality": "Milton"}
    assert "It fits" in press(client, page, "do", "try", **fits).text
    old = press(client, page, "do", "try", **{**fits, "a.age": "30"})
    assert "It does not fit" in old.text
    assert "Not met" in old.text
    some = press(client, page, "do", "try", **{"a.age": "17"})
    assert "It may fit" in some.text
    assert "it depends on: where the person lives" in some.text
    assert some.sent("a.age") == ["17"], "what was typed stays"


def test_an_age_that_is_none_is_said_and_stays(client: FlaskClient) -> None:
    page = page_of(client.get(f"{GAP}/rules"))
    wrong = press(client, page, "do", "try", **{"a.age": "old"})
    assert wrong.status == 400
    assert wrong.title.startswith("Problem: ")
    assert wrong.sent("a.age") == ["old"]


def test_answers_never_get_into_the_address(client: FlaskClient) -> None:
    assert page_of(client.get(f"{GAP}/rules?a.age=17")).sent("a.age") == [""]


def test_a_service_that_is_not_shown_has_no_page_of_rules(client: FlaskClient) -> None:
    assert client.get("/services/no-such-service/rules").status_code == 404


def test_every_page_of_rules_opens_and_says_every_rule(
    container: Container, client: FlaskClient
) -> None:
    directory = container.edition_store.edition(container.now()).directory
    for service in directory:
        page = page_of(client.get(f"/services/{service.id}/rules"))
        assert page.status == 200, service.id
        assert len(page.parts(".rules-lines > li")) == len(service.record.rules), service.id


def test_what_a_rule_asks_is_said_for_every_rule_of_the_directory(container: Container) -> None:
    directory = container.edition_store.edition(container.now()).directory
    for service in directory:
        for rule in service.record.rules:
            for language in ("en", "fr"):
                words = criterion_in_words(load_region().vocabulary, rule, language)
                assert words.strip(" :()"), (service.id, rule)
                assert "None" not in words


def test_the_trace_agrees_with_the_verdict(container: Container) -> None:
    directory = container.edition_store.edition(container.now()).directory
    for age in (9, 17, 30, 80):
        answers = {"age": age, "municipality": "Milton", "low_income": True}
        for service in directory:
            assert verdict_of(service.record, answers) is judge(service.record, answers).verdict


def verdict_of(record: ServiceRecord, answers: dict[str, bool | int | str]) -> Verdict:
    """Read the verdict off the trace alone."""
    found = {
        line.outcome
        for line in explain_criteria(record, load_region().vocabulary, answers, "en")
        if line.rule.strength != "prefers"
    }
    if "rule-unmet" in found:
        return Verdict.DOES_NOT_FIT
    return Verdict.MAY_FIT if "rule-open" in found else Verdict.FITS
