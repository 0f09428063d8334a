"""Measuring contenders in one process, interleaved round by round.

A shared machine changes speed from second to second. Contenders that take turns
meet the same weather, so the ratio of two of them within a run is worth more than
either time.
"""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final

ROUNDS: Final = 31
SLICE: Final = 0.004
"""Seconds for which one contender runs in one round, about."""

Contender = Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Time:
    """Microseconds for one frame: of the fastest round, and of the middle one."""

    least: float
    median: float


def measure(
    contenders: Mapping[str, tuple[Contender, Sequence[Any]]], rounds: int = ROUNDS
) -> dict[str, Time]:
    """The time of each contender for one of its own inputs.

    A round runs all contenders one after the other; each goes through its inputs
    in order, as often as fits into `SLICE`, so a workload of many frames never
    repeats one of them in a row. A part of that comes first and does not count: what
    the contender before has left in the caches is nobody's merit or fault.
    """
    passes = {name: _passes(*work) for name, work in contenders.items()}
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    # What exists by now (modules, models, frames) is nobody's garbage.
    gc.collect()
    gc.freeze()
    for _ in range(rounds):
        for name, (call, inputs) in contenders.items():
            gc.collect()
            _run(call, inputs, max(1, passes[name] // 8))
            seconds[name].append(_run(call, inputs, passes[name]))
    return {
        name: Time(
            min(times) / passes[name] / len(contenders[name][1]) * 1e6,
            statistics.median(times) / passes[name] / len(contenders[name][1]) * 1e6,
        )
        for name, times in seconds.items()
    }


def _passes(call: Contender, inputs: Sequence[Any]) -> int:
    _run(call, inputs, 1)
    once = _run(call, inputs, 1)
    return max(1, min(400, round(SLICE / max(once, 1e-9))))


def _run(call: Contender, inputs: Sequence[Any], passes: int) -> float:
    start = perf_counter()
    for _ in range(passes):
        for item in inputs:
            call(item)
    return perf_counter() - start
