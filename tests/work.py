"""How much work something is, counted and not timed: the same on a busy machine and a quiet one."""

import gc
import sys
from collections.abc import Callable
from types import FrameType


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
