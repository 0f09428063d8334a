"""A module and its package to the files of their golden tests."""

from __future__ import annotations

import functools
import itertools
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Final, TypeAlias

from codegen import copies, digests, python, render, workers
from codegen.artifact import Made, OutputFile
from codegen.cache.memo import Memo
from codegen.cache.printed import Printed
from codegen.diagnostics import Report, Span
from codegen.golden import around
from codegen.golden.behaviour import Behaviour, known_code
from codegen.golden.documents import Author
from codegen.golden.headed import headed
from codegen.golden.names import file_names
from codegen.golden.schemas import (
    ONE,
    SCARCE,
    Before,
    Effort,
    SchemaFile,
    SchemaWriter,
    formats_of,
)
from codegen.golden.strategies import strategies_files
from codegen.ir import model as ir
from codegen.ir import sides
from codegen.ir.contents import Contents, all_wordless, wordless
from codegen.ir.likeness import Likeness
from codegen.layouts import TESTS
from codegen.memory import imported
from codegen.oracle import compilations
from codegen.python import Package, Settings
from codegen.samples import Builder, effort
from codegen.templating.folder import OwnTemplates
from codegen.text import dotted
from codegen.text import name as checked

Spans: TypeAlias = Callable[[ir.Location], Span]
"""Where a location of the specification stands in its file."""

ALL: Final = "CODEGEN_NAIVE"
"""The variable that, set to `all`, has the naive reading judge every document. The
project's own tests set it; what is written is the same."""

_LEAST: Final = 50
"""Schemas for which another process is worth its while."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before tests are written. `memo` has what earlier runs have found
    out, and `printed` what they have written; `followed` finds out what the code of the
    package follows from, `likeness` has which schemas say the same."""

    memo: Memo | None = None
    printed: Printed | None = None
    followed: Callable[[], python.Followed | None] = lambda: None
    likeness: Likeness | None = None

    def before(
        self, package: Package, files: Sequence[OutputFile], paths: Mapping[str, str]
    ) -> Before | None:
        """What earlier runs have written to some paths, if that can be known."""
        if self.printed is None or not self.printed.active:
            return None

        @functools.cache
        def behaviour() -> Behaviour:
            code = known_code(package, files, self.followed())
            return Behaviour(package, code, Contents(package.module, wordless))

        return Before(self.printed, paths, behaviour)


NOTHING: Final = Known()


def test_files(
    package: Package,
    files: Sequence[OutputFile],
    code: Mapping[str, bytes],
    report: Report,
    spans: Spans,
    own: OwnTemplates | None = None,  # noqa: PT028 - it is no test
    known: Known = NOTHING,  # noqa: PT028
) -> list[OutputFile]:
    """The golden tests of a package whose files are `files`, below `tests/NAME/`.
    `code` has what files were compiled to, by path, as far as they were.

    Every document on which the independent validator and the generated code, or the
    generator's own reading of the specification, disagree is an error in the report.
    `own` has templates of the user, which say nothing to what tests expect: the files
    that are run come of none of them. Nothing of what is `known` is saved here.
    """
    settings = package.settings
    folder = f"{TESTS}/{settings.package}"
    named = file_names([*package.module.names, *around.names(package)])
    paths = {name: f"{folder}/golden/{file}.json" for name, file in named.items()}
    before = known.before(package, files, paths)
    with imported(settings.package, files, code) as sdk:
        records = _records(package, sdk, report, spans, known, before)
    operations = bool(package.operations)
    made: list[OutputFile] = list(
        copies.machinery(settings.package, own, operations=operations)
    )
    made.append(copies.linting(folder))
    made.append(_module(f"{folder}/conftest.py", "conftest", {}, settings, own))
    path = f"{folder}/{copies.test_module(settings.package)}.py"
    made.append(_module(path, "test_golden", records, settings, own))
    for name, file in records.items():
        made.append(OutputFile(paths[name], file.text))
    return made


