"""Which property tells the branches of a union apart.

A *tag* is a value, a string, integer or boolean, of a property that each branch
confines to values which no other branch has. Where several branches share a tag (`type:
message` for three roles), a second property tells these apart. Tags are those that the
specification writes; none is made up.
"""

from __future__ import annotations

from builtins import property as derived
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from codegen.ir import facts
from codegen.ir import model as ir

Path: TypeAlias = tuple[tuple[tuple[str, ...], facts.Tag], ...]
"""The tags that lead to a branch, each with the properties that lead to it."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A decision by one property of an object.

    `cases` takes each tag to a branch, or to a further decision among the branches that
    share the tag. `required` tells whether every branch that has the property requires
    it; if not, an object without it may still be valid. `exact` tells whether the tag
    decides alone, so that no other branch can accept the object. `inside` are the
    properties that lead to the inner object which has the property; it is empty where
    the object itself has it.
    """

    property: str
    cases: Mapping[facts.Tag, ir.Schema | Tagged]
    required: bool
    exact: bool = True
    inside: tuple[str, ...] = ()

    @derived
    def path(self) -> tuple[str, ...]:
        """The properties that lead to the tag, the property that holds the tag last."""
        return (*self.inside, self.property)

    @derived
    def name(self) -> str:
        """The path as people write it, with dots."""
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
        """Whether every valid object has all the tags that this decision and its
        further ones ask for."""
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
        """The branch or further decision for the tag that an object has; None where it
        has no tag, or an unknown one."""
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
    """A union with the unions directly inside it opened.

    `branches` are the alternatives other than `null`, references followed; `nullable`
    tells whether null is an alternative. `exclusive` is true where any level is a
    `oneOf`. `repeated` is true where a branch stands there twice, or where null stands
    twice in a `oneOf`, which then rejects it.
    """

    branches: tuple[ir.Schema, ...]
    nullable: bool
    exclusive: bool
    repeated: bool = False

    @derived
    def counts(self) -> bool:
        """Whether branches have to be counted to know whether a value is valid: a
        branch may stand there twice, where exactly one may hold."""
        return self.exclusive and self.repeated


def has(value: ir.Json, path: tuple[str, ...]) -> bool:
    """Whether an object has the property at the end of this path."""
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
    """The branches of a union. Unions inside it are opened, except those for which
    `is_whole` is true."""
    found = _Flattening(module, is_whole)
    nullable, exclusive = found.add(union, frozenset())
    once = {branch.id: branch for branch in found.branches}
    repeated = found.refuses_null or len(once) < len(found.branches)
    return Union(tuple(once.values()), nullable, exclusive, repeated)


def alternatives(module: ir.Module, schema: ir.Schema) -> ir.AnyOf | ir.OneOf | None:
    """The `anyOf` or `oneOf` of a schema that asserts nothing else. A type may stand
    beside it if every branch implies it."""
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
    """Collects the branches of a union and of the unions inside it."""

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
        """Add the branches of a union. Returns whether null is one of them, and whether
        some level is a `oneOf`."""
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
    """How to decide among the branches of a union of objects by tags; None if tags do
    not tell them apart.

    The property that `discriminator` names is tried first, then `type`, then the others
    in the order of the first branch, then those of inner objects.
    """
    union = union_of(module, schema)
    if union is None or len(union.branches) < 2:
        return None
    return decide(module, union.branches, hint_of(module, schema))


def among(
    module: ir.Module, union: ir.AnyOf | ir.OneOf, hint: ir.Discriminator | None
) -> Tagged | None:
    """The same for the branches of a union that are objects, leaving out all others."""
    branches = flatten(module, union).branches
    objects = tuple(b for b in branches if facts.types(module, b) == {"object"})
    return decide(module, objects, hint) if len(objects) > 1 else None


def hint_of(module: ir.Module, schema: ir.Schema) -> ir.Discriminator | None:
    """The `discriminator` of a union, also through a chain of references."""
    for part in facts.conjuncts(module, schema):
        if part.annotations.discriminator is not None:
            return part.annotations.discriminator
    return None


def base_of(module: ir.Module, schema: ir.Schema) -> ir.SchemaId | None:
    """The schema whose children all objects of a union are, where it stands for them by
    its discriminator; also where the union adds what is no object."""
    hint = hint_of(module, schema)
    if hint is not None:
        return hint.base
    union = alternatives(module, schema)
    objects = [] if union is None else union.schemas
    objects = [part for part in objects if "object" in facts.types(module, part)]
    return base_of(module, objects[0]) if len(objects) == 1 else None


def decide(
    module: ir.Module,
    branches: tuple[ir.Schema, ...],
    hint: ir.Discriminator | None = None,
) -> Tagged | None:
    """A decision among object schemas by tags; None if tags do not tell them apart."""
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
    """The path of the tag that a discriminator names: one property, or, where no branch
    has a property of that name, the names between its dots."""
    parts = tuple(name.split("."))
    flat = len(parts) == 1 or name in facts.properties(module, branch)
    return (name,) if flat or not facts.at(module, branch, parts) else parts


class Confined(NamedTuple):
    """The values to which a property is confined, and whether it is required."""

    values: tuple[facts.Tag, ...]
    required: bool


Table: TypeAlias = dict[tuple[str, ...], Confined]
"""What is said of confined properties, by the path that leads to each."""


def confined(module: ir.Module, branch: ir.Schema, *, deep: bool = False) -> Table:
    """The properties that an object schema confines to a set of values; with `deep`,
    those of the objects in its properties instead."""
    required = facts.required(module, branch)
    found: Table = {}
    for name, schemas in facts.properties(module, branch).items():
        if deep:
            found.update(_inside(module, name, schemas, name in required))
            continue
        values = facts.tag_values(module, schemas)
        if values is not None:
            found[(name,)] = Confined(values, name in required)
    return found


def _inside(
    module: ir.Module, name: str, schemas: tuple[ir.Schema, ...], required: bool
) -> Table:
    """The confined properties of the inner object in a property."""
    if not any(facts.types(module, schema) == {"object"} for schema in schemas):
        return {}
    together = ir.SchemaId(f"{schemas[0].id}~together")
    inner = ir.Schema(together, schemas[0].location, (ir.AllOf(schemas),))
    return {
        (name, *path): Confined(one.values, required and one.required)
        for path, one in confined(module, inner).items()
    }


def are_keys(values: Iterable[facts.Tag]) -> bool:
    """Whether values can be the keys of one table, to which true and 1 are the same."""
    return not {int, bool} <= set(map(type, values))


def _split(
    module: ir.Module,
    branches: tuple[ir.Schema, ...],
    tables: list[Table],
    path: tuple[str, ...],
) -> Tagged | None:
    if not are_keys(value for table in tables for value in table[path].values):
        return None
    groups: dict[facts.Tag, list[ir.Schema]] = {}
    for branch, table in zip(branches, tables, strict=True):
        for value in dict.fromkeys(table[path].values):
            groups.setdefault(value, []).append(branch)
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
    required = all(table[path].required for table in tables)
    return Tagged(path[-1], cases, required, inside=path[:-1])
