"""Remembers answers about the parts of a value while it is judged or decoded.

Where a schema leads back to itself on two ways with the same value, each level of the
value would double the work; and decoders that ask for a check ask it again for what is
inside the value. So what was said of each array and object is remembered, from the
first question about a value to its answer.
"""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false

from __future__ import annotations

from ._depth import asking, deep

TYPE_CHECKING: bool = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    T = TypeVar("T")
    C = TypeVar("C", bound=Callable[[Any], bool])


def deep_check(check: C) -> C:
    """A decorator for checks that call themselves. They remember answers where somebody
    else has begun to."""
    answer = deep(check)

    def wrapper(value: Any) -> bool:
        return recalled(answer, value) if _known else answer(value)

    made: Any = wrapper
    same_arguments: C = made
    return same_arguments


def remembering(check: C) -> C:
    """A decorator for checks that lead back to themselves on two ways: the first one
    begins to remember."""
    answer = deep(check)

    def wrapper(value: Any) -> bool:
        cls = value.__class__
        if cls is not dict and cls is not list:
            return answer(value)
        return while_remembering(recalled, answer, value)

    made: Any = wrapper
    same_arguments: C = made
    return same_arguments


def while_remembering(function: Callable[..., T], /, *arguments: Any) -> T:
    """What a function returns; meanwhile answers are remembered for this thread."""
    thread = asking()
    if thread in _known:
        return function(*arguments)
    _known[thread] = {}
    try:
        return function(*arguments)
    finally:
        del _known[thread]


def recalled(answer: Callable[[Any], bool], value: Any) -> bool:
    """What a check answers, or has answered before if that is remembered."""
    known = _known.get(asking())
    if known is None or value.__class__ not in _ENTERED:
        return answer(value)
    key = answer, id(value)
    found = known.get(key)
    if found is None:
        # The value is kept, so that no other one can take its identity.
        found = known[key] = answer(value), value
    return found[0]


_ENTERED = frozenset((dict, list))
_known: dict[int, dict[Any, tuple[bool, Any]]] = {}
"""The answers that each thread remembers about the value that it asks about."""
