"""A place by text: its door for this person, its hours now, who answers meanwhile, what to say."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient

from directory_data.opening_hours import OpeningHours
from navigator.container import Container
from navigator.domain.access_point_selection import AccessPoint, access_point_for
from navigator.domain.conversation_state import DialogueMemory, KnownPerson, ShowingService
from navigator.domain.service_contacts import shortest_contact
from navigator.services.dialogue.dialogue_turn import DialogueContext
from navigator.services.dialogue.opening_hours_text import (
    alternative_line,
    opening_hours_line,
)
from navigator.services.dialogue.service_detail import show_detail
from sms.segments import Encoding, measure, to_gsm7
from tests.makers import Clock, make_app, make_container, text

ZONE = ZoneInfo("America/Toronto")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZONE)
NIGHT = datetime(2026, 11, 21, 23, 30, tzinfo=ZONE)
PEOPLE = ((15, "Milton"), (40, "Burlington"), (80, "Oakville"))


@pytest.fixture(scope="module")
def container(tmp_path_factory: pytest.TempPathFactory) -> Container:
    return make_container(tmp_path_factory.mktemp("places"))


@pytest.fixture(scope="module")
def guide(container: Container) -> DialogueContext:
    return container.edition_store.edition(container.now()).guide


def everything(guide: DialogueContext) -> Iterator[ShowingService]:
    """Give every place of every list of some people, as chosen."""
    for need in guide.vocabulary.needs:
        for age, town in PEOPLE:
            person = KnownPerson((need,), {"age": age, "municipality": town})
            for option in guide.options(person):
                yield ShowingService(DialogueMemory(person), chosen=option.key)


@pytest.mark.parametrize("moment", [NOON, NIGHT])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_place_fits_two_segments_at_any_hour(
    guide: DialogueContext, moment: datetime, language: str
) -> None:
    here = replace(guide, moment=moment)
    shown = [show_detail(here, state, state.chosen, language).reply for state in everything(here)]
    assert len(shown) > 500
    assert [body for body in shown if measure(body).segments > 2] == []
    assert [body for body in shown if measure(body).encoding is not Encoding.GSM7] == []


@pytest.mark.parametrize("moment", [NOON, NIGHT])
def test_a_text_tells_the_door_that_the_web_tells(guide: DialogueContext, moment: datetime) -> None:
    here, told = replace(guide, moment=moment), 0
    for state in everything(here):
        service = here.directory.services[state.chosen]
        door = access_point_for(here.directory, service, state.person.answers, moment)
        reply = show_detail(here, state, state.chosen, "en").reply
        told += door.open_now is not None
        assert ("Open now, till" in reply or "Open day" in reply) == (door.open_now is True)
        assert ("Closed now" in reply) == (door.open_now is False), reply
        if door.open_now is False:
            assert door.instead is not None
            other = f"Open now: {door.instead.record.brief('en')} {shortest_contact(door.instead)}"
            assert to_gsm7(other) in reply
    assert told > 100


def a_door(guide: DialogueContext, hours: OpeningHours, moment: datetime) -> AccessPoint:
    """Give the door to a place that has these hours."""
    service = guide.directory.services["fare-share-oakville"]
    record = service.record.model_copy(update={"hours": hours})
    opening = hours.next_opening(moment)
    return AccessPoint(
        service=replace(service, record=record),
        leads_to=service,
        open_now=hours.open_at(moment),
        next_opening=None if hours.open_at(moment) else opening,
        say=None,
        bring=(),
        instead=guide.directory.services["211-ontario"],
    )


@pytest.mark.parametrize(
    ("weekly", "moment", "en", "fr"),
    [
        ({"mon": (("08:30", "16:30"),)}, NOON, "Open now, till 4:30 pm.", "jusqu'à 16 h 30."),
        ({"mon": (("09:00", "12:00"),)}, NOON, "opens Mon 9 am.", "ouvre lun. à 9 h."),
        ({"mon": (("13:00", "15:00"),)}, NOON, "opens today 1 pm.", "ouvre ce jour à 13 h."),
        ({"tue": (("08:30", "12:00"),)}, NOON, "opens tomorrow 8:30 am.", "ouvre demain à 8 h 30."),
        ({"wed": (("10:00", "12:00"),)}, NOON, "opens Wed 10 am.", "ouvre mer. à 10 h."),
        (
            {"sat": (("20:00", "24:00"),), "sun": (("00:00", "02:00"),)},
            NIGHT,
            "Open now, till 2 am.",
            "jusqu'à 2 h.",
        ),
        ({"sat": (("20:00", "24:00"),)}, NIGHT, "Open now, till midnight.", "jusqu'à minuit."),
    ],
)
def test_hours_are_told_as_people_say_them(
    guide: DialogueContext, weekly: dict[str, object], moment: datetime, en: str, fr: str
) -> None:
    door = a_door(guide, OpeningHours.model_validate({"weekly": weekly}), moment)
    assert en in opening_hours_line(door, moment, "en")
    assert fr in opening_hours_line(door, moment, "fr")


def test_somebody_else_is_named_only_while_the_door_is_closed(guide: DialogueContext) -> None:
    closed = a_door(
        guide, OpeningHours.model_validate({"weekly": {"mon": (("13:00", "15:00"),)}}), NOON
    )
    assert alternative_line(closed, "en") == "Open now: 211 Ontario 211."
    assert alternative_line(replace(closed, open_now=True), "en") == ""
    assert alternative_line(replace(closed, open_now=None), "en") == ""


@pytest.fixture
def client(tmp_path: Path, clock: Clock) -> FlaskClient:
    return make_app(make_container(tmp_path, now=clock)).test_client()


def first_place(client: FlaskClient) -> str:
    return [text(client, body) for body in ("food in Oakville, I am 40", "0", "2", "2")][-1]


def test_the_hours_of_a_place_are_those_of_the_moment(client: FlaskClient, clock: Clock) -> None:
    by_day = first_place(client)
    assert "Closed now, opens tomorrow" in by_day or "Open now, till" in by_day, by_day
    clock.forward(hours=24)
    text(client, "menu")
    assert by_day.splitlines()[1] != first_place(client).splitlines()[1]


def test_a_place_without_another_door_tells_where_to_go(client: FlaskClient) -> None:
    for body in ("food in Milton, I am 40", "0", "2"):
        said = text(client, body)
    assert "1 Salvation Army" in said
    assert "820 Nipissing Road, Milton." in text(client, "1")


@pytest.mark.parametrize("body", ["the second one", "second", "le deuxième"])
def test_the_second_one_of_a_list_is_a_place_and_two_a_choice(
    client: FlaskClient, body: str
) -> None:
    shown = [text(client, body) for body in ("food in Milton, I am 40", "0")][-1]
    second = shown.splitlines()[2].removeprefix("- ").split(",")[0]
    assert text(client, body).startswith(second)
    text(client, "list")
    assert text(client, "2").startswith("Which one?")


@pytest.mark.parametrize("body", ["are they open now?", "what is the address", "c'est gratuit ou?"])
def test_whoever_asks_about_the_places_is_asked_which(client: FlaskClient, body: str) -> None:
    for before in ("food in Milton, I am 40", "0"):
        text(client, before)
    assert text(client, body).startswith("Which one?")
