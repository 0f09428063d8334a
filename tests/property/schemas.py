"""Random JSON Schemas, small and tangled, and documents to try on them."""

from __future__ import annotations

import json
import random
from pathlib import Path

from codegen.diagnostics import Report
from codegen.frontend import Options, load
from codegen.ir import model as ir
from tests.memory import MemoryReader

NAMES = ("a", "b", "c", "kind")
SCALARS: tuple[ir.Json, ...] = (
    None, True, False, 0, 1, 2, 3, 6, -1, 0.5, 1.5, 10, "", "a", "b", "ab", "aab", "A1",
)  # fmt: skip
PATTERNS = ("^a", "b$", "^[a-b]*$", "a", "^.$", "^(a|b)+$")
TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")


def module(schema: ir.Json) -> ir.Module:
    """The module of a plain JSON Schema."""
    report = Report()
    reader = MemoryReader({"schema.json": json.dumps(schema)})
    found = load(Path("schema.json"), Options(), report, reader=reader)
    assert not report.failed, [str(item) for item in report]
    return found.module


def random_schema(rng: random.Random, depth: int = 3) -> ir.Json:
    """A schema with one to four keywords, or a boolean, or a reference to the root."""
    if rng.random() < 0.04:
        return rng.random() < 0.7
    if depth < 3 and rng.random() < 0.05:
        return {"$ref": "#/$defs/self"}
    schema: dict[str, ir.Json] = {}
    if rng.random() < 0.7:
        kinds = rng.sample(TYPES, rng.choice((1, 1, 1, 2)))
        schema["type"] = kinds[0] if len(kinds) == 1 else kinds
    for _ in range(rng.randint(0, 3)):
        schema.update(_keyword(rng, depth, schema.get("type")))
    return schema


def _keyword(rng: random.Random, depth: int, kind: ir.Json) -> dict[str, ir.Json]:
    word = rng.choice(_WORDS.get(kind if isinstance(kind, str) else "", ()) or _ANY)
    if depth <= 0 and word in _DEEP:
        word = rng.choice(("enum", "minLength", "minimum", "required"))

    def sub() -> ir.Json:
        return random_schema(rng, depth - 1)

    match word:
        case "enum":
            return {"enum": rng.sample(SCALARS, rng.randint(1, 4))}
        case "const":
            return {"const": rng.choice(SCALARS)}
        case "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum":
            return {word: rng.choice((0, 1, 2, 3, 0.5))}
        case "multipleOf":
            return {word: rng.choice((1, 2, 3, 0.5))}
        case "minLength" | "maxLength":
            return {word: rng.randint(0, 3)}
        case "minItems" | "maxItems" | "minProperties" | "maxProperties":
            return {word: rng.randint(0, 2)}
        case "pattern":
            return {word: rng.choice(PATTERNS)}
        case "uniqueItems":
            return {word: True}
        case "required":
            return {word: rng.sample(NAMES, rng.randint(1, 2))}
        case "properties":
            names = rng.sample(NAMES, rng.randint(1, 3))
            return {word: {name: sub() for name in names}}
        case "patternProperties":
            return {word: {rng.choice(("^a", "^k", "b")): sub()}}
        case "dependentRequired":
            first, other = rng.sample(NAMES, 2)
            return {word: {first: [other]}}
        case "dependentSchemas":
            return {word: {rng.choice(NAMES): sub()}}
        case "prefixItems" | "allOf" | "anyOf" | "oneOf":
            return {word: [sub() for _ in range(rng.randint(1, 3))]}
        case "if":
            return {"if": sub(), rng.choice(("then", "else")): sub()}
        case "contains":
            return {word: sub(), "minContains": rng.randint(0, 2)}
        case _:
            return {word: sub()}


_DEEP = frozenset(
    {
        "properties", "patternProperties", "dependentSchemas", "prefixItems", "allOf",
        "anyOf", "oneOf", "not", "if", "contains", "items", "additionalProperties",
        "propertyNames", "unevaluatedProperties", "unevaluatedItems",
    }
)  # fmt: skip
_ANY = (
    "enum",
    "const",
    "anyOf",
    "oneOf",
    "allOf",
    "not",
    "if",
    "properties",
    "required",
)
_OBJECT = (
    "properties", "properties", "properties", "required", "required",
    "additionalProperties", "patternProperties", "propertyNames", "minProperties",
    "maxProperties", "dependentRequired", "dependentSchemas", "anyOf", "oneOf", "allOf",
    "not", "unevaluatedProperties", "if",
)  # fmt: skip
_WORDS: dict[str, tuple[str, ...]] = {
    "integer": ("minimum", "maximum", "exclusiveMinimum", "multipleOf", "enum", "not"),
    "number": ("minimum", "exclusiveMaximum", "multipleOf", "enum", "anyOf"),
    "string": ("minLength", "maxLength", "pattern", "enum", "const", "not", "oneOf"),
    "array": (
        "items", "items", "prefixItems", "minItems", "maxItems", "uniqueItems",
        "contains", "unevaluatedItems", "allOf",
    ),
    "object": _OBJECT,
}  # fmt: skip


def varied(rng: random.Random, schema: ir.Json, depth: int = 4) -> ir.Json:
    """A schema changed in one place or none."""
    if not isinstance(schema, dict) or depth == 0 or rng.random() < 0.25:
        return random_schema(rng, 2)
    result = dict(schema)
    choices = [key for key in result if key != "$defs"]
    action = rng.random()
    if not choices or action < 0.25:
        result.update(_keyword(rng, 1, result.get("type")))
        return result
    key = rng.choice(choices)
    value = result[key]
    if action < 0.4:
        del result[key]
        if key == "if":
            result.pop("then", None)
            result.pop("else", None)
    elif isinstance(value, dict) and key in ("properties", "patternProperties"):
        name = rng.choice(list(value))
        result[key] = {**value, name: varied(rng, value[name], depth - 1)}
    elif isinstance(value, dict) and key in _DEEP and key != "dependentSchemas":
        result[key] = varied(rng, value, depth - 1)
    elif isinstance(value, list) and key in ("allOf", "anyOf", "oneOf", "prefixItems"):
        index = rng.randrange(len(value))
        changed = varied(rng, value[index], depth - 1)
        result[key] = [*value[:index], changed, *value[index + 1 :]]
    elif isinstance(value, int) and not isinstance(value, bool):
        result[key] = max(0, value + rng.choice((-1, 1)))
        if key == "multipleOf":
            result[key] = rng.choice((1, 2, 3, 4, 6))
    else:
        result.update(_keyword(rng, 1, result.get("type")))
    return result


def with_self(schema: ir.Json) -> ir.Json:
    """A schema whose references to itself are resolved."""
    if not isinstance(schema, dict):
        return schema
    inner = {key: value for key, value in schema.items() if key != "$defs"}
    return {"$defs": {"self": inner}, "$ref": "#/$defs/self"}


def random_document(rng: random.Random, depth: int = 3) -> ir.Json:
    """A JSON value of the vocabulary above."""
    pick = rng.random()
    if depth == 0 or pick < 0.45:
        return rng.choice(SCALARS)
    if pick < 0.65:
        return [random_document(rng, depth - 1) for _ in range(rng.randint(0, 3))]
    names = rng.sample((*NAMES, "x"), rng.randint(0, 4))
    return {name: random_document(rng, depth - 1) for name in names}
