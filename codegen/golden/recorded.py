"""What a generated package makes of its golden documents, found by running it."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from codegen.golden.documents import SchemaTests
from codegen.ir import model as ir


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


def event(table: Any, frame: dict[str, ir.Json]) -> str:
    """The name of the class of which an event table makes an object of a frame."""
    return type(table.decode(frame)).__name__
