"""Decides the shape of each schema."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, TypeVar

from codegen.ir import facts, tags, walk
from codegen.ir import model as ir
from codegen.ir.equality import freeze
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
    Scalar,
    Shape,
    Tuple,
    Typed,
    stands_for_itself,
    union,
)
from codegen.python.model.structure import ItemSchemas, Structure, ValueSchemas
from codegen.python.model.typed_texts import NONE as NO_FORMATS
from codegen.python.model.typed_texts import Formats
from codegen.styles import PLAIN, Style


@dataclass(frozen=True, slots=True)
class Shapes(Structure):
    """The shapes of all schemas of a module.

    `by_id` has the shape that each schema describes itself, `used` the one that it has
    where it is used. `wrapped` has the inner schema of each named schema that only adds
    something to it and so passes its name on (see the function `wrapped`); `joints` are
    the schemas that were made of several others.
    """

    module: ir.Module
    named: frozenset[ir.SchemaId]
    wrapped: Mapping[ir.SchemaId, ir.Schema]
    joints: Joints
    by_id: Mapping[ir.SchemaId, Shape]
    used: Mapping[ir.SchemaId, Shape]

    def own(self, schema: ir.Schema) -> Shape:
        """The shape that the schema itself describes."""
        return self.by_id[schema.id]

    def use(self, schema: ir.Schema) -> Shape:
        """The shape of the schema where it is used: a named schema is used by its
        name."""
        return self.used[schema.id]

    def enum(self, shape: EnumShape) -> ir.Schema:
        """The schema that is an enum."""
        inside = {inner.id: inner for inner in self.wrapped.values()}
        return inside.get(shape.id) or self.module.schemas[shape.id]


T = TypeVar("T")


class Shaping(Structure):
    """Decides shapes, each when it is first asked for.

    The order in which it is asked matters: an unnamed schema that leads back to itself
    has the shape `Anything` where it is met again, and that depends on where one
    begins.
    """

    def __init__(
        self, module: ir.Module, style: Style = PLAIN, formats: Formats = NO_FORMATS
    ) -> None:
        self.module = module
        self.named = frozenset(module.names.values())
        self._literals = style.literals
        self._formats = formats
        self.wrapped = wrapped(module, classes_only=style.literals)
        self._heirs = {inner.id for inner in self.wrapped.values()}
        self.joints = Joints(module, {})
        self._memo: dict[ir.SchemaId, Shape] = {}
        # By the object: of one identity there may be several.
        self._found_out: defaultdict[
            Callable[[Structure, ir.Schema], Any], dict[int, tuple[ir.Schema, Any]]
        ] = defaultdict(dict)
        self._looked_inside: dict[int, ir.Schema] = {}
        self._of_kinds: dict[tuple[str, ...] | None, Shape] = {}
        self._open: set[ir.SchemaId] = set()

    def decided(self, schemas: Iterable[ir.Schema]) -> Shapes:
        """The shapes of these schemas, of all others of the module, and of all joints
        that are made on the way."""
        every = {schema.id: schema for schema in schemas}
        for root in self.module.schemas.values():
            every |= {s.id: s for s in walk.walk(root) if s.id not in every}
        own: dict[ir.SchemaId, Shape] = {}
        used: dict[ir.SchemaId, Shape] = {}
        pending = list(every.values())
        while pending:
            for schema in pending:
                own[schema.id], used[schema.id] = self.own(schema), self.use(schema)
                self.look_inside(schema)
            made = (joint.schema for joint in self.joints.found.values())
            pending = [schema for schema in made if schema.id not in own]
        return Shapes(
            self.module,
            self.named,
            MappingProxyType(self.wrapped),
            self.joints.closed(),
            MappingProxyType(own),
            MappingProxyType(used),
        )

    def look_inside(self, schema: ir.Schema) -> None:
        """Make the joints for the items, values and branches of a schema."""
        if id(schema) in self._looked_inside or walk.is_leaf(schema):
            return
        self._looked_inside[id(schema)] = schema
        self.items(schema)
        self.values(schema)
        alternatives = self.alternatives(schema)
        meeting = self.branches(schema)
        for branch in alternatives.schemas if alternatives else ():
            meeting(branch)

    def _once(self, find: Callable[[Structure, ir.Schema], T], schema: ir.Schema) -> T:
        """What a question of `Structure` answers about a schema, asked only once. The
        answer must not depend on shapes that are not decided yet."""
        table = self._found_out[find]
        known = table.get(id(schema))
        if known is None:
            known = table[id(schema)] = schema, find(self, schema)
        answer: T = known[1]
        return answer

    def said_of_items(self, schema: ir.Schema) -> elements.Items:
        """What all conjuncts of a schema say of the items of an array."""
        return self._once(Structure.said_of_items, schema)

    def said_of_values(self, schema: ir.Schema) -> elements.Values:
        """What they say of the values of a map."""
        return self._once(Structure.said_of_values, schema)

    def items(self, schema: ir.Schema) -> ItemSchemas:
        """By which schemas the items of an array are made."""
        return self._once(Structure.items, schema)

    def values(self, schema: ir.Schema) -> ValueSchemas:
        """By which schemas the values of an object are made that is no class."""
        return self._once(Structure.values, schema)

    def target(self, schema: ir.Schema) -> ir.Schema | None:
        """The schema that this one takes its structure from."""
        return self._once(Structure.target, schema)

    def home(self, schema: ir.Schema) -> ir.Schema | None:
        """The schema that gives this one its shape and name."""
        return self._once(Structure.home, schema)

    def use(self, schema: ir.Schema) -> Shape:
        """The shape of a schema where it is used: named ones by their name."""
        target = self.home(schema)
        if target is None:
            return self.own(schema)
        shape = self.own(target)
        spelled = stands_for_itself(target.id, shape) or target.id in self.wrapped
        if self.is_named(target) and not spelled:
            shape = AliasShape(target.id)
        return shape if target is schema else self.narrow(schema, target, shape)

    def own(self, schema: ir.Schema) -> Shape:
        """The shape that a schema itself describes."""
        known = self._memo.get(schema.id)
        if known is not None:
            return known
        kinds = _only_types(schema)
        if kinds in self._of_kinds:
            self._memo[schema.id] = shape = self._of_kinds[kinds]
            return shape
        if schema.id in self._open:
            return AliasShape(schema.id) if self.is_named(schema) else Anything()
        self._open.add(schema.id)
        shape = self._derive(schema)
        self._open.discard(schema.id)
        self._memo[schema.id] = shape
        if kinds is not None:
            self._of_kinds[kinds] = shape
        return shape

    def _derive(self, schema: ir.Schema) -> Shape:
        if facts.is_never(schema):
            return Nothing()
        types = facts.types(self.module, schema)
        if not types:
            return Nothing()
        values = enumerations.allowed(self.module, schema)
        if values is not None and schema.id not in self.wrapped:
            lender = self._lender(schema)
            if lender is None:
                return self._enumeration(schema, values)
            lent = narrowed(self.meant, self.use(lender), types, whole=False)
            return union(self._some_of(lender, s, values) for s in sh.members(lent))
        if walk.is_leaf(schema):
            return self._plain(schema, types)
        shared = self.shared(schema)
        if shared is not None:
            return self._union(schema, shared, types)
        if self._declares(schema) and ("object" in types):
            if types == facts.ALL_TYPES:
                return sh.opened(ClassShape(schema.id))
            others = self._of_types(schema, types - {"object"})
            return union([ClassShape(schema.id), *others])
        target = self.target(schema)
        if target is not None:
            return self.narrow(schema, target, self.use(target))
        alternatives = self.alternatives(schema)
        if alternatives is not None:
            return self._union(schema, alternatives, types)
        return self._plain(schema, types)

    def _plain(self, schema: ir.Schema, types: frozenset[str]) -> Shape:
        """The shape of a schema that is known only by its types, and by its items or
        values."""
        if types == facts.ALL_TYPES and not self._typed(schema):
            containers = self._of_types(schema, frozenset({"array", "object"}))
            return sh.opened(union(containers))
        return union(self._of_types(schema, types))

    def _declares(self, schema: ir.Schema) -> bool:
        """Whether the schema is a class: it declares properties, and does not only
        refer to another schema."""
        if self.target(schema) is not None:
            return False
        return bool(facts.properties(self.module, schema))

    def _typed(self, schema: ir.Schema) -> bool:
        return bool(facts.stated(self.module, schema, ir.Type))

    def _lender(self, schema: ir.Schema) -> ir.Schema | None:
        """The named enumeration that a schema refers to for its values, if it lists
        none itself."""
        first = enumerations.lister(self.module, schema)
        if first is None or first.id == schema.id:
            return None
        return first if self.is_named(first) or first.id in self._heirs else None

    def _some_of(
        self, lender: ir.Schema, shape: Shape, values: tuple[ir.Json, ...]
    ) -> Shape:
        """The enum of a lender with the members of these values alone."""
        if not isinstance(shape, EnumShape) or shape.id != lender.id:
            return shape
        if lender.id not in self.module.schemas:
            return shape  # It got its name from a schema around it.
        every = enumerations.values(self.module, lender) or ()
        allowed = set(map(freeze, values))
        mine = [v for v in every if type(v) in (str, int) and freeze(v) in allowed]
        some = len(mine) < sum(value is not None for value in every)
        return replace(shape, only=tuple(mine)) if some else shape

    def _enumeration(self, schema: ir.Schema, values: tuple[ir.Json, ...]) -> Shape:
        some = [value for value in values if value is not None]
        others: list[Shape] = [Null()] if None in values else []
        named = self.is_named(schema) or schema.id in self._heirs
        if some and named and not self._literals:
            if all(isinstance(value, str) for value in some):
                return union([EnumShape(schema.id), *others])
            if all(type(value) is int for value in some):
                return union([EnumShape(schema.id, integers=True), *others])
        # What no `Literal` can hold is known by its type.
        wide = {facts.json_type(v) for v in some if not _is_literal(v)}
        found = [v for v in some if facts.json_type(v) not in wide]
        found.sort(key=lambda value: not isinstance(value, str))
        shapes: list[Shape] = [Literals(tuple(found))] if found else []
        whole = all(type(v) is not float for v in some)
        number = "int" if whole else "float"
        return union([*plain(frozenset(wide), number), *shapes, *others])

    # --- arrays and maps --------------------------------------------------------------

    def _of_types(self, schema: ir.Schema, types: frozenset[str]) -> list[Shape]:
        """The shapes of the values of builtin types that the schema allows, null
        last."""
        found: list[Shape] = []
        for shape in plain(types, self.number(schema)):
            match shape:
                case Array():
                    found.append(self._array(schema))
                case Map():
                    found.append(Map(self._values(schema)))
                case Scalar("str"):
                    found.append(self._text(schema))
                case _:
                    found.append(shape)
        return found

    def _text(self, schema: ir.Schema) -> Shape:
        type_ = self._formats.type_of(self.module, schema)
        return Scalar("str") if type_ is None else Typed(type_)

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
        """The shape of an item or value. For one that cannot exist it is `Anything`."""
        shape = Anything() if schema is None else self.use(schema)
        return Anything() if shape == Nothing() else shape

    def _union(
        self,
        schema: ir.Schema,
        alternatives: ir.AnyOf | ir.OneOf,
        types: frozenset[str],
    ) -> Shape:
        hint = schema.annotations.discriminator
        found: list[Shape] = []
        if hint is not None and hint.base is not None:
            found.append(self.use(self.module.schemas[hint.base]))
        meeting = self.branches(schema)
        for branch in alternatives.schemas:
            if facts.types(self.module, branch) & types:
                part = meeting(branch)
                found.append(self.narrow(schema, part, self.use(part), types))
        if schema.id in self.named and AliasShape(schema.id) in found:
            return Anything()
        return union(found, tags.tagged(self.module, schema))


def _only_types(schema: ir.Schema) -> tuple[str, ...] | None:
    """The types of a schema that asserts nothing but a type; None for any other."""
    only = facts.only(schema)
    if isinstance(only, ir.Type) and schema.annotations.branch_of is None:
        return only.types
    return None


def _is_literal(value: ir.Json) -> bool:
    """Whether type checkers read a value as one of a `Literal`: mypy takes integers of
    64 bits alone, and not the least of them."""
    if type(value) is int:
        return abs(value) < 2**63
    return isinstance(value, str | bool)


def wrapped(
    module: ir.Module, *, classes_only: bool = False
) -> dict[ir.SchemaId, ir.Schema]:
    """Named schemas whose name goes to a schema inside them, with that schema.

    There are three kinds: one that only adds null to an unnamed object or enum, one
    that is nothing but an unnamed object, as the only part of an `allOf` say, and a
    base that stands for itself and all its children. With `classes_only`, enumerations
    do not count, because they become literals, which have no names.
    """
    found = {}
    named = set(module.names.values())
    for schema_id in module.names.values():
        hint = module.schemas[schema_id].annotations.discriminator
        if hint is not None and hint.base is not None:
            found[schema_id] = module.schemas[hint.base]
            continue
        union = facts.only(module.schemas[schema_id])
        if not isinstance(union, (ir.AnyOf, ir.OneOf)) or len(union.schemas) != 2:
            inner = facts.only_part(module.schemas[schema_id])
            if inner is not None and inner.id not in named and _declares(inner):
                found[schema_id] = inner
            continue
        others = [s for s in union.schemas if not facts.is_null(s)]
        if len(others) != 1 or others[0].id in named:
            continue
        if _declares(others[0]) or (
            not classes_only and _lists(module, others[0], named)
        ):
            found[schema_id] = others[0]
    return found


def _lists(
    module: ir.Module, schema: ir.Schema, named: Collection[ir.SchemaId]
) -> bool:
    """Whether a schema is an enumeration by itself, and not one that has a name."""
    first = enumerations.lister(module, schema)
    own = first is not None and first.id not in named
    return own and enumerations.has_members(module, schema)


def _declares(schema: ir.Schema) -> bool:
    """Whether a schema is an object by itself, and not what it is confined to."""
    if schema.annotations.branch_of is not None:
        return False
    return any(isinstance(a, ir.Properties) for a in schema.assertions)
