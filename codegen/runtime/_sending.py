"""What goes out: the text of objects, and frames that events were kept with.

Encoders and the writer of JSON are looked up once for each class. `Model.to_json` and
`Events.encode` find them here by themselves: a call in between takes a tenth as long as
all the rest.
"""

from __future__ import annotations

from ._accelerator import native_writer
from ._depth import with_room
from ._json import dumps_trusted, writer
from .registry import codec_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

ENCODERS: dict[type, Callable[[Any], Any]] = {}
"""The encoder of every class of which an object has been written."""

NATIVE: dict[type, Callable[[Any], bytes]] = {}
"""What writes the events of a class natively, where a native codec is installed."""

KEPT: set[type] = set()
"""Classes of events that were decoded with their frames, which stand among the bytes
beside their fields. While there are none, nobody looks for a frame."""

FRAME = "/"
"""Stands there for a frame. It names no field."""


class Writer:
    """Writes plain JSON values as fast as the engine can, once the first was asked for.

    The engine is settled by the first text, so it is not asked for when a package is
    imported.
    """

    __slots__ = ("write",)

    def __init__(self) -> None:
        self.write: Callable[[Any], bytes] = dumps_trusted


WRITER = Writer()


def sender(
    encoders: dict[type, Callable[[Any], Any]], otherwise: Callable[[Any], bytes]
) -> Callable[[Any], bytes]:
    """What writes the events of a table whose classes have encoders in it; `otherwise`
    writes all others, and what is rare. Attributes of the table would take as long to
    look up as the rest takes."""

    def encode(event: Any) -> bytes:
        cls = event.__class__
        try:
            if KEPT and cls in KEPT and cls in encoders:
                try:
                    frame: bytes = event._bytes[FRAME]
                    return frame
                except (AttributeError, KeyError):
                    pass  # Another of its class was kept.
            return WRITER.write(encoders[cls](event))
        except (KeyError, RecursionError, TypeError):
            return otherwise(event)

    return encode


def written(instance: Any) -> bytes:
    """The text of an object, of a class that may not have been met before, of any
    depth, wherever the caller's stack ends."""
    cls = instance.__class__
    if cls in KEPT:
        try:
            frame: bytes = instance._bytes[FRAME]
            return frame
        except (AttributeError, KeyError):
            pass
    if cls not in ENCODERS:
        ENCODERS[cls] = codec_of(cls).encode
        WRITER.write = writer()
        native = native_writer(cls, _written_by_python)
        if native is not None:
            NATIVE[cls] = native
    return with_room(dumps_trusted, with_room(ENCODERS[cls], instance))


def _written_by_python(instance: Any) -> bytes:
    try:
        return WRITER.write(ENCODERS[instance.__class__](instance))
    except (RecursionError, TypeError):
        return written(instance)


def keep(event: Any, frame: str | bytes) -> None:
    """Keep the frame that an event came in. Half of a surrogate pair has no form in
    UTF-8, and so such a frame is not kept."""
    try:
        text = frame.encode() if isinstance(frame, str) else frame
    except UnicodeEncodeError:
        return
    event._kept()[FRAME] = text
    KEPT.add(event.__class__)
