"""Operations as programs see them: the schemas of what is sent and what comes back.

What the document says of an operation is in `ir.operations`; this is what of it has
types. Schemas are given by their names in `Module.names`, for each has one: that of the
specification, or one after its place (`Module.inline`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from codegen.ir.basics import Direction, Location


@dataclass(frozen=True, slots=True)
class Argument:
    """A parameter of an operation, and how it is written.

    `property` is its name in the object that holds all parameters; it differs from
    `name` only where two parameters have the same name. `media` is the media type of a
    parameter that is written as a document (`content`); `style` and `explode` say how
    any other is written.
    """

    property: str
    name: str
    where: str
    style: str
    explode: bool
    reserved: bool = False
    media: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """A body of one media type.

    `schema` is that of the whole body and `item` that of each item, where a body comes
    item by item; a body of bytes has neither. `data` holds the schemas of what
    server-sent events carry as JSON in their data, by event type; the empty type stands
    for any event.
    """

    media: str
    schema: str | None = None
    item: str | None = None
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """An operation with its types.

    `key` is its id, or method and path. `kind` is empty for an operation of the API,
    and `webhook` or `callback` for one that the server calls. `parameters` is the
    schema of an object that holds all parameters.
    """

    key: str
    method: str
    path: str
    kind: str
    location: Location
    parameters: str | None = None
    arguments: tuple[Argument, ...] = ()
    request: tuple[Content, ...] = ()
    responses: Mapping[str, tuple[Content, ...]] = field(default_factory=dict)

    @property
    def direction(self) -> Direction:
        """The direction of its requests."""
        if self.kind:
            return Direction.SERVER_TO_CLIENT
        return Direction.CLIENT_TO_SERVER
