"""The intermediate representation: what a specification means, nothing about Python.

Every dialect (OpenAPI 3.0 to 3.2, AsyncAPI, JSON Schema drafts) is lowered into
these types with the meaning of JSON Schema 2020-12. A schema *is* a conjunction
of assertions, so `Schema` holds a tuple of small assertion types; consumers
match them exhaustively with `match` and `typing.assert_never`.

Each assertion belongs to one group, by the values that it is about. A group has two
names: a class for patterns (`case ir.OnStrings():` takes all of them at once) and a
union for annotations (`assertion: ir.StringAssertion` can be matched exhaustively).
A consumer names a group as a whole only where what it does follows from the group,
and each member where it does not, so that the type checker finds every place that a
new assertion concerns.

What lowering has already settled, so that no consumer meets it:

* `$ref`, `$anchor`, `$id` and `$dynamicRef` are all `Ref` to a schema of the
  same module. A dynamic reference depends on the path that leads to it; lowering
  makes one copy of the schema for each path that differs, so the meaning is static.
* `const` is `Enum` with one value; `nullable`, boolean `exclusiveMinimum`,
  array-valued `items`, `dependencies` and `$recursiveRef` are spelled as 2020-12.
* A boolean schema is a `Schema` with no assertions (true) or with `Never` (false).
* A discriminator decides: where a branch does not confine the property to its tags
  itself, it is made to; a base whose children name it in `allOf` is a union of them.

Everything is frozen. Recursion goes through `Ref` only, so a schema is a finite tree.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from codegen.ir.basics import Direction as Direction
from codegen.ir.basics import Json as Json
from codegen.ir.basics import Location as Location
from codegen.ir.basics import SchemaId as SchemaId
from codegen.ir.calls import Call as Call
from codegen.ir.operations import Interface

JSON_TYPES: Final = (
    "null",
    "boolean",
    "integer",
    "number",
    "string",
    "array",
    "object",
)


# --- assertions on any value -------------------------------------------------------


class OnAnyValue:
    """Asserts something of every value."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Never(OnAnyValue):
    """Nothing is valid: the schema `false`."""


@dataclass(frozen=True, slots=True)
class Type(OnAnyValue):
    """The value's type is one of `types`, in the order of `JSON_TYPES`.

    `integer` holds for every number without a fraction, 1.0 included;
    a set with `number` never lists `integer` as well.
    """

    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Enum(OnAnyValue):
    """The value equals one of `values` under JSON equality (1 == 1.0, true != 1).

    `keyword` is `enum` or `const`, whichever the source wrote.
    """

    values: tuple[Json, ...]
    keyword: str = "enum"


AnyValueAssertion: TypeAlias = Never | Type | Enum


# --- numbers -----------------------------------------------------------------------


class OnNumbers:
    """Asserts something of numbers, and holds for every other value."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Minimum(OnNumbers):
    """A lower bound on numbers."""

    limit: int | float
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Maximum(OnNumbers):
    """An upper bound on numbers."""

    limit: int | float
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class MultipleOf(OnNumbers):
    """Numbers are an integral multiple of `divisor` (> 0), computed in decimals:
    19.99 is a multiple of 0.01."""

    divisor: int | float


NumberAssertion: TypeAlias = Minimum | Maximum | MultipleOf


# --- strings -----------------------------------------------------------------------


class OnStrings:
    """Asserts something of strings, and holds for every other value."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class MinLength(OnStrings):
    """Strings have at least `limit` code points."""

    limit: int


@dataclass(frozen=True, slots=True)
class MaxLength(OnStrings):
    """Strings have at most `limit` code points."""

    limit: int


@dataclass(frozen=True, slots=True)
class Pattern(OnStrings):
    """Strings match `regex` somewhere; ECMA-262 syntax with the `u` flag."""

    regex: str


@dataclass(frozen=True, slots=True)
class Format(OnStrings):
    """`format`: an annotation, or an assertion where the configuration says so."""

    name: str


StringAssertion: TypeAlias = MinLength | MaxLength | Pattern | Format


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

    Of these, the server alone writes those in `read_only` and the client alone those
    in `write_only`; of what the other side writes they are not required. Who asks for
    a module as one side reads it (`ir.sides`) meets neither.
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


# --- annotations -------------------------------------------------------------------


class _Missing(enum.Enum):
    MISSING = "MISSING"


MISSING: Final = _Missing.MISSING
"""Stands where a schema gives no default; null is a default like any other."""


@dataclass(frozen=True, slots=True)
class Discriminator:
    """Which property tells the branches of a union apart.

    `mapping` takes tag values to targets where the source gives a mapping. It asserts
    nothing itself: lowering has confined the property in each branch to its tags.
    `base` is the schema whose children, by `allOf`, the branches are; an object with
    a tag of none of them is one of those. `default` is the branch for objects without
    the property or with a tag of no other branch (`defaultMapping`).
    """

    property: str
    mapping: Mapping[str, SchemaId] = field(default_factory=dict)
    base: SchemaId | None = None
    default: SchemaId | None = None


