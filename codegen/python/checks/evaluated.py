"""Writes the functions that find which properties or items a schema evaluates, for
`unevaluatedProperties` and `unevaluatedItems`.

Only what a *successful* subschema evaluates counts, so the check of a branch is asked
before.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from codegen.ir import model as ir
from codegen.ir import walk
from codegen.python import conditions as cond
from codegen.python.checks.context import Checks, Evaluated
from codegen.python.checks.subschemas import answer
from codegen.python.emit import tree
from codegen.python.emit.tree import Call, Constant, call, compare


def annotation(kind: Evaluated) -> tree.Expr:
    """The type of a set of property names, or of indices."""
    of = "str" if kind == "names" else "int"
    return tree.Subscript(tree.Name("set"), tree.Name(of))


def evaluated(
    checks: Checks,
    kind: Evaluated,
    schema: ir.Schema,
    v: tree.Expr,
    seen: tree.Name,
    *,
    skip_own: bool = False,
) -> tree.Block:
    """Statements that add to `seen` the names of properties of the object `v`, or the
    indices of items of the array `v`, that a schema evaluates. `skip_own` leaves out
    the schema's own `unevaluated…`."""
    block: tree.Block = ()
    for a in schema.assertions:
        match a:
            case ir.UnevaluatedProperties() | ir.UnevaluatedItems() if skip_own:
                pass
            case ir.OnObjects():
                block += _names(checks, a, v, seen) if kind == "names" else ()
            case ir.OnArrays():
                block += _places(checks, a, v, seen) if kind == "places" else ()
            case ir.InPlace():
                block += _in_place(checks, kind, a, v, seen)
            case ir.OnAnyValue() | ir.OnNumbers() | ir.OnStrings():
                pass
            case _:
                assert_never(a)
    return block


def _update(seen: tree.Name, found: tree.Expr) -> tree.Block:
    return (tree.Do(Call(tree.Attribute(seen, "update"), (found,))),)


def _names(
    checks: Checks, a: ir.ObjectAssertion, v: tree.Expr, seen: tree.Name
) -> tree.Block:
    match a:
        case ir.Properties(schemas):
            known = tree.Display("{}", tuple(map(Constant, schemas)))
            both = tree.Binary("&", Call(tree.Attribute(v, "keys")), known)
            return _update(seen, both) if schemas else ()
        case ir.PatternProperties(schemas):
            k = tree.Name("k")
            tests = (cond.matches(regex, k) for regex in schemas)
            found = (tree.Comprehension("", k, k, v, test) for test in tests)
            return tuple(s for each in found for s in _update(seen, each))
        case ir.AdditionalProperties() | ir.UnevaluatedProperties():
            return _update(seen, v)
        case ir.DependentSchemas(schemas):
            block: tree.Block = ()
            for name, inner in schemas.items():
                body = _go(checks, "names", inner, v, seen)
                test = compare(Constant(name), "in", v)
                block += (tree.If(test, body),) if body else ()
            return block
        case ir.PropertyNames() | ir.Required() | ir.DependentRequired():
            return ()
        case ir.MinProperties() | ir.MaxProperties():
            return ()
        case _:
            assert_never(a)


def _places(
    checks: Checks, a: ir.ArrayAssertion, v: tree.Expr, seen: tree.Name
) -> tree.Block:
    size = cond.size(v)
    match a:
        case ir.PrefixItems(schemas):
            least = call("min", size, Constant(len(schemas)))
            return _update(seen, call("range", least))
        case ir.Items(start=start):
            first = (Constant(start),) if start else ()
            return _update(seen, call("range", *first, size))
        case ir.Contains():
            return _contained(checks, a, v, seen) if a.evaluates else ()
        case ir.UnevaluatedItems():
            return _update(seen, call("range", size))
        case ir.MinItems() | ir.MaxItems() | ir.UniqueItems():
            return ()
        case _:
            assert_never(a)


def _contained(
    checks: Checks, a: ir.Contains, v: tree.Expr, seen: tree.Name
) -> tree.Block:
    i, x = tree.Name("i"), tree.Name("x")
    pair, every = tree.Display("()", (i, x)), call("enumerate", v)
    test = answer(checks, a.schema, x)
    if test == Constant(False):
        return ()
    if test == Constant(True):
        return _update(seen, call("range", cond.size(v)))
    return _update(seen, tree.Comprehension("", i, pair, every, test))


def _go(
    checks: Checks, kind: Evaluated, schema: ir.Schema, v: tree.Expr, seen: tree.Name
) -> tree.Block:
    """The call that adds what a subschema evaluates, if it can evaluate anything."""
    if not _evaluates(checks.module, schema, kind, frozenset()):
        return ()
    return (tree.Do(call(checks.require(kind, schema), v, seen)),)


def _in_place(
    checks: Checks,
    kind: Evaluated,
    a: ir.InPlaceApplicator,
    v: tree.Expr,
    seen: tree.Name,
) -> tree.Block:
    match a:
        case ir.Ref(target):
            return _go(checks, kind, checks.module.schemas[target], v, seen)
        case ir.AllOf(schemas):
            return tuple(
                s for part in schemas for s in _go(checks, kind, part, v, seen)
            )
        case ir.AnyOf(schemas) | ir.OneOf(schemas):
            block: tree.Block = ()
            for inner in schemas:
                body = _go(checks, kind, inner, v, seen)
                block += (tree.If(answer(checks, inner, v), body),) if body else ()
            return block
        case ir.IfThenElse(condition, then, otherwise):
            yes = _go(checks, kind, condition, v, seen)
            yes += _go(checks, kind, then, v, seen) if then is not None else ()
            no = _go(checks, kind, otherwise, v, seen) if otherwise is not None else ()
            if not yes and not no:
                return ()
            return (tree.If(answer(checks, condition, v), yes, no),)
        case ir.Not():
            return ()  # Where it holds, what it asks has failed.
        case _:
            assert_never(a)


def _evaluates(
    module: ir.Module, schema: ir.Schema, kind: Evaluated, above: frozenset[ir.SchemaId]
) -> bool:
    """Whether a schema can evaluate a property, or an item, at all."""
    if schema.id in above:
        return True
    above = above | {schema.id}
    for a in schema.assertions:
        own = ""
        inner: Iterable[ir.Schema] = ()
        match a:
            case ir.Properties() | ir.PatternProperties() | ir.AdditionalProperties():
                own = "names"
            case ir.UnevaluatedProperties():
                own = "names"
            case ir.PrefixItems() | ir.Items() | ir.Contains() | ir.UnevaluatedItems():
                own = "places"
            case ir.Ref(target):
                inner = (module.schemas[target],)
            case ir.AllOf() | ir.AnyOf() | ir.OneOf() | ir.IfThenElse():
                inner = walk.in_place(a)
            case ir.DependentSchemas():
                inner = walk.in_place(a)
            case ir.Not() | ir.OnAnyValue() | ir.OnNumbers() | ir.OnStrings():
                pass
            case ir.PropertyNames() | ir.Required() | ir.DependentRequired():
                pass
            case ir.MinProperties() | ir.MaxProperties():
                pass
            case ir.MinItems() | ir.MaxItems() | ir.UniqueItems():
                pass
            case _:
                assert_never(a)
        if own == kind:
            return True
        if any(_evaluates(module, s, kind, above) for s in inner):
            return True
    return False
