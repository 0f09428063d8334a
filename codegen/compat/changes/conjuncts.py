"""What is said of one value: by a schema, by the branches of its `allOf`, and by what
it refers to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from codegen.compat.changes.discriminators import Same
from codegen.compat.normal import forms
from codegen.ir import model as ir


def conjuncts(schema: ir.Schema) -> list[ir.Schema]:
    """A schema and the branches of its `allOf`, all of which are about one value, as
    the only branch of a union is."""
    found = [schema]
    for one in found:
        for assertion in one.assertions:
            inner = forms.wrapped(assertion)
            if isinstance(assertion, ir.AllOf):
                found.extend(assertion.schemas)
            elif inner is not None:
                found.append(inner)
    return found


def level(
    modules: tuple[ir.Module, ir.Module], same: Same, old: ir.Schema, new: ir.Schema
) -> tuple[ir.Schema, ir.Schema]:
    """Two versions of a schema, as far as possible with the same references: what the
    one refers to and the other one says itself is a branch of the one as well."""
    a, b = _referred(old), _referred(new)
    branches, met = _behind(modules[0], a, lambda x: {y for y in b if same(x, y)})
    if len(met) == len(b):
        return _with(modules[0], old, branches), new
    branches, met = _behind(modules[1], b, lambda y: {x for x in a if same(x, y)})
    if len(met) == len(a):
        return old, _with(modules[1], new, branches)
    return old, new


def _referred(schema: ir.Schema) -> dict[ir.SchemaId, None]:
    """The schemas to which one refers."""
    return {
        assertion.target: None
        for one in conjuncts(schema)
        for assertion in one.assertions
        if isinstance(assertion, ir.Ref)
    }


def _behind(
    module: ir.Module,
    targets: Iterable[ir.SchemaId],
    partners: Callable[[ir.SchemaId], set[ir.SchemaId]],
) -> tuple[list[ir.SchemaId], set[ir.SchemaId]]:
    """The targets of references, and those of theirs, up to those with partners; and
    all these partners."""
    pending = list(targets)
    alone: list[ir.SchemaId] = []
    met: set[ir.SchemaId] = set()
    for target in pending:
        if found := partners(target):
            met |= found
            continue
        alone.append(target)
        more = _referred(module.schemas[target])
        pending.extend(one for one in more if one not in pending)
    return alone, met


def _with(
    module: ir.Module, schema: ir.Schema, branches: Collection[ir.SchemaId]
) -> ir.Schema:
    """A schema with others as branches of it."""
    if not branches:
        return schema
    added = ir.AllOf(tuple(module.schemas[one] for one in branches))
    return replace(schema, assertions=(*schema.assertions, added))
