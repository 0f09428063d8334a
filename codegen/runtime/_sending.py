"""What goes out: the text of objects, and frames that events were kept with.

What writes the objects of a class is made once, of its encoder and the writer of the
engine, so that `Model.to_json` and `Events.encode` have only to find it: a call in
between takes a tenth as long as all the rest.
"""

from __future__ import annotations

from ._accelerator import native_writer
from ._depth import with_room
from ._json import dumps_trusted, writer
from .registry import codec_of
from .wire import SPELLED, plain, retained, wire

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    Send: TypeAlias = Callable[[Any], bytes]

SENDERS: dict[type, Send] = {}
"""What writes the objects of every class of which one has been written; natively, where
a native codec is installed."""

_BY_PYTHON: dict[type, Send] = {}
"""The same without a native codec."""

KEPT: set[type] = set()
"""Classes of events that were decoded with their frames, which stand among the bytes
beside their fields. While there are none, nobody looks for a frame."""

FRAME = "/"
"""Stands there for a frame. It names no field."""


def sender(senders: dict[type, Send], otherwise: Send) -> Send:
    """What writes the events of a table whose classes have senders in it; `otherwise`
    writes all others, and what is rare. Attributes of the table would take as long to
    look up as the rest takes."""

    def encode(event: Any) -> bytes:
        cls = event.__class__
        try:
            if KEPT and cls in KEPT and cls in senders:
                try:
                    frame: bytes = event._bytes[FRAME]
                    return frame
                except (AttributeError, KeyError):
                    pass  # Another of its class was kept.
            return senders[cls](event)
        except (KeyError, RecursionError, TypeError):
            return otherwise(event)

    return encode


def sender_of(cls: type) -> Send:
    """What writes the objects of a class, frames that are kept aside. It raises
    TypeError or RecursionError for what only `written` can write.

    An encoder gives JSON but for what is in the lists and maps of objects. The engine
    asks for the JSON of that: most often what these objects keep, unless there are
    values that stand for texts. It is settled by the first text, so it is not asked for
    when a package is imported.
    """
    found = _BY_PYTHON.get(cls)
    if found is not None:
        return found
    encode = codec_of(cls).encode
    write, options = writer()
    inner = wire if SPELLED else retained

    def send(instance: Any) -> bytes:
        return write(encode(instance), inner, options)

    def send_retained(instance: Any) -> bytes:
        return write(instance._wire, inner, options)

    _BY_PYTHON[cls] = send_retained if encode is retained else send
    return _BY_PYTHON[cls]


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
    if cls not in SENDERS:
        own = sender_of(cls)
        SENDERS[cls] = native_writer(cls, _written_by_python) or own
    return _written_by_python(instance)


def _written_by_python(instance: Any) -> bytes:
    cls = instance.__class__
    try:
        return sender_of(cls)(instance)
    except (RecursionError, TypeError):
        value = with_room(codec_of(cls).encode, instance)
        return with_room(dumps_trusted, plain(value))


def keep(event: Any, frame: str | bytes) -> None:
    """Keep the frame that an event came in. Half of a surrogate pair has no form in
    UTF-8, and so such a frame is not kept."""
    try:
        text = frame.encode() if isinstance(frame, str) else frame
    except UnicodeEncodeError:
        return
    event._kept()[FRAME] = text
    KEPT.add(event.__class__)
