"""How work grows with its input, so that a test needs no clock that others slow down: one run is held against another."""

import time
from collections.abc import Callable
from typing import Any

TIMES = 4
"""How much larger the larger input is: work in proportion grows as much, work that is quadratic sixteen times."""
MOST = 9
_TRIES = 5
_TICK = 0.004  # seconds of processor time below which nothing can be told apart


def growth(work: Callable[[Any], object], small: Any, large: Any) -> float:
    """How many times the work of `small` goes into that of `large`: processor time, the least of some tries of each.

    Tries end as soon as the ratio is below `MOST`, as others on the machine only ever make a run longer.
    """
    least = {"small": float("inf"), "large": float("inf")}
    ratio = float("inf")
    for _ in range(_TRIES):
        for name, given in (("small", small), ("large", large)):
            began = time.process_time()
            work(given)
            least[name] = min(least[name], time.process_time() - began)
        ratio = least["large"] / max(least["small"], _TICK)
        if ratio < MOST:
            break
    return ratio
