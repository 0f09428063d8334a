"""The answer to the question whether a value is valid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from codegen.ir import model as ir

_NOTHING: Final[frozenset[Any]] = frozenset()


class Evaluated:
    """Which properties and items of a value the assertions of a schema have evaluated,
    for `UnevaluatedProperties` and `UnevaluatedItems`."""

    # Most values are scalars, for which there is never more than nothing.
    properties: frozenset[str] = _NOTHING
    items: frozenset[int] = _NOTHING

    def add(self, other: Evaluated) -> None:
        """Take over what another schema has evaluated of the same value."""
        if other.properties:
            self.properties |= other.properties
        if other.items:
            self.items |= other.items


@dataclass(frozen=True, slots=True)
class Judgement:
    """The answer, and how many schemas were looked at to find it (`steps`)."""

    valid: bool
    steps: int


Known: TypeAlias = Mapping[tuple[ir.SchemaId, int], tuple[ir.Json, bool]]
"""Answers about arrays and objects, by the schema and the `id()` of the value. The
value is kept beside the answer, so that no other object can take its id."""

UNKNOWN: Final[Known] = MappingProxyType({})
"""No answers yet."""
