"""A module of the IR to the files of a package."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from codegen import render
from codegen.artifact import Artifact, OutputFile, PythonFile
from codegen.ir import model as ir
from codegen.ir import walk
from codegen.python import again, encode, metadata, rules, tables, views
from codegen.python import shapes as sh
from codegen.python.annotations import either
from codegen.python.checks import Checks
from codegen.python.codec import Codec
from codegen.python.fields import Field
from codegen.python.imports import imports_of
from codegen.python.lines import literal
from codegen.python.names import Names

RUNTIME: Final = Path(__file__).resolve().parent.parent / "runtime"

FACE: Final = {
    "Dispatcher": "_runtime.dispatcher",
    "EventTable": "_runtime.events",
    "UnknownEvent": "_runtime.events",
    "UNSET": "_runtime.registry",
    "Unset": "_runtime.registry",
    "ValidationError": "_runtime.errors",
    "Violation": "_runtime.errors",
    "violations_of": "_runtime.model",
    "Schema": "_runtime.schema",
}
"""Names that every package offers, with the module each comes from."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What of the configuration shapes a package."""

    package: str
    server_events: tuple[str, ...] = ()
    client_events: tuple[str, ...] = ()
    assert_formats: bool = False


class Package:
    """Everything that is decided about a package before text is made."""

    def __init__(self, module: ir.Module, settings: Settings) -> None:
        self.module = module
        self.settings = settings
        self.shapes = sh.Shapes(module)
        reachable = walk.closure(module, list(module.names.values()))
        self.parts = _parts(module, reachable)
        self.class_ids = frozenset(
            schema.id for schema in self.parts if self._is_class(schema)
        )
        self.names = Names(module, self.class_ids, self.shapes.wrapped)
        formats = _formats() if settings.assert_formats else frozenset[str]()
        self.checks = Checks(module, self.names, formats)
        by_id = {schema.id: schema for schema in self.parts}
        self.codec = Codec(module, self.shapes, self.names, self.checks, by_id)
        self.tables = tables.tables_of(module, self.shapes)
        self.directions = tables.directions(
            module,
            self.shapes,
            self.tables,
            {
                ir.Direction.SERVER_TO_CLIENT: settings.server_events,
                ir.Direction.CLIENT_TO_SERVER: settings.client_events,
            },
        )
        self._write_functions()

    def _is_class(self, schema: ir.Schema) -> bool:
        return sh.ClassShape(schema.id) in sh.members(self.shapes.own(schema))

    @cached_property
    def classes(self) -> list[tuple[ir.Schema, list[Field]]]:
        """Every class in the order of the specification, inline ones behind theirs."""
        return [
            (schema, self.codec.fields(schema))
            for schema in self.parts
            if schema.id in self.class_ids and self._is_used(schema)
        ]

    def _is_used(self, schema: ir.Schema) -> bool:
        name = f"decode_{self.names.of(schema.id)}"
        return self.shapes.is_named(schema) or name in self.codec.functions

    @cached_property
    def named(self) -> list[tuple[str, ir.Schema, sh.Shape]]:
        """Every named schema with its name in the specification and its shape."""
        return [
            (name, self.module.schemas[i], self.shapes.own(self.module.schemas[i]))
            for name, i in self.module.names.items()
        ]

    @cached_property
    def enums(self) -> list[ir.Schema]:
        """The schemas that become enums, in the order of the specification."""
        own = [
            self.shapes.wrapped.get(schema.id, schema) for _, schema, _ in self.named
        ]
        return [
            schema
            for schema in own
            if sh.EnumShape(schema.id) in sh.members(self.shapes.own(schema))
        ]

    def describing(self, schema: ir.Schema) -> tuple[ir.Schema, ...]:
        """The schemas whose descriptions are that of a class or enum: the schema,
        and the named one that only adds null to it."""
        outer = [
            self.module.schemas[i]
            for i, inner in self.shapes.wrapped.items()
            if inner.id == schema.id
        ]
        return (schema, *outer)

    def public_name(self, schema: ir.Schema) -> str:
        """What a named schema is called among the models."""
        return self.names.of(self.shapes.wrapped.get(schema.id, schema).id)

    def model_names(self) -> list[str]:
        """The classes and enums that the codec makes objects of, as it imports
        them."""
        made = {schema.id for schema in self.enums}
        made |= {schema.id for schema, _ in self.classes}
        pairs = sorted((self.names.of(i), self.names.bound(i)) for i in made)
        return [n if n == bound else f"{n} as {bound}" for n, bound in pairs]

    def _write_functions(self) -> None:
        for _, schema, _ in self.named:
            self.codec.want(schema)
            self.checks.enter(schema)
        for table in {
            t.name: t for t in [*self.tables, *self.directions.values()]
        }.values():
            self.codec.table(table.name, table.tagged, table.schema)
        self.codec.write()
        for schema, _ in self.classes:
            self.checks.enter(schema)
        rules.want(self)
        self.checks.write()


