"""The modules `events` and `schemas`: what can arrive, and what the specification
names."""

from __future__ import annotations

from typing import Final

from codegen.ir import model as ir
from codegen.python.emit import tree
from codegen.python.emit.tree import Assign, Call, Constant, Declare, Name, Subscript
from codegen.python.model import event_tables
from codegen.python.model.annotations import ANY, either
from codegen.python.model.package import Package

_MODELS: Final = Name("models", ".")
_TABLE: Final = Name("EventTable", "._runtime.dispatcher")
_MAPPING: Final = Name("Mapping", "collections.abc")
_PACKAGE: Final = Subscript(
    Call(tree.Attribute(Name("__name__"), "rpartition"), (Constant("."),)), Constant(0)
)
"""The name of the package, in one of its modules."""

_DIRECTIONS: Final = {
    ir.Direction.SERVER_TO_CLIENT: "SERVER_EVENTS",
    ir.Direction.CLIENT_TO_SERVER: "CLIENT_EVENTS",
}


def constants(package: Package) -> list[str]:
    """The names of the tables of directions."""
    return [_DIRECTIONS[direction] for direction in package.directions]


def events(package: Package) -> list[list[tree.Statement]]:
    """The `events` module: a table for each union, and for each direction."""
    found: list[list[tree.Statement]] = []
    shown: dict[str, Name] = {}
    for table in package.tables:
        if table.schema is not None:
            shown[table.name] = Name(f"_{package.names.of(table.schema.id)}")
            found.append([_table(package, table, shown[table.name])])
    for table, constant in zip(
        package.directions.values(), map(Name, constants(package)), strict=True
    ):
        if table.name in shown:
            found.append([Assign(constant, shown[table.name])])
        else:
            found.append([_table(package, table, constant)])
    of = tree.Display("()", (Name("str"), Subscript(_TABLE, ANY)))
    pairs = tuple((Constant(name), constant) for name, constant in shown.items())
    every = Declare(Name("EVENTS"), Subscript(_MAPPING, of), tree.Mapping(pairs))
    return [*found, [every]]


def _table(
    package: Package, table: event_tables.Table, constant: Name
) -> tree.Statement:
    models = [
        (tag, tree.Attribute(_MODELS, package.names.of(branch.id)))
        for tag, branch in table.entries()
    ]
    union = either(list(dict.fromkeys(model for _, model in models)))
    classes = tuple(
        (Constant(tag), model if package.pieces.whole else Constant(str(model.name)))
        for tag, model in models
    )
    if table.schema is not None and table.schema.id not in package.shapes.wrapped:
        union = tree.Attribute(_MODELS, package.names.of(table.schema.id))
    more = tuple(
        (name, Constant(value))
        for name, value in (
            ("tried", table.tried()),
            ("paths", table.paths()),
            ("path", table.tagged.path if table.tagged.inside else ()),
        )
        if value
    )
    arguments = (
        Constant(table.name),
        Constant(table.tagged.name),
        tree.Mapping(classes, exploded=True),
        _PACKAGE,
    )
    made = Call(_TABLE, arguments, more, exploded=True)
    return Declare(constant, Subscript(_TABLE, union), made)


def schemas(package: Package) -> list[list[tree.Statement]]:
    """The `schemas` module: every named schema by its name in the specification."""
    home = "._runtime.schema"
    pairs = tuple(
        (Constant(name), Constant(str(package.names.of(schema.id))))
        for name, schema, _ in package.named
    )
    arguments = (tree.Mapping(pairs, exploded=True), _PACKAGE)
    of = tree.Display("()", (Name("str"), Name("Schema", home)))
    made = Call(Name("Schemas", home), arguments, exploded=True)
    return [[Declare(Name("SCHEMAS"), Subscript(_MAPPING, of), made)]]
