"""How many schemas apply to one value.

Where every schema refers to the next one twice, forty references mean 2**40 schemas,
and whoever judges a value by them would never end: generated code, the oracle, proofs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.ir import model as ir
from codegen.ir import walk

MOST: Final = 100_000
"""How many schemas may apply to one value; a schema counts as often as something leads
to it. Published specifications stay below 400; a union of 2,000 branches has a few
thousand."""


class Weights:
    """How many schemas apply where each schema of a module does; found when first asked
    for."""

    def __init__(self, module: ir.Module, wary: bool | None = None) -> None:
        """`wary` says whether any schema of the module is too heavy, where that is
        known."""
        self._module = module
        self._wary = wary
        self._weights: dict[ir.SchemaId, int] = {}

    @property
    def wary(self) -> bool:
        """Whether any schema of the module is too heavy, inner schemas included."""
        if self._wary is None:
            self._wary = any(map(self._fans_out, self._module.schemas.values()))
        return self._wary

    def too_heavy(self, schema: ir.Schema) -> bool:
        """Whether more than `MOST` schemas apply where a schema does, or one that it
        leads to."""
        if not self.wary:
            return False
        targets = walk.closure(self._module, list(walk.references(schema)))
        starts = (schema, *(self._module.schemas[target] for target in targets))
        return any(map(self._fans_out, starts))

    def excesses(self) -> Iterator[ir.Schema]:
        """The innermost schemas that are too heavy: those of which no part is."""
        seen: set[ir.SchemaId] = set()
        for root in self._module.schemas.values():
            for schema in walk.walk(root) if self._fans_out(root) else ():
                parts = list(self._applied(schema))
                if (
                    schema.id not in seen
                    and self._weight(schema) > MOST
                    and not any(self._weight(part) > MOST for part in parts)
                ):
                    seen.add(schema.id)
                    yield schema

    def _fans_out(self, start: ir.Schema) -> bool:
        return any(self._weight(inner) > MOST for inner in walk.walk(start))

    def _weight(self, start: ir.Schema) -> int:
        """How many schemas apply to one value, each counted as often as something leads
        to it. Not exact beyond `MOST`; a schema that leads back to itself counts
        once."""
        if walk.is_leaf(start):
            return 1
        weights = self._weights
        if start.id in weights:
            return weights[start.id]
        stack, entered = [start], set[ir.SchemaId]()
        while stack:
            schema = stack[-1]
            if schema.id not in weights and schema.id not in entered:
                entered.add(schema.id)
                for inner in self._applied(schema):
                    if inner.id not in weights and inner.id not in entered:
                        stack.append(inner)
                continue
            stack.pop()
            if schema.id not in weights:
                total = sum(weights.get(s.id, 0) for s in self._applied(schema))
                weights[schema.id] = min(1 + total, MOST + 1)
        return weights[start.id]

    def _applied(self, schema: ir.Schema) -> Iterator[ir.Schema]:
        """The schemas that apply to a value because this one does."""
        for assertion in schema.assertions:
            if isinstance(assertion, ir.Ref):
                yield self._module.schemas[assertion.target]
            else:
                yield from walk.in_place(assertion)
