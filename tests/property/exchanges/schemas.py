"""What the schemas of a document accept, and small values that a sender may write."""

from __future__ import annotations

import functools
import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeGuard

import jsonschema

Json = Any
Schema = dict[str, Any]
Spec = dict[str, Any]

_MOST: Final = 40
"""Values of one schema that are looked at."""

_IN_PLACE: Final = ("allOf", "anyOf", "oneOf")


@dataclass(frozen=True, slots=True)
class Atoms:
    """Texts, numbers and names that a pair of documents speaks of."""

    texts: tuple[str, ...]
    numbers: tuple[float, ...]
    names: tuple[str, ...]


def atoms(*documents: Spec) -> Atoms:
    """What is worth trying at the places of some documents."""
    texts: dict[str, None] = dict.fromkeys(["x", "5", "true", "a b", "zz,q", ""])
    numbers: dict[float, None] = dict.fromkeys([5, -1, 0, 1.5])
    names: dict[str, None] = {}
    for one in _objects_in(documents):
        told = one.get("enum", [one.get("const")])
        for value in told if isinstance(told, list) else ():
            if isinstance(value, str):
                texts[value] = None
            elif _number(value):
                numbers[value] = None
        if isinstance(one.get("properties"), dict):
            names |= dict.fromkeys(one["properties"])
        for key in ("minLength", "maxLength"):
            if isinstance(limit := one.get(key), int):
                texts |= dict.fromkeys("a" * (limit + n) for n in (0, 1))
        for key in ("minimum", "maximum", "multipleOf"):
            if _number(limit := one.get(key)):
                numbers |= dict.fromkeys(limit + n for n in (-1, 0, 1))
    return Atoms(tuple(texts), tuple(numbers), (*names, "zz"))


def _objects_in(documents: Sequence[Json]) -> Iterator[Schema]:
    """Every mapping inside some values."""
    stack = list(documents)
    while stack:
        match stack.pop():
            case dict() as one:
                yield one
                stack.extend(one.values())
            case list() as many:
                stack.extend(many)
            case _:
                pass


def _number(value: Json) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def followed(spec: Spec, value: Json) -> Json:
    """What a reference leads to; the value itself if it is none."""
    while isinstance(value, dict) and isinstance(value.get("$ref"), str):
        target: Json = spec
        for token in value["$ref"].removeprefix("#/").split("/"):
            target = target[token.replace("~1", "/").replace("~0", "~")]
        value = target
    return value


