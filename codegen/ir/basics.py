"""What every part of the IR is made of: values, identities, places, directions."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any, NewType, TypeAlias

Json: TypeAlias = Any
"""A JSON value as `json.loads` makes it: None, bool, int, float, str, list, dict.

Values inside the IR are shared and never mutated.
"""

SchemaId = NewType("SchemaId", str)
"""Identity of a schema within its module: `document#pointer`, and `@environment`
behind it where a dynamic reference made a copy. Unique and deterministic."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where something stands in the source.

    `document` is the path as shown to people (relative, `/` separators);
    `pointer` is a JSON Pointer into that document (`""` is the root).
    Line and column are found on demand by `source.Document.span`.
    """

    document: str
    pointer: str

    def child(self, *tokens: str | int) -> Location:
        """The location of a member below this one; tokens are escaped here."""
        escaped = (str(token).replace("~", "~0").replace("/", "~1") for token in tokens)
        return Location(self.document, "/".join((self.pointer, *escaped)))


class Direction(enum.Enum):
    """Who writes a document and who reads it."""

    CLIENT_TO_SERVER = "client_to_server"
    SERVER_TO_CLIENT = "server_to_client"
    UNKNOWN = "unknown"

    @property
    def back(self) -> Direction:
        """The direction of an answer."""
        match self:
            case Direction.CLIENT_TO_SERVER:
                return Direction.SERVER_TO_CLIENT
            case Direction.SERVER_TO_CLIENT:
                return Direction.CLIENT_TO_SERVER
            case Direction.UNKNOWN:
                return Direction.UNKNOWN
