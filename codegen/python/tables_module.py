"""The modules `events` and `schemas`: what can arrive, and what the specification
names."""

from __future__ import annotations

from typing import Final

from codegen import text
from codegen.ir import model as ir
from codegen.ir.apart import with_digests
from codegen.python.emit import tree
from codegen.python.emit.tree import Assign, Call, Constant, Declare, Name, Subscript
from codegen.python.model import event_tables
from codegen.python.model.annotations import ANY, either, mapping_of
from codegen.python.model.package import Package

_MODELS: Final = Name("models", ".")
_TABLE: Final = Name("EventTable", "._runtime.dispatcher")
PACKAGE: Final = Subscript(
    Call(tree.Attribute(Name("__name__"), "rpartition"), (Constant("."),)), Constant(0)
)
"""The name of the package, in one of its modules."""


def constants(package: Package) -> list[str]:
    """The names of the tables of directions."""
    return [event_tables.CONSTANTS[direction] for direction in package.directions]


def tables_of_directions(package: Package) -> dict[text.Name, event_tables.Table]:
    """The tables of directions by their names."""
    names = map(text.name, constants(package))
    return dict(zip(names, package.directions.values(), strict=True))


def unions(package: Package) -> dict[str, str]:
    """The name of the union of each direction's events, by the name of its table."""
    return {name: _union_name(package, name) for name in constants(package)}


def _union_name(package: Package, constant: str) -> str:
    """`ServerEvent` for `SERVER_EVENTS`; a schema of that name keeps it."""
    name = "".join(word.capitalize() for word in constant.removesuffix("S").split("_"))
    taken = package.names.taken
    return with_digests(name, [constant], taken)[constant] if name in taken else name


def events(package: Package) -> list[list[tree.Statement]]:
    """The `events` module: a table for each union, and for each direction."""
    found: list[list[tree.Statement]] = []
    shown: dict[str, Name] = {}
    for table in package.tables:
        if table.schema is not None:
            shown[table.name] = Name(f"_{package.names.of(table.schema.id)}")
            found.append([_table(package, table, shown[table.name])])
    for table, (constant, union) in zip(
        package.directions.values(), unions(package).items(), strict=True
    ):
        name, known = Name(constant), shown.get(table.name)
        every_class = _events(package, table)
        found.append([Declare(Name(union), Name("TypeAlias", "typing"), every_class)])
        made = _table(package, table, name, Name(union))
        found.append([Assign(name, known) if known else made])
    of = mapping_of(Subscript(_TABLE, ANY))
    pairs = tuple((Constant(name), constant) for name, constant in shown.items())
    every = Declare(Name("EVENTS"), of, tree.Mapping(pairs))
    return [*found, [every]]


def _classes(
    package: Package, table: event_tables.Table
) -> tuple[tuple[tree.Expr, tree.Attribute], ...]:
    return tuple(
        (Constant(tag), _model(package, branch)) for tag, branch in table.entries()
    )


def _model(package: Package, schema: ir.Schema) -> tree.Attribute:
    return tree.Attribute(_MODELS, package.names.of(schema.id))


def _events(package: Package, table: event_tables.Table) -> tree.Expr:
    """What the events of a table are: its named union, or that of its classes."""
    if table.schema is not None and table.schema.id not in package.shapes.wrapped:
        return tree.Attribute(_MODELS, package.names.of(table.schema.id))
    other = () if table.other is None else (_model(package, table.other),)
    found = (*(of for _, of in _classes(package, table)), *other)
    return either(list(dict.fromkeys(found)))


def _table(
    package: Package,
    table: event_tables.Table,
    constant: Name,
    union: tree.Expr | None = None,
) -> tree.Statement:
    classes = tuple(
        (tag, _given(package, model)) for tag, model in _classes(package, table)
    )
    more: tuple[tuple[str, tree.Expr], ...] = tuple(
        (name, Constant(value))
        for name, value in (
            ("tried", table.tried()),
            ("paths", table.paths()),
            ("path", table.tagged.path if table.tagged.inside else ()),
            ("counts", table.counts),
        )
        if value
    )
    if table.other is not None:
        more += (("other", _given(package, _model(package, table.other))),)
    arguments = (
        Constant(table.name),
        Constant(table.tagged.name),
        tree.Mapping(classes, exploded=True),
        PACKAGE,
    )
    made = Call(_TABLE, arguments, more, exploded=True)
    of = union or _events(package, table)
    return Declare(constant, Subscript(_TABLE, of), made)


def _given(package: Package, model: tree.Attribute) -> tree.Expr:
    """A class of a table. Those of a large package are loaded when their tags first
    come."""
    return model if package.pieces.whole else Constant(str(model.name))


def schemas(package: Package) -> list[list[tree.Statement]]:
    """The `schemas` module: every named schema by its name in the specification."""
    home = "._runtime.schema"
    pairs = tuple(
        (Constant(named.name), Constant(str(package.names.of(named.schema.id))))
        for named in package.named
    )
    arguments = (tree.Mapping(pairs, exploded=True), PACKAGE)
    of = mapping_of(Name("Schema", home))
    made = Call(Name("Schemas", home), arguments, exploded=True)
    return [[Declare(Name("SCHEMAS"), of, made)]]
