"""Properties of an object that no field holds: what they are, and others in a copy or
in a new object."""

# What no field holds is the runtime's own affair, and this is part of it.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ParamSpec, Protocol, TypeVar, overload

from .build import build
from .model import Model
from .registry import Codec, codec_of

Fields = ParamSpec("Fields")
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


@overload
def with_extra(obj: M, extra: Mapping[str, Any], /) -> M: ...
@overload
def with_extra(
    obj: Callable[Fields, M],
    extra: Mapping[str, Any],
    /,
    *given: Fields.args,
    **fields: Fields.kwargs,
) -> M: ...
def with_extra(
    obj: Any, extra: Mapping[str, Any], /, *given: Any, **fields: Any
) -> Any:
    """A copy of an object with exactly these properties beside its fields.

    With a class instead of an object: a new object of it, with these properties and
    with fields as the constructor takes them. So objects are made that must have
    properties without a field.

    Values are JSON, or objects of this package. Raises `ValidationError` if the result
    breaks its schema, `ValueError` for a property that has a field (set it by its name,
    in a copy with `dataclasses.replace`), `TypeError` for what JSON cannot express.
    """
    if isinstance(obj, type):
        _refuse_fields(codec_of(obj), obj, extra, "give it as an argument")
        return obj(*given, **fields, _extra=dict(extra))
    if given or fields:
        raise TypeError(
            "an object has its fields: change them with dataclasses.replace"
        )
    return _copy_with(obj, extra)


def _copy_with(obj: M, extra: Mapping[str, Any]) -> M:
    cls = obj.__class__
    codec = codec_of(cls)
    fields = {name: getattr(obj, name) for name in codec.cls.__slots__}
    others = [name for name in extra if name not in (obj._extra or ())]
    _refuse_fields(codec, cls, others, "set it with dataclasses.replace")
    made = object.__new__(cls)
    for name in codec.own:
        object.__setattr__(made, name, getattr(obj, name))
    build(made, fields, dict(extra), held=True)
    if codec.made is not None:
        codec.made(made)
    return made


def _refuse_fields(codec: Codec, cls: type, names: Iterable[str], way: str) -> None:
    attributes = {wire: name for name, wire in codec.wire()}
    for name in names:
        if name in attributes:
            raise ValueError(
                f"{name!r} has the field {attributes[name]!r} in {cls.__name__}: {way}"
            )
