"""Values as JSON: their shortest text, its length, and how many values are in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from codegen.ir import model as ir

_NONE: Final[Mapping[int, int]] = MappingProxyType({})
_COMPACT: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def shortest(value: ir.Json) -> str:
    """The shortest text of a value, and the one to which packages encode it."""
    return _COMPACT.encode(value)


def length(value: ir.Json) -> int:
    """How many characters that text has."""
    return len(shortest(value))


def weigh(value: ir.Json, limit: int, known: Mapping[int, int] = _NONE) -> int:
    """How many values are in a value; counting ends above the limit. `known` has the
    weights of some, by their identity."""
    if not isinstance(value, dict | list):
        return min(1, limit + 1)
    count = 0
    stack = [value]
    while stack and count <= limit:
        item = stack.pop()
        if isinstance(item, dict | list):
            weight = known.get(id(item))
            if weight is not None:
                count += weight
                continue
            stack.extend(item.values() if isinstance(item, dict) else item)
        count += 1
    return min(count, limit + 1)
