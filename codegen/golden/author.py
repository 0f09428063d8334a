"""A module and its package to the files of their golden tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from types import ModuleType
from typing import Any, Final, TypeAlias

from codegen import copies, render
from codegen.artifact import OutputFile
from codegen.diagnostics import Report, Span
from codegen.golden import recorded
from codegen.golden.documents import Author, SchemaTests
from codegen.golden.goals import together, with_tag
from codegen.golden.machinery.layout import layout
from codegen.golden.memory import imported
from codegen.golden.records import schema_record, sent_record, session_record
from codegen.golden.sessions import session_tests
from codegen.golden.strategies import strategies_files
from codegen.ir import model as ir
from codegen.python import Package, Settings
from codegen.python.model.apart import groups, with_digests
from codegen.python.model.event_tables import Entry, Table
from codegen.runtime._formats import FORMATS
from codegen.samples import DEFAULT_BUDGET, NoSample
from codegen.text import name as checked

Spans: TypeAlias = Callable[[ir.Location], Span]
"""Where a location of the specification stands in its file."""

_PLAIN: Final = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"
)
_LONGEST_NAME: Final = 100
_DEVICES: Final = frozenset(
    [
        "aux",
        "con",
        "nul",
        "prn",
        *(f"{d}{n}" for d in ("com", "lpt") for n in range(10)),
    ]
)
"""Names that are no files on Windows, whatever stands behind a dot."""


def test_files(
    package: Package,
    files: Sequence[OutputFile],
    report: Report,
    spans: Spans,
) -> list[OutputFile]:
    """The golden tests of a package whose files are `files`, below `tests/NAME/`, and
    its optional module `strategies`.

    Every document on which the independent validator and the generator's own
    reading of the specification disagree is an error in the report.
    """
    settings = package.settings
    formats = sorted(FORMATS) if settings.assert_formats else ()
    author = Author(package.module, formats)
    folder = f"tests/{settings.package}"
    with imported(settings.package, files) as sdk:
        records = dict(_schemas(author, package, sdk, report, spans))
        records |= _events(author, package, sdk)
    names = _file_names(records)
    made: list[OutputFile] = list(copies.machinery(settings.package))
    made.append(_module(f"{folder}/conftest.py", "conftest", {}, settings))
    path = f"{folder}/test_golden_{settings.package}.py"
    made.append(_module(path, "test_golden", records, settings))
    for name, record in records.items():
        made.append(OutputFile(f"{folder}/golden/{names[name]}.json", layout(record)))
    return made + strategies_files(package.module, settings.package, author.builder)


Records: TypeAlias = dict[str, dict[str, Any]]
"""Golden files by name: that of a schema, or of a table with `.events` behind it."""


def _schemas(
    author: Author,
    package: Package,
    sdk: ModuleType,
    report: Report,
    spans: Spans,
) -> Iterator[tuple[str, dict[str, Any]]]:
    classes = package.class_schemas
    sending = Author(package.sides.sending, author.formats)
    for name in author.module.names:
        tests = author.of(name)
        _report(tests, report, spans)
        tests.cases = recorded.with_objects(sdk, tests, classes, author.expected)
        shown, fields = recorded.schema(sdk, tests), recorded.fields(sdk, tests)
        refused = recorded.refused(fields, classes, author.expected)
        direct = recorded.direct(sdk, tests)
        record = schema_record(tests, shown, fields, refused, direct)
        if tests.schema in package.sides.sided:
            record["sent"] = _sent(sending, package, name, report, spans)
        yield name, record


def _sent(
    author: Author, package: Package, name: str, report: Report, spans: Spans
) -> dict[str, Any]:
    """Documents as the other side reads them, and whether objects are made so."""
    tests = author.of(name)
    _report(tests, report, spans)
    return {
        "side": package.settings.reader.other.value,
        "constructs": package.sides.apart(package.module.named(name)),
        "documents": sent_record(tests),
    }


def _events(author: Author, package: Package, sdk: ModuleType) -> Records:
    records = {
        f"{table.name}.events": _table_record(author, table, sdk, package.names.of)
        for table in package.all_tables
    }
    if author.module.session_rules:
        tests = session_tests(author, sdk.SessionRules.tag)
        records["SessionRules.session"] = session_record(tests)
    return records


def _module(
    path: str, template: str, records: Records, settings: Settings
) -> OutputFile:
    """A Python file; tests for which there is no golden file are left out."""
    text = render.python(
        f"golden/{template}.py.jinja",
        package=checked(settings.package),
        machinery=checked(copies.machinery_name(settings.package)),
        kinds=_kinds(records),
    )
    return OutputFile(path, f"{text.rstrip()}\n")


def _kinds(records: Records) -> set[str]:
    """What there is to be tested: the keys of golden files, and `union` where the
    events of a table are those of a schema."""
    kinds = {key for record in records.values() for key in record}
    unions = any(record.get("table") in records for record in records.values())
    return kinds | {"union"} if unions else kinds


def _report(tests: SchemaTests, report: Report, spans: Spans) -> None:
    for disagreement in tests.disagreements:
        span = spans(disagreement.schema.location)
        report.add("oracle", f"{tests.name}: {disagreement}", span)


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
        frame = _frame(author, table, route)
        entry: dict[str, Any] = {"name": route.key}
        if isinstance(frame, dict):
            found = recorded.event(target, frame)
            # An object that is found by trying may be one of an earlier class, too.
            if not route.tried or found == target[route.key].__name__:
                entry |= {"class": found, "frame": frame}
        events.append(entry)
    record: dict[str, Any] = {"table": table.name, "tag": table.tagged.name}
    if table.tagged.inside:
        record["path"] = list(table.tagged.path)
    if table.base is not None:
        record["base"] = sdk_name(table.base)
    return {**record, "events": events}


def _frame(author: Author, table: Table, route: Entry) -> ir.Json | NoSample:
    """The smallest frame of an event that carries its tags; one with everything
    that it declares if tags do not tell it from others, and that the union accepts."""
    if route.tried:
        union = () if table.schema is None else (table.schema,)
        return author.builder.fullest(together(route.branch, *union))
    author.builder.refill(DEFAULT_BUDGET)
    goal = (route.branch, *(with_tag(name, value) for name, value in route.path))
    found = author.builder.every(goal, 1)
    return found[0] if found else NoSample("nothing was found")


def _file_names(names: Iterable[str]) -> dict[str, str]:
    """A file name for each schema, safe on every file system, and different also
    where case does not count.

    Of those that differ in case alone the first in the order of code points has its
    own; the others carry a digest, and so does what had to be cut short.
    """
    wishes = {name: _safe(name) for name in names}
    found: dict[str, str] = {}
    cut: dict[str, str] = {}
    for name in sorted(wishes):
        stem = wishes[name][:_LONGEST_NAME].casefold()
        device = stem.partition(".")[0] in _DEVICES
        whole = len(wishes[name]) <= _LONGEST_NAME and not device
        if whole and stem not in found.values():
            found[name] = stem
        else:
            cut[name] = stem
    taken = set(found.values())
    for stem, others in groups(cut).items():
        digested = with_digests(stem, others, taken)
        taken.update(digested.values())
        found |= digested
    return {
        name: f"{wish[:_LONGEST_NAME]}{found[name][len(wish[:_LONGEST_NAME]) :]}"
        for name, wish in wishes.items()
    }


def _safe(name: str) -> str:
    return "".join(c if c in _PLAIN else f"_{ord(c):x}_" for c in name) or "_"
