"""Writes the functions of `_checks`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, assert_never

from codegen.ir import facts
from codegen.ir import model as ir
from codegen.python import conditions as cond
from codegen.python.checks import arrays, objects, unions
from codegen.python.checks.apart import Write, apart, told_apart
from codegen.python.checks.context import NO, TOP, At, Checks, Kind
from codegen.python.checks.evaluated import annotation, evaluated
from codegen.python.checks.subschemas import answer, apply, scalar_groups, typed
from codegen.python.checks.tidy import answered
from codegen.python.declarations import declared
from codegen.python.emit import tree
from codegen.python.emit.tree import Name, Parameter
from codegen.python.model.annotations import ANY

_NONE: Final = tree.Constant(None)
_SEEN: Final = Name("seen")


def write(checks: Checks, again: Callable[[], None]) -> dict[str, tree.Function]:
    """Every function that was asked for, and those that these ask for, by name. `again`
    asks for what functions of earlier runs need."""
    found: dict[str, tree.Function] = {}
    # In the order of asking, although the last asked for is written first.
    order = [name for name, _, _ in checks.pending]
    while checks.pending:
        name, kind, schema = checks.pending.pop()
        before = len(checks.pending)
        with checks.asked.by(kind, schema.id):
            found[name] = _function(checks, name, kind, schema)
        again()
        order += [name for name, _, _ in checks.pending[before:]]
    parts = {name: _answering(name, body) for name, body in checks.parts.items()}
    return {**parts, **{name: found[name] for name in order}}


def _function(
    checks: Checks, name: str, kind: Kind, schema: ir.Schema
) -> tree.Function:
    value = Parameter("v", ANY)
    match kind:
        case "valid":
            checks.begin(schema)
            return _answering(name, statements(checks, schema, TOP))
        case "names" | "places":
            body = evaluated(checks, kind, schema, TOP.v, _SEEN)
            given = (value, Parameter(_SEEN.id, annotation(kind)))
            return tree.Function(name, given, _NONE, (*declared(body, given), *body))
        case _:
            assert_never(kind)


def _answering(name: str, block: tree.Block) -> tree.Function:
    """The function that answers yes where a block does not answer no."""
    body, value = answered(block), Parameter("v", ANY)
    body = (*declared(body, (value,)), *body)
    return tree.Function(name, (value,), Name("bool"), body)


def statements(
    checks: Checks, schema: ir.Schema, at: At, known_type: str = ""
) -> tree.Block:
    """Statements for all assertions of a schema. `known_type` is as for `apply`."""
    if facts.is_never(schema):
        return NO
    groups = scalar_groups(checks, schema, at)
    groups["array"] = arrays.statements(checks, schema, at)
    groups["object"] = objects.statements(checks, schema, at)
    block = typed(schema, groups, at, known_type)
    known_type = known_type or cond.only_type(schema) or ""
    writes = (
        (known_type, partial(_in_place, checks, schema, assertion, known_type))
        for assertion in schema.assertions
        if isinstance(assertion, ir.InPlace)
    )
    return told_apart(block, writes, at)


def _in_place(
    checks: Checks,
    schema: ir.Schema,
    a: ir.InPlaceApplicator,
    known_type: str,
    at: At,
) -> tree.Block:
    """Statements for an assertion on values of any type."""
    match a:
        case ir.Ref(target):
            return apply(checks, checks.module.schemas[target], at, known_type)
        case ir.AllOf(schemas):
            return _all_of(checks, schemas, at, known_type)
        case ir.AnyOf() | ir.OneOf():
            return unions.statements(checks, schema, a, at, known_type)
        case ir.Not(inner):
            excluded = answer(checks, inner, at.v, known_type=known_type)
            if excluded == tree.Constant(False):
                return ()
            return (tree.If(excluded, NO),)
        case ir.IfThenElse():
            return _conditional(checks, a, known_type, at)
        case _:
            assert_never(a)


def _conditional(
    checks: Checks, a: ir.IfThenElse, known_type: str, at: At
) -> tree.Block:
    writes = [partial(_applied, checks, s, known_type) for s in (a.then, a.otherwise)]
    yes, no = (write(at) for write in writes)
    test = answer(checks, a.condition, at.v, known_type=known_type)
    if isinstance(test, tree.Constant):
        return yes if test.value else no
    before, yes = apart([test], yes, writes[0], at, known_type, "then")
    other, no = apart([test], no, writes[1], at, known_type, "else")
    if yes:
        return (*before, *other, tree.If(test, yes, no))
    return (*other, tree.If(tree.Not(test), no)) if no else ()


def _all_of(
    checks: Checks, schemas: tuple[ir.Schema, ...], at: At, known_type: str
) -> tree.Block:
    """Statements for several schemas that must all hold. The type that one of them has
    established is known to those behind it."""
    writes: list[tuple[str, Write]] = []
    for part in schemas:
        writes.append((known_type, partial(_applied, checks, part, known_type)))
        known_type = known_type or cond.only_type(part) or ""
    return told_apart((), writes, at, "part")


def _applied(
    checks: Checks, schema: ir.Schema | None, known_type: str, at: At
) -> tree.Block:
    return () if schema is None else apply(checks, schema, at, known_type)
