"""Schemas of one version inside the other, so that both can be asked of one value.

What a reader excludes is found by meeting it with what the writer writes; the two
modules may use the same identities, so copies get identities of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from codegen.ir import model as ir
from codegen.ir import walk

_MARK: Final = "other:"


class Merged(Mapping[ir.SchemaId, ir.Schema]):
    """The schemas of a module, and copies of another module's on demand."""

    def __init__(self, own: ir.Module, other: ir.Module) -> None:
        self._own = own.schemas
        self._other = other.schemas
        self._copies: dict[ir.SchemaId, ir.Schema] = {}

    def __getitem__(self, key: ir.SchemaId) -> ir.Schema:
        if key.startswith(_MARK):
            return self.copy(self._other[ir.SchemaId(key[len(_MARK) :])])
        return self._own[key]

    def __iter__(self) -> Iterator[ir.SchemaId]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)

    def __contains__(self, key: object) -> bool:
        if isinstance(key, str) and key.startswith(_MARK):
            return key[len(_MARK) :] in self._other
        return key in self._own

    def copy(self, schema: ir.Schema) -> ir.Schema:
        """The copy of a schema of the other module."""
        found = self._copies.get(schema.id)
        if found is None:
            assertions = tuple(self._assertion(a) for a in schema.assertions)
            found = replace(schema, id=_marked(schema.id), assertions=assertions)
            self._copies[schema.id] = found
        return found

    def _assertion(self, assertion: ir.Assertion) -> ir.Assertion:
        if isinstance(assertion, ir.Ref):
            return ir.Ref(_marked(assertion.target), assertion.text)
        return walk.map_subschemas(assertion, self.copy)


def _marked(target: ir.SchemaId) -> ir.SchemaId:
    return ir.SchemaId(_MARK + target)


def merged(own: ir.Module, other: ir.Module) -> tuple[ir.Module, Merged]:
    """A module in which copies of the other's schemas can be referred to."""
    schemas = Merged(own, other)
    return replace(own, schemas=schemas), schemas