def _parts(module: ir.Module, reachable: list[ir.SchemaId]) -> list[ir.Schema]:
    """All schemas inside the named ones and what they reach, each once."""
    named = set(module.names.values())
    order = [*module.names.values(), *(i for i in reachable if i not in named)]
    found: dict[ir.SchemaId, ir.Schema] = {}
    for schema_id in order:
        for schema in walk.walk(module.schemas[schema_id]):
            found.setdefault(schema.id, schema)
    return list(found.values())


def _formats() -> frozenset[str]:
    from codegen.runtime._formats import FORMATS

    return frozenset(FORMATS)


def package_files(module: ir.Module, settings: Settings) -> Iterator[Artifact]:
    """The files of a package, each with what it answers:

    `models` what the types are, `events` what can arrive, `schemas` what the
    specification names; `codec`, `checks` and `fields` are plumbing.
    """
    package = Package(module, settings)
    folder = settings.package
    yield _file(package, "__init__.py", "init", _init(package))
    yield _file(package, "models.py", "models", _models(package))
    yield _file(package, "events.py", "events", _events(package))
    yield _file(package, "schemas.py", "schemas", _schemas(package))
    yield _file(package, "fields.py", "fields", metadata.pieces(package))
    if module.session_rules:
        yield _file(package, "rules.py", "rules", rules.pieces(package))
    yield _file(package, "codec.py", "codec", _codec(package))
    yield _file(package, "checks.py", "checks", _checks(package))
    yield OutputFile(f"{folder}/py.typed", "")
    for source in sorted(RUNTIME.glob("*.py")):
        if not source.name.startswith("_formats") or settings.assert_formats:
            text = source.read_text(encoding="utf-8")
            yield OutputFile(f"{folder}/_runtime/{source.name}", _runtime(text))


def _runtime(text: str) -> str:
    return f"# Generated by codegen: the runtime, the same in every package.\n{text}"


def _file(package: Package, name: str, template: str, pieces: list[str]) -> Artifact:
    header = render.render(
        "python/header.jinja",
        module=package.module,
        body=render.render(
            f"python/{template}_header.jinja",
            package=package,
            imports=imports_of(
                template,
                pieces,
                frozenset() if package.checks.formats else frozenset({"FORMATS"}),
                {} if package.names.base == "Model" else {"Model": "_Model"},
            ),
        ),
    )
    return PythonFile(f"{package.settings.package}/{name}", header, tuple(pieces))


def _init(package: Package) -> list[str]:
    models = sorted(
        {package.names.of(s.id) for s, _ in package.classes}
        | {package.public_name(s) for _, s, _ in package.named}
    )
    events = sorted({"EVENTS", *_constants(package)})
    rules_home = {"SessionRules": "rules"} if package.module.session_rules else {}
    homes = (
        dict(FACE)
        | rules_home
        | dict.fromkeys(events, "events")
        | {"SCHEMAS": "schemas"}
    )
    return [
        render.render(
            "python/init.jinja",
            models=models,
            homes=sorted(homes.items()),
            everything=_sorted([*models, *homes]),
        )
    ]


def _sorted(names: list[str]) -> list[str]:
    """Constants, then classes, then the rest, as linters want `__all__`."""
    return sorted(names, key=lambda n: (not n.isupper(), not n[:1].isupper(), n))


def _constants(package: Package) -> list[str]:
    names = {
        ir.Direction.SERVER_TO_CLIENT: "SERVER_EVENTS",
        ir.Direction.CLIENT_TO_SERVER: "CLIENT_EVENTS",
    }
    return [names[direction] for direction in package.directions]


def _models(package: Package) -> list[str]:
    pieces = []
    formats = package.checks.formats
    for schema in package.enums:
        told = package.describing(schema)
        view = views.enum_view(package.names, schema, told)
        pieces.append(render.render("python/enum.jinja", view=view))
    for schema, fields in package.classes:
        told = package.describing(schema)
        class_view = views.class_view(package.names, schema, told, fields, formats)
        pieces.append(render.render("python/class.jinja", view=class_view))
    for alias, shape, later in _aliases(package):
        view_ = views.alias_view(package.names, alias, shape, later)
        pieces.append(render.render("python/alias.jinja", view=view_))
    return pieces


def _aliases(
    package: Package,
) -> list[tuple[ir.Schema, sh.Shape, frozenset[ir.SchemaId]]]:
    """Aliases in an order in which each stands behind what it uses, as far as that
    goes, with those it must quote."""
    pending: dict[ir.SchemaId, tuple[ir.Schema, sh.Shape]] = {}
    for _, schema, shape in package.named:
        own = (sh.ClassShape(schema.id), sh.EnumShape(schema.id))
        named_inside = schema.id in package.shapes.wrapped
        if not named_inside and not any(m in own for m in sh.members(shape)):
            pending[schema.id] = (schema, shape)
    done: list[tuple[ir.Schema, sh.Shape, frozenset[ir.SchemaId]]] = []

    def visit(schema_id: ir.SchemaId, above: frozenset[ir.SchemaId]) -> None:
        schema, shape = pending[schema_id]
        uses = _aliases_in(shape)
        for used in uses:
            if used in pending and used not in above and used != schema_id:
                visit(used, above | {schema_id})
        if pending.pop(schema_id, None) is not None:
            done.append(
                (
                    schema,
                    shape,
                    frozenset(u for u in uses if u in pending)
                    | (frozenset({schema_id}) & frozenset(uses)),
                )
            )

    while pending:
        visit(next(iter(pending)), frozenset())
    return done


