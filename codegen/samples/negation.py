"""Schemas that hold where another does not, as far as that can be said in the IR.

`denials` gives ways to break a schema, each as a schema of its own. They are sound
(what meets one of them breaks the schema) except where a `Not` stays in place,
and together they need not be complete.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final, TypeAlias, assert_never

from codegen.ecma import examples
from codegen.ir import facts
from codegen.ir import model as ir

_DEPTH: Final = 8
_PRODUCTS: Final = 32
_WAYS: Final = 6
_MOST: Final = 64
_TRUE: Final = ir.Schema(ir.SchemaId("~true"), ir.Location("", ""))
_FALSE: Final = ir.Schema(ir.SchemaId("~false"), ir.Location("", ""), (ir.Never(),))

FORBIDDEN: Final = _FALSE
"""The schema of a property that must not be there."""


Irreducible: TypeAlias = (
    ir.Enum
    | ir.MultipleOf
    | ir.Pattern
    | ir.Format
    | ir.UniqueItems
    | ir.Contains
    | ir.PropertyNames
    | ir.UnevaluatedItems
    | ir.UnevaluatedProperties
)
"""Assertions whose denial cannot be said but with `Not`."""


def irreducible(schema: ir.Schema) -> Irreducible | None:
    """The only assertion of a schema, if it is irreducible."""
    match facts.only(schema):
        case (
            ir.Enum()
            | ir.MultipleOf()
            | ir.Pattern()
            | ir.Format()
            | ir.UniqueItems()
            | ir.Contains()
            | ir.PropertyNames()
            | ir.UnevaluatedItems()
            | ir.UnevaluatedProperties()
        ) as assertion:
            return assertion
        case ir.Never() | ir.Type() | ir.Minimum() | ir.Maximum() | None:
            return None
        case ir.MinLength() | ir.MaxLength():
            return None
        case ir.PrefixItems() | ir.Items() | ir.MinItems() | ir.MaxItems():
            return None
        case (
            ir.Properties()
            | ir.PatternProperties()
            | ir.AdditionalProperties()
            | ir.Required()
            | ir.MinProperties()
            | ir.MaxProperties()
            | ir.DependentRequired()
            | ir.DependentSchemas()
        ):
            return None
        case ir.InPlace():
            return None
        case other:
            assert_never(other)


def denials(module: ir.Module, schema: ir.Schema, depth: int = 0) -> list[ir.Schema]:
    """Schemas each of which breaks this one, not too many; empty if none is known."""
    if depth > _DEPTH:
        return []
    ways = _Denier(module, schema, depth).all()
    return list(itertools.islice(ways, _WAYS if depth else _MOST))


class _Denier:
    """Denies one schema; counts to give each denial an id of its own."""

    def __init__(self, module: ir.Module, schema: ir.Schema, depth: int) -> None:
        self.module = module
        self.schema = schema
        self.depth = depth
        self.count = 0

    def all(self) -> Iterator[ir.Schema]:
        for part in facts.conjuncts(self.module, self.schema):
            for assertion in part.assertions:
                yield from self.assertion(assertion)

    def make(self, *assertions: ir.Assertion) -> ir.Schema:
        """A schema with an id that follows from the schema that is denied."""
        self.count += 1
        name = ir.SchemaId(f"{self.schema.id}~not{self.count}")
        return ir.Schema(name, self.schema.location, assertions)

    def opaque(self, kind: str, assertion: ir.Assertion) -> ir.Schema:
        """Values of a type that break an assertion, whichever these are."""
        return self.make(ir.Type((kind,)), ir.Not(self.make(assertion)))

    def below(self, schema: ir.Schema) -> list[ir.Schema]:
        return denials(self.module, schema, self.depth + 1)

    def assertion(self, assertion: ir.Assertion) -> Iterator[ir.Schema]:
        match assertion:
            case ir.OnAnyValue():
                yield from self.value(assertion)
            case ir.OnNumbers():
                yield from self.number(assertion)
            case ir.OnStrings():
                yield from self.string(assertion)
            case ir.OnArrays():
                yield from self.array(assertion)
            case ir.OnObjects():
                yield from self.object(assertion)
            case ir.InPlace():
                yield from self.in_place(assertion)
            case _:
                assert_never(assertion)

    def value(self, assertion: ir.AnyValueAssertion) -> Iterator[ir.Schema]:
        match assertion:
            case ir.Never():
                yield _TRUE
            case ir.Type(types):
                others = facts.ALL_TYPES - set(types)
                if "integer" in types:
                    others -= {"number"}
                if others:
                    yield self.make(ir.Type(_ordered(others)))
            case ir.Enum():
                yield self.make(ir.Not(self.make(assertion)))
            case _:
                assert_never(assertion)

    def number(self, assertion: ir.NumberAssertion) -> Iterator[ir.Schema]:
        number = ir.Type(("number",))
        match assertion:
            case ir.Minimum(limit, exclusive):
                yield self.make(number, ir.Maximum(limit, not exclusive))
            case ir.Maximum(limit, exclusive):
                yield self.make(number, ir.Minimum(limit, not exclusive))
            case ir.MultipleOf():
                yield self.opaque("number", assertion)
            case _:
                assert_never(assertion)

    def string(self, assertion: ir.StringAssertion) -> Iterator[ir.Schema]:
        text = ir.Type(("string",))
        match assertion:
            case ir.MinLength(limit):
                if limit > 0:
                    yield self.make(text, ir.MaxLength(limit - 1))
            case ir.MaxLength(limit):
                yield self.make(text, ir.MinLength(limit + 1))
            case ir.Pattern() | ir.Format():
                yield self.opaque("string", assertion)
            case _:
                assert_never(assertion)

    def array(self, assertion: ir.ArrayAssertion) -> Iterator[ir.Schema]:
        array = ir.Type(("array",))
        match assertion:
            case ir.PrefixItems(schemas):
                for index, schema in enumerate(schemas):
                    yield from self.item(index, schema)
            case ir.Items(schema, start):
                yield from self.item(start, schema)
            case ir.MinItems(limit):
                if limit > 0:
                    yield self.make(array, ir.MaxItems(limit - 1))
            case ir.MaxItems(limit):
                yield self.make(array, ir.MinItems(limit + 1))
            case ir.Contains() | ir.UniqueItems() | ir.UnevaluatedItems():
                yield self.opaque("array", assertion)
            case _:
                assert_never(assertion)

    def item(self, index: int, schema: ir.Schema) -> Iterator[ir.Schema]:
        for denial in self.below(schema):
            yield self.make(
                ir.Type(("array",)),
                ir.PrefixItems((_TRUE,) * index + (denial,)),
                ir.MinItems(index + 1),
            )

    def object(self, assertion: ir.ObjectAssertion) -> Iterator[ir.Schema]:
        is_object = ir.Type(("object",))
        match assertion:
            case ir.Properties(schemas):
                for name, schema in schemas.items():
                    yield from self.property(name, schema)
            case ir.PatternProperties(schemas):
                for pattern, schema in schemas.items():
                    for name in itertools.islice(
                        examples.matching([pattern], 0, 64), 1
                    ):
                        yield from self.property(name, schema)
            case ir.AdditionalProperties(schema, known, patterns):
                yield from self.property(examples.fresh(known, patterns), schema)
            case ir.Required(names):
                for name in names:
                    yield self.make(is_object, ir.Properties({name: _FALSE}))
            case ir.MinProperties(limit):
                if limit > 0:
                    yield self.make(is_object, ir.MaxProperties(limit - 1))
            case ir.MaxProperties(limit):
                yield self.make(is_object, ir.MinProperties(limit + 1))
            case ir.DependentRequired(by_name):
                for name, others in by_name.items():
                    for other in others:
                        yield self.make(
                            is_object,
                            ir.Properties({other: _FALSE}),
                            ir.Required((name,)),
                        )
            case ir.DependentSchemas(schemas):
                for name, schema in schemas.items():
                    for denial in self.below(schema):
                        yield self.make(
                            is_object, ir.Required((name,)), ir.AllOf((denial,))
                        )
            case ir.PropertyNames() | ir.UnevaluatedProperties():
                yield self.opaque("object", assertion)
            case _:
                assert_never(assertion)

    def property(self, name: str, schema: ir.Schema) -> Iterator[ir.Schema]:
        for denial in self.below(schema):
            yield self.make(
                ir.Type(("object",)),
                ir.Properties({name: denial}),
                ir.Required((name,)),
            )

    def in_place(self, assertion: ir.InPlaceApplicator) -> Iterator[ir.Schema]:
        match assertion:
            case ir.AnyOf(schemas):
                yield from self.none_of(schemas)
            case ir.OneOf(schemas):
                # Two at once first: there are many ways to be none of them.
                pairs = itertools.combinations(schemas, 2)
                for pair in itertools.islice(pairs, 2):
                    yield self.make(ir.AllOf(pair))
                yield from self.none_of(schemas)
                for pair in itertools.islice(pairs, _PRODUCTS):
                    yield self.make(ir.AllOf(pair))
            case ir.Not(schema):
                yield schema
            case ir.IfThenElse(condition, then, otherwise):
                for denial in self.below(then) if then else ():
                    yield self.make(ir.AllOf((condition, denial)))
                if otherwise is not None:
                    yield from self.none_of((condition, otherwise))
            case ir.Ref() | ir.AllOf():
                return  # What they lead to are conjuncts, each denied on its own.
            case _:
                assert_never(assertion)

    def none_of(self, schemas: tuple[ir.Schema, ...]) -> Iterator[ir.Schema]:
        ways = itertools.product(*(self.below(schema) for schema in schemas))
        for denied in itertools.islice(ways, _PRODUCTS):
            yield self.make(ir.AllOf(denied))


def _ordered(names: frozenset[str] | set[str]) -> tuple[str, ...]:
    return tuple(name for name in ir.JSON_TYPES if name in names)