@dataclass(frozen=True, slots=True)
class EnumMember:
    """What a schema calls one of the values of its `enum`, and says of it; either may
    be empty."""

    value: Json
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Departure:
    """What the source says and is not enforced, or not read by the letter.

    `text` is a sentence for people; `weaker` tells whether the schema therefore accepts
    more than the source says.
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
    branch_of: SchemaId | None = None
    """Of a branch that a discriminator confines to its tags: what it is apart from
    them, and where it is no branch of that union."""
    enum_metadata: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    """`x-enum-metadata`: facts about each member of a string enum, by its value."""
    enum_members: tuple[EnumMember, ...] = ()
    """The values of `enum` that `x-enum-varnames` and its like name or describe, in
    their order. The keywords are among the extensions, too."""
    extensions: Mapping[str, Json] = field(default_factory=dict)
    """Every other `x-…` keyword, verbatim."""
    departures: tuple[Departure, ...] = ()
    others: Mapping[str, Json] = field(default_factory=dict)
    """Keywords that the dialect gives no meaning, verbatim."""


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
    """What `facts` has found out about it, so as not to find it out again."""
    children: tuple[Schema, ...] | None = field(
        default=None, init=False, repr=False, compare=False
    )
    """The same of `walk`: the schemas that stand directly inside it."""
    digest: bytes = field(default=b"", init=False, repr=False, compare=False)
    """The same of `contents`: the digest of all that it says."""


# --- messages and modules ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Message:
    """One document that travels: an AsyncAPI message, or an OpenAPI request,
    response, callback or webhook body.

    `kind` is `event`, `request`, `response`, `webhook` or `callback`.
    `name` is the message's key, or `METHOD /path` and the status for operations.
    `payload` is None for payloads that no JSON Schema describes (`binary`).
    """

    name: str
    kind: str
    direction: Direction
    payload: SchemaId | None
    location: Location
    channel: str = ""
    content_type: str = ""
    headers: SchemaId | None = None
    description: str = ""
    examples: tuple[Json, ...] = ()
    binary: bool = False


@dataclass(frozen=True, slots=True)
class EventCondition:
    """Events whose tag is one of `tags` and, if given, whose whole document is valid
    under `where`."""

    tags: tuple[str, ...]
    where: SchemaId | None = None


@dataclass(frozen=True, slots=True)
class SessionRule:
    """A condition over the life of a session (`x-session-rules`).

    The rule is active from an event that meets `after` to one that meets `until`.
    While it is active, an event that meets `forbid` violates it, and so does an
    event in which the value at the pointer of `frozen` (by tag) differs from the
    last one seen at any of those pointers. A pointer that finds nothing says nothing.
    """

    name: str
    description: str
    location: Location
    after: EventCondition
    until: EventCondition | None = None
    forbid: EventCondition | None = None
    frozen: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that the module was read from, and the SHA-256 of its bytes."""

    path: str
    digest: str


@dataclass(frozen=True, slots=True)
class Module:
    """Everything one specification says.

    `schemas` holds each named schema and each target of a reference; a target
    inside another schema stands in both places as the same object.
    `names` takes the names of the spec to ids, in the order of the spec; the root
    of a plain JSON Schema is named `#`. `inline` are those of these names that the
    specification does not give, each with the words for its place: the bodies and
    parameters of operations. `calls` are the operations that types are made for.

    `interface` is what is offered around schemas and messages, `aside` the schemas
    that only it leads to, of which no type is made.
    """

    title: str
    version: str
    dialect: str
    files: tuple[SourceFile, ...]
    schemas: Mapping[SchemaId, Schema]
    names: Mapping[str, SchemaId]
    messages: tuple[Message, ...] = ()
    session_rules: tuple[SessionRule, ...] = ()
    inline: Mapping[str, str] = field(default_factory=dict)
    calls: tuple[Call, ...] = ()
    interface: Interface = field(default_factory=Interface)
    aside: Mapping[SchemaId, Schema] = field(default_factory=dict)
    named_ids: frozenset[SchemaId] = field(init=False, repr=False, compare=False)
    """The ids of those schemas that have a name."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "named_ids", frozenset(self.names.values()))

    def names_by_id(self) -> dict[SchemaId, str]:
        """The names of schemas by their ids; a base that stands for its children has
        the name in its own right, too."""
        found = {schema_id: name for name, schema_id in self.names.items()}
        for name, schema_id in self.names.items():
            hint = self.schemas[schema_id].annotations.discriminator
            if hint is not None and hint.base is not None:
                found[hint.base] = name
        return found

    def named(self, name: str) -> Schema:
        """The schema that the specification calls `name`. Raises KeyError."""
        return self.schemas[self.names[name]]
