"""What is said of the contents of texts, and what says nothing to programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from codegen.ir import model as ir
from codegen.ir.editors import OF_EDITORS
from codegen.ir.equality import freeze

KEYWORD: Final = "contentSchema"
REASON: Final = (
    "what a text holds is not checked, so no document shows what this does to those who"
    " parse it"
)

PROSE: Final = frozenset(
    (
        "$comment", "$schema", "$id", "id", "$anchor", "$vocabulary", "externalDocs",
        "example", "examples", "title", "description", "summary", "deprecated",
        "default", "beside $ref", *OF_EDITORS,
    )
)  # fmt: skip
"""Keywords that say nothing to programs, also where the dialect does not know them, and
what a dialect ignores."""

_BY_NAME: Final = frozenset(
    ("properties", "patternProperties", "dependentSchemas", "$defs", "definitions")
)
"""Keywords that hold schemas by name."""


def same(old: Mapping[str, ir.Json], new: Mapping[str, ir.Json]) -> bool:
    """Whether the keyword says the same in other words. Without it, a text holds
    anything."""
    before, after = (_unworded(one.get(KEYWORD, True)) for one in (old, new))
    return freeze(before) == freeze(after)


def _unworded(schema: ir.Json) -> ir.Json:
    """A schema as it is written, without its words for people."""
    if isinstance(schema, list):
        return [_unworded(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found: dict[str, ir.Json] = {}
    for key, value in schema.items():
        if key in _BY_NAME and isinstance(value, dict):
            found[key] = {name: _unworded(one) for name, one in value.items()}
        elif key in ("enum", "const"):
            found[key] = value
        elif not (key in PROSE or key.startswith("x-")):
            found[key] = _unworded(value)
    return found
