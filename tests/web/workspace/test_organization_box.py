"""The desk finds an organization by a part of its name, misspelt or not, without scripts."""

import re
from html import unescape

import pytest

from navigator.domain.roles import Role
from tests.makers import Clock, make_app, make_container, make_staff, sign_in


@pytest.fixture
def desk(tmp_path):
    container = make_container(tmp_path, now=Clock())
    client = make_app(container).test_client()
    make_staff(container, "Robin", Role.NAVIGATOR)
    sign_in(client)
    return client


def offered(answer):
    """List the organizations that a page offers."""
    listed = answer.text.partition('<ul id="organizations">')[2]
    return [
        unescape(one) for one in re.findall(r'<li><a href="/search\?q=[^"]*">([^<]+)</a>', listed)
    ]


def asked(desk, name, **more):
    return desk.get("/workspace", query_string={"organization": name, **more})


def test_the_desk_asks_for_an_organization_and_offers_none_unasked(desk):
    answer = desk.get("/workspace")
    assert '<label class="form-label" for="organization">' in answer.text
    assert offered(answer) == []


def test_a_beginning_is_enough(desk):
    answer = asked(desk, "salv")
    assert any("Salvation Army" in name for name in offered(answer))
    assert "Did you mean" not in answer.text


@pytest.mark.parametrize("typed", ["salvaton army", "Halton Womans Plase", "bereavd familys"])
def test_a_misspelt_name_is_answered_with_what_may_be_meant(desk, typed):
    answer = asked(desk, typed)
    assert offered(answer)
    assert "Did you mean" in answer.text


def test_an_organization_is_listed_once_with_its_services(desk):
    answer = asked(desk, "children's aid")
    names = offered(answer)
    assert len(names) == len(set(names))
    assert "Halton Children's Aid Society" in " ".join(names)
    assert 'href="/services/halton-cas"' in answer.text


def test_a_short_name_finds_its_organization(desk):
    answer = asked(desk, "CAS")
    assert "Halton Children's Aid Society" in offered(answer)[0]
    assert "Did you mean" not in answer.text


def test_what_nothing_is_called_leads_to_the_search(desk):
    answer = asked(desk, "zzzqqxx")
    assert offered(answer) == []
    assert 'href="/search?q=zzzqqxx"' in answer.text


def test_the_view_of_the_desk_stays(desk):
    answer = asked(desk, "salv", view="closed")
    assert 'type="hidden" name="view" value="closed"' in answer.text


def test_it_speaks_french(desk):
    answer = asked(desk, "bereavd familys", lang="fr")
    assert "Vouliez-vous dire" in answer.text
