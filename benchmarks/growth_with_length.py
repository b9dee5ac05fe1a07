"""Measure how time grows with the length of what strangers send, and what a start has to read.

Run: python -m benchmarks.growth_with_length. Each line shows the milliseconds for a short text and
for one ten times as long, the best of REPEATS, and the ratio: near 10 is in proportion, near 100
is quadratic. The tests count calls instead (tests/work.py), which slow patterns hide from.
"""

import time
from collections.abc import Callable

from directory_data.region import load_region
from navigator.nlp.danger.detector import detect_danger
from navigator.nlp.model_registry import ModelRegistry
from navigator.nlp.needs.pipeline import understand
from sms.phone_numbers import to_e164
from sms.reply_matcher import ReplyOption, match_reply

REPEATS = 5
SHORT, LONG = 160, 1600
"""Characters: one message, and the longest text that a carrier delivers."""

REGION = load_region()
TOWNS = tuple(town.name.en for town in REGION.vocabulary.towns)
MENU = tuple(ReplyOption(town, town) for town in TOWNS)
SENTENCE = f"My mother is 84 and livs alone in {TOWNS[-1]}, she cant cook anymore and needs rides. "
ODD = ("-", "1 ", "(", "a-", "= ", "no ", "😀", "1-", "17, ", "d'", "x'", "é", "aa ", "9-", " +")
ODD += (SENTENCE,)
"""What patterns stumble over when it is repeated, and a plain sentence beside it."""


def main() -> None:
    begun = time.process_time()
    models = ModelRegistry(REGION.vocabulary, folder=None)
    danger, needs = models.danger_lexicon(), models.needs_lexicon()
    print(
        f"reading and learning the words of danger and needs: {time.process_time() - begun:.2f} s"
    )
    readers: tuple[tuple[str, Callable[[str], object]], ...] = (
        ("a reply to a menu", lambda body: match_reply(body, MENU)),
        ("what is needed", lambda body: understand(body, lexicon=needs)),
        ("danger", lambda body: detect_danger(body, danger)),
        ("a phone number", to_e164),
    )
    print(f"{'':<20}{'of':<8}{SHORT:>9}{LONG:>9}   ratio")
    for name, read in readers:
        for piece in ODD:
            short, long = (_milliseconds(read, piece, length) for length in (SHORT, LONG))
            print(f"{name:<20}{piece[:6]!r:<8}{short:>9.2f}{long:>9.2f}{long / short:>8.1f}")


def _milliseconds(read: Callable[[str], object], piece: str, length: int) -> float:
    body = (piece * length)[:length]
    times = []
    for _ in range(REPEATS):
        begun = time.process_time()
        read(body)
        times.append(time.process_time() - begun)
    return 1000 * min(times)


if __name__ == "__main__":
    main()
