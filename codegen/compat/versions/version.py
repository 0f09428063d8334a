"""The two versions of a specification, and what of one is what of the other."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, TypeAlias

from codegen.compat.findings import Policy
from codegen.compat.normal.emission import Emission
from codegen.compat.normal.equivalence import Classes
from codegen.compat.normal.normalise import Side
from codegen.compat.normal.texts import AsTexts
from codegen.compat.versions import (
    actions,
    bases,
    channels,
    media,
    operations,
    pairing,
    parts,
    texts,
)
from codegen.compat.versions.channels import Roots
from codegen.compat.versions.pairing import Pairing
from codegen.compat.versions.reach import Reach
from codegen.ir import model as ir
from codegen.ir import operations as ops
from codegen.ir import sides, walk
from codegen.oracle import Judge

Pair: TypeAlias = tuple[ir.SchemaId, ir.SchemaId]
"""An old schema and a new one."""

COMPILED: Final = 40_000
"""Schemas that each judge may compile, those that one leads to counted each time: where
1,500 lead to each other they are two million. Two years of the whole API of OpenAI take
1,000."""


DIRECTIONS: Final = (ir.Direction.CLIENT_TO_SERVER, ir.Direction.SERVER_TO_CLIENT)
"""Where the old version writes, and where the new one does."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version: what travels, its schemas in normal form, what leads to them, which
    of them travel as texts, and how documents are judged by it."""

    roots: Roots
    side: Side
    judge: Judge
    reach: Reach
    texts: Mapping[ir.SchemaId, AsTexts]

    @property
    def module(self) -> ir.Module:
        """Everything that it holds, the unions of channels included."""
        return self.roots.module

    @property
    def title(self) -> str:
        """What it calls itself."""
        return f"{self.module.title} {self.module.version}".strip()


def _version(module: ir.Module, policy: Policy) -> Version:
    # Bodies and parameters are judged where operations have them, not by names.
    names = {n: i for n, i in module.names.items() if n not in module.inline}
    made = {module.names[c.parameters] for c in module.calls if c.parameters}
    every = {**module.schemas, **module.aside}
    schemas = {i: schema for i, schema in every.items() if i not in made}
    whole = replace(module, schemas=schemas, names=names)
    roots = channels.find(whole, policy)
    reach = Reach(roots)
    side = Side(roots.module, formats=policy.formats)
    return _judged(roots, reach, texts.find(side, reach), policy)


def _judged(
    roots: Roots, reach: Reach, as_texts: Mapping[ir.SchemaId, AsTexts], policy: Policy
) -> Version:
    side = Side(roots.module, formats=policy.formats)
    judge = Judge(roots.module, formats=policy.formats, most=COMPILED)
    return Version(roots, side, judge, reach, as_texts)


_DRAFTS: Final = frozenset(("draft-04", "draft-06", "draft-07", "2019-09", "2020-12"))


@dataclass(frozen=True, slots=True)
class _Xml:
    """What could travel as XML in one version: nothing, what these schemas lead to, or
    anything (`None`), and what no message leads to."""

    reach: Reach
    schemas: frozenset[ir.SchemaId] | None

    def concerns(self, schema: ir.SchemaId) -> bool:
        """Whether a schema may be of something that travels as XML."""
        if self.schemas is None:
            return True
        loose = bool(self.schemas) and not self.reach.directions(schema)
        return loose or schema in self.schemas


def _xml(version: Version) -> _Xml:
    found, module = media.as_xml(version.module.interface), version.module
    if found is not None:
        found = frozenset(
            walk.closure(module, [s for s in found if s in module.schemas])
        )
    return _Xml(version.reach, found)


class Versions:
    """Both of them. `classes` tells schemas that say the same of values, `asserted`
    those of which only formats differ that are not asserted, and `documented` those
    that say the same of everything.

    `rebased` tells that a base path moved between the addresses of servers and paths.
    `plain` tells that both are plain JSON Schema.

    What a document must have may depend on who reads it; `reading` has the two versions
    as one direction of traffic knows them, the same schemas under the same identities.
    """

    def __init__(self, old: ir.Module, new: ir.Module, policy: Policy) -> None:
        given = old
        old, new = bases.aligned(old, new)
        self.rebased = old is not given
        self.old, self.new = _version(old, policy), _version(new, policy)
        modules = self.old.module, self.new.module
        interfaces = old.interface, new.interface
        self.operations = operations.operations(*modules)
        self.plain = all(module.dialect in _DRAFTS for module in (old, new))
        self._xml = _xml(self.old), _xml(self.new)
        self._arguments = [
            {c.location: m.names[c.parameters] for c in m.calls if c.parameters}
            for m in (old, new)
        ]
        self.actions = actions.pair(*interfaces)
        self._emissions = [
            Emission(one.side, policy.assume_open) for one in (self.old, self.new)
        ]
        self.classes = Classes(*modules)
        self._known_tags = [
            {
                e.schema: e.tags
                for c in v.roots.channels.values()
                for e in c.events
                if e.tags
            }
            for v in (self.old, self.new)
        ]
        self.tellings = (self._meaning, self._tags)
        asked = tuple(operations.values(self.operations, self.in_forms))
        sent = tuple(actions.values(self.actions, self.tellings))
        self.asserted = Classes(*modules, formats=policy.formats)
        roots = self.old.roots, self.new.roots
        self.pairs: Pairing = pairing.pair(*roots, (*asked, *sent), self._equal)
        # Of a message that is called otherwise, what it carries may tell which it is.
        every = actions.values(self.actions, self.tellings, self.partner.get)
        self.pairs.values = (*asked, *every)
        self.documented = Classes(*modules, documented=True)
        self._reading = {way: self._read(way, policy) for way in DIRECTIONS}

    def _equal(self, old: ir.SchemaId, new: ir.SchemaId) -> bool:
        """Whether two schemas mean the same."""
        return self._meaning(0, old) == self._meaning(1, new)

    def _meaning(self, number: int, target: ir.SchemaId) -> int:
        """A number that schemas of equal meaning have in common."""
        version = (self.old, self.new)[number]
        return self.classes.of(number, version.module.schemas[target])

    def _tags(self, number: int, target: ir.SchemaId) -> tuple[str, ...] | None:
        """What an event is called on the wire, None for what is no such event."""
        return self._known_tags[number].get(target)

    def tags(self, new: bool, target: ir.SchemaId | None) -> set[str]:
        """The tags of a payload of the old or the new version, if it is an event."""
        return set(self._known_tags[new].get(target, ())) if target else set()

    def messages(
        self, old: tuple[ops.MessagePart, ...], new: tuple[ops.MessagePart, ...]
    ) -> operations.Match[ops.MessagePart]:
        """Which of some messages of the old version is which of the new one."""
        return actions.messages(old, new, self.tellings, self.partner.get)

    @property
    def arguments(self) -> Mapping[ir.SchemaId, ir.SchemaId]:
        """From the objects that have all parameters of an operation of the old version
        to those of the new one."""
        old, new = self._arguments
        return {
            old[before.location]: new[after.location]
            for before, after in self.operations.both
            if before.location in old and after.location in new
        }

    def silent(self, pair: Pair) -> frozenset[str]:
        """Keywords of a pair that say nothing of what travels: of XML what does not
        travel as this, and the `discriminator` of plain JSON Schema, which does not
        know it."""
        as_xml = any(one.concerns(i) for one, i in zip(self._xml, pair, strict=True))
        silent = {"xml": not as_xml, "discriminator": self.plain}
        return frozenset(word for word, holds in silent.items() if holds)

    def reading(self, way: ir.Direction) -> Versions:
        """Both versions as the reader in a direction takes them; these themselves
        where that makes no difference."""
        return self._reading[way]

    def _read(self, way: ir.Direction, policy: Policy) -> Versions:
        (reader,) = (side.other for side in sides.Side if side.sends is way)
        every = self.old, self.new
        modules = [sides.read_by(one.module, reader) for one in every]
        if all(m is one.module for m, one in zip(modules, every, strict=True)):
            return self
        found = copy.copy(self)
        found.old, found.new = (
            _judged(replace(one.roots, module=module), one.reach, one.texts, policy)
            for one, module in zip(every, modules, strict=True)
        )
        found.classes = Classes(*modules)
        found.asserted = Classes(*modules, formats=policy.formats)
        return found

    def in_forms(self, old: ops.Media, new: ops.Media, name: str) -> bool:
        """Whether a property of a form is one that both versions know of: what only one
        of them does is not written, or not looked at."""
        return all(
            parts.may_hold(emission, form, name)
            for emission, form in zip(self._emissions, (old, new), strict=True)
        )

    @property
    def partner(self) -> Mapping[ir.SchemaId, ir.SchemaId]:
        """From old schemas to new ones."""
        return self.pairs.partner

    @property
    def inline(self) -> Mapping[ir.SchemaId, ir.SchemaId]:
        """From old schemas without a name to new ones, by where they are used; one of
        an answer that was told by a range is another one."""
        named = [set(v.module.names.values()) for v in (self.old, self.new)]
        found: dict[ir.SchemaId, ir.SchemaId] = {}
        for value in self.pairs.values:
            if value.old not in named[0] and value.new not in named[1]:
                found[value.old] = value.new
                named[0].add(value.old)
                named[1].add(value.new)
        return found

    @cached_property
    def back(self) -> Mapping[ir.SchemaId, ir.SchemaId]:
        """From new schemas to old ones."""
        return {new: old for old, new in self.pairs.partner.items()}

    @property
    def sides(self) -> tuple[Side, Side]:
        """The old one and the new one."""
        return self.old.side, self.new.side

    def writer(self, forward: bool) -> Version:
        """The one that writes; `forward` if that is the old one."""
        return self.old if forward else self.new

    def reader(self, forward: bool) -> Version:
        """The one that reads."""
        return self.writer(not forward)
