"""The face of a dataclass for generated classes, built when somebody looks.

`dataclasses.fields(cls)` and its kin read `__dataclass_fields__`. It comes from a
shadow dataclass with the same fields, so that only public parts of `dataclasses`
are used. The slot `_extra` shows as an `InitVar`: `fields` and `asdict` leave it
out, `replace` carries it over.
"""

from __future__ import annotations

import copy
import dataclasses
import inspect
import sys
from importlib import import_module
from types import MappingProxyType
from typing import Any

from .registry import codec_of

_FACES: dict[type, Any] = {}


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Frozen:
    """What generated classes are like."""


_PARAMETERS: Any = vars(_Frozen)["__dataclass_params__"]


class _Fields(dict[str, Any]):
    """The fields of a class, as `dataclasses` reads them. No plain dict: msgspec writes
    an object with that by itself, with Python's names, null for what is absent and
    without unknown properties, and asks nobody. It refuses any other."""


def face_of(cls: type) -> Any:
    """The shadow dataclass of a generated class. Its field types are strings."""
    face = _FACES.get(cls)
    if face is None:
        face = _FACES[cls] = _make_face(cls)
    return face


def _make_face(cls: Any) -> Any:
    codec = codec_of(cls)
    generated = codec.cls
    metadata = _metadata(generated)
    wire = dict(codec.wire())
    fields: list[Any] = []
    for name, annotation in _annotations(generated).items():
        options: dict[str, Any] = {
            "kw_only": True,
            "metadata": MappingProxyType(
                {"name": wire[name], **metadata.get(name, {})}
            ),
        }
        if name in generated._defaults:
            options["default"] = generated._defaults[name]
        fields.append((name, annotation, dataclasses.field(**options)))
    for name, own in codec.own.items():
        field: Any = own.default
        if not _is_field(field):
            field = dataclasses.field(default=field)
        fields.append((name, own.annotation, copy.copy(field)))
    fields.append(("_extra", dataclasses.InitVar[Any], None))
    # Nobody makes objects of it or reads about it: its methods, and the signature that
    # stands for a docstring, would take most of the time.
    face: Any = dataclasses.make_dataclass(
        cls.__name__,
        fields,
        namespace={"__doc__": cls.__name__},
        init=False,
        repr=False,
        eq=False,
        kw_only=True,
    )
    face.__dataclass_fields__ = _Fields(face.__dataclass_fields__)
    face.__dataclass_params__ = _PARAMETERS
    return face


def _annotations(generated: type) -> dict[str, str]:
    """The annotations of a generated class, which are texts. `inspect` would ask its
    module for all that it has, and so load all types."""
    found: dict[str, str] = generated.__annotations__
    return found


def _metadata(generated: type) -> dict[str, dict[str, Any]]:
    """What the generated `fields` module says of each field, by attribute name."""
    module = import_module(generated.__module__.rpartition(".")[0] + "._fields")
    found: dict[str, dict[str, Any]] = module.FIELDS.get(generated.__name__, {})
    return found


def signature_of(cls: Any) -> inspect.Signature:
    """The signature of a generated class: its fields as keyword-only parameters."""
    codec = codec_of(cls)
    generated = codec.cls
    parameters = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=generated._defaults.get(name, inspect.Parameter.empty),
            annotation=annotation,
        )
        for name, annotation in _annotations(generated).items()
    ]
    parameters += [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=_shown(own.default),
            annotation=own.annotation,
        )
        for name, own in codec.own.items()
        if own.given
    ]
    return inspect.Signature(parameters)


def _shown(said: Any) -> Any:
    """What a signature shows as the default of a user's own attribute."""
    default: Any = said.default if _is_field(said) else said
    return ... if default is dataclasses.MISSING else default


def _is_field(said: Any) -> bool:
    return isinstance(said, dataclasses.Field)


def constructor_of(cls: Any) -> inspect.Signature:
    """The signature of `__init__`: that of the class behind `self`, which has another
    name where a field has this."""
    fields = signature_of(cls).parameters
    name = "self"
    while name in fields:
        name += "_"
    instance = inspect.Parameter(name, inspect.Parameter.POSITIONAL_ONLY)
    return inspect.Signature([instance, *fields.values()])


def types_of(cls: Any) -> dict[str, Any]:
    """The annotations of `__init__`."""
    fields = signature_of(cls).parameters.values()
    return {**{field.name: field.annotation for field in fields}, "return": None}


def names_of(cls: Any) -> dict[str, Any]:
    """What names in the annotations of `__init__` mean: those of a user's own class
    stand in the user's module."""
    own = vars(sys.modules[cls.__module__])
    return {**own, **vars(import_module(codec_of(cls).cls.__module__))}
