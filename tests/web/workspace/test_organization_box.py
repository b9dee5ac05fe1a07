"""The desk finds an organization by a part of its name, misspelt or not, without scripts."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from navigator.domain.roles import Role
from tests.makers import Clock, make_app, make_container, make_staff, sign_in
from tests.web.html import Page, page_of


@pytest.fixture
def desk(tmp_path: Path) -> FlaskClient:
    container = make_container(tmp_path, now=Clock())
    client = make_app(container).test_client()
    make_staff(container, "Robin", Role.NAVIGATOR)
    sign_in(client)
    return client


def offered(page: Page) -> list[str]:
    """List the organizations that a page offers."""
    return [found.text for found in page.parts("#organizations > li > a")]


def asked(desk: FlaskClient, name: str, **more: str) -> Page:
    """Ask for an organization."""
    return page_of(desk.get("/workspace", query_string={"organization": name, **more}))


def test_the_desk_asks_for_an_organization_and_offers_none_unasked(desk: FlaskClient) -> None:
    page = page_of(desk.get("/workspace"))
    label = page.part("label[for=organization]")
    assert label.text == "Name of the organization, or a part of it"
    assert offered(page) == []


def test_a_beginning_is_enough(desk: FlaskClient) -> None:
    page = asked(desk, "salv")
    assert any("Salvation Army" in name for name in offered(page))
    assert "Did you mean" not in page.text


@pytest.mark.parametrize("typed", ["salvaton army", "Halton Womans Plase", "bereavd familys"])
def test_a_misspelt_name_is_answered_with_what_may_be_meant(desk: FlaskClient, typed: str) -> None:
    page = asked(desk, typed)
    assert offered(page)
    assert "Did you mean" in page.text


def test_an_organization_is_listed_once_with_its_services(desk: FlaskClient) -> None:
    page = asked(desk, "children's aid")
    names = offered(page)
    assert len(names) == len(set(names))
    assert "Halton Children's Aid Society" in " ".join(names)
    assert "/services/halton-cas" in page.part("#organizations").addresses


def test_a_short_name_finds_its_organization(desk: FlaskClient) -> None:
    page = asked(desk, "CAS")
    assert "Halton Children's Aid Society" in offered(page)[0]
    assert "Did you mean" not in page.text


def test_what_nothing_is_called_leads_to_the_search(desk: FlaskClient) -> None:
    page = asked(desk, "zzzqqxx")
    assert offered(page) == []
    assert page.link("Search all services") == "/search?q=zzzqqxx"


def test_the_view_of_the_desk_stays(desk: FlaskClient) -> None:
    assert asked(desk, "salv", view="closed").sent("view") == ["closed"]


def test_it_speaks_french(desk: FlaskClient) -> None:
    assert "Vouliez-vous dire" in asked(desk, "bereavd familys", lang="fr").text
