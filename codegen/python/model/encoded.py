"""Which fields hold base64, so that the class also gives their bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from codegen.ir import facts
from codegen.ir import model as ir


@dataclass(frozen=True, slots=True)
class Encoded:
    """Where the base64 is: the value is such a text, or, if it is `listed`, a list of
    them. `url` tells that it is base64url."""

    listed: bool = False
    url: bool = False


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
            told = {url for part in parts for url in _alphabets(part)}
            return Encoded(url=True in told) if len(told) == 1 else None
        case ["array"]:
            items = [item for part in parts for item in _items(part)]
            plain = any(facts.types(module, item) == {"string"} for item in items)
            found = encoding_of(module, tuple(items)) if plain else None
            return Encoded(True, found.url) if found and not found.listed else None
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


_URL = {"base64": False, "byte": False, "base64url": True}
"""Whether an encoding, or a format, is base64url."""

_PROSE = re.compile(r"base64[- ]encoded\b", re.IGNORECASE)


def _alphabets(schema: ir.Schema) -> Iterator[bool]:
    """Whether the text is base64url, for each place where a schema says that it is one
    or the other: by `contentEncoding`, by a format of OpenAPI (`byte`, `base64url`),
    or, where neither says it, by the beginning of its description, as in older
    specifications."""
    notes = schema.annotations
    formats = [a.name for a in schema.assertions if isinstance(a, ir.Format)]
    said = [notes.content_encoding.lower(), *formats]
    if told := [_URL[name] for name in said if name in _URL]:
        yield from told
    elif not notes.content_encoding and _PROSE.match(notes.description.lstrip()):
        yield False
