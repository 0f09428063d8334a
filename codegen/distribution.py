"""What makes a distribution of a package: its project file, and a README with what it
has and how to begin."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, LiteralString

from codegen import escaping, render
from codegen.artifact import OutputFile
from codegen.config import Distribution
from codegen.escaping import Markdown, Toml, toml
from codegen.ir import model as ir
from codegen.layouts import PROJECT, README, folder_of
from codegen.python import Package, tables_of_directions
from codegen.python.model.event_tables import Table
from codegen.samples import Builder, NoSample
from codegen.text import (
    Code,
    Name,
    as_read,
    clean_lines,
    code,
    dotted,
    listed,
    literal,
)

_MOST: Final = 200
"""Names that are listed of each kind."""

_TRIED: Final = 20
"""Classes of which one is the example."""

_LARGEST: Final = 600
_LONGEST: Final = 120
"""Characters of a document, and of a description, that people read."""


def files(
    package: Package, said: Distribution, version: str, *, strategies: bool
) -> Iterator[OutputFile]:
    """The project file and the README, which stand beside the package; `strategies`
    says whether that has a module of them."""
    title = escaping.line(package.module.title).strip() or package.settings.package
    about = (
        escaping.line(as_read(said.description)).strip()
        or f"Types and codec of {title}."
    )
    project = _Project(
        name=said.name,
        version=version,
        description=about,
        licence=said.license,
        authors=tuple(_pairs(author) for author in said.authors),
        urls=_pairs(said.urls),
        strategies=strategies,
        folder=folder_of(package.settings.package),
    )
    yield OutputFile(PROJECT, render.distribution("toml", "pyproject", project))
    readme = _Writer(package).readme(title, about, f"pip install {said.name}")
    text = render.distribution("markdown", "readme", readme)
    yield OutputFile(README, f"{text.rstrip()}\n")


@dataclass(frozen=True, slots=True)
class _Project:
    """What a project file says, as text; keys are TOML."""

    name: str
    version: str
    description: str
    licence: str
    authors: tuple[tuple[tuple[Toml, str], ...], ...]
    urls: tuple[tuple[Toml, str], ...]
    strategies: bool
    folder: str


def _pairs(table: Mapping[str, str]) -> tuple[tuple[Toml, str], ...]:
    return tuple((toml(key), escaping.line(value)) for key, value in table.items())


# --- the README --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name, what leads to it, if something does, and what is said of it."""

    name: str
    tag: str
    said: Markdown


@dataclass(frozen=True, slots=True)
class _Group:
    """Names of one kind, and how many there are beside them."""

    title: str
    entries: tuple[_Entry, ...]
    more: int
    example: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Readme:
    """What a README says."""

    title: str
    description: str
    install: str
    example: tuple[str, ...]
    events: tuple[_Group, ...]
    groups: tuple[_Group, ...]


class _Writer:
    """Writes the README of a package."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._home = dotted(package.settings.package)
        self._builder = Builder(package.module, formats=frozenset(package.formats))

    def readme(self, title: str, description: str, install: str) -> _Readme:
        """All of it."""
        tables = tables_of_directions(self._package).items()
        return _Readme(
            title,
            description,
            install,
            self._first_steps(),
            tuple(
                self._events(constant, table, first=not index)
                for index, (constant, table) in enumerate(tables)
            ),
            tuple(self._groups()),
        )

    def _groups(self) -> Iterator[_Group]:
        package = self._package
        named: dict[ir.SchemaId, ir.Schema] = {}
        for one in package.named:
            own = package.shapes.wrapped.get(one.schema.id, one.schema)
            named.setdefault(own.id, own)
        enums = {schema.id for schema in package.enums}
        classes = {schema.id for schema, _ in package.classes}
        aliases = {alias.schema.id for alias in package.aliases}
        for title, kind in (
            ("Classes", classes),
            ("Enums", enums),
            ("Other types", aliases),
        ):
            found = [schema for i, schema in named.items() if i in kind]
            if found:
                entries = [self._entry(schema) for schema in found[:_MOST]]
                yield _Group(title, tuple(entries), len(found) - len(entries))

    def _entry(self, schema: ir.Schema, tag: str = "") -> _Entry:
        name = str(self._package.names.of(schema.id))
        return _Entry(name, tag, _summary(self._package.describing(schema)))

    # --- code --------------------------------------------------------------------

    def _first_steps(self) -> tuple[str, ...]:
        """A class made from a document, the first of which that shows something: of
        what is sent, if it is said what is."""
        package = self._package
        own = {schema.id for schema, _ in package.classes}
        every = [*package.sent, *(one.schema for one in package.named)]
        named = [schema for schema in every if schema.id in own]
        found = ((schema, self._document(schema)) for schema in named[:_TRIED])
        shown = [(schema, made) for schema, made in found if made is not None]
        if not shown:
            return ()
        schema, made = max(shown, key=lambda pair: bool(pair[1]))
        name = package.names.of(schema.id)
        return _lines(
            "{}\n\nvalue = {}.from_dict({})\nprint(value)\nprint(value.to_json())",
            self._imported(name),
            name,
            literal(made, lead=len(f"value = {name}.from_dict(")),
        )

    def _events(self, constant: Name, table: Table, *, first: bool) -> _Group:
        """The events of a direction, and, of the first one, how to take them."""
        entries = [(str(tag), branch) for tag, branch in table.entries()]
        shown = [self._entry(branch, tag) for tag, branch in entries[:_MOST]]
        return _Group(
            f"Events of the {'server' if constant == 'SERVER_EVENTS' else 'client'}",
            tuple(shown),
            len(entries) - len(shown),
            self._handled(constant, entries[0][1]) if first else (),
        )

    def _handled(self, constant: Name, event: ir.Schema) -> tuple[str, ...]:
        own = self._package.names.of(event.id)
        made = self._document(event)
        return _lines(
            "{}\n\ndispatcher = {}.dispatcher()\n\n\n"
            "@dispatcher.on({})\ndef handle(event: {}) -> None:\n    print(event)\n\n\n"
            "@dispatcher.on_unknown\ndef unknown(event: UnknownEvent) -> None:\n"
            "    print(event)\n\n\ndispatcher.dispatch({})",
            self._imported(constant, own, Name("UnknownEvent")),
            constant,
            own,
            own,
            literal({} if made is None else made, lead=len("dispatcher.dispatch(")),
        )

    def _imported(self, *names: Name) -> Code:
        order = sorted(names, key=lambda name: (not name.isupper(), name))
        return code("from {} import {}", self._home, listed(order))

    def _document(self, schema: ir.Schema) -> ir.Json:
        """A small object that a schema accepts; None where none is found."""
        made = self._builder.smallest(schema)
        if isinstance(made, NoSample) or not isinstance(made, dict):
            return None
        return made if len(json.dumps(made)) <= _LARGEST else None


def _lines(shape: LiteralString, *parts: Code) -> tuple[str, ...]:
    return tuple(code(shape, *parts).split("\n"))


def _summary(schemas: Sequence[ir.Schema]) -> Markdown:
    """The first line of what is said of something."""
    for schema in schemas:
        notes = schema.annotations
        for line in clean_lines(as_read(notes.description) or notes.title):
            short = line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()}…"
            return escaping.prose(short)
    return Markdown()
