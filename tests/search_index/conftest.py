"""A small directory that the tests of the search look through."""

from collections.abc import Callable
from pathlib import Path

import pytest

from search_index.index_builder import build_index
from search_index.index_schema import IndexEntry, IndexLexicon
from search_index.index_searcher import Index

LEXICON = IndexLexicon(
    needs={
        "food": ("Food", "Nourriture", "food bank", "banque alimentaire", "grub", "hungry"),
        "shelter": ("A place to sleep", "Un endroit ou dormir", "shelter", "couch surfing"),
        "keep-housing": ("Keep my home", "Garder mon logement", "eviction", "two months behind"),
        "meals-delivered": ("Meals brought home", "popote roulante", "meals on wheels"),
        "basics": ("Clothes and household things", "shower", "douche"),
    },
    old_names={"ccac": ("ontario health athome",), "welfare": ("ontario works",)},
    protected=frozenset({"ow", "odsp", "cas", "lhin", "coast", "savis"}),
)
ENTRIES = (
    IndexEntry(
        "lighthouse",
        {
            "name": "Lighthouse Shelter",
            "organization": "The Salvation Army",
            "places": "Oakville",
            "description": "Emergency beds for men and women who have nowhere to sleep.",
        },
        ("shelter", "basics"),
    ),
    IndexEntry(
        "foodshare",
        {
            "name": "Acton Foodshare",
            "alternates": ("Acton Food Bank",),
            "places": ("Acton", "Halton Hills"),
            "description": "Groceries for people who live in Acton.",
        },
        ("food",),
    ),
    IndexEntry(
        "fareshare",
        {
            "name": "Fare Share Food Bank",
            "places": "Oakville",
            "description": "Groceries twice a month for families in Oakville.",
        },
        ("food",),
    ),
    IndexEntry(
        "wheels",
        {
            "name": "Meals on Wheels",
            "organization": "Links2Care",
            "description": "Hot dinners brought to the door of older adults.",
        },
        ("meals-delivered",),
    ),
    IndexEntry(
        "athome",
        {
            "name": "Home and community care",
            "organization": "Ontario Health atHome",
            "description": "Nurses and personal support at home.",
        },
        (),
    ),
    IndexEntry(
        "works",
        {
            "name": "Ontario Works",
            "acronyms": "OW",
            "description": "Money for people who have none, and help to find a job.",
        },
        (),
    ),
    IndexEntry(
        "onelink",
        {
            "name": "one-Link",
            "alternates": "onelink",
            "description": "One door to counselling and psychologists.",
        },
        (),
    ),
    IndexEntry(
        "coast",
        {
            "name": "Crisis Outreach and Support Team",
            "acronyms": ("COAST",),
            "description": "A nurse and an officer come to a person in crisis.",
        },
        (),
    ),
    IndexEntry(
        "housing-fund",
        {
            "name": "Housing Stability Fund",
            "description": "Pays rent that is owed, so that nobody is put out.",
        },
        ("keep-housing",),
    ),
)


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("editions") / "edition-1"
    build_index(folder, ENTRIES, LEXICON)
    return Index.open(folder)


@pytest.fixture(scope="session")
def found(index: Index) -> Callable[..., list[str]]:
    def ids(words: str, **how: object) -> list[str]:
        return [hit.id for hit in index.search(words, **how).hits]

    return ids


@pytest.fixture
def editions(tmp_path: Path) -> Path:
    return tmp_path / "editions"
