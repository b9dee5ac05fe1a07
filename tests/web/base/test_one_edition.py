"""A request sees one edition from beginning to end, whatever is published meanwhile."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from navigator.container import Container
from navigator.services.directory.edition_store import Edition
from tests.makers import make_app, models
from tests.services.search.small_records import search_context, service

SEARCH = "/search?q=food&list=food-bank"


class PublishingStore:
    """Publishes the next edition each time that somebody asks for the newest."""

    def __init__(self, *editions: Edition) -> None:
        self.editions = list(editions)
        self.asked = 0

    def edition(self, now: datetime) -> Edition:
        self.asked += 1
        return self.editions[min(self.asked, len(self.editions)) - 1]


def edition_with(folder: Path, name: str) -> Edition:
    """Make an edition with one service, which keeps its id whatever its name."""
    context = search_context(folder, [service(name, "food", id="food-bank")])
    return Edition(context.directory, models(), context.index)


def test_a_publish_in_the_midst_of_a_request_mixes_no_two_editions(
    container: Container, tmp_path: Path
) -> None:
    store = PublishingStore(
        edition_with(tmp_path / "first", "Food shelf"), edition_with(tmp_path / "next", "Pantry")
    )
    client = make_app(replace(container, edition_store=store)).test_client()
    page = client.get(SEARCH).text
    assert page.count("Food shelf") > 2, "in the list, on the shortlist and as text"
    assert "Pantry" not in page
    assert store.asked == 1
    page = client.get(SEARCH).text
    assert page.count("Pantry") > 2
    assert "Food shelf" not in page
