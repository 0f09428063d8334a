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

    `property` is what it is called in the object of all parameters, which is another
    name only where two of them have one. `media` is the type of what is written as a
    document (`content`); `style` and `explode` say how others are.
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
    """A body of one media type: the schema of the whole, and of each item of one that
    comes bit by bit. Of bytes there is neither. `data` are the schemas of what server-
    sent events hold in their data, by their types; by none where any may come."""

    media: str
    schema: str | None = None
    item: str | None = None
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """An operation with its types.

    `key` is its id, or method and path; `kind` is empty for an operation of the API,
    `webhook` or `callback` for one that the server calls. `parameters` is the schema of
    an object with all of them.
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
