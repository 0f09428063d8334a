"""The vendor's schemas as the plain shapes that every peer library can express.

Peers get models of the same schemas, built from this one description in the way
each library's documentation recommends. Where a library could not take the real
frames otherwise, all of them get the same help:

* every property that is not required may be null, because the server sends nulls
  where its specification has none;
* branches of a union with the same tag (the three roles of a message) become one
  class with the properties of all, because only our tables know a second tag;
* the tag of a union's branch is required, as it is in every frame;
* a union of a class with an array, a map or another class that has no tag may be
  anything;
* limits on numbers are left out: no frame comes near one.
"""

from __future__ import annotations

import json
import keyword
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

TAG = "type"


@dataclass(frozen=True)
class Scalar:
    """str, int, float, bool, or anything at all."""

    kind: str


@dataclass(frozen=True)
class Literals:
    values: tuple[str, ...]


@dataclass(frozen=True)
class Array:
    items: Shape


@dataclass(frozen=True)
class Map:
    values: Shape


@dataclass(frozen=True)
class Object:
    """A class; its fields are looked up by name, so shapes may recur."""

    name: str


@dataclass(frozen=True)
class Union:
    """Branches; those that are objects are told apart by `TAG`."""

    branches: tuple[Shape, ...]


Shape: TypeAlias = Scalar | Literals | Array | Map | Object | Union

ANY = Scalar("any")


@dataclass(frozen=True)
class Field:
    name: str
    shape: Shape
    required: bool


class Shapes:
    """The shapes behind one union of events."""

    def __init__(self, schemas: dict[str, Any], root: str) -> None:
        self.schemas = schemas
        self.objects: dict[str, tuple[Field, ...]] = {}
        """Fields of each class, in an order in which parts come before wholes."""
        self.tags: dict[str, str] = {}
        """The tag of each class that has one."""
        self._busy: dict[str, str] = {}
        root_shape = self._union(list(self._branches(schemas[root])), root)
        branches = getattr(root_shape, "branches", ())
        self.events = {
            self.tags[branch.name]: branch.name
            for branch in branches
            if isinstance(branch, Object)
        }

    def _resolve(self, schema: Any) -> tuple[Any, str]:
        name = ""
        while isinstance(schema, dict) and "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            schema = self.schemas[name]
        return schema, name

    def _branches(self, schema: Any) -> Iterator[Any]:
        real, _ = self._resolve(schema)
        parts = real.get("anyOf") or real.get("oneOf")
        if parts and "properties" not in real:
            for part in parts:
                yield from self._branches(part)
        elif real.get("type") != "null":
            yield schema

    def shape(self, schema: Any, place: str) -> Shape:
        """The shape of a schema; classes without a name are called after `place`."""
        real, name = self._resolve(schema)
        name = name or place
        branches = list(self._branches(schema))
        if len(branches) != 1 or branches[0] is not schema:
            return self._union(branches, name)
        match real.get("type"):
            case "string" if "enum" in real:
                return Literals(tuple(real["enum"]))
            case "string":
                return Scalar("str")
            case "integer" | "number" | "boolean" as kind:
                return Scalar({"integer": "int", "number": "float"}.get(kind, "bool"))
            case "array":
                return Array(self.shape(real.get("items", {}), name + "Item"))
            case "object" if real.get("properties"):
                return self._object([real], name)
            case "object" if isinstance(real.get("additionalProperties"), dict):
                return Map(self.shape(real["additionalProperties"], name + "Value"))
            case "object":
                return Map(ANY)
        return ANY

    def _object(self, schemas: list[Any], name: str, tagged: bool = False) -> Shape:
        key = f"{name}{tagged}{json.dumps(schemas, sort_keys=True, default=str)}"
        if key in self._busy:
            return Object(self._busy[key])
        unique = name
        while unique in self._busy.values():
            unique += "_"
        self._busy[key] = unique
        fields: dict[str, list[Any]] = {}
        for schema in schemas:
            for field, part in schema["properties"].items():
                fields.setdefault(field, []).append(part)
        made = []
        for field, parts in fields.items():
            place = unique + field.title().replace("_", "")
            shape = self._merge(parts, place)
            required = all(field in schema.get("required", ()) for schema in schemas)
            required = required or (tagged and field == TAG)
            if keyword.iskeyword(field):
                continue
            made.append(Field(field, shape, required))
            if field == TAG and isinstance(shape, Literals) and len(shape.values) == 1:
                self.tags[unique] = shape.values[0]
        self.objects[unique] = tuple(made)
        return Object(unique)

    def _merge(self, parts: list[Any], place: str) -> Shape:
        """One shape for a property that several branches declare."""
        found = [self.shape(part, place) for part in parts]
        if all(shape == found[0] for shape in found):
            return found[0]
        real = [self._resolve(part)[0] for part in parts]
        if all(part.get("type") == "array" for part in real):
            items = [self._resolve(part["items"])[0] for part in real]
            if all("properties" in item for item in items):
                return Array(self._object(items, place + "Item"))
        values = [shape.values for shape in found if isinstance(shape, Literals)]
        if len(values) == len(found):
            return Literals(tuple(dict.fromkeys(sum(values, ()))))
        return ANY

    def _union(self, schemas: list[Any], name: str) -> Shape:
        tagged: dict[str, list[tuple[Any, str]]] = {}
        others: list[Shape] = []
        for index, schema in enumerate(schemas):
            real, own = self._resolve(schema)
            tag = self._tag(real)
            if tag is not None:
                tagged.setdefault(tag, []).append((real, own or f"{name}{index}"))
            else:
                others.append(self.shape(schema, f"{name}{index}"))
        objects = [
            self._object([real for real, _ in found], found[0][1], tagged=True)
            for found in tagged.values()
        ]
        compound = (Object, Map, Array)
        untagged = [shape for shape in others if isinstance(shape, compound)]
        if len(untagged) + bool(objects) > 1:
            return ANY
        if any(isinstance(shape, Scalar) and shape.kind == "str" for shape in others):
            others = [shape for shape in others if not isinstance(shape, Literals)]
        branches = tuple(dict.fromkeys([*others, *objects]))
        return branches[0] if len(branches) == 1 else Union(branches)

    def _tag(self, schema: Any) -> str | None:
        if not isinstance(schema, dict):
            return None
        tag, _ = self._resolve(schema.get("properties", {}).get(TAG, {}))
        values = tag.get("enum", [])
        return values[0] if len(values) == 1 else None
