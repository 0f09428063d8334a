"""Which fields hold base64, and so have an accessor for the bytes."""

from __future__ import annotations

import enum
import re

from codegen.ir import facts
from codegen.ir import model as ir


class Encoded(enum.Enum):
    """Base64 in a field."""

    TEXT = "text"
    LIST = "list"


def encoding_of(module: ir.Module, schemas: tuple[ir.Schema, ...]) -> Encoded | None:
    """What a value that meets all these schemas, or null, holds of base64."""
    types = facts.ALL_TYPES.intersection(*(facts.types(module, s) for s in schemas))
    if not types & {"string", "array"}:
        return None
    parts = [part for s in schemas for part in facts.conjuncts(module, s)]
    if any(facts.finite_values(module, part) is not None for part in schemas):
        return None
    match sorted(types - {"null"}):
        case ["string"]:
            return Encoded.TEXT if any(map(_is_base64, parts)) else None
        case ["array"]:
            items = [item for part in parts for item in _items(part)]
            plain = any(facts.types(module, item) == {"string"} for item in items)
            of_text = plain and encoding_of(module, tuple(items)) is Encoded.TEXT
            return Encoded.LIST if of_text else None
        case _:
            return None


def _items(part: ir.Schema) -> list[ir.Schema]:
    """The schemas that every item meets."""
    return [
        assertion.schema
        for assertion in part.assertions
        if isinstance(assertion, ir.Items) and assertion.start == 0
    ]


_PROSE = re.compile(r"base64[- ]encoded\b", re.IGNORECASE)


def _is_base64(schema: ir.Schema) -> bool:
    """Whether a schema says so: by its encoding, by OpenAPI's format, or by how its
    description begins, where older specifications have no other place for it."""
    notes = schema.annotations
    return (
        notes.content_encoding.lower() == "base64"
        or ir.Format("byte") in schema.assertions
        or _PROSE.match(notes.description.lstrip()) is not None
    )
