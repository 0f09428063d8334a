"""How many schemas apply to one value.

References that fan out at every step would keep everybody who judges a value by them
busy for ever: generated code, the validator that is not ours, proofs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.ir import model as ir
from codegen.ir import walk

MOST: Final = 100_000
"""Schemas that may apply to one value, each counted as often as something leads to it.
Published specifications stay below 400; a union of 2,000 branches has a few thousand.
"""


class Weights:
    """The weights of the schemas of one module, each worked out when first asked."""

    def __init__(self, module: ir.Module, wary: bool | None = None) -> None:
        """`wary` says whether any schema fans out too far, where that is known."""
        self._module = module
        self._wary = wary
        self._weights: dict[ir.SchemaId, int] = {}

    @property
    def wary(self) -> bool:
        """Whether any schema of the module fans out too far."""
        if self._wary is None:
            self._wary = any(map(self._fans_out, self._module.schemas.values()))
        return self._wary

    def too_heavy(self, schema: ir.Schema) -> bool:
        """Whether a schema, or one that it leads to, fans out too far."""
        if not self.wary:
            return False
        targets = walk.closure(self._module, list(walk.references(schema)))
        starts = (schema, *(self._module.schemas[target] for target in targets))
        return any(map(self._fans_out, starts))

    def excesses(self) -> Iterator[ir.Schema]:
        """The innermost schemas that fan out too far: their parts do not."""
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
        """How many schemas apply to one value, each as often as something leads to
        it; not exact beyond `MOST`. One that leads to itself adds nothing there."""
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
        """What else applies to a value where a schema does."""
        for assertion in schema.assertions:
            if isinstance(assertion, ir.Ref):
                yield self._module.schemas[assertion.target]
            else:
                yield from walk.in_place(assertion)
