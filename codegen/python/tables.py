"""Event tables: which unions have one, and which two are the directions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from codegen.ir import facts, tags
from codegen.ir import model as ir
from codegen.python import shapes as sh


@dataclass(frozen=True, slots=True)
class Table:
    """The events of a union, decided by `tagged`.

    `name` is the union's name in the specification, or `SERVER_EVENTS` and
    `CLIENT_EVENTS` for the messages of a direction, which have no schema.
    """

    name: str
    tagged: tags.Tagged
    schema: ir.Schema | None

    def entries(self) -> list[tuple[str, ir.Schema]]:
        """Each key of the table with its branch; second tags follow a slash."""
        return list(_entries(self.tagged, ""))


def _entries(tagged: tags.Tagged, prefix: str) -> list[tuple[str, ir.Schema]]:
    found = []
    for value, case in tagged.cases.items():
        if isinstance(case, tags.Tagged):
            found += _entries(case, f"{prefix}{value}/")
        else:
            found.append((prefix + value, case))
    return found


def tables_of(module: ir.Module, shapes: sh.Shapes) -> list[Table]:
    """A table for every named union of objects that tags tell apart."""
    found = []
    for name, schema_id in module.names.items():
        schema = module.schemas[schema_id]
        tagged = tags.tagged(module, schema)
        if tagged is not None:
            table = Table(name, tagged, schema)
            if all(_is_class(shapes, branch) for _, branch in table.entries()):
                found.append(table)
    return found


def _is_class(shapes: sh.Shapes, branch: ir.Schema) -> bool:
    return shapes.own(branch) == sh.ClassShape(branch.id)


_WORDS: Final = {
    ir.Direction.SERVER_TO_CLIENT: ("ServerEvent", "SERVER_EVENTS"),
    ir.Direction.CLIENT_TO_SERVER: ("ClientEvent", "CLIENT_EVENTS"),
}


def directions(
    module: ir.Module,
    shapes: sh.Shapes,
    tables: list[Table],
    configured: dict[ir.Direction, tuple[str, ...]],
) -> dict[ir.Direction, Table]:
    """The tables of the two directions.

    The configuration decides; otherwise the messages of the channels do; otherwise
    the union whose name ends in `ServerEvent` or `ClientEvent`, the shortest if
    there are several.
    """
    found: dict[ir.Direction, Table] = {}
    by_name = {table.name: table for table in tables}
    for direction, (word, constant) in _WORDS.items():
        names = configured.get(direction, ())
        payloads = [
            message.payload
            for message in module.messages
            if message.direction is direction
            and message.kind == "event"
            and message.payload is not None
        ]
        table: Table | None = None
        if names:
            schemas = [module.schemas[module.names[n]] for n in names if n in module.names]
            table = by_name.get(names[0]) if len(names) == 1 else None
            table = table or _joined(module, shapes, constant, schemas)
        elif payloads:
            schemas = [module.schemas[payload] for payload in payloads]
            table = _joined(module, shapes, constant, schemas)
        else:
            fitting = [n for n in by_name if n.endswith((word, f"{word}s"))]
            fitting.sort(key=lambda n: (len(n), n))
            table = by_name[fitting[0]] if fitting else None
        if table is not None:
            found[direction] = table
    return found


def _joined(
    module: ir.Module, shapes: sh.Shapes, name: str, schemas: list[ir.Schema]
) -> Table | None:
    """One table of several schemas; a union among them brings its branches."""
    branches: dict[ir.SchemaId, ir.Schema] = {}
    for schema in schemas:
        target = facts.unwrap(module, schema)
        union = tags.union_of(module, target)
        for branch in (target,) if union is None else union.branches:
            branches[branch.id] = branch
    tagged = tags.decide(module, tuple(branches.values())) if branches else None
    if tagged is None:
        return None
    table = Table(name, tagged, None)
    fit = all(_is_class(shapes, branch) for _, branch in table.entries())
    return table if fit else None
