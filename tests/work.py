"""How much work something is: in calls, the same on any machine, or in seconds of the processor."""

import gc
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

Result = TypeVar("Result")


def calls(act: Callable[[], object]) -> int:
    """Count the calls, of our functions and the interpreter's own, that something needs.

    What a first call lays out for all later ones (caches, compiled patterns) is not counted: act
    is called once before. A slow pattern is one call, so patterns need bounds of their own.
    """
    act()
    counted = 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    collecting = gc.isenabled()
    before = sys.getprofile()
    gc.disable()  # what is collected in between calls functions that are not ours
    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(before)
        if collecting:
            gc.enable()
    return counted


def processor_seconds(
    act: Callable[[], Result], *, enough: float = 0.2, tries: int = 3
) -> tuple[float, Result]:
    """Measure how long the processor, not the clock, is busy with something, and give its result.

    It is for bounds that a slow pattern breaks by far. What takes `enough` or more is tried again:
    the first time lays out what later ones find.
    """
    best, result = float("inf"), None
    for _ in range(tries):
        begun = time.process_time()
        result = act()
        best = min(best, time.process_time() - begun)
        if best < enough:
            break
    assert result is not None
    return best, result
