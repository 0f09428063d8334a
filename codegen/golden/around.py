"""The golden files of what stands around schemas: event tables, operations, a session.

What one of them may take depends on the others, so an earlier run has written all of
them from the same, or none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
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
from codegen.golden.schemas import Before, SchemaFile, formats_of
from codegen.golden.sessions import session_tests
from codegen.ir import model as ir
from codegen.python import Package
from codegen.python.model.event_tables import Entry, Table
from codegen.samples import DEFAULT_BUDGET, NoSample, effort


def names(package: Package) -> Iterator[str]:
    """The names of the files."""
    yield from (f"{table.name}.events" for table in package.all_tables)
    yield from ["OPERATIONS.operations"] if package.operations else []
    yield from ["SessionRules.session"] if package.module.session_rules else []


def files(
    author: Author, package: Package, sdk: ModuleType, before: Before | None
) -> dict[str, SchemaFile]:
    """The files by their names, as they lie on disk where an earlier run has written
    them from the same. Nothing is kept here."""
    key = "" if before is None else _key(package, before)
    if before is None or not key:
        return _anew(author, package, sdk)
    known = {name: before.file(name, key) for name in names(package)}
    found = {name: file for name, file in known.items() if file is not None}
    if len(found) < len(known):
        found = _anew(author, package, sdk)
    return {name: replace(file, key=key) for name, file in found.items()}


def _key(package: Package, before: Before) -> str:
    """What all of the files follow from; empty where that is not known."""
    module, called = package.module, package.names.of
    if module.session_rules:
        return ""
    calls = [operation.call for operation in package.operations]
    said: list[object] = [formats_of(package), tuple(package.formats.typed), calls]
    schemas = [module.named(call.parameters) for call in calls if call.parameters]
    for table in package.all_tables:
        routes = table.routes()
        others = [str(called(i)) for i in (table.base, table.default) if i is not None]
        said += [table.name, table.tagged.path, others]
        said += [(r.key, r.path, r.tried, r.trial) for r in routes]
        schemas += [] if table.schema is None else [table.schema]
        schemas += [route.branch for route in routes]
    said += [effort.most(module), [before.behaviour.all_of(s) for s in schemas]]
    return before.printed.key(said, ())


def _anew(author: Author, package: Package, sdk: ModuleType) -> dict[str, SchemaFile]:
    return {
        name: SchemaFile(layout(shortened(record)), tuple(record))
        for name, record in zip(
            names(package), _records(author, package, sdk), strict=True
        )
    }


def _records(
    author: Author, package: Package, sdk: ModuleType
) -> Iterator[dict[str, Any]]:
    """What these files hold."""
    for table in package.all_tables:
        yield _table_record(author, table, sdk, package.names.of)
    if package.operations:
        yield operations_record(package, author.builder, sdk)
    if author.module.session_rules:
        yield session_record(session_tests(author, sdk.SessionRules.tag))


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
    if route.tried:
        union = () if table.schema is None else (table.schema,)
        return author.builder.fullest(together(route.branch, *union, *tags))
    author.builder.refill(DEFAULT_BUDGET)
    found = author.builder.every((route.branch, *tags), 1)
    return found[0] if found else NoSample("nothing was found")
