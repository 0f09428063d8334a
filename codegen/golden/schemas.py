"""The golden file of one schema, which depends on it alone and what it refers to.

Another process may write it, or an earlier run: nothing of it follows from the files
that were written before.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import importlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, TypeAlias

from codegen import digests
from codegen.cache.memo import Memo
from codegen.cache.printed import Printed
from codegen.golden import recorded
from codegen.golden.behaviour import Behaviour
from codegen.golden.documents import Author, SchemaTests
from codegen.golden.judged import BAD, Judged, Otherwise, data_of, tests_of
from codegen.golden.machinery.layout import layout
from codegen.golden.machinery.shortened import shortened
from codegen.golden.records import schema_record, sent_record
from codegen.ir import model as ir
from codegen.ir.contents import Contents, wordless
from codegen.ir.likeness import Likeness
from codegen.ir.sides import Side
from codegen.python import Package

Problem: TypeAlias = tuple[ir.Location, str]
"""Where the schema stands that a document is about, and who disagrees on it."""


@dataclass(frozen=True, slots=True)
class Effort:
    """What may be spent, or was: schemas that are looked at, and those compiled."""

    looks: int
    compilations: int

    @classmethod
    def again(cls, data: Sequence[Any]) -> Effort:
        """What was kept of an effort. Raises ValueError where that is none."""
        looks, compilations = data
        if type(looks) is not int or type(compilations) is not int:
            raise ValueError("not what was kept")
        return cls(looks, compilations)

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
    there are two opinions. `kept` is what a later run need not find out again, as a
    text behind its key; None where that is known already, and instead of both where
    nothing is kept."""

    text: str
    keys: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    effort: Effort = Effort(0, 0)
    kept: tuple[str, str | None] | None = None
    key: str = ""
    """What the text follows from, if that can be known again."""


@dataclass(frozen=True, slots=True)
class Before:
    """The golden files that an earlier run has written, and lie on disk.

    `printed` knows them by what they follow from: what a schema is, and what the
    package does with its values, of which a first run finds out the `behaviour` while
    others write for it. `paths` has the path of each by its name.
    """

    printed: Printed
    paths: Mapping[str, str]
    behaviour: Callable[[], Behaviour]

    def knows(self, name: str) -> bool:
        """Whether an earlier run has written the file, from whatever it was."""
        return self.printed.knows(self.paths[name])

    def key(self, schema: ir.Schema, about: str) -> str:
        """What the file of a schema follows from; `about` is all but the package."""
        return digests.of_strings(about, self.behaviour().all_of(schema))

    def file(self, name: str, key: str) -> SchemaFile | None:
        """The file as it lies on disk, if it was written for what has this key."""
        found = self.printed.text(self.paths[name], key)
        if found is None:
            return None
        text, more = found
        with contextlib.suppress(*BAD):
            keys, effort, kept = more
            known = (str(kept), None) if kept else None
            used, held = Effort.again(effort), tuple(map(str, keys))
            return SchemaFile(text, held, effort=used, kept=known, key=key)
        return None

    def keep(self, name: str, file: SchemaFile, key: str) -> None:
        """Have it known that a file was written for what has this key, if any."""
        if not key:
            return
        kept = "" if file.kept is None else file.kept[0]
        more = [list(file.keys), list(dataclasses.astuple(file.effort)), kept]
        self.printed.keep(self.paths[name], key, file.text, more)


ONE = Effort(600_000, 40_000)
"""What one schema may take, which few published ones come near."""

SCARCE = Effort(2_000, 100)


def formats_of(package: Package) -> tuple[str, ...]:
    """The formats that a package asserts."""
    return tuple(package.formats)


