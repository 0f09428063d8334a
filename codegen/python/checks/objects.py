"""Checks of objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias, assert_never

from codegen.ir import model as ir
from codegen.python import conditions as cond
from codegen.python.checks.context import NO, At, Checks, tests
from codegen.python.checks.evaluated import annotation, evaluated
from codegen.python.checks.subschemas import apply
from codegen.python.emit import search, tree
from codegen.python.emit.tree import Call, Constant, call, compare


def statements(checks: Checks, schema: ir.Schema, at: At) -> tree.Block:
    """Statements for what a schema asserts of an object."""
    block: tree.Block = ()
    for a in schema.assertions:
        if isinstance(a, ir.OnObjects):
            block += _asserted(checks, schema, a, at)
    return block


_OnEach: TypeAlias = (
    ir.PatternProperties
    | ir.AdditionalProperties
    | ir.PropertyNames
    | ir.UnevaluatedProperties
)
"""Assertions that go through the properties one by one."""


def _asserted(
    checks: Checks, schema: ir.Schema, a: ir.ObjectAssertion, at: At
) -> tree.Block:
    match a:
        case ir.Required(names):
            missing = (compare(Constant(name), "not in", at.v) for name in names)
            return tuple(tree.If(test, NO) for test in missing)
        case ir.MinProperties() | ir.MaxProperties():
            return tests(cond.object_conditions(a, at.v))
        case ir.Properties(schemas):
            return _properties(checks, schemas, at)
        case ir.DependentRequired(by_name):
            return _dependent(by_name, at)
        case ir.DependentSchemas(schemas):
            block: tree.Block = ()
            for name, inner in schemas.items():
                body = apply(checks, inner, at)
                if body:
                    present = compare(Constant(name), "in", at.v)
                    block += (tree.If(present, body),)
            return block
        case (
            ir.PatternProperties()
            | ir.AdditionalProperties()
            | ir.PropertyNames()
            | ir.UnevaluatedProperties()
        ):
            return _each(checks, schema, a, at)
        case _:
            assert_never(a)


def _properties(checks: Checks, schemas: Mapping[str, ir.Schema], at: At) -> tree.Block:
    block: tree.Block = ()
    for name, inner in schemas.items():
        x = at.local("x")
        body = apply(checks, inner, at.inside(x))
        if body:
            value = tree.Subscript(at.v, Constant(name))
            bound = (tree.Assign(x, value),) if search.uses(body, x) else ()
            present = compare(Constant(name), "in", at.v)
            block += (tree.If(present, (*bound, *body)),)
    return block


def _dependent(by_name: Mapping[str, tuple[str, ...]], at: At) -> tree.Block:
    block: tree.Block = ()
    for name, needed in by_name.items():
        for other in needed:
            present = compare(Constant(name), "in", at.v)
            missing = compare(Constant(other), "not in", at.v)
            block += (tree.If(tree.every([present, missing]), NO),)
    return block


def _each(checks: Checks, schema: ir.Schema, a: _OnEach, at: At) -> tree.Block:
    k, x = at.local("k"), at.local("x")
    member = at.inside(x)
    match a:
        case ir.PatternProperties(schemas):
            body: tree.Block = ()
            for regex, inner in schemas.items():
                part = apply(checks, inner, member)
                body += (tree.If(cond.matches(regex, k), part),) if part else ()
            return _loop(k, x, at.v, body)
        case ir.AdditionalProperties(inner, known, patterns):
            body = apply(checks, inner, member)
            names = tree.Display("{}", tuple(map(Constant, known)))
            tests: list[tree.Expr] = [compare(k, "not in", names)] if known else []
            tests += [tree.Not(cond.matches(regex, k)) for regex in patterns]
            if body and tests:
                body = (tree.If(tree.every(tests), body),)
            return _loop(k, x, at.v, body)
        case ir.PropertyNames(inner):
            body = apply(checks, inner, at.inside(k))
            return (tree.For(k, at.v, body),) if body else ()
        case ir.UnevaluatedProperties(inner):
            body = apply(checks, inner, member)
            if not body:
                return ()
            seen = at.local("seen")
            return (
                tree.Declare(seen, annotation("names"), call("set")),
                *evaluated(checks, "names", schema, at.v, seen, skip_own=True),
                *_loop(k, x, at.v, (tree.If(compare(k, "not in", seen), body),)),
            )
        case _:
            assert_never(a)


def _loop(k: tree.Name, x: tree.Name, v: tree.Name, body: tree.Block) -> tree.Block:
    """A loop over the properties of an object, over what of them is needed."""
    if not body:
        return ()
    if not search.uses(body, k):
        return (tree.For(x, Call(tree.Attribute(v, "values")), body),)
    if not search.uses(body, x):
        return (tree.For(k, v, body),)
    pair = tree.Display("()", (k, x))
    return (tree.For(pair, Call(tree.Attribute(v, "items")), body),)
