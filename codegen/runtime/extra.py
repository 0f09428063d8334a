"""Properties of an object that no field holds: what they are, and others in a copy."""

# What no field holds is the runtime's own affair, and this is part of it.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

from .build import build
from .model import Model
from .registry import codec_of

M = TypeVar("M", bound=Model)
V = TypeVar("V")


class HasExtras(Protocol[V]):
    """An object of a class whose properties without a field have values of a type."""

    def _extras(self) -> dict[str, V]: ...


def extra_of(obj: HasExtras[V]) -> dict[str, V]:
    """The properties of an object that no field holds, by name, in the order received.

    Values are copies. They have the type that the specification gives them
    (`additionalProperties`, `patternProperties`), otherwise they are JSON. Raises
    `TypeError` for what is not an object of this package.
    """
    codec_of(obj.__class__)
    return obj._extras()


def with_extra(obj: M, extra: Mapping[str, Any]) -> M:
    """A copy of an object with exactly these properties beside its fields.

    Values are JSON, or objects of this package. Raises `ValidationError` if the copy
    breaks its schema, `ValueError` for a property that has a field (set it with
    `dataclasses.replace`), `TypeError` for what JSON cannot express.
    """
    cls = obj.__class__
    codec = codec_of(cls)
    fields = {name: getattr(obj, name) for name in codec.cls.__slots__}
    attributes = {wire: name for name, wire in codec.wire()}
    for name in extra:
        if name in attributes and name not in (obj._extra or ()):
            raise ValueError(
                f"{name!r} has the field {attributes[name]!r} in {cls.__name__}:"
                " set it with dataclasses.replace"
            )
    made = object.__new__(cls)
    for name in codec.own:
        object.__setattr__(made, name, getattr(obj, name))
    build(made, fields, dict(extra), held=True)
    if codec.made is not None:
        codec.made(made)
    return made
