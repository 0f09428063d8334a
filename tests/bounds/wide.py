"""Documents that say one thing very often, beside each other or inside each other, as
machines write them. Kinds as those of `documents`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tests.bounds.documents import Json, Kind

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"


def _one(**keywords: Callable[[Json], Json]) -> Kind:
    """One schema, of keywords whose values are made of what stands innermost."""
    return lambda leaf: {
        "$schema": _DRAFT,
        **{keyword: made(leaf) for keyword, made in keywords.items()},
    }


def _object(fields: Json, **more: Json) -> dict[str, Json]:
    return {"type": "object", "properties": fields, **more}


def _defined(count: int, schema: Callable[[int, Json], Json], **root: Json) -> Kind:
    """So many definitions, and what stands beside them."""
    return lambda leaf: {
        "$schema": _DRAFT,
        **root,
        "$defs": {**{f"D{n}": schema(n, leaf) for n in range(count)}, "Leaf": leaf},
    }


def _inside(depth: int, level: Callable[[int, Json], Json]) -> Kind:
    """Schemas inside each other, each knowing how deep it stands."""

    def document(leaf: Json) -> dict[str, Json]:
        made = leaf
        for n in reversed(range(depth)):
            made = level(n, made)
        return {"$schema": _DRAFT, **made}

    return document


def _ladder(n: int, rest: Json) -> Json:
    condition = {"properties": {"kind": {"const": n}}, "required": ["kind"]}
    return {"if": condition, "then": {"required": [f"p{n}"]}, "else": rest}


def _linked(n: int, rest: Json) -> Json:
    """A level of a list whose ends are told apart by nothing but what they hold."""
    return {"anyOf": [{"type": "array", "items": rest}, _object({f"p{n}": rest})]}


def _choice(n: int, rest: Json) -> Json:
    others = [_object({f"c{n}_{k}": {"type": "integer"}}) for k in range(3)]
    return {"oneOf": [rest, *others]}


def _closed_choice(n: int, rest: Json) -> Json:
    return {"oneOf": [_object({f"k{k}": rest}, required=[f"k{k}"]) for k in range(4)]}


def _shared_choice(n: int, leaf: Json) -> Json:
    """Four branches, which all lead to the next level."""
    rest = {"$ref": f"#/$defs/D{n + 1}"} if n < 9 else leaf
    return _closed_choice(n, rest)


def _asyncapi(messages: dict[str, Json], **components: Json) -> dict[str, Json]:
    refs = {name: {"$ref": f"#/components/messages/{name}"} for name in messages}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Many", "version": "1"},
        "channels": {"c": {"address": "c", "messages": refs}},
        "operations": {
            "send": {"action": "send", "channel": {"$ref": "#/channels/c"}},
        },
        "components": {"messages": messages, **components},
    }


def _openapi(schemas: dict[str, Json], **more: Json) -> dict[str, Json]:
    return {
        "openapi": "3.1.0",
        "info": {"title": "Many", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
        **more,
    }


def _messages(count: int) -> Kind:
    """Messages whose payloads are all the same."""

    def document(leaf: Json) -> dict[str, Json]:
        payload = _object({"id": {"type": "string"}, "n": leaf}, required=["id"])
        return _asyncapi({f"m{n}": {"payload": payload} for n in range(count)})

    return document


def _tagged_messages(count: int) -> Kind:
    def document(leaf: Json) -> dict[str, Json]:
        return _asyncapi(
            {
                f"m{n}": {
                    "payload": _object(
                        {"type": {"const": f"m{n}"}, "n": leaf}, required=["type"]
                    )
                }
                for n in range(count)
            }
        )

    return document


def _discriminated(count: int, keyword: str = "oneOf") -> Kind:
    def document(leaf: Json) -> dict[str, Json]:
        made = {
            f"S{n}": _object(
                {"kind": {"type": "string"}, f"p{n}": leaf}, required=["kind"]
            )
            for n in range(count)
        }
        refs = [{"$ref": f"#/components/schemas/{name}"} for name in made]
        mapping = {f"k{n}": ref["$ref"] for n, ref in enumerate(refs)}
        hint = {"propertyName": "kind", "mapping": mapping}
        made["U"] = {keyword: refs, "discriminator": hint}
        return _openapi(made)

    return document


def _inherited(count: int) -> Kind:
    """A parent that knows its children, and children that extend it."""

    def document(leaf: Json) -> dict[str, Json]:
        parent = {"$ref": "#/components/schemas/Parent"}
        made = {
            f"S{n}": {"allOf": [parent, _object({f"p{n}": leaf})]} for n in range(count)
        }
        mapping = {f"k{n}": f"#/components/schemas/S{n}" for n in range(count)}
        hint = {"propertyName": "kind", "mapping": mapping}
        fields = {"kind": {"type": "string"}}
        made["Parent"] = _object(fields, required=["kind"], discriminator=hint)
        return _openapi(made)

    return document


def _generations(depth: int) -> Kind:
    """Each schema extends the one before it."""

    def schema(n: int, leaf: Json) -> Json:
        own = _object({f"p{n}": leaf}, required=[f"p{n}"])
        return {"allOf": [{"$ref": f"#/$defs/D{n - 1}"}, own]} if n else own

    return _defined(depth, schema)


def _operations(count: int) -> Kind:
    def document(leaf: Json) -> dict[str, Json]:
        body = {"content": {"application/json": {"schema": _object({"n": leaf})}}}
        answer = {"200": {"description": "", **body}}
        where = {"name": "id", "in": "path", "required": True, "schema": leaf}
        paths = {
            f"/things{n}/{{id}}": {
                "parameters": [where],
                "post": {"requestBody": body, "responses": answer},
            }
            for n in range(count)
        }
        return {**_openapi({}), "paths": paths}

    return document


def _blocks(count: int) -> Kind:
    """What an editor writes: blocks of a kind that hold blocks, and fragments, whose
    blocks are narrowed to some."""

    def document(leaf: Json) -> dict[str, Json]:
        refs = [{"$ref": f"#/components/schemas/B{n}"} for n in range(count)]
        some = {"nodes": {"type": "array", "items": {"oneOf": refs[::2]}}}
        fragment = {"allOf": [{"$ref": "#/components/schemas/F"}, _object(some)]}
        held = {
            "nodes": {"type": "array", "items": {"oneOf": refs}},
            "fragments": {"type": "array", "items": fragment},
        }
        made: dict[str, Json] = {
            f"B{n}": _object(
                {"type": {"enum": [f"b{n}"]}, f"p{n}": leaf, **held},
                required=["type", "nodes"],
            )
            for n in range(count)
        }
        made["F"] = _object({"nodes": held["nodes"]}, required=["nodes"])
        return _openapi(made)

    return document


def _resources(count: int) -> Kind:
    """Resources in a circle."""

    def schema(n: int, leaf: Json) -> Json:
        fields = {"next": {"$ref": f"r{(n + 1) % count}"}, "n": leaf}
        return {"$id": f"https://x.test/r{n}", **_object(fields)}

    return _defined(count, schema)


def _entangled(n: int, leaf: Json) -> Json:
    """A union of unions that lead to each other in circles."""
    others = [{"$ref": f"#/$defs/D{(n * 7 + k) % 400}"} for k in range(1, 4)]
    fields = {"k": {"const": n}, "v": leaf}
    return {"oneOf": [*others, _object(fields, required=["k"])]}


KINDS: Final[dict[str, Kind]] = {
    "blocks": _blocks(24),
    "resources": _resources(1500),
    "entangled": _defined(400, _entangled),
    "any-without-tag": _one(
        anyOf=lambda leaf: [
            _object({f"a{n}": leaf, f"b{n}": {"type": "string"}}) for n in range(2000)
        ]
    ),
    "one-without-tag": _one(
        oneOf=lambda leaf: [
            _object({"a": {"type": "integer", "maximum": n}, "b": leaf})
            for n in range(2000)
        ]
    ),
    "any-of-alike": _one(
        anyOf=lambda leaf: [
            _object({"a": leaf}, minProperties=n + 1) for n in range(2000)
        ]
    ),
    "union-of-arrays": _one(
        oneOf=lambda leaf: [
            {"type": "array", "items": leaf, "minItems": n, "maxItems": n}
            for n in range(1000)
        ]
    ),
    "all-of-references": _defined(
        2000,
        lambda n, leaf: _object({f"p{n}": leaf}),
        allOf=[{"$ref": f"#/$defs/D{n}"} for n in range(2000)],
    ),
    "all-of-one-property": _one(
        allOf=lambda leaf: [
            _object({"p": {**leaf, "maximum": 10_000 - n}}) for n in range(2000)
        ]
    ),
    "property-enums": _one(
        type=lambda _: "object",
        properties=lambda leaf: {
            "leaf": leaf,
            **{f"p{n}": {"enum": [f"a{n}", f"b{n}"]} for n in range(2000)},
        },
    ),
    "property-objects": _one(
        type=lambda _: "object",
        properties=lambda leaf: {
            f"p{n}": _object({"a": leaf, "b": {"type": "string"}}) for n in range(2000)
        },
    ),
    "property-unions": _one(
        type=lambda _: "object",
        properties=lambda leaf: {
            f"p{n}": {"oneOf": [leaf, {"type": "string"}, _object({f"q{n}": leaf})]}
            for n in range(1000)
        },
    ),
    "dependent-chain": _one(
        type=lambda _: "object",
        properties=lambda leaf: {f"p{n}": leaf for n in range(1000)},
        dependentRequired=lambda _: {f"p{n}": [f"p{n + 1}"] for n in range(999)},
        minProperties=lambda _: 1,
    ),
    "dependent-all": _one(
        type=lambda _: "object",
        properties=lambda leaf: {"a": leaf},
        dependentRequired=lambda _: {
            f"p{n}": [f"p{m}" for m in range(200) if m != n] for n in range(200)
        },
    ),
    "dependent-schemas": _one(
        type=lambda _: "object",
        dependentSchemas=lambda leaf: {
            f"p{n}": _object({f"q{n}": leaf}, required=[f"p{n + 1}"])
            for n in range(500)
        },
    ),
    "pattern-properties": _one(
        type=lambda _: "object",
        patternProperties=lambda leaf: {f"^p{n}_": leaf for n in range(500)},
        additionalProperties=lambda _: False,
    ),
    "pattern-overlaps": _one(
        type=lambda _: "object",
        patternProperties=lambda leaf: {
            f"p{n}.*x": {**leaf, "maximum": 1000 - n} for n in range(500)
        },
        minProperties=lambda _: 2,
    ),
    "conditions-ladder": _inside(200, _ladder),
    "conditions-beside": _one(
        type=lambda _: "object",
        properties=lambda leaf: {"kind": {"type": "integer"}, "leaf": leaf},
        allOf=lambda _: [
            {
                "if": {"properties": {"kind": {"const": n}}, "required": ["kind"]},
                "then": {"required": [f"p{n}"]},
            }
            for n in range(500)
        ],
    ),
    "choice-in-choice": _inside(10, _choice),
    "choice-ladder": _inside(200, _choice),
    "choices-shared": _defined(10, _shared_choice),
    "choices-written-out": _inside(5, _closed_choice),
    "linked": _inside(8, _linked),
    "unused": _defined(3000, lambda n, leaf: _object({"a": leaf}), type="object"),
    "unused-scalars": _defined(3000, lambda n, leaf: {**leaf, "maximum": n + 9}),
    "not-ladder": _inside(200, lambda n, s: {"not": s}),
    "not-objects": _inside(
        60, lambda n, s: {"not": _object({f"p{n}": s}, required=[f"p{n}"])}
    ),
    "prefix-items": _one(
        type=lambda _: "array",
        prefixItems=lambda leaf: [leaf] * 1999 + [{"type": "string"}],
        minItems=lambda _: 2000,
    ),
    "prefix-objects": _one(
        type=lambda _: "array",
        prefixItems=lambda leaf: [_object({f"p{n}": leaf}) for n in range(2000)],
        items=lambda _: False,
    ),
    "required-names": _one(
        type=lambda _: "object",
        properties=lambda leaf: {"a": leaf},
        required=lambda _: [f"p{n}" for n in range(5000)],
    ),
    "required-properties": _one(
        type=lambda _: "object",
        properties=lambda leaf: {f"p{n}": leaf for n in range(5000)},
        required=lambda _: [f"p{n}" for n in range(5000)],
    ),
    "required-others": _one(
        type=lambda _: "object",
        properties=lambda leaf: {f"p{n}": leaf for n in range(3000)},
        required=lambda _: [f"q{n}" for n in range(3000)],
    ),
    "property-names": _one(
        type=lambda _: "object",
        propertyNames=lambda _: {"enum": [f"name {n}" for n in range(5000)]},
        additionalProperties=lambda leaf: leaf,
        minProperties=lambda _: 2,
    ),
    "contains-many": _one(
        type=lambda _: "array",
        allOf=lambda leaf: [{"contains": {"const": n}} for n in range(300)]
        + [{"items": {"type": "integer"}, "contains": leaf}],
    ),
    "names-and-patterns": _one(
        type=lambda _: "object",
        properties=lambda leaf: {"n": leaf} | {f"p{n}": True for n in range(2000)},
        patternProperties=lambda _: {f"^q{n}": {"minimum": n} for n in range(300)},
    ),
    "required-by-each-other": _one(
        type=lambda _: "object",
        properties=lambda leaf: {"n": leaf},
        dependentRequired=lambda _: {
            f"p{n}": [f"p{m}" for m in range(200)] for n in range(200)
        },
    ),
    "generations": _generations(200),
    "messages-alike": _messages(1000),
    "messages-tagged": _tagged_messages(1000),
    "discriminated": _discriminated(2000),
    "discriminated-any": _discriminated(2000, "anyOf"),
    "inherited": _inherited(1000),
    "operations": _operations(1000),
    "long-texts": _one(
        type=lambda _: "object",
        description=lambda _: "word " * 200_000,
        properties=lambda leaf: {"p" * 50_000: leaf, "q": {"const": "x" * 500_000}},
    ),
    "long-enum-texts": _one(
        type=lambda _: "object",
        properties=lambda leaf: {
            "n": leaf,
            "e": {"enum": ["v" * 2000 + str(n) for n in range(500)]},
        },
    ),
}
