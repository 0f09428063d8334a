"""Golden files of a package that is of a flavour: documents of every schema, with the
verdict of a validator that is not ours, and what comes of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from types import ModuleType
from typing import Any, Final

from codegen import copies
from codegen.artifact import OutputFile
from codegen.flavours.flavour import Flavour
from codegen.golden.around import frame_of
from codegen.golden.documents import Author
from codegen.golden.names import file_names
from codegen.golden.schemas import ONE, formats_of
from codegen.ir import model as ir
from codegen.layouts import TESTS
from codegen.memory import imported
from codegen.oracle import Undecided
from codegen.python import Package
from codegen.python.model.event_tables import Table
from codegen.samples import NoSample, near_misses

_MOST: Final = 40
"""Documents of a schema beside the smallest and the fullest."""


class Disagreement(ValueError):
    """A document about which the validator and the package are of two opinions."""


def golden_files(
    package: Package, flavour: Flavour, files: Sequence[OutputFile]
) -> list[OutputFile]:
    """The tests of a package whose files are `files`. Raises `Disagreement`."""
    settings = package.settings
    folder = f"{TESTS}/{settings.package}/golden"
    with imported(settings.package, files) as sdk:
        _try(package, flavour, sdk)
        names = package.module.names
        written, sent = author_of(package), author_of(package, sent=True)
        records = {name: _record(package, sdk, name, written, sent) for name in names}
        events = list(_events(package, sdk))
        tables = [t.name for t in package.all_tables if _leaves_unknown(sdk, t)]
    called = file_names(records)
    about = {
        "package": settings.package,
        "way": settings.way,
        "flavour": flavour.name,
        "files": [called[name] for name in records],
        "tables": tables,
        "events": events,
    }
    found = {called[name]: record for name, record in records.items()}
    return [
        copies.tests_of_flavour(settings.package, settings.templates),
        copies.linting(folder.removesuffix("/golden")),
        OutputFile(f"{folder}/package.json", _text(about)),
        *(OutputFile(f"{folder}/{n}.json", _text(r)) for n, r in found.items()),
    ]


def check(package: Package, flavour: Flavour, files: Sequence[OutputFile]) -> None:
    """Whether the classes can be imported and used; raises what they raise."""
    with imported(package.settings.package, files) as sdk:
        _try(package, flavour, sdk)


def _try(package: Package, flavour: Flavour, sdk: ModuleType) -> None:
    models = import_module(f"{sdk.__name__}.models")
    adapter = import_module(f"{sdk.__name__}._runtime.{flavour.name}_adapter")
    for named in package.named:
        read = adapter.reader(getattr(models, package.public_name(named.schema)))
        with suppress(ValueError):  # What it says of a value is of no interest.
            read({})


def _text(value: Any) -> str:
    return json.dumps(value, indent=1, ensure_ascii=True) + "\n"


def author_of(package: Package, *, sent: bool = False) -> Author:
    """Who writes documents of all schemas of a package; with `sent`, as those read them
    to whom it sends."""
    module = package.sides.sending if sent else package.module
    return Author(module, formats_of(package))


def documents(author: Author, name: str) -> Iterator[tuple[ir.Json, bool]]:
    """Documents of a schema and beside it, each with whether it is valid. They are the
    same whatever the author has been asked before."""
    author.begin(ONE.looks, ONE.compilations)
    schema = author.module.named(name)
    smallest = author.builder.smallest(schema)
    found = [smallest, author.builder.fullest(schema)]
    if not isinstance(smallest, NoSample):
        misses = near_misses(author.builder, schema, smallest)
        found += [miss.value for _, miss in zip(range(_MOST), misses, strict=False)]
    seen: set[str] = set()
    for value in found:
        if isinstance(value, NoSample) or (key := json.dumps(value)) in seen:
            continue
        seen.add(key)
        try:
            yield value, author.oracle.valid(schema.id, value)
        except Undecided:
            continue


def _record(
    package: Package, sdk: ModuleType, name: str, author: Author, sending: Author
) -> dict[str, Any]:
    """The golden file of a schema, of documents that two authors write."""
    schema = sdk.SCHEMAS[name]
    found: dict[str, Any] = {"schema": name, "valid": [], "changed": [], "refused": []}
    found["invalid"] = []
    for value, valid in documents(author, name):
        if valid is not (schema.violations(value) == []):
            raise Disagreement(f"{name}: {json.dumps(value)[:200]}")
        if not valid:
            found["invalid"].append(value)
            continue
        other = _through(lambda: schema.encode(schema.decode(value)))  # noqa: B023
        if isinstance(other, Exception):
            found["refused"].append(value)
        elif other == value:
            found["valid"].append(value)
        else:
            found["changed"].append([value, other])
    if package.module.named(name).id in package.sides.sided:
        found["sent"] = _sent(package, schema, name, sending)
    return found


def _sent(package: Package, schema: Any, name: str, author: Author) -> dict[str, Any]:
    """What the other side takes and refuses, where that is not what comes."""
    side = package.settings.reader.other.value
    found: dict[str, Any] = {"side": side, "valid": [], "invalid": []}
    for value, valid in documents(author, name):
        if valid is not (schema.violations(value, side=side) == []):
            raise Disagreement(
                f"{name} as the {side} reads it: {json.dumps(value)[:200]}"
            )
        found["valid" if valid else "invalid"].append(value)
    return found


def _through(way: Callable[[], Any]) -> Any:
    try:
        return way()
    except (TypeError, ValueError) as error:
        return error


def _leaves_unknown(sdk: ModuleType, table: Table) -> bool:
    """Whether an object without a tag is none of the events of a table."""
    target = sdk.EVENTS.get(table.name) or getattr(sdk, table.name)
    found = _through(lambda: target.decode({"no such": "event"}))
    return isinstance(found, sdk.UnknownEvent)


def _events(package: Package, sdk: ModuleType) -> Iterator[dict[str, Any]]:
    """A frame of each event that a table holds, with its class and what is sent."""
    author = Author(package.module, formats_of(package))
    for table in package.all_tables:
        target = sdk.EVENTS.get(table.name) or getattr(sdk, table.name)
        for route in table.routes():
            frame = frame_of(author, table, route)
            if isinstance(frame, NoSample) or route.tried:
                continue
            event = _through(lambda: target.decode(frame))  # noqa: B023
            sent = _through(lambda: json.loads(target.encode(event)))  # noqa: B023
            if isinstance(event, Exception) or isinstance(sent, Exception):
                continue
            name = type(event).__name__
            made = {"table": table.name, "tag": route.key, "class": name}
            yield {**made, "frame": frame, "sent": sent}
