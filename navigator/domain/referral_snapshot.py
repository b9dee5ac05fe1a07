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
class ReferralSnapshot:
    """A person's own words and answers; whoever stores them seals them."""

    words: str
    answers: Mapping[str, Answer]
    for_other: bool
    channel: str
    trace: DecisionTrace = DecisionTrace()


EMPTY_SNAPSHOT = ReferralSnapshot("", {}, for_other=False, channel="")


def dump_snapshot(story: ReferralSnapshot) -> str:
    """Turn a story into text."""
    return json.dumps(asdict(story))


def load_snapshot(text: str) -> ReferralSnapshot:
    """Make a story from text."""
    parts = json.loads(text)
    told = parts["trace"]
    trace = DecisionTrace(
        edition=told["edition"],
        verdict=told["verdict"],
        met=tuple(told["met"]),
        failed=tuple(told["failed"]),
        unknown=tuple(told["unknown"]),
    )
    return ReferralSnapshot(**{**parts, "trace": trace})
