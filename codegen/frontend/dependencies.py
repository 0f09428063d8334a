"""Keywords by which the presence of a property requires something of the object."""

from __future__ import annotations

from collections.abc import Iterable

from codegen.frontend import values
from codegen.frontend.scope import Scope
from codegen.ir import model as ir


def required(scope: Scope, keyword: str) -> ir.Assertion | None:
    """`dependentRequired`."""
    value = scope.read(keyword, values.DEPENDENT_NAMES)
    if value is None:
        return None
    found = {name: scope.names(keyword, name) for name in value}
    return ir.DependentRequired({k: v for k, v in found.items() if v is not None})


def either(scope: Scope) -> Iterable[ir.Assertion]:
    """`dependencies`, up to draft 7: names or a schema for each property."""
    value = scope.read("dependencies", values.DEPENDENCIES)
    if value is None:
        return
    names: dict[str, tuple[str, ...]] = {}
    schemas: dict[str, ir.Schema] = {}
    for name, dependency in value.items():
        if isinstance(dependency, list | str):
            names[name] = scope.names("dependencies", name) or ()
        else:
            schemas[name] = scope.schema("dependencies", name)
    if names:
        yield ir.DependentRequired(names)
    if schemas:
        yield ir.DependentSchemas(schemas)