def _records(
    package: Package,
    sdk: ModuleType,
    report: Report,
    spans: Spans,
    known: Known,
    before: Before | None,
) -> dict[str, SchemaFile]:
    """All golden files of a package, which is run for them as `sdk`, by their names."""
    formats = formats_of(package)
    author = Author(package.module, formats, narrower=package.formats.holding())
    whole = os.environ.get(ALL) == "all"
    found = known.likeness
    writer = SchemaWriter(package, sdk, known.memo, before, found, whole=whole)
    schemas = _schemas(writer, report, spans, known.memo, before)
    # Other processes have begun, and go on with the next ones meanwhile.
    records = dict(itertools.islice(schemas, 1))
    others = around.files(author, package, sdk, before)
    records |= schemas
    for name, file in others.items():
        if before is not None:
            before.keep(name, file, file.key)
    return records | others


def strategies(
    module: ir.Module, settings: Settings, *, keyed: bool = False
) -> list[Made]:
    """The optional module `strategies` of a package, and the kit on which it rests.
    They follow from the schemas alone: nothing has to be decided before. If `keyed`,
    the module can be known again."""
    module = sides.read_by(module, settings.reader)
    asserted = python.formats_of(settings)
    builder = Builder(module, formats=tuple(asserted), typed=asserted.holding())
    package, own, key = settings.package, settings.templates, ""
    if keyed:
        how = repr((package, tuple(asserted), tuple(asserted.typed)))
        key = digests.of_strings(all_wordless(module), how)
    return strategies_files(module, package, builder, own, key)


def _schemas(
    writer: SchemaWriter,
    report: Report,
    spans: Spans,
    memo: Memo | None,
    before: Before | None,
) -> Iterator[tuple[str, SchemaFile]]:
    """The golden file of each schema.

    What one schema takes is limited, and does not depend on the others, so that it
    comes to the same whoever writes it, and when. All of them together are limited,
    too: those that are left when that is used up have to do with little.
    """
    module = writer.package.module
    names = list(module.names)
    left = Effort(2 * effort.most(module), compilations(module))
    done = 0
    for limit in (ONE, SCARCE):
        for name, file in _limited(writer, limit, names[done:]):
            for location, message in file.problems:
                report.add("oracle", f"{name}: {message}", spans(location))
            if memo is not None and file.kept is not None:
                key, text = file.kept
                memo.keep(key, key, text)
            if before is not None and not file.problems:
                # Here, for meanwhile other processes write the next ones.
                before.keep(name, file, file.key or writer.key(limit, name))
            yield name, file
            done += 1
            left = left.without(file.effort)
            if left.spent and limit is ONE:
                break


def _limited(
    writer: SchemaWriter, limit: Effort, names: Sequence[str]
) -> Iterator[tuple[str, SchemaFile]]:
    """The same, at no more than some effort for each. Schemas that are alike are shared
    out together: what one of them takes is found out once; but for those whose files
    lie there already."""
    found = {name: file for name in names if (file := writer.lying(limit, name))}
    together = writer.alike(name for name in names if name not in found)
    made = workers.ordered(writer.limited(limit), together, least=_LEAST)
    pending = zip(together, made, strict=True)
    for name in names:
        while name not in found:
            found.update(zip(*next(pending), strict=True))
        yield name, found.pop(name)


def _module(
    path: str,
    template: str,
    records: dict[str, SchemaFile],
    settings: Settings,
    own: OwnTemplates | None,
) -> OutputFile:
    """A Python file; tests for which there is no golden file are left out."""
    text = render.python(
        f"golden/{template}.py.jinja",
        own,
        package=dotted(settings.package),
        way=settings.way,
        machinery=checked(copies.machinery_name(settings.package)),
        kinds=_kinds(records),
    )
    return OutputFile(path, headed(text, own))


def _kinds(records: Mapping[str, SchemaFile]) -> set[str]:
    """What there is to be tested: the keys of golden files, and `union` where the
    events of a table are those of a schema."""
    kinds = {key for file in records.values() for key in file.keys}
    tables = [name for name, file in records.items() if "table" in file.keys]
    unions = any(name.removesuffix(".events") in records for name in tables)
    return kinds | {"union"} if unions else kinds
