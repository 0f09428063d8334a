"""The face of a dataclass for generated classes, built when somebody looks.

`dataclasses.fields(cls)` and its kin read `__dataclass_fields__`. It comes from a
shadow dataclass with the same fields, so that only public parts of `dataclasses`
are used. The slot `_extra` shows as an `InitVar`: `fields` and `asdict` leave it
out, `replace` carries it over.
"""

from __future__ import annotations

import dataclasses
import inspect
from importlib import import_module
from types import MappingProxyType
from typing import Any

from .registry import codec_of

_FACES: dict[type, Any] = {}


def face_of(cls: type) -> Any:
    """The shadow dataclass of a generated class. Its field types are strings."""
    face = _FACES.get(cls)
    if face is None:
        face = _FACES[cls] = _make_face(cls)
    return face


def _make_face(cls: Any) -> Any:
    metadata = _metadata(cls)
    wire = dict(codec_of(cls).wire())
    fields: list[Any] = []
    for name, annotation in _annotations(cls).items():
        options: dict[str, Any] = {
            "kw_only": True,
            "metadata": MappingProxyType(
                {"name": wire.get(name, name), **metadata.get(name, {})}
            ),
        }
        if name in cls._defaults:
            options["default"] = cls._defaults[name]
        fields.append((name, annotation, dataclasses.field(**options)))
    fields.append(("_extra", dataclasses.InitVar[Any], None))
    return dataclasses.make_dataclass(cls.__name__, fields, frozen=True, kw_only=True)


def _annotations(cls: type) -> dict[str, str]:
    found: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        if hasattr(base, "_defaults"):
            found.update(inspect.get_annotations(base))
    return found


def _metadata(cls: type) -> dict[str, dict[str, Any]]:
    """What the generated `fields` module says of each field, by attribute name."""
    generated = codec_of(cls).cls
    module = import_module(generated.__module__.rpartition(".")[0] + ".fields")
    found: dict[str, dict[str, Any]] = module.FIELDS.get(generated.__name__, {})
    return found


def signature_of(cls: Any) -> inspect.Signature:
    """The signature of a generated class: its fields as keyword-only parameters."""
    parameters = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=cls._defaults.get(name, inspect.Parameter.empty),
            annotation=annotation,
        )
        for name, annotation in _annotations(cls).items()
    ]
    return inspect.Signature(parameters)
