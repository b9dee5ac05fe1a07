"""What a person said when asking for a referral, and why the service was shown to them then."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from navigator.domain.eligibility import Answer


@dataclass(frozen=True, slots=True)
class DecisionTrace:
    """Why a service was shown: the edition of the rules, the verdict, and what it stood on."""

    edition: int = 0
    verdict: str = ""
    met: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestSnapshot:
    """A person's own words and answers; whoever stores them seals them."""

    words: str
    answers: Mapping[str, Answer]
    for_other: bool
    channel: str
    trace: DecisionTrace = DecisionTrace()


EMPTY_SNAPSHOT = RequestSnapshot("", {}, for_other=False, channel="")


def dump_snapshot(snapshot: RequestSnapshot) -> str:
    """Turn a snapshot into text (JSON), to be encrypted."""
    return json.dumps(asdict(snapshot))


def load_snapshot(text: str) -> RequestSnapshot:
    """Make a snapshot from text; its shape is that of 0.1.0, for old rows must stay readable."""
    parts = json.loads(text)
    stored = parts["trace"]
    trace = DecisionTrace(
        edition=stored["edition"],
        verdict=stored["verdict"],
        met=tuple(stored["met"]),
        failed=tuple(stored["failed"]),
        unknown=tuple(stored["unknown"]),
    )
    return RequestSnapshot(**{**parts, "trace": trace})
