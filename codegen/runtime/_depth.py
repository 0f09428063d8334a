"""How deep values nest: one limit, wherever the stack of the caller ends.

Python's recursion ends after some number of calls, counted from the program's start,
so what fits depends on who asks and on the interpreter. Nothing here does: values nest
up to `MAX_DEPTH`, and what recurses goes on with the stack of another thread where that
of the caller ends. It costs nothing while there is room.
"""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from _thread import allocate_lock, get_ident, start_new_thread

TYPE_CHECKING: bool = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, TypeVar

    T = TypeVar("T")
    F = TypeVar("F", bound=Callable[..., Any])

MAX_DEPTH = 1024
"""How deep arrays and objects may nest: the limit that orjson has built in."""

_MOST_STACKS = 64
"""How many stacks are used for one value: far more than the deepest one needs."""


class TooDeep(ValueError):
    """A value has more than `MAX_DEPTH` levels of arrays and objects."""

    def __init__(self) -> None:
        super().__init__(f"nested deeper than {MAX_DEPTH} levels")


def with_room(function: Callable[..., T], /, *arguments: Any) -> T:
    """What a function without effects returns, wherever the caller's stack ends."""
    try:
        return function(*arguments)
    except RecursionError:
        return apart(function, *arguments)


def roomy(function: Callable[..., T], /, *arguments: Any) -> T:
    """What a function returns that must not be stopped where the stack ends, such as
    the import of a module in C, which may not survive that."""
    try:
        _descend(300)
    except RecursionError:
        return apart(function, *arguments)
    return function(*arguments)


def _descend(calls: int) -> None:
    if calls:
        _descend(calls - 1)


def deep(function: F) -> F:
    """A decorator for functions that call themselves and have no effects."""

    def wrapper(*arguments: Any) -> Any:
        try:
            return function(*arguments)
        except RecursionError:
            return apart(function, *arguments)

    made: Any = wrapper
    same_arguments: F = made
    return same_arguments


def apart(function: Callable[..., T], /, *arguments: Any) -> T:
    """What a function returns on the stack of a new thread.

    Raises `TooDeep` where there is no other stack, or there have been too many.
    """
    caller = get_ident()
    count = _stacks.get(caller, 0) + 1
    if count > _MOST_STACKS:
        raise TooDeep
    results: list[T] = []
    errors: list[BaseException] = []
    done = allocate_lock()

    def run() -> None:
        _stacks[get_ident()] = count
        for table in BY_THREAD:
            if caller in table:
                table[get_ident()] = table[caller]
        try:
            results.append(function(*arguments))
        except BaseException as error:  # noqa: BLE001 - raised where it belongs
            errors.append(error)
        finally:
            del _stacks[get_ident()]
            for table in BY_THREAD:
                table.pop(get_ident(), None)
            done.release()

    done.acquire()
    try:
        start_new_thread(run, ())
    except RuntimeError:  # A platform without threads, or an interpreter that ends.
        raise TooDeep from None
    done.acquire()
    for error in errors:
        raise error
    return results[0]


_stacks: dict[int, int] = {}
"""The threads that `apart` has started: the how many-th stack each is."""

BY_THREAD: list[dict[int, Any]] = []
"""Tables of what belongs to threads; what `apart` starts goes on with what belongs to
the thread for which it does."""


def deeper(value: Any, levels: int) -> bool:
    """Whether a value has more levels of arrays and objects, or no end."""
    level = [value] if isinstance(value, (dict, list, tuple)) else []
    for _ in range(levels):
        # By identity: a list that holds itself twice must not double at each step.
        below = {
            id(child): child
            for parent in level
            for child in (parent.values() if isinstance(parent, dict) else parent)
            if isinstance(child, (dict, list, tuple))
        }
        level = list(below.values())
        if not level:
            return False
    return bool(level)


def same(left: Any, right: Any, equal: Callable[[Any, Any], bool]) -> bool:
    """Whether two JSON values are equal, without recursion; `equal` compares what is
    inside arrays and objects."""
    pairs = [(left, right)]
    for _ in range(MAX_DEPTH + 1):
        below: list[tuple[Any, Any]] = []
        for a, b in pairs:
            if isinstance(a, dict) and isinstance(b, dict):
                if a.keys() != b.keys():
                    return False
                below += [(value, b[name]) for name, value in a.items()]
            elif isinstance(a, (list, tuple)) and a.__class__ is b.__class__:
                if len(a) != len(b):
                    return False
                below += zip(a, b, strict=True)
            elif not equal(a, b):
                return False
        if not below:
            return True
        pairs = below
    raise TooDeep


def pieces(
    value: Any,
    scalar: Callable[[Any], str],
    comma: str = ",",
    colon: str = ":",
    items: Callable[[dict[Any, Any]], Iterable[tuple[Any, Any]]] = dict.items,
) -> list[str]:
    """The pieces of a value's text, without recursion; `scalar` writes names and what
    is no array or object."""
    if deeper(value, MAX_DEPTH):
        raise TooDeep
    found: list[str] = []
    # What is still to be written, last first; text is written as it is.
    pending: list[tuple[bool, Any]] = [(False, value)]
    while pending:
        is_text, item = pending.pop()
        if is_text:
            found.append(item)
        elif isinstance(item, dict):
            parts: list[tuple[bool, Any]] = []
            for name, member in items(item):
                parts += [(True, f"{comma if parts else ''}{scalar(name)}{colon}")]
                parts += [(False, member)]
            pending += [(True, "}"), *reversed(parts), (True, "{")]
        elif isinstance(item, (list, tuple)):
            parts = []
            for member in item:
                parts += [(True, comma)] if parts else []
                parts += [(False, member)]
            pending += [(True, "]"), *reversed(parts), (True, "[")]
        else:
            found.append(scalar(item))
    return found


def shown(value: Any) -> str:
    """`repr` of what a field holds."""
    try:
        return repr(value)
    except RecursionError:
        return "".join(pieces(value, repr, ", ", ": "))
