"""What a document must have, depending on who reads it.

By OpenAPI's `readOnly` and `writeOnly`, a required property that only the server writes
is required of what the client reads, and one that only the client writes is required of
what the server reads. Lowering marks such names (`ir.Required`). `read_by` gives the
module as one side reads it, in which no name is marked, so its users need not know
about sides. In the module as it was lowered all of them are required, as in JSON
Schema.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import replace

from codegen.ir import model as ir
from codegen.ir import walk


class Side(enum.Enum):
    """One of the two who exchange documents."""

    CLIENT = "client"
    SERVER = "server"

    @property
    def other(self) -> Side:
        """The one who writes what this one reads."""
        return Side.SERVER if self is Side.CLIENT else Side.CLIENT

    @property
    def sends(self) -> ir.Direction:
        """The direction of what this side writes."""
        if self is Side.CLIENT:
            return ir.Direction.CLIENT_TO_SERVER
        return ir.Direction.SERVER_TO_CLIENT


def read_by(
    module: ir.Module, *sides: Side, sided: frozenset[ir.SchemaId] | None = None
) -> ir.Module:
    """The module as a side reads it; with both sides, the module with what both of them
    require.

    Schemas that mean the same to both sides stay the same objects. `sided` are those
    that do not, as `differing` finds them; it is given where it is known already.
    """
    sided = differing(module) if sided is None else sided
    if not sided:
        return module
    made: dict[ir.SchemaId, ir.Schema] = {}

    def change(schema: ir.Schema) -> ir.Schema:
        if schema.id not in sided:
            return schema
        if schema.id not in made:
            found = (own(assertion) for assertion in schema.assertions)
            kept = tuple(
                walk.map_subschemas(assertion, change)
                for assertion in found
                if assertion is not None
            )
            made[schema.id] = replace(schema, assertions=kept)
        return made[schema.id]

    def own(assertion: ir.Assertion) -> ir.Assertion | None:
        if not isinstance(assertion, ir.Required) or not assertion.sided:
            return assertion
        left: set[str] = set(assertion.names)
        if Side.SERVER in sides:
            left.difference_update(assertion.read_only)
        if Side.CLIENT in sides:
            left.difference_update(assertion.write_only)
        names = tuple(name for name in assertion.names if name in left)
        return ir.Required(names) if names else None

    return replace(module, schemas={i: change(s) for i, s in module.schemas.items()})


def differing(module: ir.Module) -> frozenset[ir.SchemaId]:
    """The schemas that mean something different to each side, inner schemas
    included."""
    every = _all(module)
    found = {schema.id: None for schema in every.values() if _marks(schema)}
    if not found:
        return frozenset()
    users: dict[ir.SchemaId, list[ir.SchemaId]] = {}
    for schema in every.values():
        for inner in walk.children(schema):
            users.setdefault(inner.id, []).append(schema.id)
        for assertion in schema.assertions:
            if isinstance(assertion, ir.Ref):
                users.setdefault(assertion.target, []).append(schema.id)
    queue = list(found)
    for schema_id in queue:
        fresh = [i for i in users.get(schema_id, ()) if i not in found]
        found.update(dict.fromkeys(fresh))
        queue.extend(dict.fromkeys(fresh))
    return frozenset(found)


def _marks(schema: ir.Schema) -> bool:
    """Whether a schema itself requires a property of only one side."""
    required = walk.find(schema, ir.Required)
    return required is not None and bool(required.sided)


def written_by(module: ir.Module, side: Side) -> frozenset[ir.SchemaId]:
    """All schemas, inner ones included, of the messages that a side sends."""
    payloads = [
        message.payload
        for message in module.messages
        if message.direction is side.sends and message.payload is not None
    ]
    roots = [payload for payload in payloads if payload in module.schemas]
    reached = walk.closure(module, roots)
    return frozenset(s.id for i in reached for s in walk.walk(module.schemas[i]))


def _all(module: ir.Module) -> Mapping[ir.SchemaId, ir.Schema]:
    return {s.id: s for outer in module.schemas.values() for s in walk.walk(outer)}
