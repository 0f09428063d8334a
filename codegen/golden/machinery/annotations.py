"""The annotation is the value: what objects hold, held against what their classes say.

By the rules of PEP 484: an int is a float, a bool is neither. A class is held against
its own annotations in turn, so that every value at every depth is looked at.
"""

# What a decoded value holds has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import contextlib
import dataclasses
import functools
import reprlib
import sys
import types
import typing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from .objects import SCALARS, is_object
from .values import member


def misfits(value: Any, hint: Any, home: str, place: str = "") -> list[str]:
    """Every place in a value where it is not what an annotation says, in words.

    `home` is the module in which the names of quoted annotations are to be found.
    """
    # Values may nest further than a stack does. Then each level is looked at by itself,
    # and where the stack ends another thread goes on, which has one of its own.
    with contextlib.suppress(RecursionError):
        if _fits(hint, home)(value):
            return []
    try:
        return list(_misfits(value, hint, home, place))
    except RecursionError:
        with ThreadPoolExecutor(1) as other:
            return other.submit(misfits, value, hint, home, place).result()


# --- whether a value fits -------------------------------------------------------------

Test: typing.TypeAlias = Callable[[Any], bool]


@functools.cache
def _fits(hint: Any, home: str) -> Test:
    """Whether a value is what an annotation says, without a word about it: nearly all
    values are, and to ask takes a tenth of what telling does."""
    if isinstance(hint, (str, typing.ForwardRef)):
        # Aliases may lead back to themselves.
        return lambda value: _fits(_resolved(hint, home), home)(value)
    parts = [_fits(one, home) for one in _parts(hint)]
    match typing.get_origin(hint) or hint:
        case typing.Any:
            return _all_fits
        case typing.Literal:
            known = [(type(one), one) for one in typing.get_args(hint)]
            return lambda value: (type(value), value) in known
        case typing.Union | types.UnionType:
            return lambda value: any(fits(value) for fits in parts)
        case found if found is list:
            item = parts[0] if parts else _anything
            return lambda value: type(value) is list and all(map(item, value))
        case found if found is tuple:
            return lambda value: (
                type(value) is tuple
                and len(value) == len(parts)
                and all(fits(one) for fits, one in zip(parts, value, strict=True))
            )
        case found if found is dict:
            held = parts[1] if parts else _anything
            return lambda value: type(value) is dict and all(map(held, value.values()))
        case found:
            return lambda value: _is_one(value, found) and _all_fits(value)


def _parts(hint: Any) -> tuple[Any, ...]:
    literal = typing.get_origin(hint) is typing.Literal
    return () if literal else typing.get_args(hint)


def _anything(value: Any) -> bool:
    return True


def _all_fits(value: Any) -> bool:
    """Whether all fits in the objects that a value is or holds."""
    if isinstance(value, (list, tuple)):
        return all(map(_all_fits, value))
    if isinstance(value, dict):
        return all(map(_all_fits, value.values()))
    if not is_object(value):
        return True
    cls: Any = type(value)
    return all(fits(getattr(value, name)) for name, fits in _fields_fit(cls))


@functools.cache
def _fields_fit(cls: Any) -> list[tuple[str, Test]]:
    hints = hints_of(cls)
    names = [field.name for field in dataclasses.fields(cls)]
    return [(name, _fits(hints[name], cls.__module__)) for name in names]


# --- and where it does not ------------------------------------------------------------


def _misfits(value: Any, hint: Any, home: str, place: str) -> Iterator[str]:
    hint = _resolved(hint, home)
    match typing.get_origin(hint) or hint:
        case typing.Any:
            yield from _inside(value, place)
        case typing.Literal:
            known = [(type(one), one) for one in typing.get_args(hint)]
            if (type(value), value) not in known:
                yield _told(value, hint, place)
        case typing.Union | types.UnionType:
            yield from _union(value, hint, home, place)
        case found if found is list:
            yield from _items(value, hint, home, place)
        case found if found is tuple:
            yield from _tuple(value, hint, home, place)
        case found if found is dict:
            yield from _members(value, hint, home, place)
        case found:
            if _is_one(value, found):
                yield from _inside(value, place)
            else:
                yield _told(value, hint, place)


