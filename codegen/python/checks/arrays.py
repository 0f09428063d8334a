"""Checks of arrays."""

from __future__ import annotations

from typing import assert_never

from codegen.ir import model as ir
from codegen.ir import walk
from codegen.python import conditions as cond
from codegen.python.checks.context import At, Checks
from codegen.python.checks.evaluated import annotation, evaluated
from codegen.python.checks.failing import Way
from codegen.python.checks.subschemas import answer, apply
from codegen.python.emit import search, tree
from codegen.python.emit.tree import Constant, call, compare
from codegen.python.model.units import items


def statements(checks: Checks, schema: ir.Schema, at: At, way: Way) -> tree.Block:
    """Statements for what a schema asserts of an array."""
    block: tree.Block = ()
    for a in schema.assertions:
        if isinstance(a, ir.OnArrays):
            block += _asserted(checks, schema, a, at, way)
    return block


def _asserted(
    checks: Checks, schema: ir.Schema, a: ir.ArrayAssertion, at: At, way: Way
) -> tree.Block:
    match a:
        case ir.MinItems() | ir.MaxItems() | ir.UniqueItems():
            return way.tests(cond.array_conditions(a, at.v), at)
        case ir.PrefixItems(schemas):
            return _prefix(checks, schemas, at, way)
        case ir.Items(inner, start):
            return _items(checks, inner, start, at, way)
        case ir.Contains():
            return _contains(checks, a, at, way)
        case ir.UnevaluatedItems(inner):
            return _unevaluated(checks, schema, inner, at, way)
        case _:
            assert_never(a)


def _prefix(
    checks: Checks, schemas: tuple[ir.Schema, ...], at: At, way: Way
) -> tree.Block:
    block: tree.Block = ()
    for index, inner in enumerate(schemas):
        x = at.local("x")
        body = apply(checks, inner, at.inside(x, at.step(str(index))), way)
        if body:
            item = tree.Subscript(at.v, Constant(index))
            bound = (tree.Assign(x, item),) if search.uses(body, x) else ()
            test = compare(cond.size(at.v), ">", Constant(index))
            block += (tree.If(test, (*bound, *body)),)
    return block


def _items(
    checks: Checks, inner: ir.Schema, start: int, at: At, way: Way
) -> tree.Block:
    i, x = at.local("i"), at.local("x")
    body = apply(checks, inner, at.inside(x, at.index(i)), way)
    if not body:
        return ()
    part = tree.Slice(at.v, start) if start else at.v
    if not way.collecting:
        return (tree.For(x, part, body),)
    first = (Constant(start),) if start else ()
    pair = tree.Display("()", (i, x))
    return (tree.For(pair, call("enumerate", part, *first), body),)


def _contains(checks: Checks, a: ir.Contains, at: At, way: Way) -> tree.Block:
    n, x = at.local("n"), at.local("x")
    found = tree.Comprehension("", Constant(1), x, at.v, answer(checks, a.schema, x))
    tests = []
    if a.minimum > 0:
        why = f"holds fewer than {items(a.minimum)} of the kind asked for"
        key = "contains" if a.minimum == 1 else "minContains"
        tests.append(cond.Condition(compare(n, "<", Constant(a.minimum)), key, why))
    if a.maximum is not None:
        why = f"holds more than {items(a.maximum)} of the kind limited"
        failing = compare(n, ">", Constant(a.maximum))
        tests.append(cond.Condition(failing, "maxContains", why))
    counted = tree.Assign(n, call("sum", found))
    return (counted, *way.tests(tests, at)) if tests else ()


def _unevaluated(
    checks: Checks, schema: ir.Schema, inner: ir.Schema, at: At, way: Way
) -> tree.Block:
    seen, i, x = at.local("places"), at.local("i"), at.local("x")
    item = at.inside(x, at.index(i))
    body = apply(checks, inner, item, way)
    if walk.find(inner, ir.Never):
        body = way.fail(item, "unevaluatedItems", "is one item too many")
    if not body:
        return ()
    return (
        tree.Declare(seen, annotation("places"), call("set")),
        *evaluated(checks, "places", schema, at.v, seen, skip_own=True),
        tree.For(
            tree.Display("()", (i, x)),
            call("enumerate", at.v),
            (tree.If(compare(i, "not in", seen), body),),
        ),
    )
