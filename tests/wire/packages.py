"""Packages made for tests: generated as users get them, but not formatted."""

from __future__ import annotations

import importlib
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codegen import frontend
from codegen import python as python_sdk
from codegen.diagnostics import Report, Severity
from codegen.ir import model as ir
from codegen.styles import OldName


@dataclass(frozen=True)
class Built:
    """A specification as the generator understands it, and the package it gives.

    `sdk` is the imported package: any of its names may be asked for.
    """

    module: ir.Module
    sdk: Any
    folder: Path

    @property
    def model(self) -> type:
        """The base of every generated class."""
        name = f"{self.sdk.__name__}._runtime.model"
        base: type = importlib.import_module(name).Model
        return base

    def classes(self) -> list[Any]:
        """Every generated class that can be named."""
        values = (getattr(self.sdk, name) for name in dir(self.sdk))
        return [v for v in values if isinstance(v, type) and issubclass(v, self.model)]


def build(
    spec: Path,
    package: str,
    folder: Path,
    *,
    include: tuple[str, ...] = (),
    perspective: str = "server",
    server_events: tuple[str, ...] = (),
    client_events: tuple[str, ...] = (),
    old_names: tuple[OldName, ...] = (),
    lenient: bool = False,
) -> Built:
    """Generate a package into a folder and import it."""
    report = Report()
    options = frontend.Options(
        include=include, perspective=perspective, lenient=lenient
    )
    loaded = frontend.load(spec, options, report)
    errors = [item for item in report if item.severity is Severity.ERROR]
    assert not errors, "\n".join(map(str, errors))
    settings = python_sdk.Settings(
        package=package,
        server_events=server_events,
        client_events=client_events,
        old_names=old_names,
    )
    for file in python_sdk.package_files(python_sdk.decide(loaded.module, settings)):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8")
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    return Built(loaded.module, importlib.import_module(package), folder)