def _resolved(hint: Any, home: str) -> Any:
    """What a quoted name stands for: aliases that refer to each other quote some."""
    while isinstance(hint, (str, typing.ForwardRef)):
        name = hint if isinstance(hint, str) else hint.__forward_arg__
        hint = getattr(sys.modules[home], name)
    return hint


def _is_one(value: Any, cls: Any) -> bool:
    """Whether a value is of a class that has no parameters."""
    if cls is None or cls is type(None):
        return value is None
    if cls is float:
        return type(value) in (int, float)
    if cls in (bool, int, str):
        return type(value) is cls
    return isinstance(value, cls)


def _is_scalar(value: Any, cls: type) -> bool:
    """Whether a value is of a class, and holds nothing."""
    return isinstance(value, SCALARS) and (cls is Any or _is_one(value, cls))


def _told(value: Any, hint: Any, place: str) -> str:
    shown = getattr(hint, "__name__", None) if isinstance(hint, type) else None
    return f"{place or 'the value'}: {reprlib.repr(value)} is no {shown or hint}"


def _union(value: Any, hint: Any, home: str, place: str) -> Iterator[str]:
    """A union is met where one of its members is, in all that it holds."""
    members = typing.get_args(hint)
    if any(isinstance(one, type) and _is_scalar(value, one) for one in members):
        return
    found: list[list[str]] = []
    for one in members:
        wrong = misfits(value, one, home, place)
        if not wrong:
            return
        found.append(wrong)
    # What is wrong inside of something that fits says more than that nothing does.
    inside = [[text for text in one if not _is_of(text, place)] for one in found]
    yield from next(filter(None, inside), [_told(value, hint, place)])


def _is_of(text: str, place: str) -> bool:
    return text.startswith(f"{place or 'the value'}: ")


def _items(value: Any, hint: Any, home: str, place: str) -> Iterator[str]:
    if type(value) is not list:
        yield _told(value, hint, place)
        return
    for item_hint in typing.get_args(hint)[:1]:
        for index, item in enumerate(value):
            yield from misfits(item, item_hint, home, f"{place}/{index}")


def _tuple(value: Any, hint: Any, home: str, place: str) -> Iterator[str]:
    hints = typing.get_args(hint)
    if type(value) is not tuple or len(value) != len(hints):
        yield _told(value, hint, place)
        return
    for index, (item, item_hint) in enumerate(zip(value, hints, strict=True)):
        yield from misfits(item, item_hint, home, f"{place}/{index}")


def _members(value: Any, hint: Any, home: str, place: str) -> Iterator[str]:
    if type(value) is not dict:
        yield _told(value, hint, place)
        return
    for value_hint in typing.get_args(hint)[1:]:
        for name, held in value.items():
            yield from misfits(held, value_hint, home, member(place, name))


def _inside(value: Any, place: str) -> Iterator[str]:
    """What does not fit in the objects that a value is or holds."""
    if is_object(value):
        cls: Any = type(value)
        hints = hints_of(cls)
        for field in dataclasses.fields(value):
            inner = member(place, field.metadata["name"])
            held = getattr(value, field.name)
            yield from misfits(held, hints[field.name], cls.__module__, inner)
    elif isinstance(value, (list, tuple, dict)):
        pairs: Iterable[tuple[Any, Any]] = enumerate(value)
        pairs = value.items() if isinstance(value, dict) else pairs
        for name, held in pairs:
            yield from misfits(held, Any, "", member(place, str(name)))


_HINTS: dict[Any, dict[str, Any]] = {}


def hints_of(cls: Any) -> dict[str, Any]:
    """The annotations of the fields of a class, as types."""
    if cls not in _HINTS:
        _HINTS[cls] = typing.get_type_hints(cls)
    return _HINTS[cls]
