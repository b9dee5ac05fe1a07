"""Building an index: whole or not there, the same however it came about."""

import shutil
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from search_index.index_builder import build_index
from search_index.index_files import FORMAT, UnreadableIndex
from search_index.index_schema import IndexEntry, IndexLexicon
from search_index.index_searcher import Index

KILLS = 20
"""Moments of a build at which its process is killed, spread evenly over the whole of it."""

MAPS = Path("/proc/self/maps")
BUILDER = """
import os, signal, sys
from pathlib import Path
from search_index.index_builder import build_index
from search_index.index_schema import IndexEntry, IndexLexicon

folder, last = Path(sys.argv[1]), int(sys.argv[2])
calls = 0

def count(frame, event, argument):
    global calls
    calls += event in {"call", "c_call"}
    if calls == last:
        os.kill(os.getpid(), signal.SIGKILL)

texts = [f"Service {n} for people in town {n % 7} who look for help {n * 31}" for n in range(60)]
entries = [IndexEntry(f"s{n}", {"name": text, "description": text}) for n, text in enumerate(texts)]
sys.setprofile(count)
build_index(folder, entries, IndexLexicon())
sys.setprofile(None)
print(calls)
"""
"""Builds an index of 60 services; killed at a call, or else it says how many calls that were."""


def made(number: int, **fields: str) -> IndexEntry:
    name = f"Service number{number}x"
    return IndexEntry(f"s{number}", {"name": name, "description": "Help for people.", **fields})


