"""Generated classes in pydantic, and so in FastAPI: imported when pydantic asks.

Values are validated by the package's decoder, and its violations are pydantic's errors,
with their paths as `loc`; they are serialised by its encoder, and the JSON Schema is
that of the specification. The package depends on neither.
"""

# What pydantic makes has no type that a package without it knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from .errors import ValidationError, Violation, sentence, unescape
from .registry import MODELS, codec_of

_DATA = frozenset({"const", "default", "enum", "examples"})
"""Keywords of values, in which `$ref` would be a property like any other."""

_REFERRED = "$"
"""So begins what stands for a reference among the fields of a class, which are named
as in Python."""

_BY_NAME = frozenset({"dependentSchemas", "patternProperties", "properties"})
"""Keywords with a schema for each of some names, which may be keywords as well."""


def core_schema_of(cls: Any, handler: Any) -> Any:
    """What pydantic validates and serialises a class by. What its JSON Schema refers to
    is defined beside it."""
    name = codec_of(cls).cls.__name__
    for other in _reached(name):
        if cls.__name__ != other or cls.__module__ != MODELS:
            handler.generate_schema(_part(other))
    return _definition(cls, name, _reference(cls))


def json_schema_of(cls: Any, schema: Any, handler: Any) -> dict[str, Any]:
    """The JSON Schema of a class."""
    return _json_schema(codec_of(cls).cls.__name__, schema, handler)


@cache
def _schema(name: str) -> Any:
    """What the package has as the JSON Schema of a name; nobody changes it."""
    package = MODELS.rpartition(".")[0]
    return json.loads(import_module(f"{package}._json_schemas").SCHEMAS[name])


def _targets(schema: Any) -> Iterator[str]:
    """The names that a schema refers to."""
    if isinstance(schema, list):
        for part in schema:
            yield from _targets(part)
    if not isinstance(schema, dict):
        return
    for key, part in schema.items():
        if key == "$ref":
            yield part
        elif key == "discriminator":
            yield from part.get("mapping", {}).values()
        elif key in _BY_NAME:
            yield from _targets(list(part.values()))
        elif key not in _DATA:
            yield from _targets(part)


def _direct(name: str) -> list[str]:
    return list(dict.fromkeys(_targets(_schema(name))))


def _reached(name: str) -> list[str]:
    """The names that a schema refers to, directly or not."""
    found = dict.fromkeys(_direct(name))
    pending = list(found)
    for other in pending:
        pending += [inner for inner in _direct(other) if inner not in found]
        found |= dict.fromkeys(pending)
    return list(found)


def _reference(cls: Any) -> str:
    """What pydantic calls the definition of a class by: its name, and a number where
    others may have the same."""
    number = 0 if cls.__module__ == MODELS else id(cls)
    return f"{cls.__module__}.{cls.__qualname__}:{number}"


def _part(name: str) -> Any:
    """Stands for a schema that others refer to; pydantic wants a type for each."""
    found = _PARTS.get(name)
    if found is None:
        found = _PARTS[name] = type(name, (_Part,), {"name": name})
    return found


_PARTS: dict[str, Any] = {}


class _Part:
    """Stands for a schema by its name."""

    name: str

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        return _definition(_class(cls.name), cls.name, f"{MODELS}.{cls.name}:0")

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> Any:
        return _json_schema(cls.name, schema, handler)


def _class(name: str) -> Any:
    """The generated class of a name; None for an enum or alias."""
    found = getattr(import_module(MODELS), name, None)
    return found if hasattr(found, "_defaults") else None


def _core() -> Any:
    return import_module("pydantic_core").core_schema


def _definition(cls: Any, name: str, reference: str) -> Any:
    core = _core()

    def validate(value: Any, _inner: Any) -> Any:
        return _validated(cls, value)

    validate.__name__ = validate.__qualname__ = name  # It stands in errors.
    return core.no_info_wrap_validator_function(
        validate,
        _referring(cls, name),
        ref=reference,
        serialization=_serialization(),
    )


