"""Every broken rule is reported with file and field, and bad data can't be loaded."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from directory_data.record_checks import check_folder
from directory_data.region import load_region
from navigator.services.directory import publish_edition
from navigator.storage import editions
from tests.makers import MONDAY_NOON, make_container

PUBLISHED = "211-ontario"


def problems(tmp_path: Path, change: Any) -> list[tuple[str, str]]:
    """Change one good record and give what is wrong with it then."""
    content = yaml.safe_load(
        (load_region().organizations_folder / f"{PUBLISHED}.yaml").read_text(encoding="utf-8")
    )
    change(content, content["services"][0])
    (tmp_path / f"{PUBLISHED}.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    checked = check_folder(tmp_path, load_region().vocabulary)
    assert all(problem.file == f"{PUBLISHED}.yaml" for problem in checked.problems)
    return [(problem.field, problem.problem) for problem in checked.problems]


def no_source(_: Any, service: Any) -> None:
    service["phones"][0]["source"] = None


def no_door(_: Any, service: Any) -> None:
    service["access"]["through"] = "nowhere"


def no_french(_: Any, service: Any) -> None:
    service["description"]["fr"] = "  "


def no_need(_: Any, service: Any) -> None:
    service["needs"].append("happiness")


def secret_address(_: Any, service: Any) -> None:
    service["confidential_location"] = True
    service["places"] = [{"street": "1 Main Street", "city": "Milton"}]


def wrong_rule(_: Any, service: Any) -> None:
    words = {"en": "x", "fr": "x"}
    rule = {"fact": "age", "op": "is", "value": True, "strength": "requires", "words": words}
    service["rules"] = [{**rule, "source": 99}]


def wrong_hours(_: Any, service: Any) -> None:
    service["hours"] = {"weekly": {"mon": [["16:00", "09:00"]]}}


def doubtful(_: Any, service: Any) -> None:
    service["status"] = "doubtful"


def long_name(_: Any, service: Any) -> None:
    service["name"]["en"] = "A name that is much too long for a text message"
    service.pop("short_name", None)


def unknown_field(_: Any, service: Any) -> None:
    service["fone"] = "211"


def wrong_file(organization: Any, _: Any) -> None:
    organization["id"] = "another"


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        (no_source, "services.0.phones.0.source", "needs a source"),
        (no_door, "services.0.access.through", "does not exist"),
        (no_french, "services.0.description.fr", "French text is missing"),
        (no_need, "services.0.needs.1", "not in the common language"),
        (secret_address, "services.0.places.0", "confidential"),
        (wrong_rule, "services.0.rules.0", "between"),
        (wrong_rule, "services.0.rules.0.source", "no source 99"),
        (wrong_hours, "services.0.hours.weekly.mon.0", "end after it begins"),
        (doubtful, "services.0.publish", "can't be shown"),
        (long_name, "services.0.name.en", "short_name"),
        (unknown_field, "services.0.fone", "not permitted"),
        (wrong_file, "id", "must be the file's name"),
    ],
)
def test_a_broken_rule_is_reported_where_it_is(
    tmp_path: Path, change: Any, field: str, words: str
) -> None:
    found = problems(tmp_path, change)
    assert any(where == field and words in said for where, said in found), found


def test_all_problems_come_in_one_pass_and_good_files_are_still_read(tmp_path: Path) -> None:
    shutil.copytree(load_region().organizations_folder, tmp_path, dirs_exist_ok=True)
    (tmp_path / "broken.yaml").write_text("id: [", encoding="utf-8")
    (tmp_path / "empty.yaml").write_text("id: empty\n", encoding="utf-8")
    checked = check_folder(tmp_path, load_region().vocabulary)
    assert {problem.file for problem in checked.problems} == {"broken.yaml", "empty.yaml"}
    assert len(checked.organizations) == len(
        list(load_region().organizations_folder.glob("*.yaml"))
    )


def test_bad_data_is_not_loaded_and_what_was_loaded_stays(tmp_path: Path) -> None:
    container = make_container(tmp_path / "home")
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "empty.yaml").write_text("id: empty\n", encoding="utf-8")
    checked = publish_edition.check_records_folder(load_region(), bad)
    with pytest.raises(publish_edition.BadRecords), container.database.unit_of_work() as uow:
        publish_edition.publish_edition(uow, checked, now=MONDAY_NOON)
    with container.database.unit_of_work() as uow:
        assert editions.newest_number(uow) == 1
        assert len(editions.load_directory(uow, 1, load_region()).all_services) >= 247


def test_the_same_records_make_no_new_edition(tmp_path: Path) -> None:
    container = make_container(tmp_path)
    with container.database.unit_of_work() as uow:
        number, new = publish_edition.publish_edition(
            uow, publish_edition.check_records_folder(load_region()), now=MONDAY_NOON
        )
    assert (number, new) == (1, False)


def test_acton_lies_in_halton_hills_in_halton_in_ontario() -> None:
    assert load_region().vocabulary.around("acton") == (
        "acton",
        "halton-hills",
        "halton",
        "ontario",
    )
    found = load_region().vocabulary.place_named("  North  HALTON ")
    assert found is not None
    assert found.municipality == "Halton Hills"
