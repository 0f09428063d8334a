"""The files of a package whose classes are of a flavour."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Final, TypeAlias

from codegen import copies, render, text
from codegen.artifact import Made, OutputFile
from codegen.flavours.flavour import Flavour
from codegen.flavours.models import models
from codegen.python import conditions
from codegen.python.checks.module import constraints
from codegen.python.emit import module as emit
from codegen.python.emit import printer, search, tree
from codegen.python.emit.tree import Call, Constant, Declare, Name
from codegen.python.files import module_file, statements_file
from codegen.python.model.annotations import mapping_of
from codegen.python.model.event_tables import Table
from codegen.python.model.package import Package
from codegen.python.tables_module import PACKAGE, constants
from codegen.text import name as checked

Part: TypeAlias = Callable[[], Iterable[Made]]

_HOME: Final = "._runtime.flavoured"
_FACE: Final = {
    "EventTable": _HOME,
    "Schema": _HOME,
    "UnknownEvent": _HOME,
    "ValidationError": "._runtime.errors",
    "Violation": "._runtime.errors",
    "EVENTS": "events",
    "SCHEMAS": "schemas",
}


def parts(package: Package, flavour: Flavour) -> list[Part]:
    """What makes the files. The part of the models raises `Refused`."""
    rules = constraints(package)
    statements = [[rules.table(rules.by_name)], *rules.tables]
    return [
        lambda: [_init(package)],
        lambda: [module_file(package, "models", models(package, flavour))],
        lambda: [statements_file(package, "events", _events(package, flavour))],
        lambda: [statements_file(package, "schemas", _schemas(package, flavour))],
        lambda: [statements_file(package, "_constraints", statements)],
        lambda: _runtime(package, flavour, statements),
    ]


def _runtime(
    package: Package, flavour: Flavour, statements: list[list[tree.Statement]]
) -> Iterator[OutputFile]:
    settings = package.settings
    yield OutputFile(f"{settings.package}/py.typed", "")
    yield copies.linting(settings.package)
    wanted = {"flavoured", f"{flavour.name}_adapter"}
    nodes = (statement for group in statements for statement in group)
    wanted |= {"_linear"} if search.uses(nodes, conditions.MATCHES_LINEAR) else set()
    wanted |= {"_formats"} if settings.assert_formats else set()
    sources = {
        source.stem: source
        for folder in (copies.RUNTIME, copies.ADAPTERS)
        for source in folder.glob("*.py")
    }
    for stem in sorted({"__init__", *_reached(frozenset(wanted))}):
        yield copies.runtime(sources[stem], settings.package, settings.templates)


@cache
def _reached(stems: frozenset[str]) -> frozenset[str]:
    """Modules of the runtime with all that they import."""
    found: set[str] = set()
    pending = list(stems)
    while pending:
        stem = pending.pop()
        folders = (copies.RUNTIME, copies.ADAPTERS)
        source = next((f for f in folders if (f / f"{stem}.py").is_file()), None)
        if stem in found or source is None:
            continue
        found.add(stem)
        for node in ast.walk(ast.parse((source / f"{stem}.py").read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level == 1:
                names = [alias.name for alias in node.names]
                pending += [node.module] if node.module else names
    return frozenset(found)


def _init(package: Package) -> OutputFile:
    types = {
        str(package.names.of(schema.id))
        for schema in (
            *(schema for schema, _ in package.classes),
            *package.enums,
            *(schema for schema, _, _ in package.aliases),
        )
    }
    homes = _FACE | dict.fromkeys(constants(package), "events")
    by_home: dict[str, list[str]] = {}
    for name, home in (*homes.items(), *((name, "models") for name in types)):
        by_home.setdefault(f".{home.removeprefix('.')}", []).append(name)
    body = render.python(
        "python/init.jinja",
        package.settings.templates,
        imports=[
            printer.imported(home, emit.in_order(names), 1)
            for home, names in sorted(by_home.items())
        ],
        homes=[
            (checked(name), text.dotted(f".{home.removeprefix('.')}"))
            for name, home in sorted(homes.items())
        ],
        everything=emit.in_order([*types, *homes], folded=False),
        codec=False,
    )
    return module_file(package, "init", body, title=package.module.title)


def _schemas(package: Package, flavour: Flavour) -> list[list[tree.Statement]]:
    """Every named schema by its name in the specification: its type, its rule, and of
    a base, whose objects may be of its children, its table."""
    bases = {t.schema.id: t.name for t in package.tables if t.schema and t.base}
    pairs = []
    for name, schema, _ in package.named:
        found = [str(package.public_name(schema)), str(package.names.of(schema.id))]
        found += [bases[schema.id]] if schema.id in bases else []
        pairs.append((Constant(name), tree.Display("()", tuple(map(Constant, found)))))
    made = Call(
        Name("Schemas", _HOME),
        (Constant(flavour.name), tree.Mapping(tuple(pairs), exploded=True), PACKAGE),
        exploded=True,
    )
    return [[Declare(Name("SCHEMAS"), mapping_of(Name("Schema", _HOME)), made)]]


def _events(package: Package, flavour: Flavour) -> list[list[tree.Statement]]:
    """A table for each union, and for each direction."""
    found: list[list[tree.Statement]] = []
    shown: dict[str, Name] = {}
    for table in package.tables:
        if table.schema is not None:
            shown[table.name] = Name(f"_{package.names.of(table.schema.id)}")
            found.append([_table(package, flavour, table, shown[table.name])])
    for table, constant in zip(
        package.directions.values(), constants(package), strict=True
    ):
        known = shown.get(table.name)
        if known is None:
            found.append([_table(package, flavour, table, Name(constant))])
        else:
            found.append([tree.Assign(Name(constant), known)])
    of = mapping_of(Name("EventTable", _HOME))
    pairs = tuple((Constant(name), table) for name, table in shown.items())
    every = Declare(Name("EVENTS"), of, tree.Mapping(pairs))
    return [*found, [every]]


def _table(
    package: Package, flavour: Flavour, table: Table, constant: Name
) -> tree.Statement:
    routes = tuple(
        (
            Constant(route.key),
            tree.Display(
                "()",
                (
                    tree.Display("()", tuple(map(_step, route.path))),
                    Constant(str(package.public_name(route.branch))),
                    Constant(str(package.names.of(route.branch.id))),
                    Constant(route.tried),
                ),
            ),
        )
        for route in table.routes()
    )
    arguments = (
        Constant(flavour.name),
        Constant(table.name),
        tree.Mapping(routes, exploded=True),
        PACKAGE,
    )
    found = [r.key for r in table.routes() if r.branch.id == table.default]
    more = [("default", Constant(key)) for key in found[:1]]
    if table.schema is not None:
        more = [("union", Constant(str(package.names.of(table.schema.id)))), *more]
    made = Call(Name("EventTable", _HOME), arguments, tuple(more), exploded=True)
    return Declare(constant, Name("EventTable", _HOME), made)


def _step(step: tuple[tuple[str, ...], str | int | bool]) -> tree.Expr:
    way, tag = step
    names = tree.Display("()", tuple(map(Constant, way)))
    return tree.Display("()", (names, Constant(tag)))
