"""What is said of one value: by a schema, by the branches of its `allOf`, and by what
it refers to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

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


def referred(schema: ir.Schema) -> dict[ir.SchemaId, None]:
    """The schemas to which one refers."""
    return {
        assertion.target: None
        for one in conjuncts(schema)
        for assertion in one.assertions
        if isinstance(assertion, ir.Ref)
    }


def unfolded(
    module: ir.Module, schema: ir.Schema, targets: Iterable[ir.SchemaId]
) -> ir.Schema:
    """A schema with those that it refers to as branches of it."""
    found = list(targets)
    for target in found:
        more = referred(module.schemas[target])
        found.extend(one for one in more if one not in found)
    branches = ir.AllOf(tuple(module.schemas[target] for target in found))
    return replace(schema, assertions=(*schema.assertions, branches))
