"""What holds at a place, of either version: schemas that accept or reject the value,
and facts that the intermediate representation has no assertion for."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from codegen.ir import model as ir


@dataclass(frozen=True, slots=True)
class Said:
    """A schema of one version accepts the value or, where it does not hold, rejects it.

    `told` says that the schema stands there whatever the value is like: of those of a
    writer the properties count that a sender is taken to write.
    """

    party: int
    schema: ir.Schema
    holds: bool = True
    told: bool = True

    @property
    def key(self) -> Key:
        """What tells it from others."""
        return self.party, self.schema.id, self.holds, self.told

    @property
    def place(self) -> str:
        """Where the schema stands in its document."""
        return self.schema.location.pointer

    def denied(self, schema: ir.Schema) -> Said:
        """Another schema of the same version, rejecting the value."""
        return Said(self.party, schema, False, False)


Key: TypeAlias = tuple[int, ir.SchemaId, bool, bool]
Place: TypeAlias = tuple[Said, ...]
"""All that is said of one value; nothing said allows everything."""


def place_key(place: Place) -> frozenset[Key]:
    """The identity of a place, in whatever order things are said."""
    return frozenset(said.key for said in place)


def joined(*many: Place) -> Place:
    """All that several say, each thing once."""
    found: dict[Key, Said] = {}
    for place in many:
        for said in place:
            found.setdefault(said.key, said)
    return tuple(found.values())


# --- facts -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Excluded:
    """The value is none of these."""

    values: tuple[ir.Json, ...]


@dataclass(frozen=True, slots=True)
class Indivisible:
    """The number is no multiple."""

    divisor: Fraction


@dataclass(frozen=True, slots=True)
class Avoided:
    """The string does not match."""

    regex: str


@dataclass(frozen=True, slots=True)
class ItemAt:
    """Of the item at an index, if there is one."""

    index: int
    said: Said


@dataclass(frozen=True, slots=True)
class SomeItem:
    """There is an item, from an index on, of which this holds."""

    start: int
    said: Said


@dataclass(frozen=True, slots=True)
class Repeats:
    """Two items are equal."""


@dataclass(frozen=True, slots=True)
class Absent:
    """A property is not there."""

    name: str


@dataclass(frozen=True, slots=True)
class MemberAt:
    """Of a property, if it is there."""

    name: str
    said: Said


@dataclass(frozen=True, slots=True)
class SomeMember:
    """There is a property with a name that matches `pattern`, is none of `known` and
    matches none of `avoided`; `name` is said of the name, `said` of what it holds."""

    pattern: str | None = None
    known: tuple[str, ...] = ()
    avoided: tuple[str, ...] = ()
    name: Said | None = None
    said: Said | None = None


@dataclass(frozen=True, slots=True)
class Denied:
    """No assertion of this class of equal meaning holds."""

    number: int


@dataclass(frozen=True, slots=True)
class Vague:
    """Something that is left out, so that more is taken for possible than is."""

    keyword: str
    place: str = ""

    @property
    def text(self) -> str:
        """What it is, and where."""
        return f"`{self.keyword}` at {self.place or '#'}"


Own: TypeAlias = (
    Excluded
    | Indivisible
    | Avoided
    | ItemAt
    | SomeItem
    | Repeats
    | Absent
    | MemberAt
    | SomeMember
    | Denied
    | Vague
)


@dataclass(frozen=True, slots=True)
class Fact:
    """An assertion that holds, or one of our own, of one version."""

    party: int
    what: ir.Assertion | Own
    told: bool = False


Part: TypeAlias = Said | Fact
Option: TypeAlias = tuple[Part, ...]
Clause: TypeAlias = tuple[Option, ...]
"""One of these holds, all its parts together; without options nothing can hold."""

TRUE: Clause = ((),)
FALSE: Clause = ()
