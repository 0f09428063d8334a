"""The end of the stack: what is answered where a caller has few calls left."""

from __future__ import annotations

import functools
from _thread import start_new_thread
from collections.abc import Callable, Iterator
from typing import TypeVar

T = TypeVar("T")

_LEFT = (*range(4, 12), 16, 32)
"""With how many calls left a question is asked: so few that each of those that it takes
is the last that there is, and more for what nests."""


_NEAR = 64
"""So many calls before the end of the stack is where all of them begin."""


@functools.cache
def is_alone() -> bool:
    """Whether there is no stack but the caller's, as on a platform without threads.
    Packages find what is nested too deep where that one ends, so nothing can be asked
    there."""
    try:
        start_new_thread(tuple, ())
    except RuntimeError:
        return True
    return False


def answers(ask: Callable[[], T]) -> list[T]:
    """What a question is answered where few calls are left; nothing where they are too
    few to ask it at all."""
    return _below(_room() - _NEAR, lambda: list(_at_the_end(ask)))


def _at_the_end(ask: Callable[[], T]) -> Iterator[T]:
    room = _room()
    for left in _LEFT:
        try:
            answer = _below(room - left, ask)
        except RecursionError:
            continue
        yield answer


def _room(calls: int = 0) -> int:
    """How many calls are left."""
    try:
        return _room(calls + 1)
    except RecursionError:
        return calls


def _below(calls: int, ask: Callable[[], T]) -> T:
    """What is answered this many calls further down."""
    return _below(calls - 1, ask) if calls > 0 else ask()
