"""A region: the folder of curated data that a directory is made of, read once as one value."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from directory_data.vocabulary.loader import Vocabulary, load_vocabulary

REGIONS = Path(__file__).parent
DEFAULT_REGION = "halton"


class UnknownRegion(Exception):
    """There is no folder of this name with the data of a region."""


@dataclass(frozen=True, eq=False)
class Region:
    """One region: its records and its part of the common language."""

    id: str
    folder: Path
    vocabulary: Vocabulary

    @property
    def organizations_folder(self) -> Path:
        """Give the folder with a file for each organization."""
        return self.folder / "organizations"

    @property
    def cases_file(self) -> Path:
        """Give the file of eligibility cases that its list must pass."""
        return self.folder / "cases.yaml"


@cache
def load_region(region_id: str = DEFAULT_REGION) -> Region:
    """Read a region, once in a process; raise UnknownRegion where there is none of this name."""
    folder = REGIONS / region_id
    if not (folder / "places.yaml").is_file():
        raise UnknownRegion(f"there is no region {region_id}")
    return Region(region_id, folder, load_vocabulary(folder))