class SchemaWriter:
    """Writes the golden files of the schemas of a package, which is run for it as
    `sdk`. If `whole`, the naive reading judges every document, and a sample if not.
    What `memo` has of a schema is not found out again, and what `before` has is not
    written again. `likeness` is what is known of it already."""

    def __init__(
        self,
        package: Package,
        sdk: ModuleType,
        memo: Memo | None,
        before: Before | None = None,
        likeness: Likeness | None = None,
        *,
        whole: bool,
    ) -> None:
        self.package = package
        self._sdk = sdk
        self._memo = memo
        self._before = before
        # Objects of a base may be of the class of its default, and not of its own.
        of_others = {t.schema.id for t in package.tables if t.schema and t.default}
        of_classes = {schema.id for schema in package.class_schemas.values()}
        self._of_classes = of_classes - of_others
        typed = tuple(package.formats.typed)
        wrapped = package.shapes.wrapped
        enums = {schema.id for schema in package.enums}
        self._enums = enums | {i for i, own in wrapped.items() if own.id in enums}
        self._how = repr((formats_of(package), typed, package.settings.reader, whole))
        module, sending = package.module, package.sides.sending
        self._found = likeness
        self._sent_contents = Contents(sending, wordless)
        self._limits: dict[Effort, str] = {}
        self._followed: dict[str, str] = {}
        formats = formats_of(package)
        held = package.formats.holding()
        accepts = functools.partial(_is_accepted, functools.cache(_Check(sdk)))
        explains = functools.partial(_is_valid, sdk, package.settings.reader)
        self._author = Author(
            module, formats, accepts, explains, narrower=held, whole=whole
        )
        # There is no answer with yes or no for the other side.
        explains = functools.partial(_is_valid, sdk, package.settings.reader.other)
        self._sending = Author(sending, formats, explains, narrower=held, whole=whole)

    def alike(self, names: Iterable[str]) -> list[list[str]]:
        """The names of schemas, those together whose documents are the same, each where
        the first of them stands."""
        found: dict[str, list[str]] = {}
        for name in names:
            found.setdefault(self._follows(name), []).append(name)
        return list(found.values())

    def lying(self, limit: Effort, name: str) -> SchemaFile | None:
        """The file of a schema as it lies on disk, if an earlier run has written it
        from the same at no more than some effort."""
        if self._before is None or not self._before.knows(name):
            return None
        key = self.key(limit, name)
        return self._before.file(name, key) if key else None

    def key(self, limit: Effort, name: str) -> str:
        """What the file of a schema follows from; empty where that is not known."""
        if self._before is None:
            return ""
        package = self.package
        schema = package.module.named(name)
        sending = package.sides.sending.named(name)
        sided = schema.id in package.sides.sided
        sent = self._sent_contents.of(sending) if sided else ""
        said = self._limits.get(limit)
        if said is None:
            said = repr((self._how, package.settings.style, limit))
            self._limits[limit] = said
        about = f"{said} {sent} {self._examples.get(schema.id)!r}"
        return self._before.key(schema, about)

    def limited(self, limit: Effort) -> Callable[[Sequence[str]], list[SchemaFile]]:
        """Writes the files of schemas that are alike, given their names, each at no
        more than some effort."""
        return functools.partial(self._write, limit)

    def _write(self, limit: Effort, names: Sequence[str]) -> list[SchemaFile]:
        """What is found out about the first is known of the others, as it would be in a
        later run."""
        files: list[SchemaFile] = []
        known: dict[str, Any] = {}
        for name in names:
            key = digests.of_strings(repr(limit), self._follows(name))
            files.append(self._judged(limit, name, key, known))
        return files

    def _judged(
        self, limit: Effort, name: str, key: str, known: dict[str, Any]
    ) -> SchemaFile:
        """The file, with what is known of the schema, or of one like it."""
        with contextlib.suppress(Otherwise, RecursionError, *BAD):
            if key not in known and self._memo is not None:
                # A text in a text: what is not asked for need not be taken apart.
                known[key] = json.loads(self._memo.get(key, key))
            data = known[key]
            judged = Judged.again(self._author, self._likeness, name, data)
            if not self._author.agrees(judged.tests):
                raise Otherwise
            used = Effort.again(data["effort"])
            sent = data["sent"] and tests_of(self._sending.module, name, data["sent"])
            file = self._file(name, judged, sent, used)
            judged.check()
            return dataclasses.replace(file, kept=(key, None))
        return self._anew(limit, name, key, known)

    def _anew(
        self, limit: Effort, name: str, key: str, known: dict[str, Any]
    ) -> SchemaFile:
        author, sending = self._author, self._sending
        author.begin(limit.looks, limit.compilations)
        judged = Judged(author, self._likeness, name)
        sent = None
        if judged.tests.schema in self.package.sides.sided:
            sending.begin(limit.looks, limit.compilations)
            sent = sending.of(name)
        file = self._file(name, judged, sent, None)
        if file.problems:
            return file
        data = known[key] = judged.data() | {
            "effort": dataclasses.astuple(file.effort),
            "sent": None if sent is None else data_of(sent),
        }
        text = json.dumps(data, separators=(",", ":")) if self._keeps else None
        return dataclasses.replace(file, kept=(key, text))

    @property
    def _keeps(self) -> bool:
        """Whether there are later runs that something can be kept for."""
        return self._memo is not None and self._memo.active

    def _follows(self, name: str) -> str:
        """All that is asked of the independent validator, and asked about, follows
        from this, and from what it may take."""
        found = self._followed.get(name)
        if found is None:
            package = self.package
            schema = package.module.named(name)
            parts = [self._how, repr(self._examples.get(schema.id, []))]
            parts.append(self._likeness.of(schema))
            if schema.id in package.sides.sided:
                sending = package.sides.sending.named(name)
                parts.append(self._sent_likeness.of(sending))
            found = self._followed[name] = digests.of_strings(*parts)
        return found

    @functools.cached_property
    def _likeness(self) -> Likeness:
        return self._found or Likeness(self.package.module)

    @functools.cached_property
    def _sent_likeness(self) -> Likeness:
        return Likeness(self.package.sides.sending)

    @functools.cached_property
    def _examples(self) -> dict[ir.SchemaId, list[tuple[ir.Json, ...]]]:
        """Those of the messages of each schema."""
        found: dict[ir.SchemaId, list[tuple[ir.Json, ...]]] = {}
        for message in self.package.module.messages:
            if message.payload is not None:
                own = tuple(example.value for example in message.examples)
                found.setdefault(message.payload, []).append(own)
        return found

    def _file(
        self, name: str, judged: Judged, sent: SchemaTests | None, used: Effort | None
    ) -> SchemaFile:
        """The file, with what the package makes of the documents. `used` is what they
        took; None where that is known only now."""
        sdk, classes, tests = self._sdk, self.package.class_schemas, judged.tests
        if tests.schema not in self._enums:
            tests.facts.clear()  # What is no enumeration has no members.
        opinion, own = judged.expected, tests.schema in self._of_classes
        tests.cases = recorded.with_objects(sdk, tests, classes, opinion, own=own)
        decoded = recorded.decoded(sdk, tests)
        shown = recorded.shown(sdk, tests, decoded)
        fields = recorded.fields(sdk, decoded)
        refused = recorded.refused(fields, classes, judged.expected)
        direct = recorded.direct(sdk, tests, decoded)
        record = schema_record(tests, shown, fields, refused, direct)
        problems, taken = _problems(tests), self._author.taken
        if sent is not None:
            problems += _problems(sent)
            record["sent"] = self._sent(name, sent)
            more = self._sending.taken
            taken = taken[0] + more[0], taken[1] + more[1]
        used = used or Effort(*taken)
        return SchemaFile(layout(shortened(record)), tuple(record), problems, used)

    def _sent(self, name: str, tests: SchemaTests) -> dict[str, Any]:
        """Documents as the other side reads them, and whether objects are made so."""
        package = self.package
        return {
            "side": package.settings.reader.other.value,
            "constructs": package.sides.apart(package.module.named(name)),
            "documents": sent_record(tests),
        }