def build_in_child(folder: Path, *, kill_at: int = 0) -> subprocess.CompletedProcess[str]:
    """Build an index in a process of its own, which dies at the call of this number."""
    return subprocess.run(
        [sys.executable, "-c", BUILDER, str(folder), str(kill_at)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )


def temporary(parent: Path) -> list[Path]:
    return [path for path in parent.iterdir() if path.name.startswith(".building-")]


def test_a_kill_at_any_moment_leaves_the_old_index_and_no_half_new_one(editions):
    old, new = editions / "edition-1", editions / "edition-2"
    build_index(old, [made(1)], IndexLexicon())
    undisturbed = build_in_child(new)
    assert undisturbed.returncode == 0, undisturbed.stderr
    halves = 0
    for place in range(KILLS):
        shutil.rmtree(new, ignore_errors=True)
        killed = build_in_child(new, kill_at=1 + place * int(undisturbed.stdout) // KILLS)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        assert Index.open(old).search("service").total == 1
        if new.exists():
            assert Index.open(new).search("service", limit=1).total == 60
        halves += bool(temporary(editions))
    assert halves > KILLS / 2, "the kills came too late to prove anything"
    shutil.rmtree(new, ignore_errors=True)
    build_index(new, [made(2)], IndexLexicon())
    assert temporary(editions) == []
    assert Index.open(new).search("service").total == 1


def test_an_index_that_is_there_is_left_alone(editions):
    build_index(editions / "one", [made(1)], IndexLexicon())
    build_index(editions / "one", [made(2)], IndexLexicon())
    assert Index.open(editions / "one").ids == ["s1"]


def test_two_builders_at_once_make_one_index(editions):
    builders = [
        threading.Thread(target=build_index, args=(editions / "one", [made(n)], IndexLexicon()))
        for n in range(4)
    ]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join()
    assert len(Index.open(editions / "one").ids) == 1
    assert temporary(editions) == []


def test_a_failed_build_leaves_nothing(editions):
    def broken():
        yield made(1)
        raise RuntimeError("the directory went away")

    with pytest.raises(RuntimeError):
        build_index(editions / "one", broken(), IndexLexicon())
    assert not (editions / "one").exists()
    assert temporary(editions) == []


def test_a_folder_without_an_index_says_so(tmp_path):
    with pytest.raises(UnreadableIndex):
        Index.open(tmp_path)
    (tmp_path / "meta.json").write_text('{"format": -1}')
    with pytest.raises(UnreadableIndex):
        Index.open(tmp_path)


def test_an_index_that_lost_a_file_says_so(editions):
    build_index(editions / "one", [made(1)], IndexLexicon())
    (editions / "one" / "impacts.npy").unlink()
    with pytest.raises(UnreadableIndex):
        Index.open(editions / "one")


def test_an_index_of_nothing_can_be_searched(editions):
    build_index(editions / "none", [], IndexLexicon(needs={"food": ("food",)}))
    index = Index.open(editions / "none")
    assert index.search("food", typing=True).hits == ()
    assert index.complete("fo")[0].id == "food"


def test_a_continued_index_is_the_same_as_one_made_from_nothing(editions):
    before = [made(n) for n in range(40)]
    after = [made(41), *before[:10], replace(before[10], needs=("food",)), *before[12:]]
    after[3] = made(2, name="Another name")
    lexicon = IndexLexicon(needs={"food": ("food bank",)})
    build_index(editions / "one", before, lexicon)
    build_index(editions / "two", after, lexicon, previous=editions / "one")
    build_index(editions / "fresh", after, lexicon)
    files = [path for path in (editions / "fresh").iterdir() if path.is_file()]
    assert len(files) > 10
    for path in files:
        assert path.read_bytes() == (editions / "two" / path.name).read_bytes(), path.name
    assert Index.open(editions / "one").ids == [entry.id for entry in before]


def test_postings_that_were_read_once_are_not_read_again(editions):
    entries = [made(n) for n in range(40)]
    build_index(editions / "one", entries, IndexLexicon())
    build_index(
        editions / "two", [*entries[:-1], made(41)], IndexLexicon(), previous=editions / "one"
    )
    before, after = (set((editions / name / "whoosh").glob("*.npz")) for name in ("one", "two"))
    assert len(before) == 1
    assert len(after) == 2
    assert all((editions / "two" / "whoosh" / path.name).samefile(path) for path in before)


def test_a_previous_index_that_went_away_is_not_missed(editions):
    build_index(editions / "two", [made(1)], IndexLexicon(), previous=editions / "one")
    assert Index.open(editions / "two").ids == ["s1"]
    shutil.rmtree(editions / "two" / "whoosh")
    build_index(editions / "three", [made(1)], IndexLexicon(), previous=editions / "two")
    assert Index.open(editions / "three").ids == ["s1"]


def test_an_index_of_an_older_format_is_not_continued(editions):
    build_index(editions / "one", [made(1)], IndexLexicon())
    meta = editions / "one" / "meta.json"
    meta.write_text(meta.read_text().replace(f'"format": {FORMAT}', '"format": 10'))
    for path in (editions / "one" / "whoosh").iterdir():
        path.write_bytes(b"pickled with the classes of yesterday")
    build_index(editions / "two", [made(2)], IndexLexicon(), previous=editions / "one")
    assert Index.open(editions / "two").ids == ["s2"]


def test_the_classes_that_whoosh_pickles_belong_to_the_format(editions):
    build_index(editions / "one", [made(1)], IndexLexicon())
    (toc,) = (editions / "one" / "whoosh").glob("*.toc")
    names = {b"search_index.whoosh_store", b"TermField", b"RankedIdsField"}
    assert FORMAT == 11, "a new format may have other names: write them down here"
    assert {name for name in names if name in toc.read_bytes()} == names


def test_an_index_in_use_outlives_its_folder(editions):
    build_index(editions / "one", [made(1)], IndexLexicon(needs={"food": ("food bank",)}))
    index = Index.open(editions / "one")
    shutil.rmtree(editions / "one")
    assert [hit.id for hit in index.search("service number1x").hits] == ["s1"]
    assert index.complete("foo")[0].id == "food"


@pytest.mark.skipif(not MAPS.exists(), reason="only Linux tells which files are mapped")
def test_an_index_that_nobody_uses_lets_go_of_its_files(editions):
    build_index(editions / "one", [made(1)], IndexLexicon())
    index = Index.open(editions / "one")
    index.search("servise numbr1x")
    index.complete("serv")
    assert str(editions / "one") in MAPS.read_text()
    del index
    assert str(editions / "one") not in MAPS.read_text()


def test_two_entries_of_one_id_are_refused(editions):
    with pytest.raises(ValueError, match="s1"):
        build_index(editions / "one", [made(1), made(1)], IndexLexicon())
