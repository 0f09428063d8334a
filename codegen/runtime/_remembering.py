"""Remembers answers about the parts of a value while it is judged or decoded.

Where a schema leads back to itself on two ways with the same value, each level of the
value would double the work; and decoders that ask for a check ask it again for what is
inside the value. So what was said of each array and object is remembered, from the
first question about a value to its answer, unless the value nests so little that to ask
again takes less time.
"""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false

from __future__ import annotations

from _thread import get_ident

from ._depth import BY_THREAD, apart

TYPE_CHECKING: bool = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    T = TypeVar("T")
    C = TypeVar("C", bound=Callable[[Any], bool])

_SHALLOW = 6
"""How many levels of arrays and objects nest in values of which nothing is remembered
at first."""

_OFTEN = 16
"""How often it may be asked about each array and object before anything is remembered
of such a value."""


def deep_check(check: C) -> C:
    """A decorator for checks that call themselves. They remember answers where somebody
    else has begun to."""

    def wrapper(value: Any) -> bool:
        try:
            return _recalled(check, value) if _deep else check(value)
        except RecursionError:
            return apart(check, value)

    made: Any = wrapper
    same_arguments: C = made
    return same_arguments


def remembering(check: C) -> C:
    """A decorator for checks that lead back to themselves on two ways: the first one
    begins to remember."""

    def wrapper(value: Any) -> bool:
        thread = get_ident()
        left = _open.get(thread)
        try:
            if left is None and value.__class__ in _ENTERED:
                return while_remembering(wrapper, value)
            if not left:
                return _recalled(check, value)
            _open[thread] = left - 1
            if left == 1:
                _deep[thread] = _Memory()
            return check(value)
        except RecursionError:
            return apart(wrapper, value)

    made: Any = wrapper
    same_arguments: C = made
    return same_arguments


def is_remembering() -> bool:
    """Whether this thread has begun to ask about a value."""
    return get_ident() in _open


def while_remembering(function: Callable[[Any], T], value: Any) -> T:
    """What a function returns of a value. If that nests deep, or much is asked about
    it, answers about what is inside of it are remembered meanwhile."""
    thread = get_ident()
    _open[thread] = 0
    try:
        count = _counted(value)
        if count is None:
            _deep[thread] = _Memory()
        else:
            _open[thread] = count * _OFTEN
        return function(value)
    finally:
        del _open[thread]
        _deep.pop(thread, None)


def _counted(value: Any) -> int | None:
    """The number of arrays and objects in a value; None where more than a few levels of
    them nest."""
    count = 1
    level = [value]
    for _ in range(_SHALLOW):
        # By identity: a list that holds itself twice must not double at each step.
        below = {
            id(item): item
            for parent in level
            for item in (parent.values() if parent.__class__ is dict else parent)
            if item.__class__ in _ENTERED
        }
        if not below:
            return count
        count += len(below)
        level = [*below.values()]
    return None


def _recalled(check: Callable[[Any], bool], value: Any) -> bool:
    """What a check answers, or has answered before if that is remembered."""
    memory = _deep.get(get_ident())
    if memory is None or value.__class__ not in _ENTERED:
        return check(value)
    key = check, id(value)
    found = memory.answers.get(key)
    if found is None:
        found = memory.answers[key] = check(value), value
    return found[0]


def was_inside(value: Any) -> bool:
    """Whether an array or object stands in one for which this was asked before."""
    memory = _deep.get(get_ident()) if _deep else None
    if memory is None or value.__class__ not in _ENTERED:
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
    and what stands inside of something. It goes by the identity of arrays and objects,
    and keeps them, so that no others can take it."""

    __slots__ = ("answers", "inside")

    def __init__(self) -> None:
        self.answers: dict[tuple[Any, int], tuple[bool, Any]] = {}
        self.inside: dict[int, Any] = {}


_ENTERED = frozenset((dict, list))
_open: dict[int, int] = {}
"""The threads that have begun to ask about a value, and how often they may go on
without remembering."""

_deep: dict[int, _Memory] = {}
"""Those of them that remember."""

BY_THREAD += (_open, _deep)
