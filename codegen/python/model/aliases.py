"""The order in which the aliases of a package are written."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import NamedTuple

from codegen.ir import model as ir
from codegen.python.model import shapes as sh


class Named(NamedTuple):
    """A schema with its name in the specification and its shape."""

    name: str
    schema: ir.Schema
    shape: sh.Shape


class Alias(NamedTuple):
    """A named schema that is neither class nor enum, with its shape. `quoted` are the
    aliases in it that must be quoted: those that stand behind it, and itself."""

    schema: ir.Schema
    shape: sh.Shape
    quoted: frozenset[ir.SchemaId]


def aliases_of(
    named: Iterable[Named], wrapped: Container[ir.SchemaId]
) -> tuple[Alias, ...]:
    """The aliases of a package, each behind the aliases that it uses, as far as there
    is such an order; those that it uses but that stand behind it must be quoted. What
    is nothing but another alias always stands behind that: quoted it would be a text,
    of which no union can be made. A schema that is `wrapped` has no alias: its name
    goes to the schema inside."""
    pending: dict[ir.SchemaId, tuple[ir.Schema, sh.Shape]] = {}
    for _, schema, shape in named:
        is_own = any(sh.is_own(member, schema.id) for member in sh.members(shape))
        if schema.id not in wrapped and not is_own:
            pending[schema.id] = (schema, shape)
    done: list[Alias] = []

    def visit(schema_id: ir.SchemaId, above: frozenset[ir.SchemaId]) -> None:
        schema, shape = pending[schema_id]
        uses = _aliases_in(shape)
        for used in uses:
            if used in pending and used not in above and used != schema_id:
                visit(used, above | {schema_id})
        waits = isinstance(shape, sh.AliasShape) and shape.id in pending
        if above and waits:
            return
        if pending.pop(schema_id, None) is not None:
            quoted = {used for used in uses if used in pending or used == schema_id}
            done.append(Alias(schema, shape, frozenset(quoted)))

    while pending:
        visit(next(iter(pending)), frozenset())
    return tuple(done)


def _aliases_in(shape: sh.Shape) -> list[ir.SchemaId]:
    return [part.id for part in sh.walk(shape) if isinstance(part, sh.AliasShape)]
