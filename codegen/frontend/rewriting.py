"""Changes the schemas of a module after all of them have been lowered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from codegen.frontend.keywords import RANK
from codegen.ir import model as ir
from codegen.ir.walk import children, map_subschemas, subschemas


def with_assertions(schema: ir.Schema, *assertions: ir.Assertion) -> ir.Schema:
    """The schema with these assertions instead of its own, in canonical order."""
    ordered = sorted(assertions, key=lambda assertion: RANK[type(assertion)])
    return replace(schema, assertions=tuple(ordered))


class Rewriter:
    """Makes every schema of a module anew, from the outside in. A schema that stands in
    several places is one object in all of them afterwards, too."""

    def __init__(self, change: Callable[[ir.Schema], ir.Schema]) -> None:
        """`change` is called with each schema before those inside it."""
        self._change = change
        self._made: dict[ir.SchemaId, ir.Schema] = {}

    def module(self, module: ir.Module) -> ir.Module:
        """The module with its schemas changed."""
        schemas = {key: self.schema(schema) for key, schema in module.schemas.items()}
        return replace(module, schemas=schemas)

    def schema(self, schema: ir.Schema) -> ir.Schema:
        """The schema with everything in it changed; the same object where nothing
        was."""
        known = self._made.get(schema.id)
        if known is not None:
            return known
        found = self._change(schema)
        if not children(found):
            self._made[schema.id] = found
            return found
        inside = tuple(map_subschemas(a, self.schema) for a in found.assertions)
        changed = any(
            _differ(a, b) for a, b in zip(inside, found.assertions, strict=True)
        )
        if changed:
            found = replace(found, assertions=inside)
        self._made[schema.id] = found
        return found


def _differ(one: ir.Assertion, two: ir.Assertion) -> bool:
    pairs = zip(subschemas(one), subschemas(two), strict=True)
    return any(a is not b for a, b in pairs)
