"""Packages in memory whose values are held against the annotations of their models."""

from __future__ import annotations

import importlib
import reprlib
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

from codegen.golden.machinery.annotations import misfits
from codegen.golden.machinery.values import text
from codegen.ir import model as ir
from codegen.python.model.typed_texts import Formats
from codegen.samples import Builder, NoSample, near_misses

BUDGET = 300


def documents(
    module: ir.Module, schema: ir.Schema, near: int, types: Iterable[str] = ()
) -> Iterator[ir.Json]:
    """A small and a full document of a schema, and some that lie near to them. Formats
    that have types are asserted."""
    typed = Formats.of((), types)
    builder = Builder(module, formats=[*typed.typed], typed=typed.holding())
    for value in (builder.smallest(schema, BUDGET), builder.fullest(schema, BUDGET)):
        if not isinstance(value, NoSample):
            yield value
            for _, miss in zip(
                range(near), near_misses(builder, schema, value), strict=False
            ):
                yield miss.value


def lies(package: ModuleType, name: str, values: Iterable[ir.Json]) -> Iterator[str]:
    """What is not as annotated in the valid ones of some documents, or is lost."""
    schema = package.SCHEMAS[name]
    models = importlib.import_module(f"{package.__name__}.models")
    hint = getattr(models, schema.symbol, Any)
    for value in values:
        if schema.violations(value):
            continue
        decoded = schema.decode(value)
        found = misfits(
            decoded, Any if isinstance(hint, type) else hint, models.__name__
        )
        yield from (f"{name}: {lie} in {reprlib.repr(value)}" for lie in found)
        if text(schema.encode(decoded)) != text(value):
            yield f"{name}: is lost: {reprlib.repr(value)}"
