"""What a generated package makes of its golden documents, found by running it."""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from codegen.golden.documents import SchemaTests
from codegen.ir import model as ir
from codegen.samples import Edit


def schema(package: ModuleType, tests: SchemaTests) -> dict[str, tuple[str, str]]:
    """The repr of each decoded document and the JSON text it is encoded to.

    Raises whatever the package raises: tolerant decoding must not.
    """
    target = package.SCHEMAS[tests.name]
    found = {}
    for document in tests.documents:
        decoded = target.decode(document.value, strict=False)
        found[document.name] = (repr(decoded), target.to_json(decoded).decode())
    return found


def direct(package: ModuleType, tests: SchemaTests) -> bool:
    """Whether every valid value is decoded without a doubt about it.

    Unions that nothing tells apart are tried branch by branch, and each branch that
    does not fit raises one; it costs time, not correctness.
    """
    registry = importlib.import_module(f"{package.__name__}._runtime.registry")
    target = package.SCHEMAS[tests.name]
    before = registry.drift.mark
    bases = {document.name: document.value for document in tests.documents}
    for document in tests.documents:
        if not document.violations:
            target.decode(document.value)
    for case in tests.cases:
        for value in case.values if not case.violations else ():
            target.decode(Edit(case.pointer, value).apply(bases.get(case.base)))
    return bool(registry.drift.mark is before)


def event(table: Any, frame: dict[str, ir.Json]) -> str:
    """The name of the class of which an event table makes an object of a frame."""
    return type(table.decode(frame)).__name__


def fields(package: ModuleType, tests: SchemaTests) -> dict[str, Any]:
    """The metadata of each field of the classes in the fullest document.

    Classes that another schema names are left to that schema.
    """
    valid = [d for d in tests.documents if not d.violations]
    if not valid:
        return {}
    full = next((d for d in valid if d.name == "full"), valid[-1])
    decoded = package.SCHEMAS[tests.name].decode(full.value, strict=False)
    found: dict[str, Any] = {}
    for number, instance in enumerate(_instances(decoded)):
        name = type(instance).__name__
        if name not in found and (number == 0 or name not in package.SCHEMAS):
            found[name] = {
                f.name: dict(f.metadata) for f in dataclasses.fields(instance)
            }
    return found


def _instances(value: Any) -> Iterator[Any]:
    """The generated objects in a decoded value, outside in."""
    if isinstance(value, list):
        for item in value:
            yield from _instances(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _instances(item)
    elif dataclasses.is_dataclass(value):
        yield value
        for field in dataclasses.fields(value):
            yield from _instances(getattr(value, field.name))
