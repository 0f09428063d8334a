"""Small documents that ask for a great deal.

A kind is a function from what stands at its innermost place to a JSON Schema.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final, TypeAlias

Json: TypeAlias = Any
Kind: TypeAlias = Callable[[Json], dict[str, Json] | str]

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"


def chain(depth: int, level: Callable[[Json], Json]) -> Kind:
    """`depth` definitions, each made of references to the next."""

    def document(leaf: Json) -> dict[str, Json]:
        made = {f"d{n}": level({"$ref": f"#/$defs/d{n + 1}"}) for n in range(depth)}
        made[f"d{depth}"] = leaf
        return {"$schema": _DRAFT, "$ref": "#/$defs/d0", "$defs": made}

    return document


def nested(depth: int, level: Callable[[Json], Json]) -> Kind:
    """Schemas without a name inside each other, as text: deeper than `json` goes."""

    def document(leaf: Json) -> str:
        before, behind = json.dumps(level("inner")).split('"inner"')
        return before * depth + json.dumps(leaf) + behind * depth

    return document


def one(schema: Callable[[Json], Json]) -> Kind:
    """A single schema."""
    return lambda leaf: {"$schema": _DRAFT, **schema(leaf)}


def defined(**schemas: Callable[[Json], Json]) -> Kind:
    """Named schemas, and nothing at the root."""
    return lambda leaf: {
        "$schema": _DRAFT,
        "$defs": {name: schema(leaf) for name, schema in schemas.items()},
    }


def _pair(ref: Json) -> Json:
    fields = {"l": ref, "r": ref}
    return {"type": "object", "required": ["l", "r"], "properties": fields}


def _wrapped(ref: Json) -> Json:
    return {"type": "object", "properties": {"x": ref}}


def _text(pattern: str) -> Callable[[Json], Json]:
    return lambda leaf: {
        "type": "object",
        "properties": {"n": leaf, "s": {"type": "string", "pattern": pattern}},
        "required": ["s"],
    }


def _every(patterns: list[str]) -> Callable[[Json], Json]:
    return lambda leaf: {
        "type": "object",
        "properties": {
            "n": leaf,
            "s": {"type": "string", "allOf": [{"pattern": p} for p in patterns]},
        },
        "required": ["s"],
    }


def _scopes(count: int) -> Kind:
    """Each of `count` resources is in the dynamic scope or not."""

    def document(leaf: Json) -> dict[str, Json]:
        made: dict[str, Json] = {}
        for n in range(count):
            inner: Json = {"$ref": f"r{n + 1}"} if n + 1 < count else {"$ref": "end"}
            made[f"r{n}"] = {
                "$id": f"https://x.test/r{n}",
                "$defs": {"a": {"$dynamicAnchor": f"a{n}", "type": "object"}},
                "properties": {"in": inner, "over": {"$ref": f"r{min(n + 2, count)}"}},
            }
        made[f"r{count}"] = {"$id": f"https://x.test/r{count}", "$ref": "end"}
        made["end"] = {
            "$id": "https://x.test/end",
            "$defs": {
                f"d{n}": {"$dynamicAnchor": f"a{n}", **leaf} for n in range(count)
            },
            "properties": {f"p{n}": {"$dynamicRef": f"#a{n}"} for n in range(count)},
        }
        return {
            "$schema": _DRAFT,
            "$id": "https://x.test/root",
            "$ref": "r0",
            "$defs": made,
        }

    return document


def _everyone(count: int, required: bool) -> Kind:
    """Schemas that all refer to each other."""

    def document(leaf: Json) -> dict[str, Json]:
        names = [f"p{n}" for n in range(count)]
        fields = {name: {"$ref": f"#/$defs/{name}"} for name in names}
        made = {
            name: {
                "type": "object",
                "properties": {**fields, "leaf": leaf},
                "required": ["leaf", *(names[n + 1 : n + 3] if required else [])],
            }
            for n, name in enumerate(names)
        }
        return {"$schema": _DRAFT, "$ref": "#/$defs/p0", "$defs": made}

    return document


def _union(count: int, branch: Callable[[int], Json], keyword: str = "oneOf") -> Kind:
    def document(leaf: Json) -> dict[str, Json]:
        made = {f"b{n}": branch(n) for n in range(count)}
        made["last"] = leaf
        refs = [{"$ref": f"#/$defs/{name}"} for name in made]
        return {"$schema": _DRAFT, keyword: refs, "$defs": made}

    return document


def _tagged(n: int) -> Json:
    fields = {"type": {"const": f"t{n}"}, "x": {"type": "integer"}}
    return {"type": "object", "required": ["type"], "properties": fields}


def _by_key(n: int) -> Json:
    fields = {f"k{n}": {"type": "integer"}, "x": {"type": "string"}}
    return {"type": "object", "required": [f"k{n}"], "properties": fields}


def _enum(values: list[Json]) -> Kind:
    return lambda leaf: {
        "$schema": _DRAFT,
        "$defs": {"E": {"enum": values}, "N": leaf},
        "type": "object",
        "properties": {"e": {"$ref": "#/$defs/E"}, "i": {"enum": values}, "n": leaf},
    }


def _draft_4(count: int) -> Kind:
    reference = {"$ref": "http://json-schema.org/draft-04/schema#"}
    fields = {f"p{n}": reference for n in range(count)}
    return lambda leaf: {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "type": "object",
        "properties": {**fields, "n": leaf},
    }


def _node(leaf: Json) -> Json:
    fields: dict[str, Json] = {c: {"$ref": "#/properties/node"} for c in "abcdefgh"}
    node = {"type": "object", "properties": {**fields, "n": leaf}}
    return {"type": "object", "properties": {"node": node}}


def _choices(count: int, keyword: str) -> Callable[[Json], Json]:
    """Choices beside each other: any two go together."""

    def schema(leaf: Json) -> Json:
        def names(n: int) -> Json:
            return [{"required": [f"a{n}"]}, {"required": [f"b{n}"]}]

        return {
            "type": "object",
            "properties": {"n": leaf},
            "allOf": [{keyword: names(n)} for n in range(count)],
        }

    return schema


def _conditions(count: int) -> Callable[[Json], Json]:
    def schema(leaf: Json) -> Json:
        return {
            "type": "object",
            "properties": {"n": leaf},
            "allOf": [
                {
                    "if": {"properties": {f"a{n}": {"const": 1}}},
                    "then": {"required": [f"b{n}"]},
                    "else": {"required": [f"c{n}"]},
                }
                for n in range(count)
            ],
        }

    return schema


def _intersected(count: int) -> Callable[[Json], Json]:
    """Patterns whose automata multiply."""
    primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31][:count]
    return _every([f"^(?:a{{{p}}})+$" for p in primes])


KINDS: Final[dict[str, Kind]] = {
    "allof-doubling": chain(40, lambda r: {"allOf": [r, r]}),
    "anyof-doubling": chain(40, lambda r: {"anyOf": [r, r]}),
    "oneof-doubling": chain(40, lambda r: {"oneOf": [r, _wrapped(r)]}),
    "oneof-arrays": chain(40, lambda r: {"oneOf": [r, {"type": "array", "items": r}]}),
    "if-doubling": chain(40, lambda r: {"if": r, "then": r, "else": r}),
    "not-doubling": chain(40, lambda r: {"not": {"anyOf": [r, r]}}),
    "not-allof": chain(40, lambda r: {"not": {"allOf": [r, _wrapped(r)]}}),
    "dependent-doubling": chain(
        40, lambda r: {"type": "object", "dependentSchemas": {"a": r, "b": r}}
    ),
    "required-pairs": chain(40, _pair),
    "optional-pairs": chain(
        40, lambda r: {"type": "object", "properties": {"l": r, "r": r}}
    ),
    "required-inline": chain(
        25, lambda r: {"type": "object", "properties": {"o": _pair(r)}}
    ),
    "required-triples-closed": chain(
        40, lambda r: {**_pair(r), "additionalProperties": False, "minProperties": 2}
    ),
    "maps": chain(
        40,
        lambda r: {
            "type": "object",
            "additionalProperties": r,
            "minProperties": 3,
        },
    ),
    "map-patterns": chain(
        40,
        lambda r: {
            "type": "object",
            "required": ["ab", "ba"],
            "patternProperties": {"^a": r, "b$": r},
        },
    ),
    "names": chain(40, lambda r: {"propertyNames": r, "additionalProperties": r}),
    "min-items": chain(20, lambda r: {"type": "array", "minItems": 9, "items": r}),
    "tuples": chain(
        40, lambda r: {"type": "array", "minItems": 2, "prefixItems": [r, r]}
    ),
    "contains": chain(40, lambda r: {"type": "array", "contains": r, "minContains": 2}),
    "unique-items": chain(
        20,
        lambda r: {"type": "array", "minItems": 9, "items": r, "uniqueItems": True},
    ),
    "unevaluated": chain(
        40,
        lambda r: {
            "type": "object",
            "allOf": [_wrapped(r), r],
            "unevaluatedProperties": r,
        },
    ),
    "unevaluated-items": chain(
        40,
        lambda r: {"type": "array", "prefixItems": [r], "unevaluatedItems": r},
    ),
    "reference-chain": chain(1500, lambda r: r),
    "alias-chain": chain(1500, lambda r: {"allOf": [r], "description": "as below"}),
    "field-chain": chain(900, _wrapped),
    "required-chain": chain(
        900, lambda r: {"type": "object", "properties": {"x": r}, "required": ["x"]}
    ),
    "everyone": _everyone(60, required=False),
    "everyone-required": _everyone(60, required=True),
    "optional-characters": one(_text("a?" * 30 + "a" * 30)),
    "optional-characters-anchored": one(_text("^" + "a?" * 30 + "a" * 30 + "$")),
    "optional-classes": one(_text("^" + "[ab]?" * 40 + "[ab]{40}$")),
    "loops": one(_text("^(a+)+$")),
    "alternatives": one(_text("^(a|a)*b$")),
    "loops-in-loops": one(_text("^((((a*)*)*)*)*b$")),
    "stars": one(_text("^" + "a*" * 30 + "b$")),
    "far-character": one(_text("^[ab]*a[ab]{25}$")),
    "counted": one(_text("^(?:(?:a{1,99}){1,99}){1,99}$")),
    "counted-unicode": one(_text("^\\p{L}{1,500}\\p{N}{1,500}$")),
    "lookaheads": one(_text("^" + "".join(f"(?=.*{c})" for c in "abcdefghij") + ".*$")),
    "backreference": one(_text("^(a*)(b*)(c*)(d*)\\1\\2\\3\\4(a|a)*x$")),
    "slow-lookaround": one(_text("^(?=(a+)+$)(?!(?:a|aa)+b)[ab]{30,}$")),
    "many-patterns": one(_every([f"^.*{c}.*$" for c in "abcdefghijklmnopqrstuvwxyz"])),
    "coprime-loops": one(_intersected(9)),
    "pattern-names": one(
        lambda leaf: {
            "type": "object",
            "patternProperties": {"a?" * 30 + "a" * 30: leaf, "^(a|a)*b$": leaf},
            "propertyNames": {"pattern": "^(a+)+$"},
            "minProperties": 2,
        }
    ),
    "dynamic-scopes": _scopes(25),
    "nested-objects": nested(800, _wrapped),
    "nested-required": nested(
        800, lambda s: {"type": "object", "properties": {"x": s}, "required": ["x"]}
    ),
    "nested-arrays": nested(800, lambda s: {"type": "array", "items": s}),
    "nested-all": nested(50, lambda s: {"allOf": [s]}),
    "nested-any": nested(40, lambda s: {"anyOf": [s, {"type": "string"}]}),
    "nested-one": nested(40, lambda s: {"oneOf": [s, {"type": "object"}]}),
    "nested-fields": nested(50, _wrapped),
    "nested-not": nested(100, lambda s: {"not": s}),
    "nested-if": nested(100, lambda s: {"if": {"type": "object"}, "then": s}),
    "nested-maps": nested(800, lambda s: {"type": "object", "additionalProperties": s}),
    "union-tagged": _union(2000, _tagged),
    "union-by-key": _union(2000, _by_key),
    "union-any-by-key": _union(2000, _by_key, "anyOf"),
    "union-alike": _union(2000, lambda n: {"type": "object", "title": f"T{n}"}),
    "union-constants": _union(2000, lambda n: {"const": n}),
    "union-strings": _union(2000, lambda n: {"type": "string", "minLength": n}),
    "union-patterns": _union(500, lambda n: {"type": "string", "pattern": f"^x{n}"}),
    "all-of-many": one(
        lambda leaf: {
            "allOf": [
                {"type": "object", "properties": {f"p{n}": leaf}} for n in range(2000)
            ]
        }
    ),
    "choices-any": one(_choices(30, "anyOf")),
    "choices-one": one(_choices(30, "oneOf")),
    "conditions": one(_conditions(30)),
    "enum-strings": _enum([f"value {n}" for n in range(50_000)]),
    "enum-integers": _enum(list(range(50_000))),
    "enum-mixed": _enum(
        [value for n in range(10_000) for value in (n, str(n), [n], {"a": n}, n + 0.5)]
    ),
    "metaschema": _draft_4(3),
    "node": one(_node),
    "many-properties": one(
        lambda leaf: {
            "type": "object",
            "properties": {f"p{n}": leaf for n in range(5000)},
            "required": [f"p{n}" for n in range(0, 5000, 2)],
        }
    ),
    "large-limits": defined(
        S=lambda leaf: {"type": "string", "minLength": 10**9},
        A=lambda leaf: {"type": "array", "items": leaf, "minItems": 10**9},
        O=lambda leaf: {
            "type": "object",
            "additionalProperties": leaf,
            "minProperties": 10**9,
        },
        N=lambda leaf: {"type": "number", "multipleOf": 1e-300, "minimum": 1e300},
        U=lambda leaf: {
            "type": "array",
            "uniqueItems": True,
            "items": leaf,
            "minItems": 1500,
        },
    ),
}
