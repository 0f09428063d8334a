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
    """What a function returns; meanwhile this thread remembers."""
    thread = asking()
    if thread in _known:
        return function(*arguments)
    _known[thread] = _Memory()
    try:
        return function(*arguments)
    finally:
        del _known[thread]


def recalled(answer: Callable[[Any], bool], value: Any) -> bool:
    """What a check answers, or has answered before if that is remembered."""
    memory = _known.get(asking())
    if memory is None or value.__class__ not in _ENTERED:
        return answer(value)
    memory.asked += 1
    if memory.asked <= _FEW:
        return answer(value)
    key = answer, id(value)
    found = memory.answers.get(key)
    if found is None:
        found = memory.answers[key] = answer(value), value
    return found[0]


def was_inside(value: Any) -> bool:
    """Whether an array or object stands in one for which this was asked before."""
    memory = _known.get(asking()) if _known else None
    if memory is None or value.__class__ not in _ENTERED:
        return False
    memory.noted += 1
    if memory.noted <= _FEW:
        return False
    if id(value) in memory.inside:
        return True
    pending = [value]
    for parent in pending:
        for item in parent.values() if parent.__class__ is dict else parent:
            if item.__class__ in _ENTERED and id(item) not in memory.inside:
                memory.inside[id(item)] = item
                pending.append(item)
    return False


class _Memory:
    """What a thread remembers of the value that it asks about: the answers of checks,
    and what stands inside of something. Arrays and objects are kept, so that no others
    can take their identity."""

    __slots__ = ("answers", "asked", "inside", "noted")

    def __init__(self) -> None:
        self.answers: dict[Any, tuple[bool, Any]] = {}
        self.inside: dict[int, Any] = {}
        self.asked = self.noted = 0


_FEW = 32
"""How often something is asked before anything is remembered: most values have no more
in them, and to remember takes longer than to ask again."""

_ENTERED = frozenset((dict, list))
_known: dict[int, _Memory] = {}
"""By the thread that asks."""
