"""Which property tells the branches of a union apart.

A *tag* is a value, a string, integer or boolean, of a property that each branch
confines to values no other branch has. Where one property leaves groups of branches
together (`type: message` for three roles), a second property splits the group. Tag
values are those that the specification writes; nothing is invented.
"""

from __future__ import annotations

from builtins import property as derived
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from codegen.ir import facts
from codegen.ir import model as ir

Path: TypeAlias = tuple[tuple[tuple[str, ...], facts.Tag], ...]
"""Tags that lead to a branch, each behind the properties that lead to it."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A decision by one property of an object.

    `cases` takes each tag value to a branch, or to a further decision among the
    branches that share the value. `required` tells whether every branch that has
    the property requires it; if not, an object without it may still be valid. `exact`
    tells whether the tag alone decides: no other branch can accept the object.
    `inside` are the properties that lead to the object which has the property.
    """

    property: str
    cases: Mapping[facts.Tag, ir.Schema | Tagged]
    required: bool
    exact: bool = True
    inside: tuple[str, ...] = ()

    @derived
    def path(self) -> tuple[str, ...]:
        """The properties that lead to the tag, the last of which has it."""
        return (*self.inside, self.property)

    @derived
    def name(self) -> str:
        """What people call the property: with a dot behind each that leads to it."""
        return ".".join(self.path)

    @derived
    def kinds(self) -> frozenset[type]:
        """The Python types of the tags."""
        return frozenset(map(type, self.cases))

    @derived
    def further(self) -> tuple[Tagged, ...]:
        """The decisions among branches that share a value."""
        return tuple(case for case in self.cases.values() if isinstance(case, Tagged))

    @derived
    def complete(self) -> bool:
        """Whether a valid object has every tag that is asked for on its way."""
        return self.required and all(case.complete for case in self.further)

    @derived
    def branches(self) -> tuple[ir.Schema, ...]:
        """The branches that tags lead to, in the order of the tags, each once."""
        found: dict[ir.SchemaId, ir.Schema] = {}
        for case in self.cases.values():
            inside = case.branches if isinstance(case, Tagged) else (case,)
            found.update((branch.id, branch) for branch in inside)
        return tuple(found.values())

    def case_of(self, value: ir.Json) -> ir.Schema | Tagged | None:
        """Where the tag of an object leads; None where it has none or no known one."""
        for name in self.path:
            if not isinstance(value, dict) or name not in value:
                return None
            value = value[name]
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, str | int):
            return None
        if isinstance(value, bool) is not (bool in self.kinds):
            return self.cases.get(value) if isinstance(value, str) else None
        return self.cases.get(value)


@dataclass(frozen=True, slots=True)
class Union:
    """A union flattened: unions directly inside it are opened.

    `branches` are the alternatives as schemas (references unwrapped) without
    `null`; `nullable` tells whether null alone is one. `exclusive` is true where
    any level of it is a `oneOf`, `repeated` where a branch stands there twice, or null
    in a `oneOf`, which then refuses it.
    """

    branches: tuple[ir.Schema, ...]
    nullable: bool
    exclusive: bool
    repeated: bool = False

    @derived
    def counts(self) -> bool:
        """Whether no tag says that a value is valid, as its branch may stand there
        twice where one alone may hold."""
        return self.exclusive and self.repeated


def has(value: ir.Json, path: tuple[str, ...]) -> bool:
    """Whether an object has a property, in the objects that lead there."""
    for name in path:
        if not isinstance(value, dict) or name not in value:
            return False
        value = value[name]
    return True


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
    found = _Flattening(module, is_whole)
    nullable, exclusive = found.add(union, frozenset())
    once = {branch.id: branch for branch in found.branches}
    repeated = found.refuses_null or len(once) < len(found.branches)
    return Union(tuple(once.values()), nullable, exclusive, repeated)


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


