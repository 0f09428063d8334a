"""How a schema is taken apart: from which others its values, and what is in them, are
made."""

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
from codegen.python.model.narrowing import narrowed
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


class Structure(ABC):
    """The structure of all schemas of a module, as far as their shapes are known."""

    __slots__ = ()

    module: ir.Module
    named: frozenset[ir.SchemaId]
    joints: Joints

    @abstractmethod
    def own(self, schema: ir.Schema) -> Shape:
        """The shape that a schema itself describes."""

    @abstractmethod
    def use(self, schema: ir.Schema) -> Shape:
        """The shape of a schema where it is used: named ones by their name."""

    def is_named(self, schema: ir.Schema) -> bool:
        """Whether the specification gives the schema a name."""
        return schema.id in self.named

    def meant(self, schema_id: ir.SchemaId) -> Shape:
        return self.own(self.module.schemas[schema_id])

    def is_class(self, schema: ir.Schema) -> bool:
        """Whether a schema becomes a class, be its values of other kinds, too."""
        for member in sh.members(self.own(schema)):
            if member.__class__ is ClassShape and member.id == schema.id:
                return True
        return False

    def is_enum(self, schema: ir.Schema) -> bool:
        """Whether a schema becomes an enum, be it said by a union of its members."""
        return EnumShape(schema.id) in sh.members(self.own(schema))

    def reached(self, shape: Shape) -> set[ir.SchemaId]:
        """The schemas of all classes that a shape mentions, through aliases too."""
        return {part.id for part in self._parts(shape) if isinstance(part, ClassShape)}

    def converts(self, shape: Shape) -> bool:
        """Whether a typed value of this shape differs from its JSON value, and has to
        be turned back."""
        kinds = (ClassShape, EnumShape, Tuple, Typed)
        return any(isinstance(part, kinds) for part in self._parts(shape))

    def has_members(self, shape: Shape) -> bool:
        """Whether values of this shape are, or hold, members of enums."""
        return any(isinstance(part, EnumShape) for part in self._parts(shape))

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
        """What is left of the shape of an inner schema under the types that another one
        adds to it; `types` are its types where they are known already."""
        if isinstance(facts.only(schema), ir.Ref):
            return shape
        types = facts.types(self.module, schema) if types is None else types
        whole = self.number(schema) == "int"
        own_class = ClassShape((self.home(inner) or inner).id)
        if types == {"object"} and own_class in sh.members(shape):
            return own_class  # All else that it may be is no object.
        return narrowed(self.meant, shape, types, whole=whole)

    def home(self, schema: ir.Schema) -> ir.Schema | None:
        """The schema that gives this one its shape and name: the named schema it is
        or leads to, or the target of its reference. None if it has its own."""
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
        """Whether a schema lists values beside those of its target."""
        return schema in self.joints and enumerations.lister(
            self.module, schema
        ) is not enumerations.lister(self.module, target)

    def target(self, schema: ir.Schema) -> ir.Schema | None:
        """The schema that this one takes its structure from, whatever constraints
        and annotations it adds to it."""
        if schema.annotations.branch_of is not None:
            return facts.plain(self.module, schema)
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
        """`int` or `float`, whichever numbers of a schema are."""
        stated = facts.stated(self.module, schema, ir.Type)
        return "int" if any("integer" in a.types for a in stated) else "float"

    def said_of_items(self, schema: ir.Schema) -> elements.Items:
        """What all conjuncts of a schema say of the items of an array."""
        return elements.items_of(self.module, schema)

    def said_of_values(self, schema: ir.Schema) -> elements.Values:
        """What they say of the values of a map."""
        return elements.values_of(self.module, schema)

    def items(self, schema: ir.Schema) -> ItemSchemas:
        """By which schemas the items of an array are made."""
        found = self.said_of_items(schema)
        prefix = tuple(
            self.joints.both(schema, f"Item{index}", schemas)
            for index, schemas in enumerate(found.prefix)
        )
        rest = self.joints.both(schema, "Item", found.rest or ())
        return ItemSchemas(prefix, rest, found.is_tuple, found.rest is None)

    def values(self, schema: ir.Schema) -> ValueSchemas:
        """By which schemas the values of an object are made that is no class."""
        found = self.said_of_values(schema)
        rest = self.joints.both(schema, "Value", found.rest or ())
        return ValueSchemas(found.patterns, rest, found.rest is None)

    def extra(self, schema: ir.Schema) -> ValueSchemas:
        """By which schemas the properties of an object are made that are not declared.
        Where several parts speak of them their values are plain JSON."""
        found = self.said_of_values(schema)
        rest = found.rest[0] if found.rest and len(found.rest) == 1 else None
        return ValueSchemas(found.patterns, rest, found.rest is None)

    def extra_shape(self, schema: ir.Schema) -> Shape:
        """What the values of these properties are; nothing where there can be none."""
        found = self.extra(schema)
        if found.rest is None and not found.is_closed:
            return Anything()
        parts = [inner for _, inner in found.patterns]
        parts += [] if found.rest is None else [found.rest]
        return union(map(self.use, parts))

    def alternatives(self, schema: ir.Schema) -> ir.AnyOf | ir.OneOf | None:
        """The one union among the conjuncts of a schema that says what a value looks
        like, and not only how long or large it is."""
        found: list[ir.AnyOf | ir.OneOf] = [
            *facts.stated(self.module, schema, ir.AnyOf),
            *facts.stated(self.module, schema, ir.OneOf),
        ]
        if len(found) > 1:
            found = [a for a in found if not all(map(self._says_nothing, a.schemas))]
        return found[0] if len(found) == 1 else None

    def shared(self, schema: ir.Schema) -> ir.AnyOf | ir.OneOf | None:
        """The union of objects that is one part of what a value has to meet, where
        that was described by several: each branch goes together with the others."""
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
        """What a value of a schema meets that meets a branch of its union: that, and
        what is said of items and values beside the union."""
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
        """A branch of a union with what the schema says beside the union."""
        rest = self.joints.without(facts.conjuncts(self.module, schema), union)
        return self.joints.both(schema, "Variant", (branch, rest)) or branch

    def within(self, schema: ir.Schema, branch: ir.Schema) -> Shape:
        """The shape of those values of a branch that a schema's own types admit."""
        return self.narrow(schema, branch, self.use(branch))


def _is_only(part: ir.Schema, union: ir.Assertion | None) -> bool:
    """Whether a schema is a union, and nothing else but a type."""
    others = [a for a in part.assertions if not isinstance(a, ir.Type)]
    return union is not None and len(others) == 1 and others[0] is union


def _refers(schema: ir.Schema) -> bool:
    return any(isinstance(a, ir.Ref) for a in schema.assertions)


def _structural(schema: ir.Schema, apart: ir.Assertion | None = None) -> bool:
    """Whether a schema describes more structure than one reference gives."""
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
