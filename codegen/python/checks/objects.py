"""Checks of objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias, assert_never

from codegen.ir import facts, walk
from codegen.ir import model as ir
from codegen.python import conditions as cond
from codegen.python.checks.context import NO, TOP, At, Checks, tests
from codegen.python.checks.evaluated import annotation, evaluated
from codegen.python.checks.subschemas import apply
from codegen.python.checks.tidy import bound, is_line, is_short, only_test
from codegen.python.emit import search, tree
from codegen.python.emit.tree import Call, Constant, call, compare
from codegen.python.parts import runs, together


def statements(checks: Checks, schema: ir.Schema, at: At) -> tree.Block:
    """Statements that check what a schema asserts of an object."""
    needed = {
        name
        for a in schema.assertions
        if isinstance(a, ir.Required)
        for name in a.names
    }
    # What is said of the values of properties, and asks for those that are needed.
    values = {
        name: _property(checks, name, inner, at, needed=name in needed)
        for a in schema.assertions
        if isinstance(a, ir.Properties)
        for name, inner in a.schemas.items()
    }
    values = {name: block for name, block in values.items() if block}
    asserted = [a for a in schema.assertions if isinstance(a, ir.OnObjects)]
    found: tree.Block = ()
    for a in sorted(asserted, key=_is_costly):
        found += _asserted(checks, schema, a, at, values)
    return found


def _is_costly(a: ir.ObjectAssertion) -> bool:
    """Whether an assertion looks at values, and not only at names and their number.

    Such assertions are checked last. Where a union is decided by trying, branches may
    have the same property: if each of them looked into it before it fails for another
    reason, the time would double with each level of the value."""
    return not isinstance(a, ir.Required | ir.MinProperties | ir.MaxProperties)


def _reach(checks: Checks, schema: ir.Schema) -> int:
    """How far a schema looks into a value: 0 for scalars, 1 for what stands inside the
    schema, 2 where it refers to others."""
    inner = facts.unwrap(checks.module, schema)
    if cond.is_leaf(inner):
        return 0
    return 2 if any(True for _ in walk.references(inner)) else 1


_OnEach: TypeAlias = (
    ir.PatternProperties
    | ir.AdditionalProperties
    | ir.PropertyNames
    | ir.UnevaluatedProperties
)
"""Assertions that look at the properties one by one."""


def _asserted(
    checks: Checks,
    schema: ir.Schema,
    a: ir.ObjectAssertion,
    at: At,
    values: Mapping[str, tree.Block],
) -> tree.Block:
    match a:
        case ir.Required(names):
            missing = (name for name in names if name not in values)
            return tuple(tree.If(_is_missing(name, at), NO) for name in missing)
        case ir.MinProperties() | ir.MaxProperties():
            return tests(cond.object_conditions(a, at.v))
        case ir.Properties(schemas):
            near = sorted(schemas, key=lambda name: _reach(checks, schemas[name]))
            return _in_parts(checks, schema, at, [values.get(k, ()) for k in near])
        case ir.DependentRequired(by_name):
            return _dependent(by_name, at)
        case ir.DependentSchemas(schemas):
            block: tree.Block = ()
            for name, inner in schemas.items():
                body = apply(checks, inner, at, "object")
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


def _in_parts(
    checks: Checks, schema: ir.Schema, at: At, blocks: Sequence[tree.Block]
) -> tree.Block:
    """The statements for single properties, divided into parts where they are too many
    for one function."""
    parts = runs(blocks) if at == TOP else []
    if len(parts) < 2:
        return together(blocks)
    names = [checks.part(schema, part) for part in parts]
    return tuple(tree.If(tree.Not(Call(name, (at.v,))), NO) for name in names)


def _property(
    checks: Checks, name: str, inner: ir.Schema, at: At, *, needed: bool
) -> tree.Block:
    """Statements that check one property, which may be absent unless it is `needed`."""
    place = tree.Subscript(at.v, Constant(name))
    test = only_test(apply(checks, inner, at.inside(place)))
    if test is not None and is_short(test, place):
        if not needed:
            present = compare(Constant(name), "in", at.v)
            return (tree.If(tree.every([present, test]), NO),)
        gotten = Call(tree.Attribute(at.v, "get"), (Constant(name),))
        of_any = only_test(apply(checks, inner, at.inside(gotten)))
        if of_any is not None and _fails_none(of_any, gotten):
            return (tree.If(of_any, NO),)
        return (tree.If(tree.some([_is_missing(name, at), test]), NO),)
    x = at.local("x")
    body = apply(checks, inner, at.inside(x))
    test = only_test(body)
    asked = None if test is None else _asked(name, test, at, needed=needed)
    if asked is not None and is_line(asked):
        return (tree.If(asked, NO),)
    if body and search.uses(body, x):
        body = (tree.Assign(x, place), *body)
    if body and needed:
        return (tree.If(_is_missing(name, at), NO), *body)
    return (tree.If(compare(Constant(name), "in", at.v), body),) if body else ()


def _asked(name: str, test: tree.Expr, at: At, *, needed: bool) -> tree.Expr | None:
    """The test of one property, if a test is all that is asked of its value; the value
    gets a variable in it. None where something else would be asked before."""
    x, key = at.local("x"), Constant(name)
    if needed and _fails_none(test, x):
        return bound(test, x, Call(tree.Attribute(at.v, "get"), (key,)))
    asked = bound(test, x, tree.Subscript(at.v, key))
    if asked is None:
        return None
    if needed:
        return tree.some([_is_missing(name, at), asked])
    return tree.every([compare(key, "in", at.v), asked])


def _is_missing(name: str, at: At) -> tree.Expr:
    return compare(Constant(name), "not in", at.v)


def _fails_none(test: tree.Expr, value: tree.Expr) -> bool:
    """Whether a test, which is all that is asked of a value, rejects null. Then nobody
    has to ask whether the property is absent."""
    match test:
        case tree.Compare(("is not",), (tree.Attribute(asked, "__class__"), _)):
            return asked == value
        case tree.Compare(("!=",), (asked, Constant(str()))):
            return asked == value
        case tree.Not(Call(tree.Name("integral"), (asked,))):
            return asked == value
        case tree.All(parts):
            return all(_fails_none(part, value) for part in parts)
        case _:
            return False


def _dependent(by_name: Mapping[str, tuple[str, ...]], at: At) -> tree.Block:
    block: list[tree.Statement] = []
    for name, needed in by_name.items():
        for other in needed:
            present = compare(Constant(name), "in", at.v)
            missing = compare(Constant(other), "not in", at.v)
            block.append(tree.If(tree.every([present, missing]), NO))
    return tuple(block)


def _each(checks: Checks, schema: ir.Schema, a: _OnEach, at: At) -> tree.Block:
    k, x = at.local("k"), at.local("x")
    member = at.inside(x)
    match a:
        case ir.PatternProperties(schemas):
            body: tree.Block = ()
            used = False
            for regex, inner in schemas.items():
                part = apply(checks, inner, member)
                uses = search.uses(part, x)
                if used and uses:
                    # What one pattern asks says nothing of the values of another.
                    part = (tree.Assign(x, tree.Subscript(at.v, k)), *part)
                used = used or uses
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
            return _loop(k, x, at.v, body)
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


def _loop(k: tree.Name, x: tree.Name, v: tree.Expr, body: tree.Block) -> tree.Block:
    """A loop over the properties of an object, over names or values alone if the body
    uses only these."""
    if not body:
        return ()
    if body == NO:
        return (tree.If(v, NO),)
    if not search.uses(body, k):
        return (tree.For(x, Call(tree.Attribute(v, "values")), body),)
    if not search.uses(body, x):
        return (tree.For(k, v, body),)
    pair = tree.Display("()", (k, x))
    return (tree.For(pair, Call(tree.Attribute(v, "items")), body),)
