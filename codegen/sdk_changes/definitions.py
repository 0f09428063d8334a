"""What the module of the models defines, and which definition of one version is which
of the other."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeAlias

from codegen.ir import model as ir
from codegen.python import Package
from codegen.python.model import enumerations
from codegen.python.model import shapes as sh
from codegen.python.model.annotations import field_annotation
from codegen.python.model.fields import Field
from codegen.python.model.members import Member
from codegen.python.model.names import Names
from codegen.sdk_changes import types

Pairs: TypeAlias = Mapping[ir.SchemaId, ir.SchemaId]
"""Definitions of the old version to those of the new one, by their schemas."""


@dataclass(frozen=True, slots=True)
class Class:
    """A class with its fields."""

    schema: ir.Schema
    name: str
    fields: tuple[Field, ...]

    kind = "a class"


@dataclass(frozen=True, slots=True)
class Enum:
    """An enum with its members; `kind` says of strings or of integers."""

    schema: ir.Schema
    name: str
    members: tuple[Member, ...]

    @property
    def kind(self) -> str:
        """What it is, in words."""
        numbers = any(isinstance(member.value, int) for member in self.members)
        return "an IntEnum" if numbers else "a StrEnum"


@dataclass(frozen=True, slots=True)
class Alias:
    """A name for a type that has no class of its own."""

    schema: ir.Schema
    name: str
    shape: sh.Shape

    kind = "an alias"


Definition: TypeAlias = Class | Enum | Alias


@dataclass(frozen=True, slots=True)
class Surface:
    """A package as programs see it: what it defines by schema, in the order of the
    specification."""

    package: Package
    definitions: Mapping[ir.SchemaId, Definition]

    @classmethod
    def of(cls, package: Package) -> Surface:
        """The surface of a package."""
        found = {each.schema.id: each for each in _definitions(package)}
        return cls(package, MappingProxyType(found))

    def own(self, schema_id: ir.SchemaId) -> ir.SchemaId:
        """The schema that the definition of a named schema is made from: what is
        inside, where the named one only adds null to it."""
        inner = self.package.shapes.wrapped.get(schema_id)
        return schema_id if inner is None else inner.id


def _definitions(package: Package) -> Iterator[Definition]:
    names = package.names
    for schema, fields in package.classes:
        yield Class(schema, names.of(schema.id), fields)
    for schema in package.enums:
        values = enumerations.members(package.module, schema)
        yield Enum(schema, names.of(schema.id), names.members(schema, values))
    for schema, shape, _ in package.aliases:
        yield Alias(schema, names.of(schema.id), shape)


def pair(old: Surface, new: Surface, partner: Pairs) -> Pairs:
    """Which definition is which.

    Named schemas are paired as the comparison of the wire pairs them (`partner`),
    what is inside of paired ones by its place, and what is left by its name, or by
    its content if that is the same.
    """
    return _Pairing(old, new).run(partner)


class _Pairing:
    """The pairs so far."""

    def __init__(self, old: Surface, new: Surface) -> None:
        self._old = old
        self._new = new
        self._found: dict[ir.SchemaId, ir.SchemaId] = {}
        self._taken: set[ir.SchemaId] = set()
        self._named = [
            {surface.own(each) for each in surface.package.module.names.values()}
            for surface in (old, new)
        ]

    def run(self, partner: Pairs) -> Pairs:
        for before, after in partner.items():
            self._add(self._old.own(before), self._new.own(after))
        self._below(list(self._found.items()))
        by_name = {each.name: i for i, each in self._new.definitions.items()}
        for schema_id, each in self._old.definitions.items():
            if each.name in by_name and self._add(schema_id, by_name[each.name]):
                self._below([(schema_id, by_name[each.name])])
        self._by_content()
        return MappingProxyType(self._found)

    def _add(self, before: ir.SchemaId, after: ir.SchemaId) -> bool:
        known = before in self._old.definitions and after in self._new.definitions
        if not known or before in self._found or after in self._taken:
            return False
        self._found[before] = after
        self._taken.add(after)
        return True

    def _below(self, pending: list[tuple[ir.SchemaId, ir.SchemaId]]) -> None:
        """Pair what stands at the same places inside of pairs."""
        while pending:
            before, after = pending.pop()
            old, new = self._old.definitions[before], self._new.definitions[after]
            others = dict(_places(new))
            for place, shape in _places(old):
                if place in others:
                    pending += self._at(old, new, shape, others[place])

    def _at(
        self, old: Definition, new: Definition, was: sh.Shape, is_: sh.Shape
    ) -> list[tuple[ir.SchemaId, ir.SchemaId]]:
        """The pairs of one place: what has the same name there, its owner's aside, and
        the only one that is left of both."""
        known = self._old.definitions, self._new.definitions
        left = [i for i in sh.named_in(was) if i in known[0] and i not in self._found]
        come = [i for i in sh.named_in(is_) if i in known[1] and i not in self._taken]
        called = {known[1][i].name.removeprefix(new.name): i for i in come}
        made = []
        for each in left:
            word = known[0][each].name.removeprefix(old.name)
            if word in called and self._add(each, called[word]):
                made.append((each, called[word]))
        left = [i for i in left if i not in self._found]
        come = [i for i in come if i not in self._taken]
        match left, come:
            case [one], [other] if self._alike(one, other) and self._add(one, other):
                made.append((one, other))
            case _:
                pass
        return made

    def _alike(self, before: ir.SchemaId, after: ir.SchemaId) -> bool:
        """Whether one may be the other under a new name. Two that the specification
        names have to be more alike: their names are not, or they would be paired."""
        named = before in self._named[0] and after in self._named[1]
        least = 0.75 if named else 0.5
        was, is_ = self._old.definitions[before], self._new.definitions[after]
        if _told_apart(was, is_):
            return False
        mine, theirs = _content(was), _content(is_)
        return bool(mine) and len(mine & theirs) >= least * len(mine | theirs)

    def _by_content(self) -> None:
        """Pair what is left and has the very same content, where nothing else has. A
        pair makes others the same, those that hold it."""
        while True:
            known = len(self._found)
            left = _once(self._old, self._found, self._in_new_words())
            come = _once(self._new, self._taken, self._new.package.names)
            for content, before in left.items():
                if content in come and self._add(before, come[content]):
                    self._below([(before, come[content])])
            if len(self._found) == known:
                return

    def _in_new_words(self) -> Names:
        return in_new_words(self._old, self._new, self._found)


def _told_apart(was: Definition, is_: Definition) -> bool:
    """Whether a property has one value in the one and another in the other: they are
    two events, however alike."""
    match was, is_:
        case Class(fields=mine), Class(fields=theirs):
            tags = {f.wire: f.constant for f in mine if f.constant is not None}
            return any(
                f.constant is not None and tags.get(f.wire, f.constant) != f.constant
                for f in theirs
            )
        case _:
            return False


def _content(definition: Definition) -> frozenset[object]:
    """What is in a definition, to tell how much two have in common."""
    match definition:
        case Class(fields=fields):
            return frozenset(field.wire for field in fields)
        case Enum(members=members):
            return frozenset(member.value for member in members)
        case Alias():
            return frozenset()


def in_new_words(old: Surface, new: Surface, pairs: Pairs) -> Names:
    """The names of the old version, but what is called otherwise today has its new
    name: a type that only follows a renamed class has not changed."""
    names = dict(old.package.names.symbols)
    names |= {a: new.package.names.of(b) for a, b in pairs.items()}
    return replace(old.package.names, symbols=MappingProxyType(names))


def _once(
    surface: Surface, paired: Container[ir.SchemaId], names: Names
) -> dict[object, ir.SchemaId]:
    """The classes and enums without a pair by what they hold, types included, where
    that is more than one thing and no two hold the same."""
    found: dict[object, list[ir.SchemaId]] = {}
    for schema_id, each in surface.definitions.items():
        content: frozenset[object] = _content(each)
        if schema_id in paired or len(content) < 2:
            continue
        if isinstance(each, Class):
            content = frozenset(
                (field.wire, types.text(field_annotation(names, field)))
                for field in each.fields
            )
        found.setdefault((each.kind, content), []).append(schema_id)
    return {key: ids[0] for key, ids in found.items() if len(ids) == 1}


def _places(definition: Definition) -> Iterator[tuple[str, sh.Shape]]:
    match definition:
        case Class(fields=fields):
            yield from ((field.wire, field.shape) for field in fields)
        case Alias(shape=shape):
            yield "", shape
        case Enum():
            pass
