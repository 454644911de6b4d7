"""Timing: warm-up, then rounds in which every contender runs once; the best round counts.

Processor time is taken, not the clock: other work on the machine then costs less of the truth.
"""

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

T = TypeVar("T")


def rates(
    contenders: Mapping[str, tuple[Callable[[T], Any], Sequence[T]]],
    *,
    rounds: int,
    seconds: float,
) -> dict[str, float]:
    """Calls a second of each contender `name: (function, inputs)`.

    All inputs are gone through as often as fits into `seconds`, at least once a round. The rounds
    go around the contenders, so that a slow moment of the machine does not fall on one alone.
    """
    repeats = {}
    for name, (function, inputs) in contenders.items():
        took = _pass(function, inputs, 1)
        repeats[name] = max(1, int(seconds / max(took, 1e-9)))
    best = dict.fromkeys(contenders, float("inf"))
    for _ in range(rounds):
        for name, (function, inputs) in contenders.items():
            gc.collect()
            best[name] = min(best[name], _pass(function, inputs, repeats[name]))
    return {
        name: len(inputs) * repeats[name] / best[name] for name, (_, inputs) in contenders.items()
    }


def _pass(function: Callable[[T], Any], inputs: Sequence[T], repeats: int) -> float:
    start = time.process_time()
    for _ in range(repeats):
        for item in inputs:
            function(item)
    return time.process_time() - start
