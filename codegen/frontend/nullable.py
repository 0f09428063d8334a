"""`nullable` of OpenAPI 3.0 beside `allOf` and its like.

By the letter of 3.0.3 it only widens the `type` that stands beside it, so beside
`allOf: [$ref]` it would say nothing. But nearly everybody writes "this, or null" in
that way, so null is accepted there.
"""

from __future__ import annotations

from codegen.frontend.scope import Scope
from codegen.ir import model as ir


def widened(
    scope: Scope, assertions: tuple[ir.Assertion, ...]
) -> tuple[ir.Assertion, ...]:
    """The assertions of a schema; with null accepted, where `nullable` stands beside
    branches."""
    branches = [a for a in assertions if isinstance(a, ir.AllOf | ir.AnyOf | ir.OneOf)]
    if not branches or "type" in scope.data or not scope.flag("nullable"):
        return assertions
    message = "`nullable` has no effect without `type` in OpenAPI 3.0.3"
    scope.remark("nullable-without-type", message, "nullable", "this, or null")
    where = scope.location.child("nullable")
    null = ir.Schema(_id(where), where, (ir.Type(("null",)),))
    (only,) = assertions if len(assertions) == 1 else (None,)
    if isinstance(only, ir.AnyOf):
        return (ir.AnyOf((*only.schemas, null)),)
    if isinstance(only, ir.AllOf) and len(only.schemas) == 1:
        return (ir.AnyOf((*only.schemas, null)),)
    inner = scope.location.child("nullable", "otherwise")
    value = ir.Schema(_id(inner), scope.location, assertions)
    return (ir.AnyOf((value, null)),)


def _id(where: ir.Location) -> ir.SchemaId:
    return ir.SchemaId(f"{where.document}#{where.pointer}")
