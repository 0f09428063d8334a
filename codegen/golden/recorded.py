"""What a generated package makes of its golden documents, found by running it."""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import ModuleType
from typing import Any, NamedTuple, TypeAlias

from codegen.golden.documents import Case, Document, SchemaTests
from codegen.golden.expected import Expected
from codegen.golden.machinery.objects import described, instances
from codegen.golden.machinery.values import holds
from codegen.ir import model as ir
from codegen.oracle import Undecided
from codegen.samples.edits import at

Objects: TypeAlias = tuple[tuple[str, tuple[Expected, ...]], ...]
"""The violations of objects inside a document, by place."""

Opinion: TypeAlias = Callable[[ir.Schema, ir.Json], tuple[Expected, ...]]
"""What the oracle expects of a value under a schema. Raises `Undecided`."""


class Decoded(NamedTuple):
    """What a document is decoded to, and whether there was a doubt about it."""

    document: Document
    value: Any
    doubted: bool


def decoded(package: ModuleType, tests: SchemaTests) -> list[Decoded]:
    """What each document is decoded to, whatever is wrong with it.

    Raises whatever the package raises: tolerant decoding must not.
    """
    target, drift = package.SCHEMAS[tests.name], _drift(package)
    found = []
    for document in tests.documents:
        before = drift.mark
        value = target.decode(document.value, strict=False)
        found.append(Decoded(document, value, drift.mark is not before))
    return found


def _drift(package: ModuleType) -> Any:
    return importlib.import_module(f"{package.__name__}._runtime.registry").drift


def shown(
    package: ModuleType, tests: SchemaTests, found: Iterable[Decoded]
) -> dict[str, tuple[str, str]]:
    """The repr of each decoded document and the JSON text it is encoded to."""
    target = package.SCHEMAS[tests.name]
    return {
        one.document.name: (repr(one.value), target.to_json(one.value).decode())
        for one in found
    }


def direct(package: ModuleType, tests: SchemaTests, found: Iterable[Decoded]) -> bool:
    """Whether every valid value is decoded without a doubt about it.

    Unions that nothing tells apart are tried branch by branch, and each branch that
    does not fit raises one; it costs time, not correctness.
    """
    target, drift = package.SCHEMAS[tests.name], _drift(package)
    before = drift.mark
    for one in found:
        if one.doubted and not one.document.violations:
            # Where there is none, strict decoding is the same.
            target.decode(one.document.value)
    for case in tests.cases:
        for whole in map(tests.whole(case), () if case.violations else case.values):
            target.decode(whole)
    return bool(drift.mark is before)


def event(table: Any, frame: dict[str, ir.Json]) -> str:
    """The name of the class of which an event table makes an object of a frame."""
    return type(table.decode(frame)).__name__


def fields(package: ModuleType, found: Iterable[Decoded]) -> dict[str, Any]:
    """The metadata and default of each field of the classes in the valid documents.

    Classes that another schema names are left to that schema.
    """
    told: dict[str, Any] = {}
    for one in found:
        if one.document.violations:
            continue
        for place, instance in instances(one.value):
            name = type(instance).__name__
            if name not in told and (not place or name not in package.SCHEMAS):
                told[name] = described(type(instance))
    return told


def refused(
    names: Iterable[str], classes: Mapping[str, ir.Schema], opinion: Opinion
) -> dict[str, list[tuple[ir.Json, tuple[Expected, ...]]]]:
    """What the oracle says against an empty object, and against no object, by the
    names of classes; inline ones are reached by no schema's name."""
    found = {}
    for name in names:
        expected: list[tuple[ir.Json, tuple[Expected, ...]]] = []
        values: tuple[ir.Json, ...] = ({}, [])
        for value in values:
            with contextlib.suppress(Undecided):
                expected.append((value, opinion(classes[name], value)))
        found[name] = [entry for entry in expected if entry[1]]
    return found


def with_objects(
    package: ModuleType,
    tests: SchemaTests,
    classes: Mapping[str, ir.Schema],
    opinion: Opinion,
    *,
    own: bool,
) -> list[Case]:
    """The cases with the violations of the objects on the way to what was changed.

    Which objects these are, the package says; what they violate, the oracle. Only
    what differs from the part of the whole document's violations is kept. Cases
    are divided where their values differ in that. `own` says whether some class is that
    of the schema itself.
    """
    target = package.SCHEMAS[tests.name]
    opinion = _remembered(opinion)
    found: list[Case] = []
    for case in tests.cases:
        if not case.violations or any(path is None for path, _ in case.violations):
            found.append(case)
            continue
        groups: dict[Objects, list[ir.Json]] = {}
        whole_of = tests.whole(case)
        for value in case.values:
            if _holds_none(case.pointer, value, own):
                groups.setdefault((), []).append(value)
                continue
            whole = whole_of(value)
            decoded = target.decode(whole, strict=False)
            placed = instances(decoded, near=case.pointer)
            objects = tuple(_otherwise(tests, case, whole, placed, classes, opinion))
            groups.setdefault(objects, []).append(value)
        found += [
            dataclasses.replace(case, values=tuple(values), objects=objects)
            for objects, values in groups.items()
        ]
    return found


def _remembered(opinion: Opinion) -> Opinion:
    """An opinion that is asked once about each value: changed documents share what is
    not on the way to the change, and hardly anything is."""
    known: dict[tuple[ir.SchemaId, int], tuple[ir.Json, tuple[Expected, ...]]] = {}

    def once(schema: ir.Schema, value: ir.Json) -> tuple[Expected, ...]:
        key = (schema.id, id(value))
        if key not in known:
            # The value is kept so that no other can take its identity.
            known[key] = (value, opinion(schema, value))
        return known[key][1]

    return once


def _holds_none(pointer: str, value: ir.Json, own: bool) -> bool:
    """Whether no object is on the way to a change, or in it: none but the outermost,
    if that is of the class of the schema itself."""
    empty = not isinstance(value, dict | list) or value == []
    return empty and pointer.count("/") <= own


def _otherwise(
    tests: SchemaTests,
    case: Case,
    whole: ir.Json,
    placed: Iterable[tuple[str, Any]],
    classes: Mapping[str, ir.Schema],
    opinion: Opinion,
) -> Iterator[tuple[str, tuple[Expected, ...]]]:
    """The objects whose violations the whole document's do not tell."""
    for pointer, instance in placed:
        schema = classes[type(instance).__name__]
        if not pointer and schema.id == tests.schema:
            continue
        try:
            own = opinion(schema, at(whole, pointer))
        except Undecided:
            continue
        if own != below(case.violations, pointer):
            yield pointer, own


def below(violations: tuple[Expected, ...], pointer: str) -> tuple[Expected, ...]:
    """The violations at a place and below, with the pointers that count from it."""
    return tuple(
        (path[len(pointer) :], keyword)
        for path, keyword in violations
        if path is not None and holds(pointer, path)
    )
