"""References that lead only back to each other, or to too many schemas for one value.

A schema that leads to itself without a step into a member of the value would ask the
same question for ever, so JSON Schema gives it no meaning. A schema that refers twice
to the next one, which refers twice to the next, asks 2**40 questions after forty steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from codegen.frontend.lowering import Lowering
from codegen.frontend.scope import Cut
from codegen.ir import model as ir
from codegen.ir.walk import same_value
from codegen.ir.weights import MOST, Weights


@dataclass(frozen=True, slots=True)
class _Step:
    """One reference of a circle."""

    source: ir.SchemaId
    target: ir.SchemaId
    where: ir.Location


@dataclass(frozen=True, slots=True)
class Circles:
    """The circles of a module: `cuts` says where to cut each, and how, and `said` what
    is to be said of each at the reference that closes it."""

    cuts: dict[ir.Location, Cut]
    said: dict[ir.Location, str]


def report(lowering: Lowering, said: Mapping[ir.Location, str]) -> None:
    """Report the references that close circles, with what is to be said of each."""
    for where, message in said.items():
        lowering.refuse("circular-ref", message, where, "this one is not followed")


def circles(lowering: Lowering) -> Circles:
    """Every circle of references.

    A parent that lists its children, each of which inherits from the parent, is how
    many specifications write inheritance: there a child inherits the parent without its
    branches. Any other circle loses the reference that closes it.
    """
    found, said = dict[ir.Location, Cut](), dict[ir.Location, str]()
    for circle in _circles(lowering):
        names = [circle[0].source, *(step.target for step in circle)]
        message = "references lead only to each other: " + " → ".join(names)
        said[circle[-1].where] = message
        for step, following in zip(circle, (*circle[1:], circle[0]), strict=True):
            inherits = _keyword(lowering, step) in ("allOf", "$ref")
            if inherits and _keyword(lowering, following) in ("oneOf", "anyOf"):
                found[step.where] = Cut.BARE
                break
        else:
            found[circle[-1].where] = Cut.LEFT_OUT
    return Circles(found, said)


def _keyword(lowering: Lowering, step: _Step) -> str:
    """The keyword of the step's source schema inside which the reference stands."""
    start = lowering.schemas[step.source].location.pointer
    return step.where.pointer[len(start) :].split("/")[1]


def _circles(lowering: Lowering) -> Iterator[list[_Step]]:
    """Every circle of references, as steps of which the last closes it."""
    schemas = lowering.schemas
    state: dict[ir.SchemaId, bool] = {}  # True while its references are followed
    for root in schemas:
        if root in state:
            continue
        path: list[_Step] = []
        open_ = [root]
        state[root] = True
        pending = [same_value(schemas[root])]
        while pending:
            step = next(pending[-1], None)
            if step is None:
                pending.pop()
                state[open_.pop()] = False
                del path[-1:]
                continue
            target, where = step
            taken = _Step(open_[-1], target, where)
            if target not in state:
                state[target] = True
                open_.append(target)
                path.append(taken)
                pending.append(same_value(schemas[target]))
            elif state[target]:
                yield [*path[open_.index(target) :], taken]


def weigh(lowering: Lowering, module: ir.Module) -> None:
    """Report each schema that has too many schemas apply to one value."""
    for schema in Weights(module).excesses():
        message = f"more than {MOST:,} schemas apply to one value here: what it refers"
        message += " to refers to the same again and again"
        lowering.problem("too-large", message, schema.location)
