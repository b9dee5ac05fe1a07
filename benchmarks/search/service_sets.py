"""The sets of services the search is measured on: real ones, and real ones grown to a size."""

import csv
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from search_index.index_schema import IndexEntry, IndexLexicon

REFERENCE = Path(__file__).resolve().parents[3] / "shared"
HALTON = REFERENCE / "facts" / "halton_services.json"
BALTIMORE = REFERENCE / "datasets" / "baltimore-charmcare-ohana"
_SENTENCE = re.compile(r"(?<=[.;:!?])\s+")
_STARTS = "b br c ch d dr f g gr h k l m n p r s sh st t th v w"
_VOWELS = "aeiou"
_ENDS = "ck ll m n nd nt r rd rn s ss st th ton field ford ham ley mont ville wood worth"

PHRASES = Path(__file__).with_name("need_phrases.yaml")

LEXICON = IndexLexicon(
    needs={
        need: tuple(phrases)
        for need, phrases in yaml.safe_load(PHRASES.read_text(encoding="utf-8")).items()
    },
)


def halton() -> list[IndexEntry]:
    """Read the facts of Halton's services."""
    return [
        IndexEntry(
            record["id"],
            {
                "name": record["service"],
                "alternates": tuple(record["alternate_names"]),
                "organization": record["organization"]["name"],
                "places": tuple(_places(record)),
                "description": record["what"],
                "access": record["how_to_access"] or "",
            },
            tuple(record["needs"]),
        )
        for record in json.loads(HALTON.read_text(encoding="utf-8"))
    ]


def _places(record: dict[str, Any]) -> Iterator[str]:
    for location in record["locations"]:
        yield from (str(value) for value in location.values() if isinstance(value, str))


def baltimore() -> list[IndexEntry]:
    """Read the services of an iCarol export of Baltimore, in Ohana's form."""
    organizations = {row["id"]: row["name"] for row in _rows("organizations.csv")}
    owners = {
        row["id"]: organizations.get(row["organization_id"], "") for row in _rows("locations.csv")
    }
    return [
        IndexEntry(
            row["id"],
            {
                "name": row["name"],
                "alternates": row["alternate_name"],
                "organization": owners.get(row["location_id"], ""),
                "places": row["service_areas"],
                "description": row["description"],
                "access": (row["application_process"], row["eligibility"]),
            },
            tuple(_needs_of(row["name"] + " " + row["description"])),
        )
        for row in _rows("services.csv")
    ]


def _rows(name: str) -> list[dict[str, str]]:
    with (BALTIMORE / name).open(encoding="utf-8", errors="replace", newline="") as lines:
        return list(csv.DictReader(lines))


def _needs_of(text: str) -> Iterator[str]:
    lowered = text.lower()
    for need, phrases in LEXICON.needs.items():
        if any(phrase in lowered for phrase in phrases):
            yield need


def grown(size: int, seed: int = 1) -> Iterator[IndexEntry]:
    """Yield Baltimore's services and then as many made from their parts as it takes.

    A made one has sentences of three real descriptions, a real kind of name with a new proper
    name before it, and a place; so words, their frequencies and lengths stay like the real ones,
    and the vocabulary grows with the set.
    """
    real = baltimore()
    chance = random.Random(seed)
    yield from real[:size]
    sentences = [_SENTENCE.split(str(entry.fields["description"])) for entry in real]
    for number in range(size - len(real)):
        model, proper = chance.choice(real), _proper(chance)
        several = [chance.choice(sentences) for _ in range(3)]
        chosen = [chance.choice(description) for description in several]
        chosen += chance.choice(several)[:2]
        yield IndexEntry(
            f"made-{number}",
            {
                **model.fields,
                "name": f"{proper} {model.fields['name']}",
                "organization": f"{proper} {chance.choice(real).fields['organization']}",
                "description": " ".join(chosen),
            },
            model.needs,
        )


def _proper(chance: random.Random) -> str:
    """Make up a proper name of three or four syllables."""
    starts, ends = _STARTS.split(), _ENDS.split()
    syllables = (
        chance.choice(starts) + chance.choice(_VOWELS) for _ in range(chance.choice((2, 3)))
    )
    return ("".join(syllables) + chance.choice(ends)).capitalize()


def read(size: str) -> list[IndexEntry]:
    """Read a set by name: halton (or 247), baltimore, or a number of services to grow to."""
    if size in {"halton", "247"}:
        return halton()
    return baltimore() if size == "baltimore" else list(grown(int(size)))