class _Flattening:
    """Opens the unions inside a union and collects what is none."""

    def __init__(
        self, module: ir.Module, is_whole: Callable[[ir.Schema], bool]
    ) -> None:
        self.branches: list[ir.Schema] = []
        self.refuses_null = False
        self._module = module
        self._is_whole = is_whole

    def add(
        self, union: ir.AnyOf | ir.OneOf, above: frozenset[ir.SchemaId]
    ) -> tuple[bool, bool]:
        """Whether null is one of the alternatives, and whether one alone may hold."""
        nulls, exclusive = 0, isinstance(union, ir.OneOf)
        for member in union.schemas:
            schema = facts.unwrap(self._module, member)
            closed = schema.id in above or self._is_whole(schema)
            inner = None if closed else alternatives(self._module, schema)
            if facts.is_null(schema):
                nulls += 1
            elif inner is not None:
                null_inside, one_inside = self.add(inner, above | {schema.id})
                nulls, exclusive = nulls + null_inside, exclusive or one_inside
            else:
                self.branches.append(schema)
        if nulls > 1 and isinstance(union, ir.OneOf):
            self.refuses_null = True
        return nulls > 0, exclusive


def tagged(module: ir.Module, schema: ir.Schema) -> Tagged | None:
    """How to decide among the branches of a union of objects, or None.

    The property that `discriminator` names comes first, then `type`, then any
    other in the order of the first branch, then those of objects inside.
    """
    union = union_of(module, schema)
    if union is None or len(union.branches) < 2:
        return None
    return decide(module, union.branches, hint_of(module, schema))


def among(
    module: ir.Module, union: ir.AnyOf | ir.OneOf, hint: ir.Discriminator | None
) -> Tagged | None:
    """How to decide among those branches of a union that are objects, or None."""
    branches = flatten(module, union).branches
    objects = tuple(b for b in branches if facts.types(module, b) == {"object"})
    return decide(module, objects, hint) if len(objects) > 1 else None


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
    if not branches:
        return None
    named = None if hint is None else hint.property
    for deep in (False, True):
        tables = [confined(module, branch, deep=deep) for branch in branches]
        paths = [n for n in tables[0] if all(n in table for table in tables)]
        paths.sort(key=lambda path: (".".join(path) != named, path != ("type",)))
        for path in paths:
            found = _split(module, branches, tables, path)
            if found is not None:
                return found
    return None


def path_of(module: ir.Module, branch: ir.Schema, name: str) -> tuple[str, ...]:
    """The properties that lead to the tag which a discriminator names: one, or those
    between the dots of a name that no property of the branch has."""
    parts = tuple(name.split("."))
    flat = len(parts) == 1 or name in facts.properties(module, branch)
    return (name,) if flat or not facts.at(module, branch, parts) else parts


Table: TypeAlias = dict[tuple[str, ...], tuple[tuple[facts.Tag, ...], bool]]
"""From the properties that lead to a value to all that it can be, and whether it is
required."""


def confined(module: ir.Module, branch: ir.Schema, *, deep: bool = False) -> Table:
    """The properties that an object schema confines to some values; if `deep`, those
    of the objects in its properties."""
    required = facts.required(module, branch)
    found: Table = {}
    for name, schemas in facts.properties(module, branch).items():
        if deep:
            found.update(_inside(module, name, schemas, name in required))
            continue
        values = facts.tag_values(module, schemas)
        if values is not None:
            found[(name,)] = (values, name in required)
    return found


def _inside(
    module: ir.Module, name: str, schemas: tuple[ir.Schema, ...], required: bool
) -> Table:
    """The confined properties of an object in a property."""
    if not any(facts.types(module, schema) == {"object"} for schema in schemas):
        return {}
    together = ir.SchemaId(f"{schemas[0].id}~together")
    inner = ir.Schema(together, schemas[0].location, (ir.AllOf(schemas),))
    return {
        (name, *path): (values, required and must)
        for path, (values, must) in confined(module, inner).items()
    }


def _split(
    module: ir.Module,
    branches: tuple[ir.Schema, ...],
    tables: list[Table],
    path: tuple[str, ...],
) -> Tagged | None:
    groups: dict[facts.Tag, list[ir.Schema]] = {}
    kinds: set[type] = set()
    for branch, table in zip(branches, tables, strict=True):
        for value in dict.fromkeys(table[path][0]):
            kinds.add(type(value))
            groups.setdefault(value, []).append(branch)
    if {int, bool} <= kinds:
        return None  # One table would take true for 1.
    cases: dict[facts.Tag, ir.Schema | Tagged] = {}
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
    required = all(table[path][1] for table in tables)
    return Tagged(path[-1], cases, required, inside=path[:-1])
