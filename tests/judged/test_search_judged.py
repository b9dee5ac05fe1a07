"""What people type finds what a worker would take as right: the judged set, one half kept apart."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from directory_data.directory import Directory
from directory_data.region import load_region
from navigator.domain.eligibility import Verdict, judge
from navigator.services.directory import publish_edition
from navigator.services.search.indexing import build_edition_index
from navigator.services.search.search_pipeline import find_services
from navigator.services.search.search_request import SearchContext, SearchRequest
from search_index.index_searcher import Index
from tests.makers import models

FIRST, AMONG_FIVE = 0.90, 0.97
KINDS = {
    *("name", "partial-name", "acronym", "need", "need-place"),
    *("french", "text-speak", "typo", "jargon", "old-name"),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A query, and which services a worker would take as its answer."""

    query: str
    lang: str
    kind: str
    split: str
    accept: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    accept_need: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came for a query, and whether it was right."""

    judged: Judged
    got: tuple[str, ...]
    corrected: str | None
    first: bool
    among_five: bool


def judged_queries():
    text = Path(__file__).with_name("search.yaml").read_text(encoding="utf-8")
    return [
        Judged(**row | {name: tuple(row.get(name, ())) for name in ("accept", "also")})
        for row in yaml.safe_load(text)["queries"]
    ]


def curated():
    return Directory(
        1, publish_edition.check_records_folder(load_region()).organizations, load_region()
    )


def outcome_of(judged, index, directory):
    place = load_region().vocabulary.place_named(judged.place) if judged.place else None
    context = SearchContext(directory, index, models().needs_lexicon(), judged.lang)
    found = find_services(SearchRequest(judged.query, place=place, limit=5), context)
    got = [result.service for result in found.results]
    right = [
        service.id in judged.accept or is_main_need(service.record, judged.accept_need, place)
        for service in got
    ]
    fine = [ok or service.id in judged.also for ok, service in zip(right, got, strict=True)]
    ids = tuple(service.id for service in got)
    return Outcome(judged, ids, found.corrected, any(right[:1]), any(fine))


def is_main_need(record, need, place):
    if need is None or record.needs[0] != need:
        return False
    here = {"municipality": place.municipality} if place and place.municipality else {}
    return judge(record, here).verdict is not Verdict.DOES_NOT_FIT


def table(outcomes):
    lines = [f"{'kind':<14}{'queries':>8}{'first':>8}{'in five':>9}"]
    for kind in [*sorted(KINDS), "all"]:
        some = [outcome for outcome in outcomes if kind in {outcome.judged.kind, "all"}]
        lines.append(
            f"{kind:<14}{len(some):>8}{share(some, 'first'):>8.1%}{share(some, 'among_five'):>9.1%}"
        )
    return "\n".join(lines)


def share(outcomes, field):
    return sum(getattr(outcome, field) for outcome in outcomes) / len(outcomes)


@pytest.fixture(scope="module")
def directory():
    return curated()


@pytest.fixture(scope="module")
def measured(directory, tmp_path_factory):
    folder = tmp_path_factory.mktemp("judged") / "edition-1"
    build_edition_index(folder, directory)
    index = Index.open(folder)
    halves = {
        split: [
            outcome_of(judged, index, directory)
            for judged in judged_queries()
            if judged.split == split
        ]
        for split in ("build", "measure")
    }
    for split, outcomes in halves.items():
        print(f"\n{split}\n{table(outcomes)}")
    return halves["measure"]


def test_the_right_service_comes_first_for_nine_of_ten_queries(measured):
    assert share(measured, "first") >= FIRST


def test_the_right_service_is_nearly_always_among_the_first_five(measured):
    assert share(measured, "among_five") >= AMONG_FIVE


def test_the_set_is_large_and_about_half_of_it_only_measures():
    splits = Counter(judged.split for judged in judged_queries())
    assert set(splits) == {"build", "measure"}
    assert splits["measure"] >= 300
    assert splits["measure"] >= 0.45 * splits.total()


def test_every_kind_of_query_is_in_both_halves():
    kinds = Counter((judged.split, judged.kind) for judged in judged_queries())
    assert {kind for _, kind in kinds} == KINDS
    assert min(kinds[split, kind] for split in ("build", "measure") for kind in KINDS) >= 10


def test_no_query_is_asked_twice():
    queries = Counter((judged.query.casefold(), judged.place) for judged in judged_queries())
    assert [query for query, times in queries.items() if times > 1] == []


def test_every_answer_is_a_service_that_is_shown(directory):
    named = {id_ for judged in judged_queries() for id_ in (*judged.accept, *judged.also)}
    assert named <= set(directory.services)


def test_nearly_every_service_is_the_answer_to_some_query(directory):
    named = {id_ for judged in judged_queries() for id_ in judged.accept}
    assert len(named & set(directory.services)) >= 0.97 * len(directory.services)


def test_every_query_says_what_would_be_right():
    for judged in judged_queries():
        assert judged.accept or judged.accept_need
        assert judged.accept_need is None or judged.accept_need in load_region().vocabulary.needs
        assert judged.place is None or load_region().vocabulary.place_named(judged.place)
        assert judged.lang in {"en", "fr"}
