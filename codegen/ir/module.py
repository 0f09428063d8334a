"""A module: all that one specification says, with its messages and session rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from codegen.ir.basics import Direction, Json, Location, SchemaId
from codegen.ir.calls import Call
from codegen.ir.operations import Interface
from codegen.ir.schemas import Schema


@dataclass(frozen=True, slots=True)
class Example:
    """A value that is shown of what travels. `location` is where it stands, or the
    reference to it where it stands elsewhere: at the `end` of references."""

    value: Json
    location: Location
    end: Location | None = None


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
    examples: tuple[Example, ...] = ()
    binary: bool = False


@dataclass(frozen=True, slots=True)
class EventCondition:
    """Selects events: their tag is one of `tags` and, if `where` is given, the whole
    event is valid under it."""

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
    """A file that the module was read from, and the SHA-256 of its bytes. An overlay
    outside the root has the name of its file for a path."""

    path: str
    digest: str
    overlay: bool = False


@dataclass(frozen=True, slots=True)
class Module:
    """Everything one specification says.

    `schemas` holds each named schema and each target of a reference; a target
    inside another schema stands in both places as the same object.
    `names` takes the names of schemas to ids, in the order of the specification; the
    root of a plain JSON Schema is named `#`. Bodies and parameters of operations that
    the specification does not name have made-up names here: these are the keys of
    `inline`, whose values describe the place to people. `calls` are the operations for
    which types are made.

    `interface` is what is offered around schemas and messages. `aside` holds the
    schemas to which only the interface leads; no types are made of them.
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
        """The names of schemas by their ids.

        Where a name stands for a base and its children, the id of the base itself
        leads to the name, too.
        """
        found = {schema_id: name for name, schema_id in self.names.items()}
        for name, schema_id in self.names.items():
            hint = self.schemas[schema_id].annotations.discriminator
            if hint is not None and hint.base is not None:
                found[hint.base] = name
        return found

    def named(self, name: str) -> Schema:
        """The schema with this name. Raises KeyError where there is none."""
        return self.schemas[self.names[name]]
