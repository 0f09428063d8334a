"""What goes out: the text of objects, and frames that events were kept with.

What writes the objects of a class is made once, of its encoder and the writer of the
engine. A generated class has it as its own `to_json` from then on, and `Events.encode`
has only to find the encoder: a call in between takes a tenth as long as all the rest.
"""

from __future__ import annotations

from typing import Any

from ._accelerator import native_writer
from ._depth import with_room
from ._json import dumps_trusted, writer
from .registry import codec_of, is_own
from .wire import SPELLED, located, plain, retained, wire

TYPE_CHECKING: bool = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Encode: TypeAlias = Callable[[Any], Any]
    Send: TypeAlias = Callable[[Any], bytes]

SENDERS: dict[type, Send] = {}
"""What writes the objects of every class of which one has been written; natively, where
a native codec is installed."""

_BY_PYTHON: dict[type, Send] = {}
"""The same without a native codec."""

_METHODS: dict[type, Send] = {}
"""What generated classes have as their own `to_json`."""

KEPT: set[type] = set()
"""Classes of events that were decoded with their frames, which stand among the bytes
beside their fields, and those that they derive from. While there are none, nobody looks
for a frame."""

FRAME = "/"
"""Stands there for a frame. It names no field."""


def sender(encoders: dict[type, Encode | None], otherwise: Send) -> Send:
    """What writes the events of a table. `encoders` has those of the classes that have
    been met, None for one whose objects keep their JSON; `otherwise` writes all other
    events, and what is rare. To look up attributes of the table would take as long as
    the rest does."""
    write, inner, options = _writing()

    def encode(event: Any) -> bytes:
        cls = event.__class__
        try:
            encoder = encoders[cls]
            if KEPT and cls in KEPT:
                try:
                    frame: bytes = event._bytes[FRAME]
                    return frame
                except (AttributeError, KeyError):
                    pass  # Another of its class was kept.
            return write(
                event._wire if encoder is None else encoder(event), inner, options
            )
        except (KeyError, RecursionError, TypeError):
            return otherwise(event)

    return encode


def encoder_of(cls: type) -> Encode | None:
    """What gives the JSON of the objects of a class; None where they keep it."""
    encode = codec_of(cls).encode
    return None if encode is retained else encode


def _writing() -> tuple[Callable[[Any, Encode, int], bytes], Encode, int]:
    """What writes the JSON of objects; what it asks for that of others inside of lists
    and maps, which is most often what these keep, unless there are values that stand
    for texts; and its options. It is settled by the first text, so it is not asked for
    when a package is imported."""
    write, options = writer()
    return write, wire if SPELLED else retained, options


def sender_of(cls: type) -> Send:
    """What writes the objects of a class, frames that are kept aside. It raises
    TypeError or RecursionError for what only `written` can write."""
    found = _BY_PYTHON.get(cls)
    if found is not None:
        return found
    encode = codec_of(cls).encode
    write, inner, options = _writing()

    def send(instance: Any) -> bytes:
        return write(encode(instance), inner, options)

    _BY_PYTHON[cls] = send
    return send


def _settle(cls: Any) -> None:
    """Give a generated class a `to_json` of its own, which looks for nothing; not where
    frames are kept, nor where somebody has given it another."""
    if cls in KEPT or not is_own(cls) or "to_json" in cls.__dict__:
        return
    encode = codec_of(cls).encode
    write, inner, options = _writing()

    def to_json(self: Any) -> bytes:
        try:
            return write(encode(self), inner, options)
        except (RecursionError, TypeError):
            return written(self)

    def to_json_retained(self: Any) -> bytes:
        try:
            return write(self._wire, inner, options)
        except (RecursionError, TypeError):
            return written(self)

    method = to_json_retained if encode is retained else to_json
    general = cls.to_json
    method.__name__, method.__doc__ = general.__name__, general.__doc__
    method.__qualname__ = f"{cls.__qualname__}.{method.__name__}"
    _METHODS[cls] = method
    type.__setattr__(cls, "to_json", method)
    if cls in KEPT:  # Since another thread has kept one.
        _unsettle(cls)


def _unsettle(cls: type) -> None:
    """Take away what `_settle` has given."""
    if cls in _METHODS and cls.__dict__.get("to_json") is _METHODS[cls]:
        type.__delattr__(cls, "to_json")


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
        with_room(_prepare, cls)
    return _written_by_python(instance)


def _prepare(cls: type) -> None:
    """Find what writes the objects of a class."""
    native = native_writer(cls, _written_by_python)
    SENDERS[cls] = native or sender_of(cls)
    if native is None:
        _settle(cls)


def _written_by_python(instance: Any) -> bytes:
    cls = instance.__class__
    try:
        return sender_of(cls)(instance)
    except (RecursionError, TypeError):
        value = with_room(codec_of(cls).encode, instance)
        try:
            return with_room(dumps_trusted, plain(value))
        except TypeError as error:
            raise located(cls.__name__, instance, error) from None


def keep(event: Any, frame: str | bytes) -> None:
    """Keep the frame that an event came in. Half of a surrogate pair has no form in
    UTF-8, and so such a frame is not kept."""
    try:
        text = frame.encode() if isinstance(frame, str) else frame
    except UnicodeEncodeError:
        return
    event._kept()[FRAME] = text
    if event.__class__ not in KEPT:
        own = codec_of(event.__class__).cls
        KEPT.update((event.__class__, own))
        _unsettle(own)
