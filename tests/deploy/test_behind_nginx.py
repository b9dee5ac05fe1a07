"""The real nginx with our configuration, in front of pages and text line as separate processes."""

import http.client
import threading
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup

from tests.conftest import missing
from tests.servers import deployment, nginx
from tests.servers.deployment import Site, is_cut, slow_sockets
from tests.servers.nginx import DOMAIN

SLOW_SOCKETS = 200
THREADS = 6
"""Of each flood, each with one request after another."""

TEXTS = 25
CUT_WITHIN_SECONDS = 45
"""How long a slow socket is waited for: nginx cuts after 10 s of silence, a busy machine later."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    program = nginx.program()
    if program is None:
        missing("nginx")
    with deployment.running(program, tmp_path_factory.mktemp("instance")) as site:
        yield site


def test_pages_and_texts_go_through(site: Site) -> None:
    status, headers, body = site.ask("GET", "/")
    assert status == 200
    assert headers["strict-transport-security"] == "max-age=63072000"
    assert b"Find the right help" in body
    status, said = site.text("I need food", "+14165550101")
    assert (status, len(said)) == (200, 1)


def test_http_leads_to_https(site: Site) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.front.http, timeout=30)
    connection.request("GET", "/search?lang=fr", headers={"Host": DOMAIN})
    answer = connection.getresponse()
    assert answer.status == 301
    assert answer.getheader("Location") == f"https://{DOMAIN}/search?lang=fr"
    connection.close()


def test_each_process_answers_its_own_part_only(site: Site) -> None:
    for port, path in ((site.behind.web, "/sms/messages"), (site.behind.sms, "/find")):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("POST", path, "a=b")
        assert connection.getresponse().status in {400, 404}
        connection.close()


def test_what_is_too_long_is_told_so_in_both_languages(site: Site) -> None:
    status, _, body = site.ask("POST", "/find", {"words": "a" * 70_000})
    page = BeautifulSoup(body, "html.parser")
    assert status == 413
    assert page.h1 is not None
    assert "too long" in page.h1.text
    assert page.find(lang="fr") is not None
    assert "911" in page.text


def test_texts_are_answered_under_slow_sockets_and_floods(site: Site) -> None:
    pages, sign_ins = deployment.flood_of_pages(site), deployment.flood_of_sign_ins(site)
    with slow_sockets(site, SLOW_SOCKETS) as slow:
        with pages.running(THREADS) as shown, sign_ins.running(THREADS) as refused:
            told = [site.text("I need food", f"+1416555{4000 + n}") for n in range(TEXTS)]
        assert [status for status, _ in told] == [200] * TEXTS
        assert all(len(said) == 1 for _, said in told)
        assert set(shown) == {200}, "the pages answered meanwhile, too"
        assert set(refused) <= {403, 503}
        assert site.ask("GET", "/")[0] == 200
        assert all(is_cut(opened, seconds=CUT_WITHIN_SECONDS) for opened in slow)


def test_a_client_that_asks_too_much_is_told_to_wait(site: Site) -> None:
    statuses: list[int] = []

    def ask_often() -> None:
        for _ in range(60):
            status, _, body = site.ask("POST", "/sign-in", {"name": "x", "password": "y"})
            statuses.append(status)
            assert status != 429 or b"Too many requests" in body

    threads = [threading.Thread(target=ask_often) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 429 in statuses
    status, said = site.text("I need food", "+14165550199")
    assert (status, len(said)) == (200, 1), "no limit of the pages holds a text back"