def _referring(cls: Any, name: str) -> Any:
    """A schema that refers to what the JSON Schema of a name does, in the same order,
    and has the tags of a class, by which pydantic tells apart what is in a union. No
    value is held against it."""
    core = _core()
    fields: dict[str, Any] = {}
    for number, other in enumerate(_direct(name)):
        reference = core.definition_reference_schema(f"{MODELS}.{other}:0")
        fields[f"{_REFERRED}{number}"] = core.typed_dict_field(reference)
    for field, wire, tags in _tags(cls, name):
        tag = core.literal_schema(tags)
        fields[field] = core.typed_dict_field(tag, validation_alias=wire)
    return core.typed_dict_schema(fields)


def _tags(cls: Any, name: str) -> Iterator[tuple[str, str, list[Any]]]:
    """The fields of a class that hold one of a few texts or integers: their names, the
    names of their properties, and what may be in them."""
    if cls is None:
        return
    codec, properties = codec_of(cls), _schema(name).get("properties", {})
    for field, wire in codec.wire():
        said: Any = properties.get(wire, {})
        tags: Any = said.get("enum", [said["const"]] if "const" in said else [])
        default: Any = codec.cls._defaults.get(field)
        if not tags and isinstance(default, str | int):
            tags = [getattr(default, "value", default)]
        if tags and all(isinstance(tag, str | int) for tag in tags):
            yield field, wire, tags


def _validated(cls: Any, value: Any) -> Any:
    if cls is None or isinstance(value, cls):
        return value
    if isinstance(value, codec_of(cls).cls):
        value = value.to_dict()
    try:
        return cls.from_dict(value)
    except ValidationError as error:
        found = [_error(violation, value) for violation in error.violations]
    except TypeError as error:
        found = [_error(Violation("", "type", str(error)), value)]
    core = import_module("pydantic_core")
    raise core.ValidationError.from_exception_data(cls.__name__, found)


def _error(violation: Violation, value: Any) -> dict[str, Any]:
    core = import_module("pydantic_core")
    place: list[str | int] = []
    for token in violation.path.split("/")[1:]:
        name = unescape(token)
        if isinstance(value, Mapping):
            place.append(name)
            value = value.get(name)
        elif isinstance(value, (list, tuple)) and int(name) < len(value):
            place.append(int(name))
            value = value[int(name)]
        else:
            place.append(name)
            value = None
    kind = core.PydanticCustomError(violation.keyword, sentence(violation))
    return {"type": kind, "loc": tuple(place), "input": value}


def _serialization() -> Any:
    """What writes a value as this package does."""
    return _core().plain_serializer_function_ser_schema(_serialised)


def _serialised(value: Any) -> Any:
    return value.to_dict() if hasattr(value, "to_dict") else value


@cache
def any_serializer() -> Any:
    """What writes objects of all classes, where pydantic knows no type of them."""
    schema = _core().any_schema(serialization=_serialization())
    return import_module("pydantic_core").SchemaSerializer(schema)


def unknown_event_schema(cls: Any) -> Any:
    """What pydantic knows of events that no table holds: objects that are there."""
    is_json = _core().is_instance_schema(cls, serialization=_serialization())
    return {**is_json, "metadata": {"pydantic_js_functions": [_any_object]}}


def _any_object(_schema: Any, _handler: Any) -> dict[str, Any]:
    return {"type": "object"}


def _json_schema(name: str, schema: Any, handler: Any) -> dict[str, Any]:
    made = handler(schema["schema"])["properties"]
    refs = {
        other: made[f"{_REFERRED}{number}"]["$ref"]
        for number, other in enumerate(_direct(name))
    }
    found: dict[str, Any] = _referred(_schema(name), refs)
    return found


def _referred(schema: Any, refs: Mapping[str, str]) -> Any:
    """A schema with pydantic's references in it."""
    if isinstance(schema, list):
        return [_referred(part, refs) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found: dict[str, Any] = {}
    for key, part in schema.items():
        if key == "$ref":
            found[key] = refs[part]
        elif key in _BY_NAME:
            found[key] = {name: _referred(inner, refs) for name, inner in part.items()}
        elif key == "discriminator":
            mapping = {tag: refs[to] for tag, to in part.get("mapping", {}).items()}
            found[key] = {**part, "mapping": mapping} if mapping else part
        else:
            found[key] = part if key in _DATA else _referred(part, refs)
    return found
