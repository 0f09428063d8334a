"""Random schemas of all keywords, and versions of them, for proofs to be attacked."""

from __future__ import annotations

import copy
import random
from typing import Any, Final

from codegen.ir import model as ir

NAMES: Final = ("a", "b", "c", "ab", "kind")
SCALARS: Final[tuple[ir.Json, ...]] = (
    None, True, False, 0, 1, 2, 3, 4, 5, 6, 10, -1, 0.5, 1.5, 12345678901234567890,
    1e20,
    "", "a", "b", "ab", "ba", "aab", "A1", "a b", "abc", "0",
)  # fmt: skip
PATTERNS: Final = (
    "^a", "b$", "^[ab]*$", "a", "^.$", "^(a|b)+$", "^(?=.*b)a", "^(?!b)", "\\bb",
    "^a{1,3}$", "^[a-c]{0,2048}$", "^(?i:ab)$",
)  # fmt: skip
NAME_PATTERNS: Final = ("^a", "b$", "^[ab]+$", "^k", "^(?!a)", "")
TYPES: Final = ("null", "boolean", "integer", "number", "string", "array", "object")

_SCALAR_WORDS: Final = (
    "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
    "multipleOf", "minLength", "maxLength", "pattern",
)  # fmt: skip
_ARRAY_WORDS: Final = (
    "items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems",
    "unevaluatedItems",
)  # fmt: skip
_OBJECT_WORDS: Final = (
    "properties", "patternProperties", "additionalProperties", "propertyNames",
    "required", "minProperties", "maxProperties", "dependentRequired",
    "dependentSchemas", "unevaluatedProperties",
)  # fmt: skip
_LOGIC_WORDS: Final = ("allOf", "anyOf", "oneOf", "not", "if", "$ref")
WORDS: Final = (*_SCALAR_WORDS, *_ARRAY_WORDS, *_OBJECT_WORDS, *_LOGIC_WORDS)

_OF_TYPE: Final[dict[str, tuple[str, ...]]] = {
    "integer": ("minimum", "maximum", "multipleOf", "exclusiveMinimum", "enum"),
    "number": ("minimum", "maximum", "multipleOf", "exclusiveMaximum", "enum"),
    "string": ("minLength", "maxLength", "pattern", "pattern", "enum"),
    "array": _ARRAY_WORDS,
    "object": (*_OBJECT_WORDS, "properties", "required"),
}


def versions(rng: random.Random, keyword: str = "") -> tuple[ir.Json, ir.Json]:
    """A schema and another version, or another spelling, of it."""
    shared = schema(rng, 1)
    one = schema(rng, rng.choice((1, 2, 2, 3)), keyword)
    roll = rng.random()
    if roll < 0.7:
        two = edited(rng, one)
    elif roll < 0.8:
        two = {"not": {"not": edited(rng, one)}}
    elif roll < 0.9:
        two = {rng.choice(("anyOf", "allOf")): [one, edited(rng, one)]}
    else:
        two = schema(rng, 2, keyword)
    return _closed(rng, one, shared), _closed(rng, two, shared)


def _closed(rng: random.Random, made: ir.Json, shared: ir.Json) -> ir.Json:
    """A schema with what its references lead to: another schema, and itself."""
    inner = made if isinstance(made, dict) else {"allOf": [made]}
    other = shared if rng.random() < 0.8 else schema(rng, 1)
    return {"$defs": {"self": inner, "other": other}, "$ref": "#/$defs/self"}


def schema(rng: random.Random, depth: int, keyword: str = "") -> ir.Json:
    """A schema of a few keywords, `keyword` among them."""
    if not keyword and rng.random() < 0.06:
        return rng.random() < 0.7
    made: dict[str, ir.Json] = {}
    kind = ""
    if rng.random() < 0.6:
        kinds = rng.sample(TYPES, rng.choice((1, 1, 1, 2)))
        made["type"] = kinds[0] if len(kinds) == 1 else kinds
        kind = rng.choice(kinds)
    for _ in range(rng.choice((0, 1, 1, 2, 2, 3))):
        words = _OF_TYPE.get(kind, WORDS) if rng.random() < 0.75 else WORDS
        made.update(_keyword(rng, rng.choice(words), depth))
    if keyword:
        made.update(_keyword(rng, keyword, max(depth, 1)))
    return made