class Schemas:
    """The schemas of one document, as they hold of requests or of answers."""

    def __init__(self, spec: Spec, of_requests: bool) -> None:
        self.spec = spec
        self.hidden = "readOnly" if of_requests else "writeOnly"
        self.old = str(spec["openapi"]).startswith("3.0")
        self._told: dict[int, tuple[Json, Json, str]] = {}

    def _read(self, schema: Json) -> tuple[Json, Json, str]:
        """A schema, what it is as a plain one, and its text, which are asked for often;
        the schema is kept, so that no other one gets its identity."""
        found = self._told.get(id(schema))
        if found is None:
            plain = self._plain(schema)
            found = self._told[id(schema)] = schema, plain, _text(plain)
        return found

    def plain(self, schema: Json) -> Json:
        """A schema of 2020-12 without references, in which nothing is required that the
        sender does not write."""
        return self._read(schema)[1]

    def _plain(self, schema: Json) -> Json:
        if not isinstance(schema, dict):
            return schema
        if "$ref" in schema:
            inner = self._plain(followed(self.spec, schema))
            rest = {k: v for k, v in schema.items() if k != "$ref"}
            if self.old or not rest:
                return inner
            return {"allOf": [inner, self._plain(rest)]}
        found: Schema = {}
        for key, value in schema.items():
            match value:
                case dict() if key == "properties":
                    found[key] = {k: self._plain(v) for k, v in value.items()}
                case list() if key in (*_IN_PLACE, "prefixItems"):
                    found[key] = [self._plain(v) for v in value]
                case dict() if key in ("items", "additionalProperties", "not"):
                    found[key] = self._plain(value)
                case _:
                    found[key] = value
        return self._sided(self._nullable(found))

    def _nullable(self, schema: Schema) -> Schema:
        if schema.pop("nullable", False) and self.old and "type" in schema:
            return {**schema, "type": [schema["type"], "null"]}
        return schema

    def _sided(self, schema: Schema) -> Schema:
        if "allOf" in schema:
            names = self._unwritten(schema)
            parts = [self._without(one, names) for one in schema["allOf"]]
            schema = {**schema, "allOf": parts}
        if "required" not in schema:
            return schema
        unwritten = self._unwritten(schema)
        needed = [name for name in schema["required"] if name not in unwritten]
        return {**schema, "required": needed}

    def _without(self, schema: Json, names: set[str]) -> Json:
        if not isinstance(schema, dict):
            return schema
        parts = [self._without(one, names) for one in schema.get("allOf", ())]
        needed = [n for n in schema.get("required", ()) if n not in names]
        found = {**schema, "required": needed} if "required" in schema else schema
        return {**found, "allOf": parts} if parts else found

    def _unwritten(self, schema: Json) -> set[str]:
        """The properties of a schema and the parts of its `allOf` that are marked."""
        if not isinstance(schema, dict):
            return set()
        members = schema.get("properties", {}).items()
        inner = (self._unwritten(one) for one in schema.get("allOf", ()))
        return {n for n, m in members if self._marked(m)}.union(*inner)

    def _marked(self, member: Json) -> bool:
        if not isinstance(member, dict):
            return False
        inner = member.get("allOf", ())
        return bool(member.get(self.hidden)) or any(map(self._marked, inner))

    def accepts(self, schema: Json, value: Json) -> bool:
        """Whether a schema of the document takes a value."""
        return _valid_text(self._read(schema)[2], _text(value))

    def only_unknown(self, schema: Json, value: Json) -> bool:
        """Whether a value differs from what is taken by values of enumerations or by
        branches of unions alone: what a tolerant client survives."""
        errors = list(_validator(self._read(schema)[2]).iter_errors(value))
        return all(e.validator in ("enum", "anyOf", "oneOf") for e in errors)

    def values(self, schema: Json, found: Atoms) -> tuple[Json, ...]:
        """Small values that a sender may write by a schema."""
        return _values(self._read(schema)[2], found, self.hidden)

    def types(self, schema: Json) -> frozenset[str]:
        """The JSON types of which a schema speaks, as far as it is plain."""
        return _types(self.plain(schema))


def _text(schema: Json) -> str:
    return json.dumps(schema, sort_keys=True)


@functools.lru_cache(maxsize=4000)
def _validator(schema: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(schema))


@functools.lru_cache(maxsize=20_000)
def _valid_text(schema: str, value: str) -> bool:
    return _validator(schema).is_valid(json.loads(value))


_EVERY: Final = frozenset(
    ("null", "boolean", "integer", "number", "string", "array", "object")
)


def _types(schema: Json) -> frozenset[str]:
    if schema is True or schema == {}:
        return _EVERY
    if schema is False:
        return frozenset()
    found = _EVERY
    told = schema.get("type")
    if told is not None:
        found &= {told} if isinstance(told, str) else set(told)
        if "number" in found:
            found |= {"integer"}
    for key, value in (("const", [schema.get("const")]), ("enum", schema.get("enum"))):
        if key in schema:
            found &= {_type(one) for one in value}
    for one in schema.get("allOf", ()):
        found &= _types(one)
    for key in ("anyOf", "oneOf"):
        if key in schema:
            found &= frozenset().union(*map(_types, schema[key]))
    return found


def _type(value: Json) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


@functools.lru_cache(maxsize=4000)
def _values(schema: str, found: Atoms, hidden: str) -> tuple[Json, ...]:
    plain = json.loads(schema)
    taken: dict[str, Json] = {}
    checked = _validator(schema)
    for value in _candidates(plain, found, hidden):
        key = json.dumps(value, sort_keys=True)
        if key not in taken and checked.is_valid(value):
            taken[key] = value
            if len(taken) == _MOST:
                break
    return tuple(taken.values())


