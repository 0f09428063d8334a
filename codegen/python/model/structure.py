"""How schemas are taken apart: from which other schemas the shapes of values follow,
and those of what is inside them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final, assert_never

from codegen.ir import facts
from codegen.ir import model as ir
from codegen.python.model import elements, enumerations
from codegen.python.model import shapes as sh
from codegen.python.model.joints import Joints
from codegen.python.model.narrowing import json_type, narrowed
from codegen.python.model.shapes import (
    AliasShape,
    Anything,
    ClassShape,
    EnumShape,
    Shape,
    Tuple,
    Typed,
    union,
)


@dataclass(frozen=True, slots=True)
class ItemSchemas:
    """The schema of each of the first items of an array, and that of each further item.
    None stands for any item, unless `is_closed`, when there are no further items.
    `is_tuple` is whether there are exactly as many items as schemas in `prefix`."""

    prefix: tuple[ir.Schema | None, ...]
    rest: ir.Schema | None
    is_tuple: bool = False
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class ValueSchemas:
    """The schemas of the values of a map: by patterns of their names, and of all other
    names. None stands for any value, unless `is_closed`, when there are no other
    names."""

    patterns: tuple[tuple[str, ir.Schema], ...]
    rest: ir.Schema | None
    is_closed: bool = False


class Structure(ABC):
    """The structure of the schemas of a module; what it needs to know of shapes it asks
    `own` and `use`.

    There are two: `Shaping` while shapes are decided, and `Shapes` when all of them
    are.
    """

    __slots__ = ()

    module: ir.Module
    named: frozenset[ir.SchemaId]
    joints: Joints

    @abstractmethod
    def own(self, schema: ir.Schema) -> Shape:
        """The shape that the schema itself describes."""

    @abstractmethod
    def use(self, schema: ir.Schema) -> Shape:
        """The shape of the schema where it is used: a named schema is used by its
        name."""

    def is_named(self, schema: ir.Schema) -> bool:
        """Whether the specification gives the schema a name."""
        return schema.id in self.named

    def meant(self, schema_id: ir.SchemaId) -> Shape:
        """The shape behind an alias."""
        return self.own(self.module.schemas[schema_id])

    def is_class(self, schema: ir.Schema) -> bool:
        """Whether the schema becomes a class; its values may be of other kinds
        besides."""
        for member in sh.members(self.own(schema)):
            if member.__class__ is ClassShape and member.id == schema.id:
                return True
        return False

    def is_enum(self, schema: ir.Schema) -> bool:
        """Whether the schema becomes an enum, even if it is written as a union of the
        members."""
        return any(
            isinstance(member, EnumShape) and member.id == schema.id
            for member in sh.members(self.own(schema))
        )

    def reached(self, shape: Shape) -> set[ir.SchemaId]:
        """The ids of all classes that a shape mentions, aliases followed."""
        return {part.id for part in self._parts(shape) if isinstance(part, ClassShape)}

    def converts(self, shape: Shape) -> bool:
        """Whether a typed value of this shape differs from its JSON value, so that it
        has to be encoded."""
        kinds = (ClassShape, EnumShape, Tuple, Typed)
        return any(isinstance(part, kinds) for part in self._parts(shape))

    def has_members(self, shape: Shape) -> bool:
        """Whether values of this shape are members of enums, or hold some."""
        return any(isinstance(part, EnumShape) for part in self._parts(shape))

    def counts(self, shape: Shape) -> bool:
        """Whether values of this shape hold an `int` somewhere, which may arrive as a
        whole float."""
        return any(map(sh.is_whole, self._parts(shape)))

    def _parts(self, shape: Shape) -> Iterator[Shape]:
        """A shape and all shapes inside it, aliases followed."""
        seen: set[ir.SchemaId] = set()
        pending = [shape]
        while pending:
            part = pending.pop()
            yield part
            pending += sh.inside(part)
            if isinstance(part, AliasShape) and part.id not in seen:
                seen.add(part.id)
                pending.append(self.meant(part.id))

    def narrow(
        self,
        schema: ir.Schema,
        inner: ir.Schema,
        shape: Shape,
        types: frozenset[str] | None = None,
    ) -> Shape:
        """What is left of `shape`, which is that of `inner`, for a schema that adds
        types to `inner`. `types` are the types of `schema`, where the caller knows
        them."""
        if isinstance(facts.only(schema), ir.Ref):
            return shape
        types = facts.types(self.module, schema) if types is None else types
        whole = self.number(schema) == "int"
        telling = self._telling(self.home(inner) or inner)
        if not telling:
            return narrowed(self.meant, shape, types, whole=whole)
        left = types - {json_type(part) for part in telling}
        parts = [*telling, narrowed(self.meant, Anything(), left, whole=whole)]
        return union(narrowed(self.meant, p, types, whole=whole) for p in parts)

    def _telling(self, schema: ir.Schema) -> list[Shape]:
        """What a schema that says nothing of its types says itself of objects and
        arrays; nothing where a union or another schema says it."""
        parts = sh.members(self.own(schema))
        if Anything() not in parts or self.target(schema) is not None:
            return []
        if ClassShape(schema.id) in parts or self.alternatives(schema) is None:
            return [part for part in parts if part != Anything()]
        return []

    def home(self, schema: ir.Schema) -> ir.Schema | None:
        """The schema whose shape and name are used for this one: itself if it is named,
        the named schema that it leads to, or the target of its reference. None if it
        has a shape of its own and no name."""
        if self.is_named(schema):
            return schema
        target = self.target(schema)
        if target is None or self._lists_fewer(schema, target):
            return None
        referred = schema.annotations.branch_of is not None or any(
            isinstance(a, ir.Ref) for a in schema.assertions
        )
        return self.home(target) or (target if referred else None)

    def _lists_fewer(self, schema: ir.Schema, target: ir.Schema) -> bool:
        """Whether a schema lists values of its own beside those of its target."""
        return schema in self.joints and enumerations.lister(
            self.module, schema
        ) is not enumerations.lister(self.module, target)

    def target(self, schema: ir.Schema) -> ir.Schema | None:
        """The schema whose structure this one has, whatever constraints and annotations
        it adds; None if its structure is its own, as that of a schema is that requires
        properties which the other one leaves optional."""
        if schema.annotations.branch_of is not None:
            return facts.plain(self.module, schema)
        found = self._only_whole(schema)
        return None if found is None or self._requires_more(schema, found) else found

    def _requires_more(self, schema: ir.Schema, inner: ir.Schema) -> bool:
        """Whether a schema itself requires properties that are declared and that the
        one inside it does not require."""
        stated = [a.names for a in schema.assertions if isinstance(a, ir.Required)]
        if not stated:
            return False
        declared = facts.properties(self.module, schema).keys()
        optional = declared - facts.required(self.module, inner)
        return any(not optional.isdisjoint(names) for names in stated)

    def _only_whole(self, schema: ir.Schema) -> ir.Schema | None:
        """The schema that a reference, an `allOf` or an `anyOf` applies to the same
        value, where nothing beside it describes structure."""
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

    def number(self, schema: ir.Schema) -> str:
        """The type of the schema's numbers: `int` or `float`."""
        return "int" if facts.are_integers(self.module, schema) else "float"

    def said_of_items(self, schema: ir.Schema) -> elements.Items:
        """What all conjuncts of a schema say about the items of an array."""
        return elements.items_of(self.module, schema)

    def said_of_values(self, schema: ir.Schema) -> elements.Values:
        """What all conjuncts of a schema say about the values of a map."""
        return elements.values_of(self.module, schema)

    def items(self, schema: ir.Schema) -> ItemSchemas:
        """The schemas from which the items of an array are made."""
        found = self.said_of_items(schema)
        prefix = tuple(
            self.joints.both(schema, f"Item{index}", schemas)
            for index, schemas in enumerate(found.prefix)
        )
        rest = self.joints.both(schema, "Item", found.rest or ())
        return ItemSchemas(prefix, rest, found.is_tuple, found.rest is None)

    def values(self, schema: ir.Schema) -> ValueSchemas:
        """The schemas from which the values of a map, an object that is no class, are
        made."""
        found = self.said_of_values(schema)
        rest = self.joints.both(schema, "Value", found.rest or ())
        return ValueSchemas(found.patterns, rest, found.rest is None)

    def extra(self, schema: ir.Schema) -> ValueSchemas:
        """The schemas from which the undeclared properties of a class are made. Where
        several conjuncts speak about these, their values stay plain JSON."""
        found = self.said_of_values(schema)
        rest = found.rest[0] if found.rest and len(found.rest) == 1 else None
        return ValueSchemas(found.patterns, rest, found.rest is None)

    def extra_shape(self, schema: ir.Schema) -> Shape:
        """The shape of the undeclared properties of a class; `Nothing` where there can
        be none."""
        found = self.extra(schema)
        if found.rest is None and not found.is_closed:
            return Anything()
        parts = [inner for _, inner in found.patterns]
        parts += [] if found.rest is None else [found.rest]
        return union(map(self.use, parts))

    def alternatives(self, schema: ir.Schema) -> ir.AnyOf | ir.OneOf | None:
        """The union that decides what a value of the schema looks like, if there is
        exactly one among its conjuncts. A union does not count beside another one if
        its branches only limit values, or are those of the other one and more."""
        found: list[ir.AnyOf | ir.OneOf] = [
            *facts.stated(self.module, schema, ir.AnyOf),
            *facts.stated(self.module, schema, ir.OneOf),
        ]
        if len(found) > 1:
            found = [a for a in found if not all(map(self._says_nothing, a.schemas))]
        if len(found) > 1:
            found = [a for a in found if not all(map(_is_type, a.schemas))] or found
        if len(found) > 1:
            found = self._narrowest(found)
        return found[0] if len(found) == 1 else None

    def _narrowest(self, found: list[ir.AnyOf | ir.OneOf]) -> list[ir.AnyOf | ir.OneOf]:
        """Of several unions, those that no other one implies by having some of their
        branches only. Of unions with the same branches, one that tags them is left."""
        found = sorted(found, key=lambda union: not _tags(union))
        held = [frozenset(map(self._meant_by, union.schemas)) for union in found]
        return [
            union
            for index, union in enumerate(found)
            if not any(
                other < held[index] or (other == held[index] and earlier < index)
                for earlier, other in enumerate(held)
            )
        ]

    def _meant_by(self, branch: ir.Schema) -> ir.SchemaId | None:
        """The id of the schema that a branch refers to, or its own. None for null,
        which every union says for itself."""
        meant = facts.unwrap(self.module, facts.plain(self.module, branch))
        return None if facts.is_null(meant) else meant.id

    def shared(self, schema: ir.Schema) -> ir.AnyOf | ir.OneOf | None:
        """For a joint: the union of objects that one of its parts is, if there is one.
        Each of its branches holds together with the other parts."""
        if schema not in self.joints:
            return None
        found = self.alternatives(schema)
        unions = [p for p in self.joints.parts(schema) if _is_only(p, found)]
        telling = found is not None and any(
            isinstance(member, ClassShape)
            for branch in found.schemas
            for member in self._parts(self.use(branch))
        )
        return found if unions and telling else None

    def _says_nothing(self, branch: ir.Schema) -> bool:
        return self.use(branch) == Anything()

    def branches(self, schema: ir.Schema) -> Callable[[ir.Schema], ir.Schema]:
        """A function from a branch of the schema's union to the schema that describes
        values in that branch: the branch itself, or a joint of it and of what is said
        beside the union."""
        alternatives = self.alternatives(schema)
        if alternatives is not None and self.shared(schema) is alternatives:
            parts = self.joints.parts(schema)
            others = [part for part in parts if not _is_only(part, alternatives)]
            return lambda branch: (
                self.joints.both(schema, "Variant", (*others, branch)) or branch
            )
        items = self.said_of_items(schema)
        values = self.said_of_values(schema)
        if alternatives is None or not (items.says_something or values.says_something):
            return lambda branch: branch
        return partial(self._beside, schema, alternatives)

    def _beside(
        self, schema: ir.Schema, union: ir.AnyOf | ir.OneOf, branch: ir.Schema
    ) -> ir.Schema:
        """A branch of a union joined with what the schema says beside the union."""
        rest = self.joints.without(facts.conjuncts(self.module, schema), union)
        return self.joints.both(schema, "Variant", (branch, rest)) or branch

    def within(self, schema: ir.Schema, branch: ir.Schema) -> Shape:
        """The shape of those values of a branch whose types the schema itself
        allows."""
        return self.narrow(schema, branch, self.use(branch))


