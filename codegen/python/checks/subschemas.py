"""Applies a schema to a value: in place if it is small, and by a call of its function
if not."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from codegen.ir import facts, tags, walk
from codegen.ir import model as ir
from codegen.python import conditions as cond
from codegen.python.checks.context import NO, At, Checks, tests
from codegen.python.checks.tidy import is_short, no_less, only_test, tidied
from codegen.python.emit import tree
from codegen.python.emit.tree import call
from codegen.python.model.union_dispatch import dispatch_of


def apply(
    checks: Checks, schema: ir.Schema, at: At, known_type: str = ""
) -> tree.Block:
    """Statements that apply a subschema to a value. `known_type` is the JSON type that
    the value is known to have, if it is known."""
    if cond.is_true(schema, checks.formats):
        return ()
    if cond.is_leaf(schema):
        return leaf(checks, schema, at, known_type)
    named = _in_short(checks, facts.unwrap(checks.module, schema))
    if _is_short(named):
        return leaf(checks, named, at, known_type)
    if checks.is_small(schema, at):
        return checks.statements(checks, schema, at, known_type)
    other = None if known_type else _only_beside_null(checks, named)
    valid = call(checks.require("valid", other or schema), at.v)
    guard = [cond.present(at.v)] if other else []
    return (tree.If(tree.every([*guard, tree.Not(valid)]), NO),)


_FEW: Final = 4
"""Unions with at most so many branches are searched for what they say in short."""


def _in_short(checks: Checks, schema: ir.Schema) -> ir.Schema:
    """A type, in place of a union all of whose branches only say a type."""
    union = facts.only(schema)
    if not isinstance(union, ir.AnyOf | ir.OneOf) or len(union.schemas) > _FEW:
        return schema
    found = dispatch_of(checks.module, union)
    if found is None or found.objects is not None:
        return schema
    types: list[str] = []
    for branch, _ in found.branches():
        only = facts.only(branch)
        if not isinstance(only, ir.Type):
            return schema
        types += only.types
    types += ["null"] if found.nullable else []
    return replace(schema, assertions=(ir.Type(tuple(types)),))


def _only_beside_null(checks: Checks, schema: ir.Schema) -> ir.Schema | None:
    """The one branch of a union beside null, if it is no union itself."""
    union = facts.only(schema)
    if not isinstance(union, ir.AnyOf | ir.OneOf) or len(union.schemas) != 2:
        return None
    others = [branch for branch in union.schemas if not facts.is_null(branch)]
    if len(others) != 1 or "null" in facts.types(checks.module, others[0]):
        return None
    inner = facts.unwrap(checks.module, others[0])
    return None if tags.alternatives(checks.module, inner) else others[0]


def _is_short(schema: ir.Schema) -> bool:
    """Whether a named schema asks for no more than a call would take: a type, or one of
    a few texts."""
    enum = walk.find(schema, ir.Enum)
    if enum is None:
        return isinstance(facts.only(schema), ir.Type)
    known = all(isinstance(a, (ir.Type, ir.Enum)) for a in schema.assertions)
    return known and cond.is_compared(enum.values)


def answer(
    checks: Checks,
    schema: ir.Schema,
    v: tree.Expr,
    home: str | None = None,
    known_type: str = "",
) -> tree.Expr:
    """An expression that is true if and only if a value is valid. `home` is where the
    module that asks imports checks from; `known_type` is as for `apply`."""
    if cond.is_true(schema, checks.formats):
        return tree.Constant(True)
    only = facts.only(schema)
    if isinstance(only, ir.Type):
        return cond.is_type(only.types, v)
    if isinstance(only, ir.Never):
        return tree.Constant(False)
    asked = None if home else _question(checks, schema, v, known_type)
    return asked or call(checks.require("valid", schema), v, home=home)


_SINGLE: Final = (ir.Type, ir.Required)
"""Assertions of which a schema is no easier to read under a name of its own."""


def _question(
    checks: Checks, schema: ir.Schema, v: tree.Expr, known_type: str
) -> tree.Expr | None:
    """What an unnamed schema asks of a value, where that is little: a type, or some
    properties."""
    little = all(isinstance(a, _SINGLE) for a in schema.assertions)
    if not little or schema.id in checks.module.schemas:
        return None
    test = only_test(checks.statements(checks, schema, At(v), known_type))
    return None if test is None or not is_short(test, v) else no_less(test)


def leaf(checks: Checks, schema: ir.Schema, at: At, known_type: str = "") -> tree.Block:
    """Statements for a schema all of whose assertions are on scalars."""
    if facts.is_never(schema):
        return NO
    return typed(schema, scalar_groups(checks, schema, at), at, known_type)


def scalar_groups(checks: Checks, schema: ir.Schema, at: At) -> dict[str, tree.Block]:
    """Statements for the assertions on strings and on numbers, by JSON type."""
    strings = cond.string_conditions(schema, at.v, checks.formats)
    numbers = cond.number_conditions(schema, at.v)
    return {"string": tests(strings), "number": tests(numbers)}


def typed(
    schema: ir.Schema,
    groups: dict[str, tree.Block],
    at: At,
    known_type: str = "",
) -> tree.Block:
    """Statements for the type and the enumeration of a schema, and for `groups`: what
    is asserted of values of each type."""
    groups = {name: body for name, body in groups.items() if body}
    other = None if known_type else facts.beside_null(schema)
    if other is not None and groups and not _is_container(other):
        of_others = tidied(typed(other, groups, at))
        return tree.guarded(cond.present(at.v), of_others)
    type_ = walk.find(schema, ir.Type)
    block: tree.Block = ()
    if (
        known_type
        and type_ is not None
        and not cond.admits(type_, cond.group(known_type))
    ):
        return NO
    if known_type and (type_ is None or cond.covers(type_.types, known_type)):
        block, groups = groups.get(cond.group(known_type), ()), {}
    elif type_ is not None and not (_tells(schema) and not groups):
        block = _type(schema, type_, groups, at)
    for name, body in groups.items():
        if type_ is None or cond.admits(type_, name):
            block += (tree.If(cond.is_type((name,), at.v), body),)
    return block + _enum(schema, at, known_type or cond.only_type(schema) or "")


def _is_container(schema: ir.Schema) -> bool:
    """Whether a schema is for arrays only, or for objects only."""
    return cond.only_type(schema) in ("array", "object")


def _tells(schema: ir.Schema) -> bool:
    """Whether an enumeration needs no question for the type: it is a few texts that are
    compared one by one."""
    enum = walk.find(schema, ir.Enum)
    if enum is None or cond.only_type(schema) != "string":
        return False
    values = cond.of_type(enum.values, "string")
    return 0 < len(values) <= cond.MOST_COMPARED


def _enum(schema: ir.Schema, at: At, known_type: str) -> tree.Block:
    """The test of an enumeration, with only those values that have the known type."""
    enum = walk.find(schema, ir.Enum)
    if enum is None:
        return ()
    values = cond.of_type(enum.values, known_type)
    type_ = walk.find(schema, ir.Type)
    if type_ is not None:
        values = tuple(x for x in values if cond.admits(type_, facts.json_type(x)))
    if not values:
        return NO
    test = cond.enum_condition(replace(enum, values=values), at.v, known_type or None)
    return tests([test])


def _type(
    schema: ir.Schema,
    type_: ir.Type,
    groups: dict[str, tree.Block],
    at: At,
) -> tree.Block:
    """The test of the type, with the group of that type inside, which is removed from
    `groups`."""
    known = cond.only_type(schema)
    test = cond.type_condition(type_, at.v)
    group = groups.pop(cond.group(known or ""), ())
    other = _beside_null(type_)
    if other in groups:
        # In this order a checker does not take the value for null.
        present = tree.If(tree.compare(at.v, "is not", cond.NONE), NO)
        own = groups.pop(other)
        return (tree.If(cond.is_type((other,), at.v), own, (present,)),)
    return (tree.If(test.failing, NO, group),)


def _beside_null(type_: ir.Type) -> str | None:
    """The one type that is allowed beside null, if there is just one."""
    rest = [name for name in type_.types if name != "null"]
    return rest[0] if len(rest) == 1 else None
