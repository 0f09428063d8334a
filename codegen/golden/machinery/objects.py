"""What documents are decoded to: objects of generated classes in lists and maps."""

# What a decoded value holds has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any, TypeAlias

from .values import member

_CodecOf: TypeAlias = "Callable[[type], Any]"
SCALARS = (str, int, float, type(None))
"""What holds nothing."""
_PLAIN = frozenset({*SCALARS, bool})


def is_object(value: Any) -> bool:
    """Whether a decoded value is an object of a generated class."""
    cls: Any = type(value)
    return _has_objects(cls)


@functools.cache
def _has_objects(cls: Any) -> bool:
    return dataclasses.is_dataclass(cls)


def instances(value: Any, near: str = "") -> Iterator[tuple[str, Any]]:
    """The generated objects in a decoded value with their places, outside in: those
    that hold the place `near`, or are inside it."""
    way = [f"/{token}" for token in near.split("/")[1:]]
    # No recursion: generators inside each other hand every object on at each level.
    open_ = [(value, "", 0)]
    while open_:
        value, place, depth = open_.pop()
        if is_object(value):
            yield place, value
        inner = _members(value)
        if depth < len(way):
            inner = [one for one in inner if one[0] == way[depth]]
        open_ += [(item, place + token, depth + 1) for token, item in reversed(inner)]


def _members(value: Any) -> list[tuple[str, Any]]:
    """What is inside a decoded value and may hold objects, each with what its pointer
    has more."""
    if is_object(value):
        cls: Any = type(value)
        return [
            (token, held)
            for attribute, token in _tokens(cls)
            if type(held := getattr(value, attribute)) not in _PLAIN
        ]
    if isinstance(value, dict):
        return [
            (member("", name), item)
            for name, item in value.items()
            if type(item) not in _PLAIN
        ]
    if isinstance(value, (list, tuple)):
        return [
            (f"/{index}", item)
            for index, item in enumerate(value)
            if type(item) not in _PLAIN
        ]
    return []


@functools.cache
def properties(cls: Any) -> list[tuple[str, str]]:
    """The fields of a class, each with its property."""
    return [(field.name, field.metadata["name"]) for field in dataclasses.fields(cls)]


@functools.cache
def _tokens(cls: Any) -> list[tuple[str, str]]:
    """The fields of a class, each with what the pointer of its property has more."""
    return [(attribute, member("", name)) for attribute, name in properties(cls)]


def gathered(value: Any, unset: object, codec_of: _CodecOf | None = None) -> Any:
    """The JSON value of what fields hold, whatever their object remembers besides;
    `unset` is what a field holds that is not sent. `codec_of` tells of each class which
    fields hold None for null, and which for a property that is absent."""
    cls: Any = type(value)
    if cls in _PLAIN:
        return value
    if is_object(value):
        found = dict(value._extra or {})
        for attribute, name, optional in _sent(cls, codec_of):
            held = getattr(value, attribute)
            if type(held) in _PLAIN:
                if held is not None or not optional:
                    found[name] = held
            elif held is not unset:
                found[name] = gathered(held, unset, codec_of)
        return found
    if isinstance(value, (list, tuple)):
        return [gathered(item, unset, codec_of) for item in value]
    if isinstance(value, dict):
        return {name: gathered(item, unset, codec_of) for name, item in value.items()}
    # What stands for a text carries it.
    return value.value if isinstance(value, Enum) else getattr(value, "_text", value)


@functools.cache
def _sent(cls: Any, codec_of: _CodecOf | None) -> list[tuple[str, str, bool]]:
    """The fields of a class, each with its property and whether None stands for its
    absence."""
    codec = codec_of(cls) if codec_of else None
    found: list[tuple[str, str, bool]] = []
    for field in dataclasses.fields(cls):
        name = field.metadata["name"]
        optional = field.default is None or bool(codec and not codec.known[name])
        found.append((field.name, name, optional))
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
        cls: Any = type(value)
        for attribute, _ in properties(cls):
            yield from containers(getattr(value, attribute))


def described(cls: Any) -> dict[str, dict[str, Any]]:
    """The fields of a class: their metadata, what a constructor takes where one is not
    given, unless that is None, and whether they are said to hold anything at all."""
    return {
        field.name: {**field.metadata, **_default(field), **_anything(field)}
        for field in dataclasses.fields(cls)
    }


def _anything(field: dataclasses.Field[Any]) -> dict[str, bool]:
    return {"anything": True} if "Any" in str(field.type).split(" | ") else {}


def _default(field: dataclasses.Field[Any]) -> dict[str, str]:
    missing = field.default is dataclasses.MISSING or field.default is None
    return {} if missing else {"initial": repr(field.default)}
