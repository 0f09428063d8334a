"""JSON equality of many values at once, by stand-ins that can be looked up."""

from __future__ import annotations

from typing import TypeAlias

from codegen.ir import model as ir

Frozen: TypeAlias = tuple[object, ...]


def freeze(value: ir.Json) -> Frozen:
    """A hashable stand-in; equal for values equal under JSON equality: 1 is 1.0, but
    true is not 1."""
    match value:
        case None:
            return ("null",)
        case bool():
            return ("boolean", value)
        case int() | float():
            return ("number", value)
        case str():
            return ("string", value)
        case list():
            return ("array", tuple(freeze(item) for item in value))
        case _:
            return ("object", frozenset((k, freeze(v)) for k, v in value.items()))
