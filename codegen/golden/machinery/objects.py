"""What documents are decoded to: objects of generated classes in lists and maps."""

# What a decoded value holds has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from .values import holds, member

_NONE: Mapping[type, Any] = {}


def is_object(value: Any) -> bool:
    """Whether a decoded value is an object of a generated class."""
    cls: Any = type(value)
    return _has_objects(cls)


@functools.cache
def _has_objects(cls: Any) -> bool:
    return dataclasses.is_dataclass(cls)


def instances(value: Any, near: str = "", place: str = "") -> Iterator[tuple[str, Any]]:
    """The generated objects in a decoded value with their places, outside in: those
    that hold the place `near`, or are inside it."""
    if not holds(place, near) and not holds(near, place):
        return
    if isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from instances(item, near, f"{place}/{index}")
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from instances(item, near, member(place, name))
    elif is_object(value):
        yield place, value
        for field in dataclasses.fields(value):
            inner = member(place, field.metadata["name"])
            yield from instances(getattr(value, field.name), near, inner)


def gathered(value: Any, unset: object, codecs: Mapping[type, Any] = _NONE) -> Any:
    """The JSON value of what fields hold, whatever their object remembers besides;
    `unset` is what a field holds that is not sent. `codecs` tell of each class which
    fields hold None for null, and which for a property that is absent."""
    if isinstance(value, (list, tuple)):
        return [gathered(item, unset, codecs) for item in value]
    if isinstance(value, dict):
        return {name: gathered(item, unset, codecs) for name, item in value.items()}
    if not is_object(value):
        return value.value if isinstance(value, Enum) else value
    found = dict(value._extra or {})
    codec = codecs.get(type(value))
    for field in dataclasses.fields(value):
        held, name = getattr(value, field.name), field.metadata["name"]
        optional = field.default is None or (codec and not codec.known[name])
        if held is not unset and not (held is None and optional):
            found[name] = gathered(held, unset, codecs)
    return found


def containers(value: Any) -> Iterator[Any]:
    """Every list and map in a decoded value: what a program can change in place."""
    if isinstance(value, (list, dict)):
        yield value
        for item in value.values() if isinstance(value, dict) else value:
            yield from containers(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from containers(item)
    elif is_object(value):
        for field in dataclasses.fields(value):
            yield from containers(getattr(value, field.name))


def described(cls: Any) -> dict[str, dict[str, Any]]:
    """The fields of a class: their metadata, and what a constructor takes where one is
    not given, unless that is None."""
    return {
        field.name: {**field.metadata, **_default(field)}
        for field in dataclasses.fields(cls)
    }


def _default(field: dataclasses.Field[Any]) -> dict[str, str]:
    missing = field.default is dataclasses.MISSING or field.default is None
    return {} if missing else {"initial": repr(field.default)}
