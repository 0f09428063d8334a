"""References that lead only to each other.

A schema that is reached from itself without a step into a member of the value asks
the same question about the same value for ever; JSON Schema gives it no meaning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from codegen.frontend.lowering import Lowering
from codegen.ir import model as ir


def report(lowering: Lowering) -> None:
    """Report every reference that closes a circle, at its place."""
    schemas = lowering.schemas
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
                state[path.pop()] = False
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
