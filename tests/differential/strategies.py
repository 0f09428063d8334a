"""Random schemas of JSON Schema 2020-12, every keyword in every combination, and
random values of a small alphabet so that they often meet."""

from __future__ import annotations

from typing import Any, TypeAlias

from hypothesis import strategies as st

Json: TypeAlias = Any

NAMES = ["a", "b", "c", "aa"]
PATTERNS = ["^a", "b$", "^[a-c]$", "^a.?$", r"^\d+$", "a|b", r"\S", "^(?!a)"]
TYPES = ["null", "boolean", "integer", "number", "string", "array", "object"]
SCALARS: list[Json] = [
    None,
    True,
    False,
    0,
    1,
    1.0,
    2,
    3,
    -1,
    0.5,
    1.5,
    10**20,
    1e20,
    "",
    "a",
    "b",
    "ab",
    "abc",
    "1",
    "\u0663",
    "1\n",
    "\u00e9",
    "\U0001f600",
]

names = st.sampled_from(NAMES)
counts = st.integers(0, 3)
limits = st.sampled_from([-1, 0, 0.5, 1, 1.0, 2, 3])
divisors = st.sampled_from([1, 2, 3, 0.5, 0.1, 1.5])


def containers(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    """Arrays and objects of up to four members."""
    arrays = st.lists(inner, max_size=4)
    return arrays | st.dictionaries(names | st.just("z"), inner, max_size=4)


values: st.SearchStrategy[Json] = st.recursive(
    st.sampled_from(SCALARS), containers, max_leaves=6
)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Json]:
    """A whole schema document with two definitions; recursion through values only."""
    root = draw(objects(3, ["x", "y"]))
    root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    root["$defs"] = {
        "x": draw(schemas(2, ["y"])),
        "y": draw(schemas(2, [])),
    }
    return root


def schemas(depth: int, in_place: list[str]) -> st.SearchStrategy[Json]:
    """A schema. `in_place` are the definitions it may refer to for the same value:
    a circle there would mean nothing."""
    if depth == 0:
        return st.booleans() | leaves()
    return st.booleans() | leaves() | objects(depth, in_place)


def leaves() -> st.SearchStrategy[dict[str, Json]]:
    """Schemas without subschemas."""
    return st.fixed_dictionaries(
        {},
        optional={
            "type": st.sampled_from(TYPES)
            | st.lists(st.sampled_from(TYPES), min_size=1, max_size=3, unique=True),
            "const": st.sampled_from(SCALARS) | values,
            "minimum": limits,
            "maxLength": counts,
            "pattern": st.sampled_from(PATTERNS),
        },
    )


@st.composite
def objects(draw: st.DrawFn, depth: int, in_place: list[str]) -> dict[str, Json]:
    """Schemas of up to five keywords, whatever these are."""
    here = schemas(depth - 1, in_place)
    below = schemas(depth - 1, ["x", "y", "#"])
    table = keywords(here, below, in_place)
    chosen = draw(
        st.lists(st.sampled_from(sorted(table)), min_size=1, max_size=5, unique=True)
    )
    return {keyword: draw(table[keyword]) for keyword in chosen}


def keywords(
    here: st.SearchStrategy[Json],
    below: st.SearchStrategy[Json],
    in_place: list[str],
) -> dict[str, st.SearchStrategy[Json]]:
    """Every keyword with its values; `here` are schemas for the same value, `below`
    for its members."""
    several = st.lists(here, min_size=1, max_size=3)
    by_name = st.dictionaries(names, below, max_size=3)
    by_pattern = st.dictionaries(st.sampled_from(PATTERNS), below, max_size=2)
    needed = st.lists(names, max_size=2, unique=True)
    table: dict[str, st.SearchStrategy[Json]] = {
        "type": st.sampled_from(TYPES)
        | st.lists(st.sampled_from(TYPES), min_size=1, max_size=4, unique=True),
        "enum": st.lists(values, min_size=1, max_size=4),
        "const": values,
        "minimum": limits,
        "maximum": limits,
        "exclusiveMinimum": limits,
        "exclusiveMaximum": limits,
        "multipleOf": divisors,
        "minLength": counts,
        "maxLength": counts,
        "pattern": st.sampled_from(PATTERNS),
        "prefixItems": st.lists(below, min_size=1, max_size=3),
        "items": below,
        "contains": below,
        "minContains": counts,
        "maxContains": counts,
        "minItems": counts,
        "maxItems": counts,
        "uniqueItems": st.booleans(),
        "unevaluatedItems": below,
        "properties": by_name,
        "patternProperties": by_pattern,
        "additionalProperties": below,
        "propertyNames": below,
        "required": needed,
        "minProperties": counts,
        "maxProperties": counts,
        "dependentRequired": st.dictionaries(names, needed, max_size=2),
        "dependentSchemas": st.dictionaries(names, here, max_size=2),
        "unevaluatedProperties": below,
        "allOf": several,
        "anyOf": several,
        "oneOf": several,
        "not": here,
        "if": here,
        "then": here,
        "else": here,
    }
    if in_place:
        targets = [n if n == "#" else f"#/$defs/{n}" for n in in_place]
        table["$ref"] = st.sampled_from(targets)
    return table