def _candidates(schema: Json, found: Atoms, hidden: str) -> Iterator[Json]:
    """Values that may be taken by a schema, and hold declared properties only."""
    if schema is False:
        return
    if schema is True:
        schema = {}
    if "const" in schema:
        yield schema["const"]
        return
    if "enum" in schema:
        yield from schema["enum"]
        return
    branches = [schema.get(key, ()) for key in _IN_PLACE]
    rest = {k: v for k, v in schema.items() if k not in _IN_PLACE}
    if any(branches):
        yield from _combined(rest, branches, found, hidden)
        return
    kinds = _types(rest)
    if "string" in kinds:
        yield from found.texts
    if kinds & {"integer", "number"}:
        yield from found.numbers
    if "boolean" in kinds:
        yield from (True, False)
    if "null" in kinds:
        yield None
    if "array" in kinds:
        yield from _arrays(rest, found, hidden)
    if "object" in kinds:
        yield from _objects(rest, found, hidden)


def _combined(
    rest: Schema,
    branches: list[list[Json]],
    found: Atoms,
    hidden: str,
) -> Iterator[Json]:
    """Values of parts of an `allOf` and of one branch of each union, objects merged."""
    every, one_of = branches[0], [many for many in branches[1:] if many]
    ways = [
        _merged([*([rest] if rest else []), *every, *chosen], found, hidden)
        for chosen in itertools.product(*one_of)
    ]
    # By turns, as only the first values are looked at.
    for values in itertools.zip_longest(*ways, fillvalue=_NOTHING):
        yield from (value for value in values if value is not _NOTHING)


_NOTHING: Final = object()


def _merged(parts: list[Json], found: Atoms, hidden: str) -> Iterator[Json]:
    """Values of any of some schemas, and objects of all of them."""
    pools = [list(_candidates(p, found, hidden))[:12] for p in parts]
    for pool in pools:
        yield from (v for v in pool if not isinstance(v, dict))
    dicts = [[v for v in pool if isinstance(v, dict)] for pool in pools]
    # One of them is enough to say who must not write a property.
    kept = {name for part in parts for name in _unwritten(part, hidden)}
    if all(dicts):
        for values in itertools.islice(itertools.product(*dicts), 40):
            merged = {k: v for value in values for k, v in value.items()}
            yield {k: v for k, v in merged.items() if k not in kept}


def _unwritten(schema: Json, hidden: str) -> Iterator[str]:
    """The properties of which a schema says that the other side alone writes them."""
    told = schema.get("properties", {}) if isinstance(schema, dict) else {}
    for name, inner in told.items():
        if isinstance(inner, dict) and inner.get(hidden):
            yield name


def _arrays(schema: Schema, found: Atoms, hidden: str) -> Iterator[list[Json]]:
    items: tuple[Json, ...] = ("x", 5)
    if "items" in schema:
        items = _values(_text(schema["items"]), found, hidden)
    most = schema.get("maxItems", 3)
    for count in (1, 2, 0, 3):
        if schema.get("minItems", 0) <= count <= most:
            pool = items if count == 1 else items[:4]
            yield from map(
                list, itertools.islice(itertools.product(pool, repeat=count), 12)
            )


def _objects(schema: Schema, found: Atoms, hidden: str) -> Iterator[dict[str, Json]]:
    members = {
        name: list(_values(_text(inner), found, hidden))
        for name, inner in schema.get("properties", {}).items()
        if not (isinstance(inner, dict) and inner.get(hidden))
    }
    members = {name: pool for name, pool in members.items() if pool}
    needed = [name for name in schema.get("required", ()) if name in members]
    least = {name: members[name][0] for name in needed}
    yield least
    yield {name: pool[0] for name, pool in members.items()}
    members |= _further(schema, found, hidden)
    longest = max(map(len, members.values()), default=0)
    for turn in range(min(longest, 16)):
        for name, pool in members.items():
            if turn < len(pool):
                yield {**least, name: pool[turn]}


def _further(schema: Schema, found: Atoms, hidden: str) -> dict[str, list[Json]]:
    """Properties that a schema does not declare and that a sender may write: those of a
    map, and of an object that declares none."""
    known = schema.get("properties", {})
    told = schema.get("additionalProperties", True)
    if told is False or (told is True and known):
        return {}
    pool: list[Json] = ["x", 5]
    if isinstance(told, dict) and told:
        pool = list(_values(_text(told), found, hidden))[:6]
    names = [name for name in found.names if name not in known]
    return dict.fromkeys(names if known else names[-3:], pool) if pool else {}
