"""Schemas, and the assertions about arrays, about objects and in place.

Most of these hold schemas, and a schema is made of them, so they stand in one module.
Their rank in a schema is their place in `Assertion`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from codegen.ir.annotations import Annotations
from codegen.ir.basics import Location, SchemaId
from codegen.ir.scalars import AnyValueAssertion, NumberAssertion, StringAssertion

# --- arrays ------------------------------------------------------------------------


class OnArrays:
    """Asserts something of arrays, and holds for every other value."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class PrefixItems(OnArrays):
    """Item i is valid under `schemas[i]`, as far as both exist."""

    schemas: tuple[Schema, ...]


@dataclass(frozen=True, slots=True)
class Items(OnArrays):
    """Every item from index `start` on is valid under `schema`."""

    schema: Schema
    start: int = 0


@dataclass(frozen=True, slots=True)
class Contains(OnArrays):
    """At least `minimum` and at most `maximum` items are valid under `schema`.

    `evaluates` tells whether matched items count as evaluated for
    `UnevaluatedItems`: so in 2020-12, not so in 2019-09.
    """

    schema: Schema
    minimum: int = 1
    maximum: int | None = None
    evaluates: bool = True


@dataclass(frozen=True, slots=True)
class MinItems(OnArrays):
    """Arrays have at least `limit` items."""

    limit: int


@dataclass(frozen=True, slots=True)
class MaxItems(OnArrays):
    """Arrays have at most `limit` items."""

    limit: int


@dataclass(frozen=True, slots=True)
class UniqueItems(OnArrays):
    """No two items are equal under JSON equality."""


@dataclass(frozen=True, slots=True)
class UnevaluatedItems(OnArrays):
    """Items that nothing else in this schema evaluated are valid under `schema`."""

    schema: Schema


ArrayAssertion: TypeAlias = (
    PrefixItems
    | Items
    | Contains
    | MinItems
    | MaxItems
    | UniqueItems
    | UnevaluatedItems
)


# --- objects -----------------------------------------------------------------------


class OnObjects:
    """Asserts something of objects, and holds for every other value."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Properties(OnObjects):
    """Each named property, where present, is valid under its schema."""

    schemas: Mapping[str, Schema]


@dataclass(frozen=True, slots=True)
class PatternProperties(OnObjects):
    """Each property whose name matches a pattern is valid under its schema."""

    schemas: Mapping[str, Schema]


@dataclass(frozen=True, slots=True)
class AdditionalProperties(OnObjects):
    """Properties covered neither by `Properties` nor by `PatternProperties` of the
    same schema are valid under `schema`.

    `known` and `patterns` repeat what those two cover, so that the assertion
    can be judged on its own.
    """

    schema: Schema
    known: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PropertyNames(OnObjects):
    """Every property name, as a string value, is valid under `schema`."""

    schema: Schema


@dataclass(frozen=True, slots=True)
class Required(OnObjects):
    """All these properties are present.

    The server alone writes the properties in `read_only`, and the client alone those in
    `write_only`; a document of the other side need not have them. Both are empty in a
    module as one side reads it (`ir.sides`).
    """

    names: tuple[str, ...]
    read_only: tuple[str, ...] = ()
    write_only: tuple[str, ...] = ()

    @property
    def sided(self) -> bool:
        """Whether it means something else to each side."""
        return bool(self.read_only or self.write_only)


@dataclass(frozen=True, slots=True)
class MinProperties(OnObjects):
    """Objects have at least `limit` properties."""

    limit: int


@dataclass(frozen=True, slots=True)
class MaxProperties(OnObjects):
    """Objects have at most `limit` properties."""

    limit: int


@dataclass(frozen=True, slots=True)
class DependentRequired(OnObjects):
    """Where a property is present, so are those it names."""

    names: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class DependentSchemas(OnObjects):
    """Where a property is present, the whole object is valid under its schema."""

    schemas: Mapping[str, Schema]


@dataclass(frozen=True, slots=True)
class UnevaluatedProperties(OnObjects):
    """Properties that no other assertion of this schema evaluated are valid under
    `schema`."""

    schema: Schema


ObjectAssertion: TypeAlias = (
    Properties
    | PatternProperties
    | AdditionalProperties
    | PropertyNames
    | Required
    | MinProperties
    | MaxProperties
    | DependentRequired
    | DependentSchemas
    | UnevaluatedProperties
)


# --- applicators in place ----------------------------------------------------------


class InPlace:
    """Asserts that the value meets other schemas, or does not."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Ref(InPlace):
    """The value is valid under another schema of the module.

    `text` is the reference as the source wrote it, for messages.
    """

    target: SchemaId
    text: str = ""


@dataclass(frozen=True, slots=True)
class AllOf(InPlace):
    """Valid under every schema."""

    schemas: tuple[Schema, ...]


@dataclass(frozen=True, slots=True)
class AnyOf(InPlace):
    """Valid under at least one schema."""

    schemas: tuple[Schema, ...]


@dataclass(frozen=True, slots=True)
class OneOf(InPlace):
    """Valid under exactly one schema."""

    schemas: tuple[Schema, ...]


@dataclass(frozen=True, slots=True)
class Not(InPlace):
    """Not valid under `schema`."""

    schema: Schema


@dataclass(frozen=True, slots=True)
class IfThenElse(InPlace):
    """Valid under `then` where valid under `condition`, otherwise under `otherwise`."""

    condition: Schema
    then: Schema | None = None
    otherwise: Schema | None = None


InPlaceApplicator: TypeAlias = Ref | AllOf | AnyOf | OneOf | Not | IfThenElse


Assertion: TypeAlias = (
    AnyValueAssertion
    | NumberAssertion
    | StringAssertion
    | ArrayAssertion
    | ObjectAssertion
    | InPlaceApplicator
)
"""Everything that a schema can assert, in canonical order."""


@dataclass(frozen=True, slots=True)
class Schema:
    """A conjunction of assertions with its annotations.

    `assertions` are in a canonical order: that of the `Assertion` union above.
    At most one of each kind, except `Ref`, `AllOf`, `AnyOf`, `OneOf`.
    """

    id: SchemaId
    location: Location
    assertions: tuple[Assertion, ...] = ()
    annotations: Annotations = Annotations()
    remembered: Any = field(default=None, init=False, repr=False, compare=False)
    """A memo of `ir.facts`. It follows from the schema and its module, as do the next
    two, which say nothing of their own either."""
    children: tuple[Schema, ...] | None = field(
        default=None, init=False, repr=False, compare=False
    )
    """A memo of `ir.walk`: the schemas that stand directly inside this one."""
    digest: bytes = field(default=b"", init=False, repr=False, compare=False)
    """A memo of `ir.contents`: the digest of all that the schema says."""
