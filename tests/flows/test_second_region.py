"""A second region is a second folder: places, lists, cards, hours and pages are its own."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from navigator.cli.main import commands
from navigator.container import Container
from navigator.domain.matching import first_shown, match_services
from navigator.nlp.needs.pipeline import understand
from navigator.services.search.search_pipeline import find_services
from navigator.services.search.search_request import SearchContext, SearchRequest
from navigator.storage import outbox
from tests.makers import Clock, make_app, make_container, models, text
from tests.web.html import page_of

NUMBER = "+14165550101"


@pytest.fixture
def container(tmp_path: Path, clock: Clock) -> Container:
    return make_container(tmp_path, now=clock, region="example")


def run(home: Path, *words: str) -> Result:
    """Run a command on an instance."""
    return CliRunner().invoke(commands, words, env={**os.environ, "NAVIGATOR_HOME": str(home)})


# ---------------------------------------------------------------- what is understood and found


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("I live in Mockville", "Mockville"),
        ("i am in lower fauxford and need food", "Fauxford"),
        ("j'habite à Fauxford", "Fauxford"),
        ("food Z1B", "Mockville"),
    ],
)
def test_places_of_the_region_are_understood(said: str, place: str) -> None:
    heard = understand(said, lexicon=models("example").needs_lexicon())
    assert heard.facts["municipality"] == place
    assert "municipality" not in understand(said, lexicon=models().needs_lexicon()).facts


def test_places_of_another_region_lie_elsewhere() -> None:
    heard = understand("I live in Oakville", lexicon=models("example").needs_lexicon())
    assert heard.facts.get("municipality") in {None, "elsewhere"}


def test_a_search_finds_the_services_and_towns_of_the_region(container: Container) -> None:
    edition = container.edition_store.edition(container.now())
    context = SearchContext(edition.directory, edition.index, edition.guide.lexicon, "en")

    def found(words: str) -> list[str]:
        results = find_services(SearchRequest(words), context).results
        return [result.service.id for result in results]

    assert found("fod bank fauxfrod")[0] == "fauxford-food-bank"
    assert found("EHD")[0] == "exampleton-housing-desk"
    assert found("soup kitchen")[0] == "fauxford-food-bank"
    assert found("counselling 16 mockville")[0] == "example-youth-counselling"


def test_a_person_is_led_to_the_door_that_takes_them(container: Container) -> None:
    directory = container.edition_store.edition(container.now()).directory
    answers = {"age": 15, "municipality": "Mockville"}
    listed = first_shown(match_services(directory, ["shelter"], {**answers, "age": 20}))
    ways_in = {match.service.id: match.contact.id for match in listed}
    assert ways_in["example-youth-home"] == "exampleton-housing-desk"
    young = match_services(directory, ["counselling"], answers)
    assert young[0].service.id == "example-youth-counselling"


# ---------------------------------------------------------------- what is said


def test_the_text_line_speaks_of_its_own_region(container: Container) -> None:
    client = make_app(container).test_client()
    assert "for help in Exampleton" in text(client, "hello")
    assert "Exampleton County" in text(client, "info")
    menu = text(client, "no idea")
    numbers = [line[0] for line in menu.splitlines() if line[:1].isdecimal()]
    assert numbers == ["1", "2", "3", "4", "5"], "four needs, and more of them"


def test_a_card_names_the_lines_of_the_region(container: Container) -> None:
    client = make_app(container).test_client()
    page = client.post("/find", data={"at": "start", "do": "next", "words": "my husband hits me"})
    shown = page_of(page).text
    assert "Example Safe House Call 555-555-0107" in shown
    assert "Halton" not in shown
    text(client, "my husband hits me", sender=NUMBER)
    with container.database.unit_of_work() as uow:
        (card,) = outbox.list_to_number(uow, NUMBER)
    assert "A safe place in Exampleton: Example Safe House 555-555-0107" in card.body


def test_pages_name_the_region_and_nothing_of_another(container: Container) -> None:
    client: FlaskClient = make_app(container).test_client()
    for address in ("/", "/find", "/search", "/search?q=food", "/?lang=fr", "/search?q=zzzz"):
        shown = client.get(address).text
        assert "Exampleton" in shown, address
        assert "Halton" not in shown, address


def test_the_desk_has_the_hours_and_the_clock_of_its_region(container: Container) -> None:
    thursday_15_30 = datetime(2026, 11, 26, 19, 30, tzinfo=UTC)
    assert container.zone.key == "America/Halifax"
    assert container.desk_schedule.is_open(thursday_15_30, container.zone)
    friday = datetime(2026, 11, 27, 16, 0, tzinfo=UTC)
    assert not container.desk_schedule.is_open(friday, container.zone)


# ---------------------------------------------------------------- an instance and its region


def test_an_instance_is_set_up_with_a_region_and_keeps_it(tmp_path: Path) -> None:
    home = tmp_path / "instance"
    made = run(home, "init", "--region", "example")
    assert made.exit_code == 0, made.output
    assert "Choosing the region example" in made.output
    assert run(home, "init").exit_code == 0
    assert "region: example" in run(home, "doctor").output
    assert '"id": "fauxford-food-bank"' in run(home, "directory", "list", "--json").output
    assert run(home, "directory", "check").output == "10 records, 0 problems\n"
    understood = run(home, "understand", "I live in Mockville", "--json").output
    assert '"municipality": "Mockville"' in understood
    refused = run(home, "init", "--region", "halton")
    assert refused.exit_code == 2
    assert "is for the region example, and stays so" in refused.output


def test_an_instance_that_names_no_region_is_for_halton(tmp_path: Path) -> None:
    make_container(tmp_path)
    assert not (tmp_path / "region").exists()
    assert "region: halton" in run(tmp_path, "doctor").output
    assert run(tmp_path, "init", "--region", "halton").exit_code == 0
    refused = run(tmp_path, "init", "--region", "example")
    assert refused.exit_code == 2
    assert "is for the region halton, and stays so" in refused.output


def test_a_region_without_data_sets_nothing_up(tmp_path: Path) -> None:
    home = tmp_path / "instance"
    refused = run(home, "init", "--region", "atlantis")
    assert refused.exit_code == 2
    assert "there is no region atlantis; there are: " in refused.output
    assert not home.exists()


def test_an_instance_whose_region_is_gone_says_so(tmp_path: Path) -> None:
    make_container(tmp_path)
    (tmp_path / "region").write_text("atlantis\n", encoding="utf-8")
    for command in (["directory", "list"], ["understand", "food"], ["directory", "check"]):
        failed = run(tmp_path, *command)
        assert failed.exit_code == 2, failed.output
        assert "there is no region atlantis" in failed.output
    assert "MEND region: there is no region atlantis" in run(tmp_path, "doctor").output
