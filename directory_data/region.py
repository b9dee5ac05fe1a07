"""A region: the folder of curated data that a directory is made of, read once as one value."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from directory_data.crisis_lines import CrisisLines
from directory_data.population import Population, PopulationFile, population_of
from directory_data.record_checks import Problem, shape_problems
from directory_data.region_policy import RegionPolicy
from directory_data.vocabulary.loader import (
    FactValue,
    Place,
    Vocabulary,
    common_needs,
    vocabulary_of,
)
from directory_data.vocabulary.service_aliases import read_aliases
from directory_data.vocabulary.service_topics import read_topics

REGIONS = Path(__file__).parent
DEFAULT_REGION = "halton"
"""The region of an instance that names none: those of before there were others."""

Part = TypeVar("Part")


class UnknownRegion(Exception):
    """There is no folder of this name with the data of a region."""


class BadRegion(Exception):
    """Files of a region have not the right shape; `problems` says which, and where."""

    def __init__(self, region_id: str, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        first = problems[0]
        super().__init__(f"region {region_id}: {first.file}: {first.field}: {first.problem}")


@dataclass(frozen=True, eq=False)
class Region:
    """One region: its part of the common language, how it is served, and who lives there."""

    id: str
    folder: Path
    vocabulary: Vocabulary
    policy: RegionPolicy
    crisis_lines: CrisisLines
    population: Population

    @property
    def organizations_folder(self) -> Path:
        """Give the folder with a file for each organization."""
        return self.folder / "organizations"

    @property
    def cases_file(self) -> Path:
        """Give the file of eligibility cases that its list must pass."""
        return self.folder / "cases.yaml"


def region_ids() -> tuple[str, ...]:
    """List the regions whose data is here."""
    return tuple(sorted(path.parent.name for path in REGIONS.glob("*/policy.yaml")))


@cache
def load_region(region_id: str = DEFAULT_REGION) -> Region:
    """Read a region, once in a process.

    Raise UnknownRegion where there is none of this name, BadRegion where a file has not the right
    shape. What the shape can't say is checked by `check_region` (directory_data/region_checks.py).
    """
    if region_id not in region_ids():
        raise UnknownRegion(f"there is no region {region_id}; there are: {', '.join(region_ids())}")
    return read_region(REGIONS / region_id)


def read_region(folder: Path) -> Region:
    """Read the files of a region's folder; raise BadRegion with all that have a wrong shape."""
    files = _RegionFiles(folder)
    municipalities = files.rows("municipalities.yaml", tuple[FactValue, ...])
    places = files.rows("places.yaml", tuple[Place, ...])
    topics = files.text("topics.yaml", lambda text: read_topics(text, common_needs()))
    aliases = files.text("service_aliases.yaml", read_aliases)
    policy = files.rows("policy.yaml", RegionPolicy)
    crisis_lines = files.rows("crisis_lines.yaml", CrisisLines)
    population = files.rows("population.yaml", PopulationFile)
    if files.problems:
        raise BadRegion(folder.name, tuple(files.problems))
    return Region(
        id=folder.name,
        folder=folder,
        vocabulary=vocabulary_of(
            municipalities=_read(municipalities),
            places=_read(places),
            topics=_read(topics),
            aliases=_read(aliases),
        ),
        policy=_read(policy),
        crisis_lines=_read(crisis_lines),
        population=population_of(_read(population)),
    )


def _read(part: Part | None) -> Part:
    """Give a part that was read; without a problem none is missing."""
    assert part is not None
    return part


class _RegionFiles:
    """Reads the files of a region one by one, and gathers what is wrong with their shapes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.problems: list[Problem] = []

    def rows(self, name: str, shape: type[Part]) -> Part | None:
        """Read a file of some shape; None where a problem was found."""
        adapter = TypeAdapter(shape)
        return self.text(
            name,
            lambda text: adapter.validate_python(yaml.load(text, Loader=yaml.CSafeLoader)),
        )

    def text(self, name: str, read: Callable[[str], Part]) -> Part | None:
        """Read a file with a function of its text; None where a problem was found."""
        try:
            return read((self._folder / name).read_text(encoding="utf-8"))
        except ValidationError as error:
            self.problems += shape_problems(name, error)
        except (OSError, ValueError, yaml.YAMLError) as error:
            what = str(error).replace("\n", " ")
            self.problems.append(Problem(name, "", f"can't be read: {what}"))
        return None
