"""What comes of asking whether a value is valid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from codegen.ir import model as ir

_NOTHING: Final[frozenset[Any]] = frozenset()


class Evaluated:
    """What the assertions of a valid schema have evaluated of the value."""

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
    """What came of a question; `steps` are the schemas that were looked at."""

    valid: bool
    steps: int


Known: TypeAlias = Mapping[tuple[ir.SchemaId, int], tuple[ir.Json, bool]]
"""What has been answered about arrays and objects, by schemas and the identities of the
values; these are held, so that no others can take their identities."""

UNKNOWN: Final[Known] = MappingProxyType({})
"""Of whoever asks for the first time."""
