"""The golden files of what stands around schemas: event tables, operations, a session.

Each follows from what it is about alone, and may take so much. All of them together are
limited, too: those that are left when that is used up have to do with little.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from codegen.golden import recorded
from codegen.golden.documents import Author
from codegen.golden.goals import together, with_tag
from codegen.golden.machinery.layout import layout
from codegen.golden.machinery.shortened import shortened
from codegen.golden.machinery.values import UNKNOWN, without
from codegen.golden.operations import operations_record
from codegen.golden.records import session_record
from codegen.golden.schemas import (
    ONE,
    SCARCE,
    Before,
    Effort,
    SchemaFile,
    formats_of,
)
from codegen.golden.sessions import session_tests
from codegen.ir import model as ir
from codegen.oracle import compilations
from codegen.python import Package
from codegen.python.model.event_tables import Entry, Table
from codegen.python.session_rules import places_of
from codegen.samples import DEFAULT_BUDGET, NoSample, effort


@dataclass(frozen=True, slots=True)
class _Subject:
    """What one file is about. Its `record` follows from what is `said`, and from
    `schemas` and what the package does with their values; where there is nothing said,
    that is not known."""

    name: str
    record: Callable[[], dict[str, Any]]
    said: tuple[object, ...] = ()
    schemas: tuple[ir.Schema, ...] = ()


def names(package: Package) -> Iterator[str]:
    """The names of the files."""
    yield from (f"{table.name}.events" for table in package.all_tables)
    yield from ["OPERATIONS.operations"] if package.operations else []
    yield from ["SessionRules.session"] if package.module.session_rules else []


def files(
    author: Author, package: Package, sdk: ModuleType, before: Before | None
) -> dict[str, SchemaFile]:
    """The files by their names, each as it lies on disk where an earlier run has
    written it from the same. Nothing is kept here."""
    module = package.module
    left = Effort(effort.most(module), compilations(module))
    found = {}
    for subject in _subjects(author, package, sdk):
        limit = SCARCE if left.spent else ONE
        found[subject.name] = file = _file(subject, limit, author, package, before)
        left = left.without(file.effort)
    return found


def _file(
    subject: _Subject,
    limit: Effort,
    author: Author,
    package: Package,
    before: Before | None,
) -> SchemaFile:
    key = "" if before is None else _key(subject, limit, package, before)
    known = before.file(subject.name, key) if before is not None and key else None
    if known is not None:
        return known
    author.begin(limit.looks, limit.compilations)
    record = subject.record()
    used = Effort(*author.taken)
    return SchemaFile(layout(shortened(record)), tuple(record), effort=used, key=key)


def _key(subject: _Subject, limit: Effort, package: Package, before: Before) -> str:
    """What a file follows from; empty where that is not known."""
    if not subject.said:
        return ""
    how = (formats_of(package), tuple(package.formats.typed), limit)
    behaviour = before.behaviour()
    become = [behaviour.all_of(schema) for schema in subject.schemas]
    return before.printed.key((how, subject.said, become), ())


def _subjects(author: Author, package: Package, sdk: ModuleType) -> Iterator[_Subject]:
    """What there is a file about, in the order of their names."""
    for table, name in zip(package.all_tables, names(package), strict=False):
        yield _of_table(author, package, sdk, table, name)
    if package.operations:
        yield _of_operations(author, package, sdk)
    if package.module.session_rules:

        def session() -> dict[str, Any]:
            return session_record(session_tests(author, places_of(package)))

        yield _Subject("SessionRules.session", session)


def _of_table(
    author: Author, package: Package, sdk: ModuleType, table: Table, name: str
) -> _Subject:
    module, called = package.module, package.names.of
    beside = [i for i in (table.base, table.default) if i is not None]
    routes = table.routes()
    said = (
        *(table.name, table.tagged.path, [str(called(i)) for i in beside]),
        [(r.key, r.path, r.tried, r.trial) for r in routes],
        *(list(table.tried().items()), table.counts),
    )
    schemas = [] if table.schema is None else [table.schema]
    schemas += [route.branch for route in routes]
    schemas += [module.schemas[i] for i in beside if i in module.schemas]
    return _Subject(
        name, lambda: _table_record(author, table, sdk, called), said, tuple(schemas)
    )


def _of_operations(author: Author, package: Package, sdk: ModuleType) -> _Subject:
    calls = [operation.call for operation in package.operations]
    named = package.module.named
    return _Subject(
        "OPERATIONS.operations",
        lambda: operations_record(package, author.builder, sdk),
        (calls,),
        tuple(named(call.parameters) for call in calls if call.parameters),
    )


def _table_record(
    author: Author,
    table: Table,
    sdk: ModuleType,
    sdk_name: Callable[[ir.SchemaId], str],
) -> dict[str, Any]:
    """The golden file of an event table: each tag with the class and a frame."""
    target = sdk.EVENTS.get(table.name) or getattr(sdk, table.name)
    events = []
    for route in table.routes():
        frame = frame_of(author, table, route)
        entry: dict[str, Any] = {"name": route.key}
        if isinstance(frame, dict):
            found = recorded.event(target, frame)
            # An object that is found by trying may be one of an earlier class, too.
            if not route.tried or found == target[route.key].__name__:
                entry |= {"class": found, "frame": frame}
                untagged = recorded.event(target, without(frame, target.tag))
                if target.tag in frame and untagged != UNKNOWN:
                    entry["untagged"] = untagged
        events.append(entry)
    record: dict[str, Any] = {"table": table.name, "tag": table.tagged.name}
    if table.tagged.inside:
        record["path"] = list(table.tagged.path)
    if table.base is not None:
        record["base"] = sdk_name(table.base)
    if table.default is not None:
        record["default"] = sdk_name(table.default)
    return {**record, "events": events}


def frame_of(author: Author, table: Table, route: Entry) -> ir.Json | NoSample:
    """The smallest frame of an event that carries its tags; one with everything
    that it declares if tags do not tell it from others, and that the union accepts."""
    tags = [with_tag(name, value) for name, value in route.path]
    undecided = route.tried or table.counts
    union = (table.schema,) if undecided and table.schema is not None else ()
    if route.tried:
        return author.builder.fullest(together(route.branch, *union, *tags))
    author.builder.refill(DEFAULT_BUDGET)
    found = author.builder.several((route.branch, *union, *tags), 1)
    return found[0] if found else NoSample("nothing was found")
