"""Documents whose references, choices and texts ask for a great deal. Kinds as those of
`documents`."""

from __future__ import annotations

from typing import Final

from tests.bounds.documents import Json, Kind

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_SCHEMAS: Final = "#/components/schemas/"


def _object(fields: Json, **more: Json) -> dict[str, Json]:
    return {"type": "object", "properties": fields, **more}


def _root(leaf: Json, **keywords: Json) -> dict[str, Json]:
    """A schema of one property, and what stands beside it."""
    return {"$schema": _DRAFT, **_object({"n": leaf}), **keywords}


def _openapi(schemas: dict[str, Json]) -> dict[str, Json]:
    components = {"schemas": schemas}
    info = {"title": "References", "version": "1"}
    return {"openapi": "3.1.0", "info": info, "paths": {}, "components": components}


def _components(leaf: Json, count: int) -> dict[str, Json]:
    """Components that are nothing but references to the next one."""
    made: dict[str, Json] = {
        f"D{n}": {"$ref": f"{_SCHEMAS}D{n + 1}"} for n in range(count)
    }
    return _openapi({**made, f"D{count}": leaf})


def _unread(leaf: Json, count: int) -> dict[str, Json]:
    """Components that say what the next one says, of which the last cannot be read, and
    a choice that holds the first."""
    made: dict[str, Json] = {
        f"D{n}": {"allOf": [{"$ref": f"{_SCHEMAS}D{n + 1}"}]} for n in range(count)
    }
    choice: Json = {"oneOf": [{"$ref": f"{_SCHEMAS}D0"}, leaf]}
    return _openapi({**made, f"D{count}": {"type": "no such type"}, "Choice": choice})


def _anchors(leaf: Json, count: int) -> dict[str, Json]:
    """Dynamic references from each schema to the next, in one resource."""
    made = {
        f"D{n}": {
            "$dynamicAnchor": f"a{n}",
            **_object({"x": {"$dynamicRef": f"#a{(n + 1) % count}"}, "n": leaf}),
        }
        for n in range(count)
    }
    return {"$schema": _DRAFT, "$id": "https://x.test/r", "$defs": made}


def _overlapping(count: int, each: int, tagged: bool) -> Kind:
    """Unions of the same schemas, no two of them alike."""

    def document(leaf: Json) -> dict[str, Json]:
        made: dict[str, Json] = {}
        for n in range(count):
            fields = {f"p{n}": leaf, **({"kind": {"type": "string"}} if tagged else {})}
            made[f"S{n}"] = _object(fields, required=["kind" if tagged else f"p{n}"])
        for n in range(count):
            refs = [{"$ref": f"{_SCHEMAS}S{(n + k) % count}"} for k in range(each)]
            made[f"U{n}"] = {"oneOf": refs}
            if tagged:
                made[f"U{n}"]["discriminator"] = {"propertyName": "kind"}
        return _openapi(made)

    return document


def _enum_tags(leaf: Json, count: int, each: int) -> dict[str, Json]:
    """A union whose branches have many tags each."""
    made = {
        f"B{n}": _object(
            {"type": {"enum": [f"t{n}_{k}" for k in range(each)]}, "n": leaf},
            required=["type"],
        )
        for n in range(count)
    }
    refs = [{"$ref": f"#/$defs/{name}"} for name in made]
    return {"$schema": _DRAFT, "oneOf": refs, "$defs": made}


def _dangling_mapping(leaf: Json, count: int) -> dict[str, Json]:
    """A document of one line that has as many warnings."""
    mapping = {f"k{n}": f"{_SCHEMAS}N{n}" for n in range(count)}
    hint = {"propertyName": "kind", "mapping": mapping}
    branch = _object({"kind": {"type": "string"}, "n": leaf}, required=["kind"])
    union = {"oneOf": [{"$ref": f"{_SCHEMAS}A"}], "discriminator": hint}
    return _openapi({"A": branch, "U": union})


def _conditions(leaf: Json, count: int) -> Json:
    return [
        {
            "if": {"properties": {"k": {"const": n}}, "required": ["k"]},
            "then": _object({f"p{n}": leaf}, required=[f"p{n}"]),
        }
        for n in range(count)
    ]


def _classes(count: int) -> dict[str, Json]:
    """Patterns of large classes."""
    return {
        f"s{n}": {"pattern": f"^\\p{{L}}+[\\p{{N}}\\p{{P}}]*\\P{{Lu}}{{{n + 1}}}$"}
        for n in range(count)
    }


KINDS: Final[dict[str, Kind]] = {
    "unread-components": lambda leaf: _unread(leaf, 6000),
    "component-chain": lambda leaf: _components(leaf, 3000),
    "dynamic-circle": lambda leaf: _anchors(leaf, 600),
    "unions-overlapping": _overlapping(150, 20, tagged=False),
    "unions-discriminated": _overlapping(150, 20, tagged=True),
    "union-of-enum-tags": lambda leaf: _enum_tags(leaf, 300, 20),
    "dangling-mapping": lambda leaf: _dangling_mapping(leaf, 5000),
    "conditions-many": lambda leaf: _root(leaf, allOf=_conditions(leaf, 800)),
    "dependent-in-dependent": lambda leaf: _root(
        leaf,
        dependentSchemas={
            f"p{n}": {"dependentSchemas": {f"q{k}": _root(leaf) for k in range(20)}}
            for n in range(50)
        },
    ),
    "enum-alike": lambda leaf: _root(leaf, enum=[{"n": 1}] * 20_000),
    "counts-in-counts": lambda leaf: {
        "$schema": _DRAFT,
        **_object({"n": leaf, "s": {"pattern": "((a{1,9}){1,9}){1,9}$"}}),
    },
    "large-classes": lambda leaf: {
        "$schema": _DRAFT,
        **_object({"n": leaf, **_classes(60)}),
    },
}
