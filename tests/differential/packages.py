"""Packages generated from a schema and imported from memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from codegen import python
from codegen.diagnostics import Report
from codegen.frontend import Options, load
from codegen.ir import model as ir
from codegen.memory import imported
from codegen.styles import Style
from tests.memory import MemoryReader


def module_of(spec: dict[str, Any]) -> ir.Module | None:
    """The module of a specification; None where it is refused."""
    report = Report()
    reader = MemoryReader({"spec.json": json.dumps(spec)})
    loaded = load("spec.json", Options(), report, reader=reader)
    return None if report.failed else loaded.module


@contextmanager
def compile_package(
    module: ir.Module, *, sent: bool = False, types: Iterable[str] = ()
) -> Iterator[ModuleType]:
    """The package of a module, as if it had been written and imported.

    With `sent`, of a client that sends objects of every class; with `types`, texts of
    these formats are values of types.
    """
    style = Style(types=frozenset(types))
    events = ("*",) if sent else ()
    settings = python.Settings(package="sdk", client_events=events, style=style)
    files = list(python.package_files(python.decide(module, settings)))
    with imported("sdk", files) as package:
        yield package
