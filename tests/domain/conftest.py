"""The curated directory and the common language, read once for all tests of the domain."""

from functools import cache
from pathlib import Path

import pytest

import directory_data
from directory_data.directory import Directory
from directory_data.record_checks import check_folder
from directory_data.region import load_region
from directory_data.vocabulary.loader import Vocabulary


@cache
def _curated() -> Directory:
    folder = Path(directory_data.__file__).parent / "halton" / "organizations"
    region = load_region()
    return Directory(1, check_folder(folder, region.vocabulary).organizations, region)


@pytest.fixture
def halton() -> Directory:
    return _curated()


@pytest.fixture
def language() -> Vocabulary:
    return load_region().vocabulary
