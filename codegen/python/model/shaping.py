"""Decides the shape of each schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from codegen.ir import facts, tags
from codegen.ir import model as ir
from codegen.python.model import elements, enumerations
from codegen.python.model import shapes as sh
from codegen.python.model.joints import Joints
from codegen.python.model.narrowing import narrowed, plain
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
    Shape,
    Tuple,
    stands_for_itself,
    union,
)


@dataclass(frozen=True, slots=True)
class ItemSchemas:
    """By which schema each of the first items of an array is made, and each of the
    rest; None for what may be anything. Where it is a tuple there is no rest."""

    prefix: tuple[ir.Schema | None, ...]
    rest: ir.Schema | None
    is_tuple: bool = False
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class ValueSchemas:
    """By which schema each value of a map is made: by patterns of its name, or the
    rest; None for what may be anything, or may not be there where it is closed."""

    patterns: tuple[tuple[str, ir.Schema], ...]
    rest: ir.Schema | None
    is_closed: bool = False


class Shapes:
    """Shapes of all schemas of a module, worked out on demand and remembered."""

    def __init__(self, module: ir.Module) -> None:
        self.module = module
        self._named = {schema_id: name for name, schema_id in module.names.items()}
        self.wrapped = wrapped(module)
        self._heirs = {inner.id for inner in self.wrapped.values()}
        self.joints = Joints(module)
        self._memo: dict[ir.SchemaId, Shape] = {}
        self._open: set[ir.SchemaId] = set()

    def is_named(self, schema: ir.Schema) -> bool:
        """Whether the specification gives the schema a name."""
        return schema.id in self._named

    def use(self, schema: ir.Schema) -> Shape:
        """The shape of a schema where it is used: named ones by their name."""
        target = self.home(schema)
        if target is None:
            return self.own(schema)
        shape = self.own(target)
        if self.is_named(target) and not stands_for_itself(target.id, shape):
            shape = AliasShape(target.id)
        return shape if target is schema else self._narrow(schema, shape)

    def _narrow(self, schema: ir.Schema, shape: Shape) -> Shape:
        """What is left of a shape under the types that a schema adds to it."""
        if isinstance(facts.only(schema), ir.Ref):
            return shape
        types, whole = facts.types(self.module, schema), self.number(schema) == "int"
        return narrowed(self._meant, shape, types, whole=whole)

    def _meant(self, schema_id: ir.SchemaId) -> Shape:
        return self.own(self.module.schemas[schema_id])

    def reached(self, shape: Shape) -> set[ir.SchemaId]:
        """The schemas of all classes that a shape mentions, through aliases too."""
        return {part.id for part in self._parts(shape) if isinstance(part, ClassShape)}

    def is_enum(self, schema: ir.Schema) -> bool:
        """Whether a schema becomes an enum, be it said by a union of its members."""
        return EnumShape(schema.id) in sh.members(self.own(schema))

    def converts(self, shape: Shape) -> bool:
        """Whether a typed value of this shape differs from its JSON value, and has to
        be turned back."""
        kinds = (ClassShape, EnumShape, Tuple)
        return any(isinstance(part, kinds) for part in self._parts(shape))

    def counts(self, shape: Shape) -> bool:
        """Whether values of this shape hold an `int` somewhere, for which a whole
        float may have come."""
        return any(map(sh.is_whole, self._parts(shape)))

    def _parts(self, shape: Shape) -> Iterator[Shape]:
        """A shape and all shapes in it, through aliases too."""
        seen: set[ir.SchemaId] = set()
        pending = [shape]
        while pending:
            part = pending.pop()
            yield part
            pending.extend(sh.inside(part))
            if isinstance(part, AliasShape) and part.id not in seen:
                seen.add(part.id)
                pending.append(self._meant(part.id))

    def home(self, schema: ir.Schema) -> ir.Schema | None:
        """The schema that gives this one its shape and name: the named schema it is
        or leads to, or the target of its reference. None if it has its own."""
        if self.is_named(schema):
            return schema
        target = self.target(schema)
        if target is None or self._lists_fewer(schema, target):
            return None
        referred = any(isinstance(a, ir.Ref) for a in schema.assertions)
        return self.home(target) or (target if referred else None)

    def _lists_fewer(self, schema: ir.Schema, target: ir.Schema) -> bool:
        """Whether a schema lists values beside those of its target."""
        return schema in self.joints and enumerations.lister(
            self.module, schema
        ) is not enumerations.lister(self.module, target)

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
            case ir.AllOf(schemas) if schema in self.joints:
                telling = [s for s in schemas if _structural(s) or _refers(s)]
                return telling[0] if len(telling) == 1 else None
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
        values = enumerations.values(self.module, schema)
        if values is not None and schema.id not in self.wrapped:
            lender = self._lender(schema)
            if lender is None:
                return self._enumeration(schema, values)
            return narrowed(self._meant, self.use(lender), types, whole=False)
        shared = self._shared(schema)
        if shared is not None:
            return self._union(schema, shared, types)
        if self._declares(schema) and ("object" in types):
            if types == facts.ALL_TYPES:
                return sh.opened(ClassShape(schema.id))
            others = self._of_types(schema, types - {"object"})
            return union([ClassShape(schema.id), *others])
        target = self.target(schema)
        if target is not None:
            return self._narrow(schema, self.use(target))
        alternatives = self.alternatives(schema)
        if alternatives is not None:
            return self._union(schema, alternatives, types)
        if types == facts.ALL_TYPES and not self._typed(schema):
            containers = self._of_types(schema, frozenset({"array", "object"}))
            return sh.opened(union(containers))
        return union(self._of_types(schema, types))

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

    def _lender(self, schema: ir.Schema) -> ir.Schema | None:
        """The named set of values that a schema without one of its own refers to."""
        first = enumerations.lister(self.module, schema)
        if first is None or first.id == schema.id:
            return None
        return first if self.is_named(first) or first.id in self._heirs else None

    def _enumeration(self, schema: ir.Schema, values: tuple[ir.Json, ...]) -> Shape:
        types = facts.types(self.module, schema)
        if self.number(schema) == "int":
            values = tuple(map(_whole, values))
        values = tuple(v for v in values if facts.json_type(v) in types)
        some = [value for value in values if value is not None]
        others: list[Shape] = [Null()] if None in values else []
        if some and (self.is_named(schema) or schema.id in self._heirs):
            if all(isinstance(value, str) for value in some):
                return union([EnumShape(schema.id), *others])
            if all(type(value) is int for value in some):
                return union([EnumShape(schema.id, integers=True), *others])
        # What no `Literal` can hold is known by its type.
        wide = {facts.json_type(v) for v in some if not isinstance(v, (str, int, bool))}
        found = [v for v in some if facts.json_type(v) not in wide]
        found.sort(key=lambda value: not isinstance(value, str))
        shapes: list[Shape] = [Literals(tuple(found))] if found else []
        return union([*plain(frozenset(wide), "float"), *shapes, *others])

    def number(self, schema: ir.Schema) -> str:
        """`int` or `float`, whichever numbers of a schema are."""
        for part in facts.conjuncts(self.module, schema):
            for assertion in part.assertions:
                if isinstance(assertion, ir.Type) and "integer" in assertion.types:
                    return "int"
        return "float"

    # --- arrays and maps --------------------------------------------------------------

    def _of_types(self, schema: ir.Schema, types: frozenset[str]) -> list[Shape]:
        """The shapes of values of builtin types that a schema admits, null last."""
        found: list[Shape] = []
        for shape in plain(types, self.number(schema)):
            match shape:
                case Array():
                    found.append(self._array(schema))
                case Map():
                    found.append(Map(self._values(schema)))
                case _:
                    found.append(shape)
        return found

    def items(self, schema: ir.Schema) -> ItemSchemas:
        """By which schemas the items of an array are made."""
        found = elements.items_of(self.module, schema)
        prefix = tuple(
            self.joints.both(schema, f"Item{index}", schemas)
            for index, schemas in enumerate(found.prefix)
        )
        rest = self.joints.both(schema, "Item", found.rest or ())
        return ItemSchemas(prefix, rest, found.is_tuple, found.rest is None)

    def values(self, schema: ir.Schema) -> ValueSchemas:
        """By which schemas the values of an object are made that is no class."""
        found = elements.values_of(self.module, schema)
        rest = self.joints.both(schema, "Value", found.rest or ())
        return ValueSchemas(found.patterns, rest, found.rest is None)

    def _array(self, schema: ir.Schema) -> Shape:
        found = self.items(schema)
        prefix = tuple(map(self._some, found.prefix))
        if found.is_tuple:
            return Tuple(prefix)
        rest = [] if found.is_closed else [self._some(found.rest)]
        return Array(sh.mixed([*prefix, *rest]))

    def _values(self, schema: ir.Schema) -> Shape:
        found = self.values(schema)
        by_pattern = [self._some(inner) for _, inner in found.patterns]
        if by_pattern and found.rest is None:
            covers = elements.values_of(self.module, schema).covers_all
            if found.is_closed or covers:
                return sh.mixed(by_pattern)
        return sh.mixed([*by_pattern, self._some(found.rest)])

    def _some(self, schema: ir.Schema | None) -> Shape:
        """The shape of items or values; of those that there cannot be, too."""
        shape = Anything() if schema is None else self.use(schema)
        return Anything() if shape == Nothing() else shape

    # --- unions -----------------------------------------------------------------------

    def alternatives(self, schema: ir.Schema) -> ir.AnyOf | ir.OneOf | None:
        """The one union among the conjuncts of a schema that says what a value looks
        like, and not only how long or large it is."""
        found = [
            a
            for part in facts.conjuncts(self.module, schema)
            for a in part.assertions
            if isinstance(a, (ir.AnyOf, ir.OneOf))
        ]
        if len(found) > 1:
            found = [a for a in found if not all(map(self._says_nothing, a.schemas))]
        return found[0] if len(found) == 1 else None

    def _shared(self, schema: ir.Schema) -> ir.AnyOf | ir.OneOf | None:
        """The union of objects that is one part of what a value has to meet, where
        that was described by several: each branch goes together with the others."""
        found = self.alternatives(schema) if schema in self.joints else None
        unions = [p for p in self.joints.parts(schema) if _is_only(p, found)]
        telling = found is not None and any(
            isinstance(member, ClassShape)
            for branch in found.schemas
            for member in self._parts(self.use(branch))
        )
        return found if unions and telling else None

    def _says_nothing(self, branch: ir.Schema) -> bool:
        return self.use(branch) == Anything()

    def branch(self, schema: ir.Schema, branch: ir.Schema) -> ir.Schema:
        """What a value of a schema meets that meets a branch of its union: that, and
        what is said of items and values beside the union."""
        alternatives = self.alternatives(schema)
        if alternatives is not None and self._shared(schema) is alternatives:
            parts = self.joints.parts(schema)
            others = [part for part in parts if not _is_only(part, alternatives)]
            return self.joints.both(schema, "Variant", (*others, branch)) or branch
        items = elements.items_of(self.module, schema)
        values = elements.values_of(self.module, schema)
        if alternatives is None or not (items.says_something or values.says_something):
            return branch
        conjuncts = facts.conjuncts(self.module, schema)
        rest = self.joints.without(conjuncts, alternatives)
        return self.joints.both(schema, "Variant", (branch, rest)) or branch

    def within(self, schema: ir.Schema, branch: ir.Schema) -> Shape:
        """The shape of those values of a branch that a schema's own types admit."""
        return self._narrow(schema, self.use(branch))

    def _union(
        self,
        schema: ir.Schema,
        alternatives: ir.AnyOf | ir.OneOf,
        types: frozenset[str],
    ) -> Shape:
        found = [
            self.within(schema, self.branch(schema, branch))
            for branch in alternatives.schemas
            if facts.types(self.module, branch) & types
        ]
        if schema.id in self._named and AliasShape(schema.id) in found:
            return Anything()
        return union(found, tags.tagged(self.module, schema))


def _is_only(part: ir.Schema, union: ir.Assertion | None) -> bool:
    """Whether a schema is a union, and nothing else but a type."""
    others = [a for a in part.assertions if not isinstance(a, ir.Type)]
    return union is not None and len(others) == 1 and others[0] is union


def _whole(value: ir.Json) -> ir.Json:
    whole = isinstance(value, float) and value.is_integer()
    return int(value) if whole else value


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
    declares = any(isinstance(a, ir.Properties) for a in schema.assertions)
    return declares or enumerations.lists_values(schema)


def _refers(schema: ir.Schema) -> bool:
    return any(isinstance(a, ir.Ref) for a in schema.assertions)


def _structural(schema: ir.Schema, apart: ir.Assertion | None = None) -> bool:
    """Whether a schema describes more structure than one reference gives."""
    kinds = (
        ir.Properties,
        ir.OneOf,
        ir.AnyOf,
        ir.AllOf,
        ir.Enum,
        ir.Items,
        ir.PrefixItems,
        ir.PatternProperties,
        ir.AdditionalProperties,
        ir.Never,
    )
    return any(isinstance(a, kinds) for a in schema.assertions if a is not apart)
