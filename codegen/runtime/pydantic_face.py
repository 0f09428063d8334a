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
from collections.abc import Iterable, Iterator, Mapping
from enum import EnumType
from functools import cache
from importlib import import_module
from typing import Any

from ._advice import unplaced
from .errors import ValidationError, Violation, place, sentence, unescape
from .registry import MODELS, codec_of, is_generated

_DATA = frozenset({"const", "default", "enum", "examples"})
"""Keywords of values, in which `$ref` would be a property like any other."""

_REFERRED = "$"
"""Begins the name of what stands for a reference among the fields of a class, whose
own names are Python's."""

_COUNTED = "#"
"""Begins the names of the fields by whose number pydantic finds which branch of a union
fits best."""

_BY_NAME = frozenset({"dependentSchemas", "patternProperties", "properties"})
"""Keywords with a schema for each of some names, which may be keywords as well."""


def core_schema_of(cls: Any, handler: Any) -> Any:
    """What pydantic validates and serialises a class by. What its JSON Schema refers to
    is defined beside it."""
    name = codec_of(cls).cls.__name__
    for other in _reached(name):
        is_other = cls.__name__ != other or cls.__module__ != MODELS
        if is_other and _enum(other) is None:
            handler.generate_schema(_part(other))
    return _definition(cls, name, _reference(cls), handler)


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
        reference = f"{MODELS}.{cls.name}:0"
        return _definition(_class(cls.name), cls.name, reference, handler)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> Any:
        return _json_schema(cls.name, schema, handler)


def _class(name: str) -> Any:
    """The generated class of a name; None for an enum or alias."""
    found = getattr(import_module(MODELS), name, None)
    return found if hasattr(found, "_defaults") else None


def _enum(name: str) -> Any:
    """The enum of a name; None for a class or alias, be it one of an enum. Models and
    parameters may have it without any class of ours, so its definition is pydantic's,
    and what the schema says beside."""
    found = getattr(import_module(MODELS), name, None)
    return found if isinstance(found, EnumType) and found.__name__ == name else None


def _core() -> Any:
    return import_module("pydantic_core").core_schema


def _definition(cls: Any, name: str, reference: str, handler: Any) -> Any:
    core = _core()
    tags = [(wire, said) for _, wire, said in _tags(cls, name)]

    def validate(value: Any, inner: Any) -> Any:
        found = _validated(cls, value)
        if cls is not None and found is not value:
            count = _known_of(cls, tags, value)
            inner({f"{_COUNTED}{number}": None for number in range(count)})
        return found

    validate.__name__ = validate.__qualname__ = name  # It stands in errors.
    return core.no_info_wrap_validator_function(
        validate,
        _referring(cls, name, handler),
        ref=reference,
        serialization=_serialization(),
    )


def _known_of(cls: Any, tags: list[tuple[str, list[Any]]], value: Any) -> int:
    """How many properties of a value a class knows; none if the value has a tag that is
    not of the class, which alone may accept it."""
    if not isinstance(value, Mapping):
        return 0
    if any(wire in value and value[wire] not in said for wire, said in tags):
        return 0
    return sum(name in value for name in codec_of(cls).known)


def _referring(cls: Any, name: str, handler: Any) -> Any:
    """A schema that refers to what the JSON Schema of a name does, in the same order,
    and has the tags of a class, by which pydantic tells the branches of a union apart.
    What it is given is not the value, but as many fields as that has properties which
    the class knows."""
    core = _core()
    fields: dict[str, Any] = {}
    for number, other in enumerate(_direct(name)):
        enum = _enum(other)
        if enum is not None:
            reference = handler.generate_schema(enum)
        else:
            reference = core.definition_reference_schema(f"{MODELS}.{other}:0")
        fields[f"{_REFERRED}{number}"] = core.typed_dict_field(reference)
    for field, wire, tags in _tags(cls, name):
        tag = core.literal_schema(tags)
        fields[field] = core.typed_dict_field(tag, validation_alias=wire)
    for number in range(0 if cls is None else len(codec_of(cls).known)):
        fields[f"{_COUNTED}{number}"] = core.typed_dict_field(core.any_schema())
    return core.typed_dict_schema(fields, total=False)


def _tags(cls: Any, name: str) -> Iterator[tuple[str, str, list[Any]]]:
    """The fields of a class that hold one of a few texts or integers: their names, the
    names of their properties, and what may be in them."""
    if cls is None:
        return
    codec, properties = codec_of(cls), _schema(name).get("properties", {})
    for field, wire in codec.wire():
        said: Any = properties.get(wire)
        if not isinstance(said, dict):
            said = {}  # A property that may be anything.
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
    violations: Iterable[Violation]
    try:
        if not is_generated(value.__class__):
            return cls.from_dict(value)
        why = f"value: {value.__class__.__name__} is another class"
        violations = [Violation("", "type", why)]
    except ValidationError as error:
        violations = error.violations
    except TypeError as error:
        path, why = unplaced(error)
        violations = [Violation(path, "type", f"{place(path)}: {why}")]
    found = [_error(violation, value) for violation in violations]
    core: Any = import_module("pydantic_core")
    raise core.ValidationError.from_exception_data(cls.__name__, found)


def _error(violation: Violation, value: Any) -> dict[str, Any]:
    core: Any = import_module("pydantic_core")
    where: list[str | int] = []
    for token in violation.path.split("/")[1:]:
        name = unescape(token)
        if isinstance(value, Mapping):
            where.append(name)
            value = value.get(name)
        elif isinstance(value, (list, tuple)) and int(name) < len(value):
            where.append(int(name))
            value = value[int(name)]
        else:
            where.append(name)
            value = None
    kind = core.PydanticCustomError(violation.keyword, sentence(violation))
    return {"type": kind, "loc": tuple(where), "input": value}


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
    for number, other in enumerate(_direct(name)):
        if _enum(other) is not None:
            definition = handler.resolve_ref_schema(made[f"{_REFERRED}{number}"])
            definition.update({**_schema(other), **definition})
    found = _referred(_schema(name), refs)
    if isinstance(found, bool):  # For pydantic every schema is an object.
        return {} if found else {"not": {}}
    whole: dict[str, Any] = found
    return whole


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
