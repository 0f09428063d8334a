"""Which property tells the branches of a union apart.

A *tag* is a property that each branch confines to strings no other branch has.
Where one property leaves groups of branches together (`type: message` for three
roles), a second property splits the group. Tag values are those that the
specification writes; nothing is invented.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from codegen.ir import facts
from codegen.ir import model as ir

Path: TypeAlias = tuple[tuple[str, str], ...]
"""Properties with the values that lead to a branch."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A decision by one property of an object.

    `cases` takes each tag value to a branch, or to a further decision among the
    branches that share the value. `required` tells whether every branch requires
    the property; if not, an object without it may still be valid. `exact` tells
    whether the tag alone decides: no other branch can accept the object.
    """

    property: str
    cases: Mapping[str, ir.Schema | Tagged]
    required: bool
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Union:
    """A union flattened: unions directly inside it are opened.

    `branches` are the alternatives as schemas (references unwrapped) without
    `null`; `nullable` tells whether null alone is one. `exclusive` is true where
    any level of it is a `oneOf`, `repeated` where a branch stands there twice.
    """

    branches: tuple[ir.Schema, ...]
    nullable: bool
    exclusive: bool
    repeated: bool = False


def union_of(module: ir.Module, schema: ir.Schema) -> Union | None:
    """The union that a schema is, if it asserts nothing else (a type aside)."""
    found = alternatives(module, facts.unwrap(module, schema))
    return None if found is None else flatten(module, found)


def flatten(
    module: ir.Module,
    union: ir.AnyOf | ir.OneOf,
    is_whole: Callable[[ir.Schema], bool] = lambda _: False,
) -> Union:
    """The branches of a union, unions inside it opened unless they are to be taken as
    a whole."""
    branches: list[ir.Schema] = []
    nullable, exclusive = _flatten(module, union, branches, frozenset(), is_whole)
    once = {branch.id: branch for branch in branches}
    return Union(tuple(once.values()), nullable, exclusive, len(once) < len(branches))


def alternatives(module: ir.Module, schema: ir.Schema) -> ir.AnyOf | ir.OneOf | None:
    """The union of a schema that is nothing else. A type is allowed beside it if
    every branch keeps to it anyway."""
    found: ir.AnyOf | ir.OneOf | None = None
    confined = facts.ALL_TYPES
    for assertion in schema.assertions:
        if isinstance(assertion, (ir.AnyOf, ir.OneOf)) and found is None:
            found = assertion
        elif isinstance(assertion, ir.Type) and "integer" not in assertion.types:
            confined = frozenset(assertion.types)
        else:
            return None
    if found is not None and confined != facts.ALL_TYPES:
        inside = (facts.types(module, branch) for branch in found.schemas)
        return found if all(types <= confined for types in inside) else None
    return found


def _flatten(
    module: ir.Module,
    union: ir.AnyOf | ir.OneOf,
    branches: list[ir.Schema],
    above: frozenset[ir.SchemaId],
    is_whole: Callable[[ir.Schema], bool],
) -> tuple[bool, bool]:
    nullable, exclusive = False, isinstance(union, ir.OneOf)
    for member in union.schemas:
        schema = facts.unwrap(module, member)
        closed = schema.id in above or is_whole(schema)
        inner = None if closed else alternatives(module, schema)
        if facts.only(schema) == ir.Type(("null",)):
            nullable = True
        elif inner is not None:
            deeper = above | {schema.id}
            null_inside, one_inside = _flatten(
                module, inner, branches, deeper, is_whole
            )
            nullable, exclusive = nullable or null_inside, exclusive or one_inside
        else:
            branches.append(schema)
    return nullable, exclusive


def tagged(module: ir.Module, schema: ir.Schema) -> Tagged | None:
    """How to decide among the branches of a union of objects, or None.

    The property that `discriminator` names comes first, then `type`, then any
    other in the order of the first branch.
    """
    union = union_of(module, schema)
    if union is None or len(union.branches) < 2:
        return None
    return decide(module, union.branches, hint_of(module, schema))


def hint_of(module: ir.Module, schema: ir.Schema) -> ir.Discriminator | None:
    """The `discriminator` of a union, also through a chain of references."""
    for part in facts.conjuncts(module, schema):
        if part.annotations.discriminator is not None:
            return part.annotations.discriminator
    return None


def decide(
    module: ir.Module,
    branches: tuple[ir.Schema, ...],
    hint: ir.Discriminator | None = None,
) -> Tagged | None:
    """A decision among object schemas by their tags, or None if tags do not tell."""
    if any(facts.types(module, branch) != {"object"} for branch in branches):
        return None
    tables = [_confined(module, branch) for branch in branches]
    names = [n for n in tables[0] if all(n in table for table in tables)]
    names.sort(key=lambda n: (hint is None or n != hint.property, n != "type"))
    for name in names:
        found = _split(module, branches, tables, name)
        if found is not None:
            return found
    return _by_mapping(module, branches, hint) if hint is not None else None


def _confined(
    module: ir.Module, branch: ir.Schema
) -> dict[str, tuple[tuple[str, ...], bool]]:
    """The properties confined to some strings, and whether they are required."""
    required = facts.required(module, branch)
    found = {}
    for name, schemas in facts.properties(module, branch).items():
        values = facts.tag_values(module, schemas)
        if values is not None:
            found[name] = (values, name in required)
    return found


def _split(
    module: ir.Module,
    branches: tuple[ir.Schema, ...],
    tables: list[dict[str, tuple[tuple[str, ...], bool]]],
    name: str,
) -> Tagged | None:
    groups: dict[str, list[ir.Schema]] = {}
    for branch, table in zip(branches, tables, strict=True):
        for value in dict.fromkeys(table[name][0]):
            groups.setdefault(value, []).append(branch)
    cases: dict[str, ir.Schema | Tagged] = {}
    for value, group in groups.items():
        if len(group) == 1:
            cases[value] = group[0]
            continue
        if len(group) == len(branches):
            return None
        inner = decide(module, tuple(group))
        if inner is None:
            return None
        cases[value] = inner
    return Tagged(name, cases, all(table[name][1] for table in tables))


def _by_mapping(
    module: ir.Module, branches: tuple[ir.Schema, ...], hint: ir.Discriminator
) -> Tagged | None:
    """Tags that only the discriminator's own mapping gives: a hint, not a proof."""
    by_id = {branch.id: branch for branch in branches}
    cases: dict[str, ir.Schema | Tagged] = {}
    for value, target in hint.mapping.items():
        branch = by_id.get(facts.unwrap(module, module.schemas[target]).id)
        if branch is not None:
            cases[value] = branch
    if len({id(branch) for branch in cases.values()}) < len(branches):
        return None
    return Tagged(hint.property, cases, required=False, exact=False)
