"""Which fields hold base64, so that the class also gives their bytes."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator

from codegen.ir import facts
from codegen.ir import model as ir


class Encoded(enum.Enum):
    """Where the base64 is: the value is such a text, or a list of them."""

    TEXT = "text"
    LIST = "list"


def encoding_of(module: ir.Module, schemas: tuple[ir.Schema, ...]) -> Encoded | None:
    """How a value that meets all these schemas holds base64; None where it does not.
    The value may be null."""
    types = facts.ALL_TYPES.intersection(*(facts.types(module, s) for s in schemas))
    if not types & {"string", "array"}:
        return None
    parts = [part for s in schemas for part in _parts(module, s)]
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


def _parts(module: ir.Module, schema: ir.Schema) -> Iterator[ir.Schema]:
    """The conjuncts of a schema, and those of what a union has beside null alone."""
    for part in facts.conjuncts(module, schema):
        yield part
        for assertion in part.assertions:
            if isinstance(assertion, ir.AnyOf | ir.OneOf):
                some = [s for s in assertion.schemas if not facts.is_null(s)]
                if len(some) == 1:
                    yield from _parts(module, some[0])


def _items(part: ir.Schema) -> list[ir.Schema]:
    """The schemas that every item meets."""
    return [
        assertion.schema
        for assertion in part.assertions
        if isinstance(assertion, ir.Items) and assertion.start == 0
    ]


_PROSE = re.compile(r"base64[- ]encoded\b", re.IGNORECASE)


def _is_base64(schema: ir.Schema) -> bool:
    """Whether a schema says that its text is base64: by `contentEncoding`, by OpenAPI's
    format `byte`, or by the beginning of its description, where older specifications
    say it."""
    notes = schema.annotations
    return (
        notes.content_encoding.lower() == "base64"
        or any(isinstance(a, ir.Format) and a.name == "byte" for a in schema.assertions)
        or _PROSE.match(notes.description.lstrip()) is not None
    )
