"""Checks of unions: of the one branch that can be meant, or of each branch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from codegen.ir import facts, tags, walk
from codegen.ir import model as ir
from codegen.python import conditions as cond
from codegen.python.checks.context import NO, At, Checks
from codegen.python.checks.subschemas import answer, apply
from codegen.python.emit import tree
from codegen.python.emit.tree import Call, Constant, compare
from codegen.python.model.union_dispatch import Dispatch, dispatch_of


def statements(
    checks: Checks,
    schema: ir.Schema,
    a: ir.AnyOf | ir.OneOf,
    at: At,
    known_type: str,
) -> tree.Block:
    """Statements that check `anyOf` or `oneOf`. `known_type` is as for `apply`."""
    hint = schema.annotations.discriminator
    found = dispatch_of(checks.module, a, hint)
    if found is not None:
        return _dispatched(checks, schema, a, found, at, known_type)
    return _tried(checks, a, at, known_type)


def _tried(
    checks: Checks, a: ir.AnyOf | ir.OneOf, at: At, known_type: str = ""
) -> tree.Block:
    """Statements that ask each branch that can accept a value of the known type."""
    answers = tuple(
        answer(checks, inner, at.v, known_type=known_type)
        for inner in a.schemas
        if known_type != "object" or "object" in facts.types(checks.module, inner)
    )
    if not answers:
        return NO
    if isinstance(a, ir.AnyOf) or len(answers) == 1:
        if Constant(True) in answers:
            return ()
        return (tree.If(tree.Not(_any_of(answers)), NO),)
    n = at.local("n")
    count = Call(
        tree.Attribute(tree.Display("[]", answers), "count"), (Constant(True),)
    )
    counted = tree.Assign(n, count)
    return (counted, tree.If(compare(n, "!=", Constant(1)), NO))


def _any_of(answers: Iterable[tree.Expr]) -> tree.Expr:
    """An expression that is true where one of the answers is yes. If several branches
    ask for the class of the value, it is asked once."""
    parts: list[tree.Expr] = []
    for answer_ in answers:
        for part in answer_.parts if isinstance(answer_, tree.Some) else (answer_,):
            is_class = isinstance(part, tree.Compare) and part.operators == ("is not",)
            if not is_class or part not in parts:
                parts.append(part)
    return tree.some(parts)


def _dispatched(
    checks: Checks,
    schema: ir.Schema,
    a: ir.AnyOf | ir.OneOf,
    found: Dispatch,
    at: At,
    known_type: str,
) -> tree.Block:
    """Statements for a union that the value itself decides: only one branch is asked,
    unless an object has no tag."""
    cases: list[tuple[tree.Expr, tree.Block]] = []
    # Values of other types have been turned away already.
    left = walk.find(schema, ir.Type) or ir.Type(tuple(sorted(facts.ALL_TYPES)))
    left = ir.Type((known_type,)) if known_type else left
    for branch, all_types in found.branches():
        types = tuple(name for name in all_types if cond.admits(left, name))
        own_type = types[0] if len(types) == 1 else ""
        body = apply(checks, branch, at, own_type) if types else ()
        if all(cond.covers(types, name) for name in left.types):
            return body
        cases += [(cond.is_type(types, at.v), body)] if types else []
    if found.objects is not None and cond.admits(left, "object"):
        other = NO if found.default is None else apply(checks, found.default, at)
        body = _tagged(checks, found.objects, at, other)
        if found.untagged:
            has_tag = cond.has_property(found.objects.path, at.v)
            body = (tree.If(has_tag, body, _tried(checks, a, at, "object")),)
        if known_type == "object":
            return body
        cases.append((cond.class_of(at.v, "dict"), body))
    failing = NO
    if found.nullable and "null" in left.types:
        failing = (tree.If(compare(at.v, "is not", cond.NONE), failing),)
    return tree.chain(cases, failing)


def _tagged(
    checks: Checks, tagged: tags.Tagged, at: At, other: tree.Block, level: int = 1
) -> tree.Block:
    """Statements for branches that a property tells apart, and `other` ones for what
    has none of the tags. `level` counts the tags that led here."""
    t = at.local("t" if level == 1 else f"t{level}_")
    get = Call(tree.Attribute(at.v, "get"), (Constant(tagged.property),))
    if tagged.inside:
        get = cond.helper("inside", at.v, *map(Constant, tagged.path))
    by_case: dict[int, tuple[ir.Schema | tags.Tagged, list[facts.Tag]]] = {}
    for value, case in tagged.cases.items():
        by_case.setdefault(id(case), (case, []))[1].append(value)
    branches: list[tuple[list[facts.Tag], tree.Block]] = []
    for case, values in by_case.values():
        if isinstance(case, tags.Tagged):
            body = _tagged(checks, case, at, NO, level + 1)
        else:
            body = apply(checks, case, at)
        branches.append((values, body))
    return (tree.Assign(t, get), *_chosen(t, branches, other))


_LONGEST: Final = 64
"""How many branches one `if` has: Python's compiler recurses once for each."""


def _chosen(
    t: tree.Name,
    branches: list[tuple[list[facts.Tag], tree.Block]],
    otherwise: tree.Block,
) -> tree.Block:
    """An `if` with a branch for each case of a tag; in groups if there are many."""
    if len(branches) <= _LONGEST:
        cases = [(_is_among(t, values), body) for values, body in branches]
        return tree.chain(cases, otherwise)
    groups = []
    for start in range(0, len(branches), _LONGEST):
        group = branches[start : start + _LONGEST]
        found = [value for values, _ in group for value in values]
        members = tree.Display("{}", tuple(map(Constant, found)))
        test = tree.every([cond.class_of(t, "str"), compare(t, "in", members)])
        if not all(isinstance(value, str) for value in found):
            test = _is_among(t, found)
        groups.append((test, _chosen(t, group, ())))
    return tree.chain(groups, otherwise)


def _is_among(t: tree.Name, values: list[facts.Tag]) -> tree.Expr:
    """An expression that is true where a value is one of these tags."""
    if all(isinstance(value, str) for value in values):
        return tree.some(compare(t, "==", Constant(value)) for value in values)
    return tree.negated(cond.enum_condition(ir.Enum(tuple(values)), t).failing)
