"""References that lead only to each other, or to more and more about one value.

A schema that is reached from itself without a step into a member of the value asks
the same question about the same value for ever; JSON Schema gives it no meaning. One
that refers twice to the next, forty times over, asks it a billion times and more.
"""

from __future__ import annotations

from codegen.frontend.lowering import Lowering
from codegen.ir import model as ir
from codegen.ir.walk import same_value
from codegen.ir.weights import MOST, Weights


def report(lowering: Lowering) -> None:
    """Report every reference that closes a circle, at its place."""
    schemas = lowering.schemas
    state: dict[ir.SchemaId, bool] = {}  # True while its references are followed
    for root in schemas:
        if root in state:
            continue
        path = [root]
        state[root] = True
        pending = [same_value(schemas[root])]
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
                pending.append(same_value(schemas[target]))
            elif state[target]:
                circle = [*path[path.index(target) :], target]
                message = "references lead only to each other: " + " → ".join(circle)
                lowering.problem("circular-ref", message, where)


def weigh(lowering: Lowering, module: ir.Module) -> None:
    """Report where too many schemas apply to one value."""
    for schema in Weights(module).excesses():
        message = f"more than {MOST:,} schemas apply to one value here: what it refers"
        message += " to refers to the same again and again"
        lowering.problem("too-large", message, schema.location)
