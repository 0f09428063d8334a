"""Decides the shape of each schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never

from codegen.ir import facts, tags, walk
from codegen.ir import model as ir
from codegen.python.model.shapes import (
    AliasShape,
    Anything,
    Array,
    ClassShape,
    EnumShape,
    Literals,
    Map,
    Nothing,
    Null,
    Scalar,
    Shape,
    Union,
    stands_for_itself,
    union,
)

_SCALARS: Final = {"string": "str", "boolean": "bool"}


class Shapes:
    """Shapes of all schemas of a module, worked out on demand and remembered."""

    def __init__(self, module: ir.Module) -> None:
        self.module = module
        self._named = {schema_id: name for name, schema_id in module.names.items()}
        self.wrapped = wrapped(module)
        self._heirs = {inner.id: inner for inner in self.wrapped.values()}
        self._memo: dict[ir.SchemaId, Shape] = {}
        self._open: set[ir.SchemaId] = set()

    def is_named(self, schema: ir.Schema) -> bool:
        """Whether the specification gives the schema a name."""
        return schema.id in self._named

    def enumerated(self, shape: EnumShape) -> ir.Schema:
        """The schema of an enum."""
        return self._heirs.get(shape.id) or self.module.schemas[shape.id]

    def use(self, schema: ir.Schema) -> Shape:
        """The shape of a schema where it is used: named ones by their name."""
        target = self.home(schema)
        if target is None:
            return self.own(schema)
        shape = self.own(target)
        if self.is_named(target) and not stands_for_itself(shape):
            return AliasShape(target.id)
        return shape

    def reached(self, shape: Shape) -> set[ir.SchemaId]:
        """The schemas of all classes that a shape mentions, through aliases too."""
        return {part.id for part in self._parts(shape) if isinstance(part, ClassShape)}

    def converts(self, shape: Shape) -> bool:
        """Whether a typed value of this shape differs from its JSON value."""
        return any(
            isinstance(part, ClassShape | EnumShape) for part in self._parts(shape)
        )

    def _parts(self, shape: Shape) -> Iterator[Shape]:
        """A shape and all shapes in it, through aliases too."""
        seen: set[ir.SchemaId] = set()
        pending = [shape]
        while pending:
            part = pending.pop()
            yield part
            match part:
                case Array(inner) | Map(inner):
                    pending.append(inner)
                case Union(parts):
                    pending.extend(parts)
                case AliasShape(schema_id) if schema_id not in seen:
                    seen.add(schema_id)
                    pending.append(self.own(self.module.schemas[schema_id]))
                case _:
                    pass

    def home(self, schema: ir.Schema) -> ir.Schema | None:
        """The schema that gives this one its shape and name: the named schema it is
        or leads to, or the target of its reference. None if it has its own."""
        if self.is_named(schema):
            return schema
        target = self.target(schema)
        if target is None:
            return None
        referred = any(isinstance(a, ir.Ref) for a in schema.assertions)
        return self.home(target) or (target if referred else None)

    def target(self, schema: ir.Schema) -> ir.Schema | None:
        """The schema that this one takes its structure from, whatever constraints
        and annotations it adds to it."""
        found = [
            a for a in schema.assertions if isinstance(a, (ir.Ref, ir.AllOf, ir.AnyOf))
        ]
        if len(found) != 1 or _structural(schema, found[0]):
            return None
        match found[0]:
            case ir.Ref(target=target):
                return self.module.schemas[target]
            case ir.AllOf(schemas) | ir.AnyOf(schemas):
                return schemas[0] if len(schemas) == 1 else None
            case other:
                assert_never(other)

    def own(self, schema: ir.Schema) -> Shape:
        """The shape that a schema itself describes."""
        known = self._memo.get(schema.id)
        if known is not None:
            return known
        if schema.id in self._open:
            return AliasShape(schema.id) if self.is_named(schema) else Anything()
        self._open.add(schema.id)
        shape = self._derive(schema)
        self._open.discard(schema.id)
        self._memo[schema.id] = shape
        return shape

    def _derive(self, schema: ir.Schema) -> Shape:
        if any(isinstance(a, ir.Never) for a in schema.assertions):
            return Nothing()
        types = facts.types(self.module, schema)
        if not types:
            return Nothing()
        values = facts.finite_values(self.module, schema)
        if values is not None:
            lender = self._lender(schema)
            return self.use(lender) if lender else self._enumeration(schema, values)
        if self._declares(schema) and ("object" in types):
            found: list[Shape] = [ClassShape(schema.id)]
            if types != facts.ALL_TYPES:
                found += self._plain(schema, types - {"object"})
            return union(found)
        target = self.target(schema)
        if target is not None:
            return self.use(target)
        alternatives = self.alternatives(schema)
        if alternatives is not None:
            return self._union(schema, alternatives, types)
        if types == facts.ALL_TYPES and not self._typed(schema):
            # Items without a type: an array is what the author had in mind.
            return Array(self._items(schema)) if self._arrays(schema) else Anything()
        return union(self._plain(schema, types))

    def _declares(self, schema: ir.Schema) -> bool:
        """Whether the schema is a class: it declares properties and is not merely
        another schema under a new name."""
        if self.target(schema) is not None:
            return False
        return bool(facts.properties(self.module, schema))

    def _typed(self, schema: ir.Schema) -> bool:
        return any(
            isinstance(a, ir.Type)
            for part in facts.conjuncts(self.module, schema)
            for a in part.assertions
        )

    def _arrays(self, schema: ir.Schema) -> bool:
        return any(
            isinstance(a, (ir.Items, ir.PrefixItems))
            for part in facts.conjuncts(self.module, schema)
            for a in part.assertions
        )

    def alternatives(self, schema: ir.Schema) -> ir.AnyOf | ir.OneOf | None:
        """The one union among the conjuncts of a schema."""
        found = [
            a
            for part in facts.conjuncts(self.module, schema)
            for a in part.assertions
            if isinstance(a, (ir.AnyOf, ir.OneOf))
        ]
        return found[0] if len(found) == 1 else None

    def _lender(self, schema: ir.Schema) -> ir.Schema | None:
        """The named set of values that a schema without one of its own refers to."""
        first = next(
            part
            for part in facts.conjuncts(self.module, schema)
            if any(isinstance(a, ir.Enum) for a in part.assertions)
        )
        named = self.is_named(first) or first.id in self._heirs
        return first if first.id != schema.id and named else None

    def _enumeration(self, schema: ir.Schema, values: tuple[ir.Json, ...]) -> Shape:
        types = facts.types(self.module, schema)
        values = tuple(v for v in values if facts.json_type(v) in types)
        texts = [value for value in values if isinstance(value, str)]
        rest = [v for v in values if v is not None and not isinstance(v, str)]
        others: list[Shape] = [Null()] if None in values else []
        if texts and not rest and (self.is_named(schema) or schema.id in self._heirs):
            return union([EnumShape(schema.id), *others])
        # What no `Literal` can hold is known by its type.
        wide = {facts.json_type(v) for v in rest if not isinstance(v, (int, bool))}
        found = [v for v in (*texts, *rest) if facts.json_type(v) not in wide]
        literals = tuple(dict.fromkeys((type(v), v) for v in found))
        shapes: list[Shape] = [Scalar("float")] if "number" in wide else []
        shapes += [Literals(tuple(v for _, v in literals))] if literals else []
        shapes += [Array(Anything())] if "array" in wide else []
        shapes += [Map(Anything())] if "object" in wide else []
        return union([*shapes, *others])

    def _plain(self, schema: ir.Schema, types: frozenset[str]) -> list[Shape]:
        """The shapes of builtin types that a schema admits, null last."""
        found: list[Shape] = []
        for name in ("string", "number", "boolean"):
            if name in types:
                found.append(Scalar(_SCALARS.get(name) or self._number(schema)))
        if "array" in types:
            found.append(Array(self._items(schema)))
        if "object" in types:
            found.append(Map(self._values(schema)))
        if "null" in types:
            found.append(Null())
        return found

    def _number(self, schema: ir.Schema) -> str:
        for part in facts.conjuncts(self.module, schema):
            for assertion in part.assertions:
                if isinstance(assertion, ir.Type) and "integer" in assertion.types:
                    return "int"
        return "float"

    def _items(self, schema: ir.Schema) -> Shape:
        shapes: list[Shape] = []
        for part in facts.conjuncts(self.module, schema):
            for assertion in part.assertions:
                if isinstance(assertion, ir.OnArrays):
                    shapes += self._item_shapes(part, assertion)
        shapes = [shape for shape in shapes if shape != Nothing()] or [Anything()]
        return union(shapes)

    def _item_shapes(
        self, part: ir.Schema, assertion: ir.ArrayAssertion
    ) -> list[Shape]:
        match assertion:
            case ir.PrefixItems(prefix):
                rest = [] if walk.find(part, ir.Items) else [Anything()]
                return [*map(self.use, prefix), *rest]
            case ir.Items(inner):
                return [self.use(inner)]
            case ir.Contains() | ir.UnevaluatedItems():
                return []  # Nothing that each item must meet.
            case ir.MinItems() | ir.MaxItems() | ir.UniqueItems():
                return []
            case _:
                assert_never(assertion)

    def _values(self, schema: ir.Schema) -> Shape:
        found = [
            assertion
            for part in facts.conjuncts(self.module, schema)
            for assertion in part.assertions
            if isinstance(assertion, (ir.AdditionalProperties, ir.PatternProperties))
        ]
        rest = found[0] if len(found) == 1 else None
        if not isinstance(rest, ir.AdditionalProperties) or rest.known or rest.patterns:
            return Anything()
        shape = self.use(rest.schema)
        return Anything() if shape == Nothing() else shape

    def _union(
        self,
        schema: ir.Schema,
        alternatives: ir.AnyOf | ir.OneOf,
        types: frozenset[str],
    ) -> Shape:
        found = []
        for branch in alternatives.schemas:
            if facts.types(self.module, branch) & types:
                found.append(self.use(branch))
        if schema.id in self._named and AliasShape(schema.id) in found:
            return Anything()
        return union(found, tags.tagged(self.module, schema))


def wrapped(module: ir.Module) -> dict[ir.SchemaId, ir.Schema]:
    """Named schemas that only add null to an object or enum of their own, with it.

    The class or enum inside is what the name stands for: it gets the name.
    """
    found = {}
    named = set(module.names.values())
    for schema_id in module.names.values():
        union = facts.only(module.schemas[schema_id])
        if not isinstance(union, (ir.AnyOf, ir.OneOf)) or len(union.schemas) != 2:
            continue
        null = ir.Type(("null",))
        inner = [s for s in union.schemas if facts.only(s) != null]
        if len(inner) == 1 and inner[0].id not in named and _is_concrete(inner[0]):
            found[schema_id] = inner[0]
    return found


def _is_concrete(schema: ir.Schema) -> bool:
    return any(isinstance(a, (ir.Properties, ir.Enum)) for a in schema.assertions)


def _structural(schema: ir.Schema, apart: ir.Assertion) -> bool:
    """Whether a schema describes more structure than one reference gives."""
    kinds = (
        ir.Properties,
        ir.OneOf,
        ir.AnyOf,
        ir.AllOf,
        ir.Enum,
        ir.Items,
        ir.PrefixItems,
        ir.AdditionalProperties,
        ir.Never,
    )
    return any(isinstance(a, kinds) for a in schema.assertions if a is not apart)
