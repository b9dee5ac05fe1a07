"""The curated directory and the common language, read once for all tests of the domain."""

from functools import cache
from pathlib import Path

import pytest

import directory_data
from directory_data.directory import Directory
from directory_data.record_checks import check_folder
from directory_data.vocabulary.loader import Vocabulary, vocabulary


@cache
def _curated() -> Directory:
    folder = Path(directory_data.__file__).parent / "halton" / "organizations"
    return Directory(1, check_folder(folder, vocabulary()).organizations)


@pytest.fixture
def halton() -> Directory:
    return _curated()


@pytest.fixture
def language() -> Vocabulary:
    return vocabulary()
