"""The annotation is the value: what objects hold, held against what their classes say.

By the rules of PEP 484: an int is a float, a bool is neither. A class is held against
its own annotations in turn, so that every value at every depth is looked at.
"""

# What a decoded value holds has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import contextlib
import functools
import reprlib
import sys
import types
import typing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from .objects import SCALARS, is_object, properties
from .values import member


def misfits(value: Any, hint: Any, home: str, known: Any = None) -> list[str]:
    """Every place in a value where it is not what an annotation says, in words.

    `home` is the module in which the names of quoted annotations are to be found. What
    fields share with those of `known`, which fits, fits as well.
    """
    # Values may nest further than a stack does: then only the other way ends well.
    with contextlib.suppress(RecursionError):
        fits = _fits(hint, home)
        if _shares(value, known) or fits(value):
            return []
    found = _Telling().of(value, hint, home)
    return [f"{place or 'the value'}: {what}" for place, what in found]


# --- whether a value fits -------------------------------------------------------------

Test: typing.TypeAlias = Callable[[Any], bool]

_EXACT: dict[Any, frozenset[type]] = {
    None: frozenset({type(None)}),
    type(None): frozenset({type(None)}),
    bool: frozenset({bool}),
    int: frozenset({int}),
    float: frozenset({int, float}),
    str: frozenset({str}),
}
"""The classes of the values of an annotation that holds nothing."""


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
            return _any_fits(hint, home)
        case found if found in _EXACT:
            classes = _EXACT[found]
            return lambda value: type(value) in classes
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
            return lambda value: isinstance(value, found) and _all_fits(value)


def _any_fits(hint: Any, home: str) -> Test:
    """Whether a value is what one member of a union says; what holds nothing is told
    by its class."""
    members = typing.get_args(hint)
    exact = [_EXACT[one] for one in members if one in _EXACT]
    classes = frozenset[type]().union(*exact)
    others = [_fits(one, home) for one in members if one not in _EXACT]
    if len(others) == 1:
        (other,) = others
        return lambda value: type(value) in classes or other(value)
    return lambda value: type(value) in classes or any(fit(value) for fit in others)


def _parts(hint: Any) -> tuple[Any, ...]:
    literal = typing.get_origin(hint) is typing.Literal
    return () if literal else typing.get_args(hint)


def _anything(value: Any) -> bool:
    return True


def _all_fits(value: Any) -> bool:
    """Whether all fits in the objects that a value is or holds."""
    cls: Any = type(value)
    if is_object(value):
        return all(fits(getattr(value, name)) for name, fits in _fields_fit(cls))
    if isinstance(value, (list, tuple)):
        return all(map(_all_fits, value))
    if isinstance(value, dict):
        return all(map(_all_fits, value.values()))
    return True


def _shares(value: Any, known: Any) -> bool:
    """Whether an object is of the class of one that fits, and so are its fields as far
    as they do not share what they hold."""
    if not is_object(value) or type(value) is not type(known):
        return False
    cls: Any = type(known)
    pairs = [
        (getattr(value, name), getattr(known, name), fits)
        for name, fits in _fields_fit(cls)
    ]
    return all(held is other or fits(held) for held, other, fits in pairs)


@functools.cache
def _fields_fit(cls: Any) -> list[tuple[str, Test]]:
    hints = hints_of(cls)
    return [(name, _fits(hints[name], cls.__module__)) for name, _ in properties(cls)]


# --- and where it does not ------------------------------------------------------------

Misfit: typing.TypeAlias = tuple[str, str]
"""Where in a value something does not fit, as a JSON Pointer, and what."""