def _keyword(rng: random.Random, word: str, depth: int) -> dict[str, Any]:
    flat = word in _SCALAR_WORDS
    if depth <= 0 and not flat and word not in _SIZES:
        word = rng.choice(_SCALAR_WORDS)

    def sub() -> ir.Json:
        return schema(rng, depth - 1)

    def some(least: int, most: int) -> list[ir.Json]:
        return [sub() for _ in range(rng.randint(least, most))]

    match word:
        case "enum":
            return {word: rng.sample(SCALARS, rng.randint(1, 4))}
        case "const":
            value = rng.choice((*SCALARS, [], {}, [1], {"a": 1}))
            return {word: copy.deepcopy(value)}
        case "multipleOf":
            return {word: rng.choice((1, 2, 3, 4, 6, 0.5, 1.5, 0.1))}
        case "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum":
            return {word: rng.choice((0, 1, 2, 3, 5, -1, 0.5, 10, 1e20))}
        case "pattern":
            return {word: rng.choice(PATTERNS)}
        case "uniqueItems":
            return {word: rng.random() < 0.9}
        case "required":
            return {word: rng.sample(NAMES, rng.randint(1, 2))}
        case "properties":
            return {word: {n: sub() for n in rng.sample(NAMES, rng.randint(1, 3))}}
        case "patternProperties":
            found = rng.sample(NAME_PATTERNS, rng.randint(1, 2))
            return {word: {pattern: sub() for pattern in found}}
        case "dependentRequired":
            first, *others = rng.sample(NAMES, rng.randint(2, 3))
            return {word: {first: others}}
        case "dependentSchemas":
            return {word: {rng.choice(NAMES): sub()}}
        case "prefixItems":
            return {word: some(1, 2)}
        case "allOf" | "anyOf" | "oneOf":
            return {word: some(1, 3)}
        case "if":
            made = {"if": sub()}
            branches = rng.choice((("then",), ("else",), ("then", "else")))
            return {**made, **{branch: sub() for branch in branches}}
        case "contains":
            made = {word: sub()}
            if rng.random() < 0.5:
                made["minContains"] = rng.randint(0, 2)
            if rng.random() < 0.4:
                made["maxContains"] = rng.randint(0, 2)
            return made
        case "$ref":
            return {word: f"#/$defs/{rng.choice(('other', 'other', 'self'))}"}
        case _ if word in _SIZES or "Length" in word:
            return {word: rng.randint(0, 3)}
        case _:
            return {word: sub()}


_SIZES: Final = ("minItems", "maxItems", "minProperties", "maxProperties")


def edited(rng: random.Random, value: ir.Json) -> ir.Json:
    """A schema changed in one or two places."""
    made = copy.deepcopy(value)
    for _ in range(rng.choice((1, 1, 1, 2))):
        places = list(_places(made))
        if not places:
            return schema(rng, 1)
        _change(rng, rng.choice(places))
    return made


_MAPS: Final = ("properties", "patternProperties", "dependentSchemas")
_LISTS: Final = ("allOf", "anyOf", "oneOf", "prefixItems")
_SINGLE: Final = (
    "items", "additionalProperties", "propertyNames", "not", "if", "then", "else",
    "contains", "unevaluatedItems", "unevaluatedProperties",
)  # fmt: skip


def _places(value: Any) -> list[dict[str, Any]]:
    """Every schema inside a schema that is an object."""
    if not isinstance(value, dict):
        return []
    found = [value]
    for word, inner in value.items():
        if word in _MAPS:
            for one in inner.values():
                found += _places(one)
        elif word in _LISTS:
            for one in inner:
                found += _places(one)
        elif word in _SINGLE:
            found += _places(inner)
    return found


def _change(rng: random.Random, place: dict[str, Any]) -> None:
    words = [word for word in place if word != "$defs"]
    word = rng.choice(words) if words else ""
    roll = rng.random()
    value = place.get(word)
    if not word or roll < 0.25:
        place.update(_keyword(rng, rng.choice(WORDS), 1))
    elif roll < 0.45:
        del place[word]
    elif word in ("enum", "required", "type", *_LISTS) and isinstance(value, list):
        if roll < 0.7 and len(value) > 1:
            value.pop(rng.randrange(len(value)))
        elif word in _LISTS:
            value.append(schema(rng, 1))
        else:
            more = {"enum": SCALARS, "required": NAMES, "type": TYPES}[word]
            other = rng.choice(more)
            value.extend([other] if other not in value else [])
    elif word in _MAPS and isinstance(value, dict):
        if roll < 0.7 and value:
            del value[rng.choice(list(value))]
        else:
            more_names = NAME_PATTERNS if word == "patternProperties" else NAMES
            value[rng.choice(more_names)] = schema(rng, 1)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        near = max(0, value + rng.choice((-1, 1)))
        place[word] = value * 2 if word == "multipleOf" else near
    elif word == "additionalProperties" or word in _SINGLE:
        place[word] = schema(rng, 1)
    else:
        place.update(_keyword(rng, word, 1) if word in WORDS else {})