def _aliases_in(shape: sh.Shape) -> list[ir.SchemaId]:
    match shape:
        case sh.AliasShape(schema_id):
            return [schema_id]
        case sh.Array(inner) | sh.Map(inner):
            return _aliases_in(inner)
        case sh.Union(members):
            return [found for member in members for found in _aliases_in(member)]
        case _:
            return []


def _events(package: Package) -> list[str]:
    pieces = []
    shown: dict[str, str] = {}
    for table in package.tables:
        constant = f"_{package.names.of(table.schema.id)}" if table.schema else ""
        shown[table.name] = constant
        pieces.append(_table(package, table, constant))
    for (_, table), constant in zip(
        package.directions.items(), _constants(package), strict=True
    ):
        if table.name in shown:
            pieces.append(f"{constant} = {shown[table.name]}\n")
        else:
            pieces.append(_table(package, table, constant))
    entries = ", ".join(f"{literal(name)}: {c}" for name, c in shown.items())
    pieces.append(f"EVENTS: Mapping[str, EventTable[Any]] = {{{entries}}}\n")
    return pieces


def _table(package: Package, table: tables.Table, constant: str) -> str:
    classes = tuple(
        (literal(tag), f"models.{package.names.of(branch.id)}")
        for tag, branch in table.entries()
    )
    union = either(list(dict.fromkeys(name for _, name in classes)))
    if table.schema is not None:
        union = f"models.{package.names.of(table.schema.id)}"
    view = views.TableView(
        constant,
        literal(table.name),
        literal(table.tagged.property),
        union,
        table.schema is not None,
        "",
        classes,
        tuple(
            f"{name}={literal(value)}"
            for name, value in (("tried", table.tried()), ("paths", table.paths()))
            if value
        ),
    )
    return render.render("python/table.jinja", view=view)


def _schemas(package: Package) -> list[str]:
    entries = [
        (literal(name), literal(package.names.of(schema.id)))
        for name, schema, _ in package.named
    ]
    return [render.render("python/schemas.jinja", entries=entries)]


def _codec(package: Package) -> list[str]:
    """The codec: each class with its twin, decoder and encoder; then what is no
    class; tables last, because they name the functions."""
    codec, names = package.codec, package.names
    functions = dict(codec.functions)
    events = {
        branch.id
        for table in (*package.tables, *package.directions.values())
        for _, branch in table.entries()
    }
    pieces: list[str] = []
    for schema, fields in package.classes:
        symbol, bound = names.of(schema.id), names.bound(schema.id)
        known = ", ".join(f"{literal(f.wire)}: {f.nullable}" for f in fields)
        decode = functions.pop(f"decode_{symbol}")
        pieces += [
            f"New_{symbol} = twin({bound})\nKNOWN_{symbol} = {{{known}}}\n",
            _text(decode),
            _text(encode.encoder(codec, schema, fields)),
        ]
        copied = ""
        strings = again.pair(codec, schema) if schema.id in events else None
        if strings is not None:
            pieces.append(_text(again.copier(symbol, bound, fields, *strings)))
            first, second = (literal(field.wire) for field in strings)
            copied = f", ({first}, {second}, again_{symbol})"
        pieces.append(f"CODECS[{bound}] = {_codec_of(symbol, bound, copied)}\n")
    pieces += [_text(lines) for lines in functions.values()]
    for schema in package.enums:
        symbol, bound = names.of(schema.id), names.bound(schema.id)
        pieces.append(f"MEMBERS_{symbol} = {{m.value: m for m in {bound}}}\n")
    for table, (_, entries) in codec.tables.items():
        inner = ", ".join(f"{literal(tag)}: {name}" for tag, name in entries)
        pieces.append(f"{table}: dict[str, Callable[[Any], Any]] = {{{inner}}}\n")
    listed = ", ".join(
        f"{literal(name)}: ({decode_}, {table})"
        for name, (decode_, table) in codec.event_tables.items()
    )
    pieces.append(
        f"TABLES: dict[str, tuple[Callable[[Any], Any], Any]] = {{{listed}}}\n"
    )
    return pieces


def _codec_of(symbol: str, bound: str, copied: str) -> str:
    functions = f"decode_{symbol}, encode_{symbol}, KNOWN_{symbol}"
    return f"Codec({bound}, {functions}{copied})"


def _checks(package: Package) -> list[str]:
    checks = package.checks
    pieces = [_text(lines) for lines in checks.functions.values()]
    listed = ", ".join(
        f"{literal(symbol)}: {name}" for symbol, name in checks.entries.items()
    )
    pieces.append(
        f"CHECKS: dict[str, Callable[[Any, str, Found], None]] = {{{listed}}}\n"
    )
    pieces.append(render.render("python/violations.jinja"))
    return pieces


def _text(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"
