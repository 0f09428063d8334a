"""References that lead only to each other, or through too many schemas.

A schema that is reached from itself without a step into a member of the value asks
the same question about the same value for ever; JSON Schema gives it no meaning.
What follows references takes a call for each, so their number in a row is bounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from codegen.frontend.lowering import Lowering
from codegen.ir import model as ir

MOST_IN_A_ROW: Final = 100
"""References that may follow each other. Real specifications have less than ten."""


def report(lowering: Lowering) -> None:
    """Report every reference that closes a circle, or makes a row too long, at its
    place."""
    schemas = lowering.schemas
    rows: dict[ir.SchemaId, int] = {}
    state: dict[ir.SchemaId, bool] = {}  # True while its references are followed
    for root in schemas:
        if root in state:
            continue
        path = [root]
        state[root] = True
        pending = [_references(schemas, root)]
        while pending:
            step = next(pending[-1], None)
            if step is None:
                pending.pop()
                done = path.pop()
                state[done] = False
                rows[done] = _row(lowering, done, rows)
                continue
            target, where = step
            if target not in state:
                state[target] = True
                path.append(target)
                pending.append(_references(schemas, target))
            elif state[target]:
                circle = [*path[path.index(target) :], target]
                message = "references lead only to each other: " + " → ".join(circle)
                lowering.problem("circular-ref", message, where)


def _row(
    lowering: Lowering, schema: ir.SchemaId, rows: Mapping[ir.SchemaId, int]
) -> int:
    """How many references follow each other from a schema on, which is reported
    where they become too many. `rows` has the numbers of those it leads to."""
    longest = 0
    for target, where in _references(lowering.schemas, schema):
        row = 1 + rows.get(target, 0)
        longest = max(longest, row)
        if row == MOST_IN_A_ROW + 1:
            message = (
                f"more than {MOST_IN_A_ROW} references follow each other from here"
            )
            lowering.problem("too-large", message, where)
    return longest


def _references(
    schemas: Mapping[ir.SchemaId, ir.Schema], root: ir.SchemaId
) -> Iterator[tuple[ir.SchemaId, ir.Location]]:
    """The references of a schema that are asked about the value it is asked about."""
    stack = [schemas[root]]
    while stack:
        schema = stack.pop()
        for assertion in schema.assertions:
            match assertion:
                case ir.Ref(target):
                    yield target, schema.location.child("$ref")
                case ir.AllOf(many) | ir.AnyOf(many) | ir.OneOf(many):
                    stack.extend(many)
                case ir.DependentSchemas(by_name):
                    stack.extend(by_name.values())
                case ir.Not(one):
                    stack.append(one)
                case ir.IfThenElse(condition, then, otherwise):
                    parts = (condition, then, otherwise)
                    stack.extend(part for part in parts if part is not None)
                case _:
                    pass