def _is_only(part: ir.Schema, union: ir.Assertion | None) -> bool:
    """Whether a schema is this union and asserts nothing else but a type."""
    others = [a for a in part.assertions if not isinstance(a, ir.Type)]
    return union is not None and len(others) == 1 and others[0] is union


def _is_type(branch: ir.Schema) -> bool:
    """Whether a schema asserts nothing but types."""
    return all(isinstance(assertion, ir.Type) for assertion in branch.assertions)


def _tags(union: ir.AnyOf | ir.OneOf) -> bool:
    """Whether a discriminator tells the branches of a union apart."""
    return any(b.annotations.branch_of is not None for b in union.schemas)


def _refers(schema: ir.Schema) -> bool:
    return any(isinstance(a, ir.Ref) for a in schema.assertions)


def _structural(schema: ir.Schema, apart: ir.Assertion | None = None) -> bool:
    """Whether a schema describes structure itself, the assertion `apart` not
    counted."""
    for assertion in schema.assertions:
        if assertion.__class__ in _STRUCTURAL and assertion is not apart:
            return True
    return False


_STRUCTURAL: Final = frozenset(
    (
        *(ir.Properties, ir.OneOf, ir.AnyOf, ir.AllOf, ir.Enum, ir.Items),
        *(ir.PrefixItems, ir.PatternProperties, ir.AdditionalProperties, ir.Never),
        *(ir.UnevaluatedItems, ir.UnevaluatedProperties),
    )
)
