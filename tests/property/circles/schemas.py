"""Random schemas that refer to each other, and values that nest along them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

from codegen.ir import model as ir

_KINDS: Final = (
    "object", "object", "object", "union", "union", "if", "array", "not",
    "dependentSchemas", "unevaluated", "patternProperties", "scalar",
)  # fmt: skip
_NAMES: Final = "abc"
_DEEPEST: Final = 2
"""How deep schemas stand inside each other before only references follow."""


def definitions(rng: random.Random) -> dict[str, ir.Json]:
    """One to four schemas, each made of some keywords and of references to others."""
    names = [f"S{number}" for number in range(rng.randint(1, 4))]
    return {name: _schema(rng, names, 0) for name in names}


def _schema(rng: random.Random, names: list[str], depth: int) -> ir.Json:
    def inner() -> ir.Json:
        if rng.random() < 0.6 or depth > _DEEPEST:
            return {"$ref": f"#/$defs/{rng.choice(names)}"}
        return _schema(rng, names, depth + 1)

    match rng.choice(_KINDS):
        case "object":
            found: dict[str, ir.Json] = {
                name: inner() for name in rng.sample(_NAMES, rng.randint(1, 3))
            }
            if rng.random() < 0.3:
                found["t"] = {"const": rng.choice("xyz")}
            needed = [rng.choice("abct")] if rng.random() < 0.3 else []
            more = {"additionalProperties": inner()} if rng.random() < 0.2 else {}
            return {"type": "object", "properties": found, "required": needed, **more}
        case "union":
            keyword = rng.choice(("anyOf", "allOf", "oneOf"))
            return {keyword: [inner() for _ in range(rng.randint(2, 3))]}
        case "if":
            other = {"else": inner()} if rng.random() < 0.5 else {}
            return {"type": "object", "if": inner(), "then": inner(), **other}
        case "array":
            return {"type": "array", **_items(rng, inner())}
        case "not":
            return {"not": inner()}
        case "dependentSchemas":
            return {
                "type": "object",
                "dependentSchemas": {rng.choice(_NAMES): inner()},
                "properties": {rng.choice(_NAMES): inner()},
            }
        case "unevaluated":
            rest = rng.choice((False, inner()))
            keyword = rng.choice(("anyOf", "allOf"))
            return {keyword: [inner(), inner()], "unevaluatedProperties": rest}
        case "patternProperties":
            one, other = rng.choice(("^a", "[ab]", ".")), rng.choice(("c$", "^b"))
            patterns = {one: inner(), other: inner()}
            return {"type": "object", "patternProperties": patterns}
        case _:
            return {"type": rng.choice(("string", "integer", "null"))}


def _items(rng: random.Random, inner: ir.Json) -> dict[str, ir.Json]:
    return rng.choice(
        (
            {"items": inner},
            {"items": inner, "contains": inner},
            {"items": inner, "prefixItems": [inner]},
            {"contains": inner, "unevaluatedItems": inner},
        )
    )


@dataclass(frozen=True)
class Nest:
    """Values of any depth: `leaf` inside arrays (`[`) and objects, whose other
    properties are `beside`."""

    steps: tuple[str, ...]
    leaf: ir.Json
    beside: dict[str, ir.Json]

    def value(self, levels: int) -> ir.Json:
        """The value with so many levels."""
        found = self.leaf
        for level in range(levels):
            step = self.steps[level % len(self.steps)]
            found = [found] if step == "[" else {**self.beside, step: found}
        return found


def nest(rng: random.Random) -> Nest:
    """Random values."""
    return Nest(
        steps=tuple(rng.choice("abc[") for _ in range(2)),
        leaf=rng.choice((1, "x", None, {}, [], {"t": "x"})),
        beside=rng.choice(({}, {"t": "x"}, {"b": 1})),
    )
