"""How many schemas are looked at to judge a value, if nothing is remembered.

Most validators remember nothing, and generated code only what schemas that lead back to
themselves answer. Where two paths lead to the same schema (`/l` and `/r` of a branch,
or two patterns that match one name), each level of the value doubles the work.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias, assert_never

from codegen.ir import model as ir
from codegen.ir.values import matches
from codegen.ir.walk import subschemas

MOST: Final = 100_000
"""How many schemas may be looked at for a value about which generated code and the
validator are asked: some tenths of a second in generated code."""

_DEEP: Final = 200
"""Where more schemas than this lead from one to the next, the last ones count as too
many without being looked at, so that recursion stays within bounds."""

_ALONE: Final = (ir.OnAnyValue, ir.OnNumbers, ir.OnStrings, ir.Required)
"""Most assertions are of these kinds, and apply no schema."""

_Asked: TypeAlias = Iterator[tuple[ir.Schema, ir.Json]]


class Repeats:
    """Answers about the values of one module's schemas."""

    def __init__(self, module: ir.Module) -> None:
        self._module = module
        self._written_out: dict[ir.SchemaId, int] = {}
        self._sizes: dict[int, tuple[ir.Schema, int]] = {}
        self._depth = 0

    def too_many(
        self, schema: ir.Schema, value: ir.Json, counter: Counter | None = None
    ) -> bool:
        """Whether more than `MOST` schemas are looked at for a value. A `counter` that
        is given again knows what it has counted before."""
        known = self._sizes.get(id(schema))
        if known is None:
            # The schema is kept so that no other can take its identity.
            known = self._sizes[id(schema)] = schema, self._size(schema)
        # A schema is looked at for a value once on each way to it, which is as long as
        # that to the value, and no other way leads to that value; most lead to few.
        if known[1] * _widest(value) <= MOST:
            return False
        return (counter or Counter(self._module)).of(schema, value) > MOST

    def _size(self, schema: ir.Schema) -> int:
        """How many schemas this one would hold if every reference were replaced by its
        target; beyond `MOST` no longer exact."""
        size = 1
        for assertion in schema.assertions:
            for inner in subschemas(assertion):
                size += self._size(inner)
            if isinstance(assertion, ir.Ref):
                size += self._size_of(assertion.target)
            if size > MOST:
                break
        return size

    def _size_of(self, target: ir.SchemaId) -> int:
        if target not in self._written_out:
            if self._depth == _DEEP:
                return MOST + 1
            # One that leads back to itself has no end.
            self._written_out[target] = MOST + 1
            self._depth += 1
            self._written_out[target] = self._size(self._module.schemas[target])
            self._depth -= 1
        return self._written_out[target]


def _widest(value: ir.Json) -> int:
    """The largest number of values that stand at one depth of a value; names of
    properties count as values."""
    widest, level = 1, [value]
    while level:
        below: list[ir.Json] = []
        names = 0
        for item in level:
            if isinstance(item, dict):
                names += len(item)
                below.extend(item.values())
            elif isinstance(item, list):
                below.extend(item)
        widest, level = max(widest, names + len(below)), below
    return widest


class Counter:
    """Counts for one value after another, which may share parts. Parts are recognised
    by `id()`, and kept so that no other object can take their id."""

    def __init__(self, module: ir.Module) -> None:
        self._module = module
        self._known: dict[tuple[ir.SchemaId, int], tuple[int, ir.Json]] = {}

    def of(self, schema: ir.Schema, value: ir.Json) -> int:
        """How many schemas are looked at for a value. Branches that need not be looked
        at are counted all the same."""
        count = 1
        for assertion in schema.assertions:
            if isinstance(assertion, _ALONE):
                continue
            for inner, part in _asked(assertion, value):
                count += self.of(inner, part)
            if isinstance(assertion, ir.Ref):
                count += self._reference(assertion.target, value)
        return count

    def _reference(self, target: ir.SchemaId, value: ir.Json) -> int:
        question = (target, id(value))
        if question not in self._known:
            # Whoever comes here again meanwhile goes round in a circle.
            self._known[question] = 0, value
            count = self.of(self._module.schemas[target], value)
            self._known[question] = count, value
        return self._known[question][0]


def _asked(assertion: ir.Assertion, value: ir.Json) -> _Asked:
    """The schemas that an assertion applies, each with the part of the value that it
    applies to."""
    match assertion:
        case ir.AllOf(schemas) | ir.AnyOf(schemas) | ir.OneOf(schemas):
            yield from ((schema, value) for schema in schemas)
        case ir.Not(schema):
            yield schema, value
        case ir.IfThenElse(condition, then, otherwise):
            yield from ((s, value) for s in (condition, then, otherwise) if s)
        case ir.OnObjects():
            if isinstance(value, dict):
                yield from _of_object(assertion, value)
        case ir.OnArrays():
            if isinstance(value, list):
                yield from _of_array(assertion, value)
        case ir.OnAnyValue() | ir.OnNumbers() | ir.OnStrings() | ir.Ref():
            return
        case _:
            assert_never(assertion)


def _of_object(assertion: ir.ObjectAssertion, value: dict[str, ir.Json]) -> _Asked:
    match assertion:
        case ir.Properties(schemas):
            yield from ((schemas[n], v) for n, v in value.items() if n in schemas)
        case ir.PatternProperties(schemas):
            for regex, schema in schemas.items():
                yield from ((schema, v) for n, v in value.items() if matches(regex, n))
        case ir.AdditionalProperties(schema, known, _):
            yield from ((schema, v) for n, v in value.items() if n not in known)
        case ir.UnevaluatedProperties(schema):
            yield from ((schema, v) for v in value.values())
        case ir.PropertyNames(schema):
            yield from ((schema, name) for name in value)
        case ir.DependentSchemas(schemas):
            yield from ((s, value) for name, s in schemas.items() if name in value)
        case ir.Required() | ir.DependentRequired():
            return
        case ir.MinProperties() | ir.MaxProperties():
            return
        case _:
            assert_never(assertion)


def _of_array(assertion: ir.ArrayAssertion, value: list[ir.Json]) -> _Asked:
    match assertion:
        case ir.PrefixItems(schemas):
            yield from zip(schemas, value, strict=False)
        case ir.Items(schema, start):
            yield from ((schema, item) for item in value[start:])
        case ir.Contains(schema) | ir.UnevaluatedItems(schema):
            yield from ((schema, item) for item in value)
        case ir.MinItems() | ir.MaxItems() | ir.UniqueItems():
            return
        case _:
            assert_never(assertion)
