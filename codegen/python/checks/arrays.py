"""Checks of arrays."""

from __future__ import annotations

from typing import assert_never

from codegen.ir import model as ir
from codegen.python import conditions as cond
from codegen.python.checks.context import NO, At, Checks, tests
from codegen.python.checks.evaluated import annotation, evaluated
from codegen.python.checks.subschemas import answer, apply
from codegen.python.emit import search, tree
from codegen.python.emit.tree import Constant, call, compare


def statements(checks: Checks, schema: ir.Schema, at: At) -> tree.Block:
    """Statements that check what a schema asserts of an array."""
    block: tree.Block = ()
    for a in schema.assertions:
        if isinstance(a, ir.OnArrays):
            block += _asserted(checks, schema, a, at)
    return block


def _asserted(
    checks: Checks, schema: ir.Schema, a: ir.ArrayAssertion, at: At
) -> tree.Block:
    match a:
        case ir.MinItems() | ir.MaxItems() | ir.UniqueItems():
            return tests(cond.array_conditions(a, at.v))
        case ir.PrefixItems(schemas):
            return _prefix(checks, schemas, at)
        case ir.Items(inner, start):
            return _items(checks, inner, start, at)
        case ir.Contains():
            return _contains(checks, a, at)
        case ir.UnevaluatedItems(inner):
            return _unevaluated(checks, schema, inner, at)
        case _:
            assert_never(a)


def _prefix(checks: Checks, schemas: tuple[ir.Schema, ...], at: At) -> tree.Block:
    block: tree.Block = ()
    for index, inner in enumerate(schemas):
        x = at.local("x")
        body = apply(checks, inner, at.inside(x))
        if body:
            item = tree.Subscript(at.v, Constant(index))
            bound = (tree.Assign(x, item),) if search.uses(body, x) else ()
            test = compare(cond.size(at.v), ">", Constant(index))
            block += (tree.If(test, (*bound, *body)),)
    return block


def _items(checks: Checks, inner: ir.Schema, start: int, at: At) -> tree.Block:
    x = at.local("x")
    body = apply(checks, inner, at.inside(x))
    part = tree.Slice(at.v, start) if start else at.v
    if body == NO:
        return (tree.If(part, NO),)
    return (tree.For(x, part, body),) if body else ()


def _contains(checks: Checks, a: ir.Contains, at: At) -> tree.Block:
    x = at.local("x")
    test = answer(checks, a.schema, x)
    if test == Constant(False):
        return NO if a.minimum else ()
    # Of items of which nothing is asked there are as many as there are items.
    every = test == Constant(True)
    n = cond.size(at.v) if every else at.local("n")
    failing: list[tree.Expr] = []
    if a.minimum > 0:
        failing.append(compare(n, "<", Constant(a.minimum)))
    if a.maximum is not None:
        failing.append(compare(n, ">", Constant(a.maximum)))
    block = tuple(tree.If(one, NO) for one in failing)
    if every or not block:
        return block
    found = tree.Comprehension("", Constant(1), x, at.v, test)
    return (tree.Assign(at.local("n"), call("sum", found)), *block)


def _unevaluated(
    checks: Checks, schema: ir.Schema, inner: ir.Schema, at: At
) -> tree.Block:
    seen, i, x = at.local("places"), at.local("i"), at.local("x")
    body = apply(checks, inner, at.inside(x))
    if not body:
        return ()
    target: tree.Expr = tree.Display("()", (i, x))
    every = call("enumerate", at.v)
    if not search.uses(body, x):
        target, every = i, call("range", cond.size(at.v))
    return (
        tree.Declare(seen, annotation("places"), call("set")),
        *evaluated(checks, "places", schema, at.v, seen, skip_own=True),
        tree.For(target, every, (tree.If(compare(i, "not in", seen), body),)),
    )