class _Telling:
    """What is wrong with a value, each part of it held once against each annotation: a
    union would ask again at each level what the one around it has asked."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, Any, str], tuple[Any, list[Misfit]]] = {}

    def of(self, value: Any, hint: Any, home: str) -> list[Misfit]:
        """What does not fit in a value. Where the stack ends another thread goes on,
        which has one of its own."""
        key = (id(value), hint, home)
        if key not in self._known:
            try:
                found = list(self._told(value, _resolved(hint, home), home))
            except RecursionError:
                with ThreadPoolExecutor(1) as other:
                    found = other.submit(self.of, value, hint, home).result()
            # The value is kept so that no other can take its identity.
            self._known[key] = (value, found)
        return self._known[key][1]

    def _told(self, value: Any, hint: Any, home: str) -> Iterable[Misfit]:
        parts: Iterable[tuple[Any, Any]] | None
        match typing.get_origin(hint) or hint:
            case typing.Any:
                return self._inside(value)
            case typing.Literal:
                known = [(type(one), one) for one in typing.get_args(hint)]
                return [] if (type(value), value) in known else _told(value, hint)
            case typing.Union | types.UnionType:
                return self._union(value, hint, home)
            case found if found is list:
                hints = [(one, home) for one in typing.get_args(hint)[:1]]
                parts = enumerate(value) if type(value) is list else None
            case found if found is tuple:
                return self._tuple(value, hint, home)
            case found if found is dict:
                hints = [(one, home) for one in typing.get_args(hint)[1:]]
                parts = value.items() if type(value) is dict else None
            case found:
                fits = _is_one(value, found)
                return self._inside(value) if fits else _told(value, hint)
        if parts is None:
            return _told(value, hint)
        return self._parts((name, part, *one) for name, part in parts for one in hints)

    def _parts(self, parts: Iterable[tuple[Any, Any, Any, str]]) -> Iterator[Misfit]:
        """What does not fit in the parts of a value: their names, what they are, and
        what they should be."""
        for name, part, hint, home in parts:
            for place, what in self.of(part, hint, home):
                yield member("", str(name)) + place, what

    def _union(self, value: Any, hint: Any, home: str) -> Iterable[Misfit]:
        """A union is met where one of its members is, in all that it holds."""
        members = typing.get_args(hint)
        if any(isinstance(one, type) and _is_scalar(value, one) for one in members):
            return []
        found: list[list[Misfit]] = []
        for one in members:
            wrong = self.of(value, one, home)
            if not wrong:
                return []
            found.append(wrong)
        # What is wrong inside of something that fits says more than that nothing does.
        inside = [[misfit for misfit in one if misfit[0]] for one in found]
        return next(filter(None, inside), _told(value, hint))

    def _tuple(self, value: Any, hint: Any, home: str) -> Iterable[Misfit]:
        hints = typing.get_args(hint)
        if type(value) is not tuple or len(value) != len(hints):
            return _told(value, hint)
        pairs = enumerate(zip(value, hints, strict=True))
        return self._parts((index, item, one, home) for index, (item, one) in pairs)

    def _inside(self, value: Any) -> Iterator[Misfit]:
        """What does not fit in the objects that a value is or holds."""
        if is_object(value):
            cls: Any = type(value)
            hints, home = hints_of(cls), cls.__module__
            yield from self._parts(
                (name, getattr(value, attribute), hints[attribute], home)
                for attribute, name in properties(cls)
            )
        elif isinstance(value, (list, tuple, dict)):
            pairs: Iterable[tuple[Any, Any]] = enumerate(value)
            pairs = value.items() if isinstance(value, dict) else pairs
            yield from self._parts((name, held, Any, "") for name, held in pairs)


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


def _told(value: Any, hint: Any) -> list[Misfit]:
    shown = getattr(hint, "__name__", None) if isinstance(hint, type) else None
    return [("", f"{reprlib.repr(value)} is no {shown or hint}")]


_HINTS: dict[Any, dict[str, Any]] = {}


def hints_of(cls: Any) -> dict[str, Any]:
    """The annotations of the fields of a class, as types."""
    if cls not in _HINTS:
        _HINTS[cls] = typing.get_type_hints(cls)
    return _HINTS[cls]
