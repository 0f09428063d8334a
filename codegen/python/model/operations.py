"""What is decided about operations: how the texts of their parameters become values,
and what their streams consist of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Final

from codegen.ir import facts, tags
from codegen.ir import model as ir
from codegen.ir.calls import Argument, Call

_SCALARS: Final = frozenset(["boolean", "number", "string"])
_MOST: Final = 200
"""How many places of a parameter's value are looked at. Schemas refer to each other, so
there is more behind each of them."""
_FIELDS: Final = frozenset(["data", "event", "id", "retry"])
"""The fields of a server-sent event."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What the texts of a parameter stand for: scalars of some JSON types, lists of
    `items`, or objects with `members`, and with properties of other names if `others`
    is not None."""

    types: frozenset[str] = frozenset()
    items: Texts | None = None
    members: tuple[tuple[str, Texts], ...] = ()
    others: Texts | None = None

    def __or__(self, other: Texts) -> Texts:
        mine, theirs = dict(self.members), dict(other.members)
        return Texts(
            self.types | other.types,
            _either(self.items, other.items),
            tuple(
                (
                    (name, mine[name] | theirs[name])
                    if name in mine and name in theirs
                    else (name, {**mine, **theirs}[name])
                )
                for name in {**mine, **theirs}
            ),
            _either(self.others, other.others),
        )


STRING: Final = Texts(frozenset(["string"]))


def _either(one: Texts | None, other: Texts | None) -> Texts | None:
    return one | other if one is not None and other is not None else one or other


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation: its parameters in order, each with what its texts stand for, and
    the names of item schemas that describe server-sent events with all their fields."""

    call: Call
    parameters: tuple[tuple[Argument, Texts], ...]
    with_fields: frozenset[str]


def decide(module: ir.Module) -> tuple[Operation, ...]:
    """Everything about the operations of a module."""
    return tuple(_decided(module, call) for call in module.calls)


def _decided(module: ir.Module, call: Call) -> Operation:
    every = [*call.request, *(c for many in call.responses.values() for c in many)]
    items = {content.item for content in every if content.item is not None}
    members: Mapping[str, tuple[ir.Schema, ...]] = {}
    if call.parameters is not None:
        members = facts.properties(module, module.named(call.parameters))
    return Operation(
        call,
        tuple(
            (one, texts_of(module, one, members[one.property]))
            for one in call.arguments
        ),
        frozenset(name for name in items if _has_fields(module, module.named(name))),
    )


def _has_fields(module: ir.Module, schema: ir.Schema) -> bool:
    """Whether a schema describes server-sent events themselves, with fields such as
    `event` and `data`, and not what is in their data."""
    union = tags.union_of(module, schema)
    branches = (schema,) if union is None else union.branches
    names = [facts.properties(module, branch).keys() for branch in branches]
    own = {name for some in names for name in some}
    return bool(own) and own <= _FIELDS and bool(own & {"data", "event"})


def texts_of(
    module: ir.Module, argument: Argument, schemas: tuple[ir.Schema, ...]
) -> Texts:
    """What the texts of a parameter stand for, if its value meets all of these
    schemas."""
    if argument.media and argument.where != "querystring":
        return STRING  # It is a document.
    deepest = 3 if argument.style == "deepObject" else 1
    return _Texts(module, deepest + (argument.where == "querystring")).of(schemas, 0)


class _Texts:
    """Finds what the texts of one parameter stand for, up to the depth to which its
    style can write values."""

    def __init__(self, module: ir.Module, deepest: int) -> None:
        self._module = module
        self._deepest = deepest
        self._left = _MOST

    def of(self, schemas: tuple[ir.Schema, ...], depth: int) -> Texts:
        """What texts stand for, if their value meets all of these schemas."""
        self._left -= 1
        if depth > self._deepest or self._left < 0:
            return STRING
        types = facts.ALL_TYPES
        for schema in schemas:
            types &= facts.types(self._module, schema)
        parts = [p for schema in schemas for p in _alternatives(self._module, schema)]
        untyped = types == facts.ALL_TYPES
        items = members = None
        if "array" in types:
            items = self._merged(self._items(parts), depth)
        if "object" in types:
            members = self._members(parts, depth, free=not untyped)
        scalars = types & _SCALARS
        if untyped:
            # Where nothing is said of a type, texts are taken for what they are.
            scalars = frozenset() if items or members else STRING.types
        elif "array" in types and items is None:
            items = STRING
        found = Texts(scalars, items)
        return found | members if members is not None else found

    def _merged(
        self, every: Iterable[tuple[ir.Schema, ...]], depth: int
    ) -> Texts | None:
        found = [self.of(some, depth + 1) for some in every]
        return reduce(Texts.__or__, found) if found else None

    def _members(
        self, parts: list[ir.Schema], depth: int, *, free: bool
    ) -> Texts | None:
        """What the texts of properties stand for. With `free`, an object that declares
        nothing may have properties of any name."""
        declared: dict[str, list[tuple[ir.Schema, ...]]] = {}
        rest: list[tuple[ir.Schema, ...]] = []
        for part in parts:
            for name, schemas in facts.properties(self._module, part).items():
                declared.setdefault(name, []).append(schemas)
            for conjunct in facts.conjuncts(self._module, part):
                rest += [(schema,) for schema in _others(conjunct)]
        members = tuple(
            (name, self._merged(every, depth) or STRING)
            for name, every in declared.items()
        )
        others = self._merged(rest, depth)
        if not members and others is None and free:
            others = STRING
        return Texts(members=members, others=others) if members or others else None

    def _items(self, parts: list[ir.Schema]) -> Iterator[tuple[ir.Schema, ...]]:
        for part in parts:
            for conjunct in facts.conjuncts(self._module, part):
                for assertion in conjunct.assertions:
                    if isinstance(assertion, ir.Items):
                        yield (assertion.schema,)
                    elif isinstance(assertion, ir.PrefixItems):
                        yield from ((schema,) for schema in assertion.schemas)


def _others(schema: ir.Schema) -> Iterator[ir.Schema]:
    for assertion in schema.assertions:
        if isinstance(assertion, ir.AdditionalProperties):
            if facts.only(assertion.schema) != ir.Never():
                yield assertion.schema
        elif isinstance(assertion, ir.PatternProperties):
            yield from assertion.schemas.values()


def _alternatives(module: ir.Module, schema: ir.Schema) -> Iterator[ir.Schema]:
    """The schema, the branches of its unions, and so on downwards."""
    seen: set[ir.SchemaId] = set()
    stack = [schema]
    while stack:
        current = stack.pop()
        if current.id in seen:
            continue
        seen.add(current.id)
        yield current
        for part in facts.conjuncts(module, current):
            for assertion in part.assertions:
                if isinstance(assertion, (ir.AnyOf, ir.OneOf)):
                    stack.extend(reversed(assertion.schemas))
