"""Two packages, compared as programs see them: names, attributes, members, types.

What is compared is what generation decides (`codegen.python.decide`), so that what is
said here is what the generated code will be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from codegen.compat.programs import RENAMED, Kind, ProgramChange, spelled, told
from codegen.python import Package
from codegen.python.emit import tree
from codegen.python.model import old_names
from codegen.python.model.annotations import annotation, field_annotation
from codegen.python.model.fields import Field, accessors
from codegen.python.model.names import fact_names
from codegen.sdk_changes import tables, types
from codegen.sdk_changes.definitions import (
    Alias,
    Class,
    Definition,
    Enum,
    Pairs,
    Surface,
    in_new_words,
    pair,
)
from codegen.styles import OldName


def compare(old: Package, new: Package, partner: Pairs) -> tuple[ProgramChange, ...]:
    """What changes for programs, what breaks them first, each in the order of the
    specification. `partner` has the named schemas that are each other."""
    before, after = Surface.of(old), Surface.of(new)
    pairs = pair(before, after, partner)
    found = [
        *_Definitions(before, after, pairs).changes(),
        *tables.changes(before, after, pairs, partner),
    ]
    known = old_names.Known(new.names, new.classes, new.enums, new.aliases)
    found = [_lasting(change, known) for change in found]
    return tuple(sorted(found, key=lambda change: not change.kind.breaks))


def _lasting(change: ProgramChange, known: old_names.Known) -> ProgramChange:
    """A change with whether the new package can have the old name, too."""
    if change.kind not in RENAMED or change.old is None or change.new is None:
        return change
    problem = known.problem(OldName(change.old, change.new, ""))
    return replace(change, lasts=not problem)


class _Definitions:
    """The changes of classes, enums and aliases."""

    def __init__(self, old: Surface, new: Surface, pairs: Pairs) -> None:
        self._old = old
        self._new = new
        self._pairs = pairs
        self._words = in_new_words(old, new, pairs)
        self._names = {each.name for each in new.definitions.values()}

    def changes(self) -> Iterator[ProgramChange]:
        """All of them: of what was there, then what is new."""
        for schema_id, was in self._old.definitions.items():
            if schema_id not in self._pairs:
                yield self._removed(was)
                continue
            is_ = self._new.definitions[self._pairs[schema_id]]
            if was.name != is_.name:
                yield self._renamed(was, is_)
            yield from self._inside(was, is_)
        paired = set(self._pairs.values())
        for schema_id, is_ in self._new.definitions.items():
            if schema_id not in paired:
                kind = Kind.ALIAS_ADDED if _is_alias(is_) else Kind.CLASS_ADDED
                yield ProgramChange(kind, None, is_.name, "nothing to do")

    def _removed(self, was: Definition) -> ProgramChange:
        advice = told("stop using {}: nothing takes its place", was.name)
        if was.name in self._names:
            advice = told("stop using {}: what is called so now is another", was.name)
        kind = Kind.ALIAS_REMOVED if _is_alias(was) else Kind.CLASS_REMOVED
        return ProgramChange(kind, was.name, None, advice)

    def _renamed(self, was: Definition, is_: Definition) -> ProgramChange:
        advice = told("rename {} to {}", was.name, is_.name)
        if was.name in self._names:
            advice += told("; what is called {} now is another", was.name)
        kind = Kind.ALIAS_RENAMED if _is_alias(was) else Kind.CLASS_RENAMED
        return ProgramChange(kind, was.name, is_.name, advice)

    def _inside(self, was: Definition, is_: Definition) -> Iterator[ProgramChange]:
        match was, is_:
            case Class(), Class():
                yield from self._fields(was, is_)
                yield from _accessors(was, is_)
            case Enum(), Enum() if was.kind == is_.kind:
                yield from _members(was, is_)
                yield from _facts(was, is_)
            case Alias(), Alias():
                before = annotation(self._words, was.shape)
                after = annotation(self._new.package.names, is_.shape)
                yield from self._types(was.name, is_.name, before, after)
            case _:
                advice = f"{spelled(is_.name)} is {is_.kind} now, and was {was.kind}"
                kinds = was.kind, is_.kind
                yield ProgramChange(
                    Kind.KIND_CHANGED, was.name, is_.name, advice, kinds
                )

    def _fields(self, was: Class, is_: Class) -> Iterator[ProgramChange]:
        by_wire = {field.wire: field for field in is_.fields}
        gone = {f.attribute: f for f in was.fields if f.wire not in by_wire}
        wires = {field.wire for field in was.fields}
        come = {f.attribute: f for f in is_.fields if f.wire not in wires}
        for field in was.fields:
            # What is spelled otherwise on the wire only is the same to a program.
            other = by_wire.get(field.wire) or come.get(field.attribute)
            name = f"{was.name}.{field.attribute}"
            if other is None:
                advice = told(
                    "stop using {}: it is among the unknown properties now", name
                )
                yield ProgramChange(Kind.ATTRIBUTE_REMOVED, name, None, advice)
                continue
            new = f"{is_.name}.{other.attribute}"
            if field.attribute != other.attribute:
                advice = told(
                    "rename {} of {} to {}", field.attribute, is_.name, other.attribute
                )
                if field.attribute in {each.attribute for each in is_.fields}:
                    advice += told(
                        "; what is called {} now is another", field.attribute
                    )
                yield ProgramChange(Kind.ATTRIBUTE_RENAMED, name, new, advice)
            yield from self._field(name, new, field, other)
        for attribute, field in come.items():
            if attribute not in gone:
                yield self._added(f"{is_.name}.{attribute}", field)

    def _added(self, name: str, field: Field) -> ProgramChange:
        if not field.must_be_given:
            return ProgramChange(Kind.ATTRIBUTE_ADDED, None, name, "nothing to do")
        owner, _, argument = name.rpartition(".")
        advice = told("give {} wherever {} is made", argument, owner)
        return ProgramChange(Kind.REQUIRED_ARGUMENT_ADDED, None, name, advice)

    def _field(
        self, old: str, new: str, was: Field, is_: Field
    ) -> Iterator[ProgramChange]:
        before = field_annotation(self._words, was)
        after = field_annotation(self._new.package.names, is_)
        if is_.must_be_given and not was.must_be_given:
            owner, _, argument = new.rpartition(".")
            advice = told("give {} wherever {} is made", argument, owner)
            yield ProgramChange(Kind.ARGUMENT_REQUIRED, old, new, advice)
            # That it is never absent follows, and is not said again.
            before = field_annotation(self._words, replace(was, required=True))
        yield from self._types(old, new, before, after)

    def _types(
        self, old: str, new: str, before: tree.Expr, after: tree.Expr
    ) -> Iterator[ProgramChange]:
        if types.same(before, after):
            return
        kind = Kind.TYPE_WIDENED if types.widened(before, after) else Kind.TYPE_CHANGED
        both = types.text(before), types.text(after)
        advice = types.difference(before, after)
        yield ProgramChange(kind, old, new, advice, both)


def _is_alias(definition: Definition) -> bool:
    return isinstance(definition, Alias)


def _accessors(was: Class, is_: Class) -> Iterator[ProgramChange]:
    """The attributes that give bytes."""
    gone = accessors(was.fields)
    wires = {field.wire: name for name, field in accessors(is_.fields).items()}
    for name, field in gone.items():
        other = wires.get(field.wire, name)
        if other != name:
            advice = told("rename {} of {} to {}", name, is_.name, other)
            old, new = f"{was.name}.{name}", f"{is_.name}.{other}"
            yield ProgramChange(Kind.ATTRIBUTE_RENAMED, old, new, advice)
        if field.wire in {other.wire for other in is_.fields} - wires.keys():
            full = f"{was.name}.{name}"
            advice = told(
                "stop using {}: {} holds no base64 now", full, field.attribute
            )
            yield ProgramChange(Kind.ATTRIBUTE_REMOVED, full, None, advice)
    for wire, name in wires.items():
        if wire in {field.wire for field in was.fields} - {
            field.wire for field in gone.values()
        }:
            full = f"{is_.name}.{name}"
            yield ProgramChange(Kind.ATTRIBUTE_ADDED, None, full, "nothing to do")


def _members(was: Enum, is_: Enum) -> Iterator[ProgramChange]:
    by_value = {member.value: member for member in is_.members}
    values = {member.value for member in was.members}
    come = {m.name: m for m in is_.members if m.value not in values}
    taken = set()
    for member in was.members:
        name = f"{was.name}.{member.name}"
        other = by_value.get(member.value)
        if other is not None and other.name != member.name:
            new = f"{is_.name}.{other.name}"
            advice = told("rename {} of {} to {}", member.name, is_.name, other.name)
            yield ProgramChange(Kind.MEMBER_RENAMED, name, new, advice)
        elif other is None and member.name in come:
            taken.add(member.name)
            now = come[member.name].value
            new, both = f"{is_.name}.{member.name}", (repr(member.value), repr(now))
            advice = told("expect {} instead of {}", repr(now), repr(member.value))
            yield ProgramChange(Kind.MEMBER_VALUE_CHANGED, name, new, advice, both)
        elif other is None:
            advice = told("stop using {}: nothing takes its place", name)
            yield ProgramChange(Kind.MEMBER_REMOVED, name, None, advice)
    for added in come:
        if added not in taken:
            full = f"{is_.name}.{added}"
            yield ProgramChange(Kind.MEMBER_ADDED, None, full, "nothing to do")


def _facts(was: Enum, is_: Enum) -> Iterator[ProgramChange]:
    """What members say of themselves."""
    before = fact_names(was.schema.annotations.enum_metadata)
    after = fact_names(is_.schema.annotations.enum_metadata)
    for key, name in before.items():
        full = f"{was.name}.{name}"
        if key not in after:
            advice = told("stop using {}: nothing takes its place", full)
            yield ProgramChange(Kind.ATTRIBUTE_REMOVED, full, None, advice)
    for key, name in after.items():
        if key not in before:
            full = f"{is_.name}.{name}"
            yield ProgramChange(Kind.ATTRIBUTE_ADDED, None, full, "nothing to do")
