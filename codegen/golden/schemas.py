"""The golden file of one schema, which depends on it alone and what it refers to.

Another process may write it, or an earlier run: nothing of it follows from the files
that were written before.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any, TypeAlias

from codegen.golden import recorded
from codegen.golden.documents import Author, SchemaTests
from codegen.golden.machinery.layout import layout
from codegen.golden.machinery.shortened import shortened
from codegen.golden.records import schema_record, sent_record
from codegen.ir import model as ir
from codegen.ir.sides import Side
from codegen.python import Package
from codegen.runtime._formats import FORMATS

Problem: TypeAlias = tuple[ir.Location, str]
"""Where the schema stands that a document is about, and who disagrees on it."""


@dataclass(frozen=True, slots=True)
class Effort:
    """What may be spent, or was: schemas that are looked at, and those compiled."""

    looks: int
    compilations: int

    def without(self, other: Effort) -> Effort:
        """What is left."""
        looks = self.looks - other.looks
        return Effort(looks, self.compilations - other.compilations)

    @property
    def spent(self) -> bool:
        """Whether nothing is left of one of them."""
        return self.looks <= 0 or self.compilations <= 0


@dataclass(frozen=True, slots=True)
class SchemaFile:
    """A golden file: its text, the kinds of what it holds, and the documents on which
    there are two opinions."""

    text: str
    keys: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    effort: Effort = Effort(0, 0)


ONE = Effort(600_000, 40_000)
"""What one schema may take, which few published ones come near."""

SCARCE = Effort(2_000, 100)


def formats_of(package: Package) -> tuple[str, ...]:
    """The formats that a package asserts."""
    return tuple(sorted(FORMATS)) if package.settings.assert_formats else ()


class SchemaWriter:
    """Writes the golden files of the schemas of a package, which is run for it as
    `sdk`. If `whole`, the naive reading judges every document, and a sample if not."""

    def __init__(self, package: Package, sdk: ModuleType, *, whole: bool) -> None:
        self.package = package
        self._sdk = sdk
        formats = formats_of(package)
        opinion = functools.partial(_is_valid, sdk, None)
        self._author = Author(package.module, formats, opinion, whole=whole)
        reader = package.settings.reader.other
        opinion = functools.partial(_is_valid, sdk, reader)
        sending = package.sides.sending
        self._sending = Author(sending, formats, opinion, whole=whole)

    def limited(self, limit: Effort) -> Callable[[str], SchemaFile]:
        """Writes the file of a schema, given its name, at no more than some effort."""
        return functools.partial(self._write, limit)

    def _write(self, limit: Effort, name: str) -> SchemaFile:
        sdk, author, classes = self._sdk, self._author, self.package.class_schemas
        author.begin(limit.looks, limit.compilations)
        tests = author.of(name)
        tests.cases = recorded.with_objects(sdk, tests, classes, author.expected)
        shown, fields = recorded.schema(sdk, tests), recorded.fields(sdk, tests)
        refused = recorded.refused(fields, classes, author.expected)
        direct = recorded.direct(sdk, tests)
        record = schema_record(tests, shown, fields, refused, direct)
        problems, used = _problems(tests), Effort(*author.taken)
        if tests.schema in self.package.sides.sided:
            self._sending.begin(limit.looks, limit.compilations)
            sent = self._sending.of(name)
            problems += _problems(sent)
            record["sent"] = self._sent(name, sent)
            more = Effort(*self._sending.taken)
            used = Effort(
                used.looks + more.looks, used.compilations + more.compilations
            )
        return SchemaFile(layout(shortened(record)), tuple(record), problems, used)

    def _sent(self, name: str, tests: SchemaTests) -> dict[str, Any]:
        """Documents as the other side reads them, and whether objects are made so."""
        package = self.package
        return {
            "side": package.settings.reader.other.value,
            "constructs": package.sides.apart(package.module.named(name)),
            "documents": sent_record(tests),
        }


def _is_valid(sdk: ModuleType, side: Side | None, name: str, value: ir.Json) -> bool:
    """What the generated code says of a document."""
    reader = None if side is None else side.value
    return not sdk.SCHEMAS[name].violations(value, side=reader)


def _problems(tests: SchemaTests) -> tuple[Problem, ...]:
    return tuple((d.schema.location, str(d)) for d in tests.disagreements)
