"""The digest of what a file is made of: code trees, views, texts.

Two digests are the same only if everything is, types included. Values that Python takes
for equal (1, 1.0 and True) are different here, because they are printed differently.
What is not plain data has no digest.
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, Final, TypeAlias

from codegen import digests

About: TypeAlias = tuple[tuple[type, Callable[[Any], object]], ...]
"""For some types, a function that tells what else matters about their values."""

_PLAIN: Final = frozenset((str, int, float, bool, type(None)))

_Parts: TypeAlias = tuple[bytes, Callable[[Any], Any] | None, int]
"""For a dataclass: its name, a function that gets its fields, and their number."""


def digest(value: object, about: About) -> str:
    """The digest of a value, with what `about` says of the values in it. Raises
    TypeError if something in it is not plain data, and ValueError for a number of
    thousands of digits."""
    out, met = _flat(value, frozenset(kind for kind, _ in about))
    for kind, question in about:
        known = [(repr(one), question(one)) for one in met if type(one) is kind]
        out += _flat(sorted(known, key=lambda pair: pair[0]), frozenset())[0]
    return digests.of_strings(repr(out))


def _flat(value: object, asked: frozenset[type]) -> tuple[list[Any], set[Any]]:
    """A value and everything in it as one flat list, in which bytes stand for whatever
    holds something; and the values of the types that `asked` is about."""
    known: dict[type, _Parts] = {}
    met: set[Any] = set()
    out: list[Any] = []
    add = out.append
    pending = [value]
    # There are millions, so nothing is called for one that need not be.
    while pending:
        one = pending.pop()
        kind = type(one)
        if kind in _PLAIN:
            add(one)
        elif kind is tuple or kind is list:
            add(b"%s %d" % (kind.__name__.encode(), len(one)))  # type: ignore[arg-type]  # it has a length
            pending.extend(one)  # type: ignore[arg-type]  # and can be iterated
        else:
            mark, fields, count = known.get(kind) or known.setdefault(kind, _of(kind))
            add(mark)
            if kind in asked:
                met.add(one)
            if fields is None:
                found = _other(one)
                add(len(found))
                pending.extend(found)
            elif count == 1:
                pending.append(fields(one))
            elif count:
                pending.extend(fields(one))
    return out, met


def _of(kind: type) -> _Parts:
    mark = f"{kind.__module__}.{kind.__qualname__}".encode()
    if not dataclasses.is_dataclass(kind):
        return mark, None, 0
    names = [field.name for field in dataclasses.fields(kind)]
    return mark, attrgetter(*names) if names else None, len(names)


def _other(value: Any) -> list[Any]:
    """What is inside a value that is neither a dataclass nor a list."""
    if isinstance(value, str):
        return [str.__str__(value)]
    if isinstance(value, enum.Enum):
        return [value.name]
    if isinstance(value, Mapping):
        return [part for pair in value.items() for part in pair]
    if dataclasses.is_dataclass(value):
        return []  # It has no fields.
    raise TypeError(f"{type(value).__name__} is no plain data")
