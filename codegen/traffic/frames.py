"""What one line of a recording, or one message of a HAR, says: a frame and what is
known of it.

The recorder of generated packages writes `{"time": …, "direction": …, "connection": …,
"frame": …}`; other tools say much the same in other words, and a line may be the frame
alone. What is about a frame is told from a frame by its members: an object is about one
only if it has no member that nobody would use for that, and is no event of the
specification.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from codegen.ir.basics import Direction

_FRAME: Final = ("frame", "data", "message", "payload")
_DIRECTION: Final = ("direction", "dir", "type")
_ABOUT: Final = frozenset(
    {*_FRAME, *_DIRECTION, "time", "timestamp", "ts", "connection", "session"}
    | {"binary", "omitted", "redacted", "dropped", "opcode", "mask"}
)

_TO_SERVER: Final = ("client_to_server", "client", "sent", "send", "out", "outgoing")
_TO_CLIENT: Final = ("server_to_client", "server", "received", "receive", "in")
DIRECTIONS: Final = {
    **dict.fromkeys(_TO_SERVER, Direction.CLIENT_TO_SERVER),
    **dict.fromkeys(_TO_CLIENT, Direction.SERVER_TO_CLIENT),
}
"""The words for the two directions; those of whoever sends and receives are a
client's, which is where most recordings are made."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame: its value, or its text where that still has to be read.

    `hidden` are the places whose values the recording does not have, as JSON Pointers.
    """

    value: Any
    direction: Direction | None = None
    connection: str = ""
    text: str | None = None
    hidden: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Binary:
    """A frame of bytes, which no schema describes."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Frames that the recorder had no time for."""

    count: int


class NotAFrame(ValueError):
    """What a line says is neither a frame nor something about one."""


IsEvent: TypeAlias = Callable[[dict[str, Any], bool], bool]
"""Whether an object has the tag of an event of the specification and, if the second
argument is true, breaks nothing of it."""


def never(value: dict[str, Any], valid: bool) -> bool:
    """The answer where no specification is known."""
    return False


def message_of(value: Any) -> Frame | Binary | Dropped:
    """What a message of a HAR is: always about a frame. What steers the connection, and
    errors of it, are none. Raises `NotAFrame`."""
    if not isinstance(value, dict):
        raise NotAFrame("a message of a HAR is an object")
    opcode = value.get("opcode")
    if isinstance(opcode, int) and opcode not in (0, 1, 2):
        return Dropped(0)
    if opcode == 2:
        return Binary()
    data = value.get("data")
    if not isinstance(data, str):
        raise NotAFrame("a message has `data`, which is a text")
    return Frame(data, _direction(value), text=data)


def frame_of(value: Any, is_event: IsEvent = never) -> Frame | Binary | Dropped:
    """What the value of a line is. Raises `NotAFrame`."""
    if not isinstance(value, dict):
        message = "a frame alone is an object; any other stands behind `frame`, "
        raise NotAFrame(f'{message}as in {{"frame": [1, 2]}}')
    if not value.keys() <= _ABOUT:
        return Frame(value)
    direction = _direction(value)
    # An event may well consist of such members alone: it has a type that is none of
    # our words, or no word about a direction at all.
    told = direction is not None or "frame" in value
    if is_event(value, told):
        return Frame(value)
    told = told or "time" in value
    dropped = value.get("dropped")
    if isinstance(dropped, int) and (told or "type" not in value):
        return Dropped(max(0, dropped))
    binary = isinstance(value.get("binary"), dict | int)
    if value.get("opcode") == 2 or (binary and (told or "type" not in value)):
        return Binary()
    key = next((key for key in _FRAME if key in value), None)
    if key is None or not told:
        return Frame(value)
    connection = value.get("connection", value.get("session", ""))
    frame = value[key]
    return Frame(
        frame,
        direction,
        connection if isinstance(connection, str) else repr(connection)[:80],
        frame if isinstance(frame, str) else None,
        _hidden(value),
    )


def _direction(value: dict[str, Any]) -> Direction | None:
    for key in _DIRECTION:
        word = value.get(key)
        if isinstance(word, str) and word.lower() in DIRECTIONS:
            return DIRECTIONS[word.lower()]
    return None


def _hidden(value: dict[str, Any]) -> frozenset[str]:
    found = []
    for key in ("omitted", "redacted"):
        places = value.get(key)
        if isinstance(places, dict | list):
            found += [place for place in places if isinstance(place, str)]
    return frozenset(found)