class _Check:
    """Finds the check of a schema in a package that is run as `sdk`."""

    def __init__(self, sdk: ModuleType) -> None:
        self._sdk = sdk

    def __call__(self, name: str) -> tuple[Any, Callable[[ir.Json], bool]]:
        """The schema with its check, by its name."""
        schema = self._sdk.SCHEMAS[name]
        checks = importlib.import_module(f"{self._sdk.__name__}._checks")
        return schema, getattr(checks, f"valid_{schema.symbol}")


def _is_accepted(
    check: Callable[[str], tuple[Any, Callable[[ir.Json], bool]]],
    name: str,
    value: ir.Json,
) -> bool:
    """What the generated code says of a document, asked for yes or no."""
    schema, valid = check(name)
    try:
        return bool(valid(value))
    except (RecursionError, TypeError, ValueError):
        return not schema.violations(value)


def _is_valid(sdk: ModuleType, side: Side, name: str, value: ir.Json) -> bool:
    """What the generated constraints say of a document that a side reads. Without a
    side, a schema takes the word of its checks for what is valid."""
    return not sdk.SCHEMAS[name].violations(value, side=side.value)


def _problems(tests: SchemaTests) -> tuple[Problem, ...]:
    return tuple((d.schema.location, str(d)) for d in tests.disagreements)
