"""What a schema says without constraining anything: for people, and for tools."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from codegen.ir.basics import Json, SchemaId


class _Missing(enum.Enum):
    MISSING = "MISSING"


MISSING: Final = _Missing.MISSING
"""Stands where a schema gives no default; null is a default like any other."""


@dataclass(frozen=True, slots=True)
class Discriminator:
    """Which property tells the branches of a union apart.

    It asserts nothing itself: lowering has confined the property in each branch to the
    branch's tags. `mapping` takes tags to schemas where the source gives a mapping.
    `base` is set where the branches are the children of a schema, which extend it by
    `allOf`; an object whose tag belongs to no child is then an object of the base.
    `default` is the branch for objects that lack the property, or whose tag belongs to
    no other branch (`defaultMapping`).
    """

    property: str
    mapping: Mapping[str, SchemaId] = field(default_factory=dict)
    base: SchemaId | None = None
    default: SchemaId | None = None


@dataclass(frozen=True, slots=True)
class EnumMember:
    """What a schema calls one of the values of its `enum`, and how it describes it;
    either may be empty."""

    value: Json
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Departure:
    """Something that the source says and that is not enforced, or not read literally.

    `text` is a sentence for people. `weaker` tells whether the schema accepts more than
    the source says because of it.
    """

    text: str
    weaker: bool


@dataclass(frozen=True, slots=True)
class Annotations:
    """What a schema says without constraining anything."""

    title: str = ""
    description: str = ""
    default: Json = MISSING
    examples: tuple[Json, ...] = ()
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    content_encoding: str = ""
    content_media_type: str = ""
    discriminator: Discriminator | None = None
    tag: str | None = None
    """What the schema says its tag is wherever a discriminator tells it apart and has
    no mapping for it (`x-ms-discriminator-value`). The keyword is among the extensions,
    too."""
    branch_of: SchemaId | None = None
    """Set on a branch that lowering has confined to its tags: the schema that it is
    without the tags, which is what it is outside of that union."""
    enum_metadata: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    """`x-enum-metadata`: facts about each member of a string enum, by its value."""
    enum_members: tuple[EnumMember, ...] = ()
    """The values of `enum` that `x-enum-varnames` and its like name or describe, in
    their order. The keywords are among the extensions, too."""
    extensions: Mapping[str, Json] = field(default_factory=dict)
    """Every other `x-…` keyword, verbatim."""
    departures: tuple[Departure, ...] = ()
    """Where the schema is not read as the source has it; shown in docstrings."""
    others: Mapping[str, Json] = field(default_factory=dict)
    """Keywords that the dialect gives no meaning, verbatim."""
