"""Frames of any kind, read as their text says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._depth import TooDeep, with_room
from ._json import JSONError, is_rounded, loads
from .wire import located, plain


def read(frame: Any, *, strict: bool) -> Any:
    """The JSON value in a frame of any kind, exactly; it shares nothing with it."""
    if not isinstance(frame, Mapping):
        if not isinstance(frame, str | bytes | bytearray | memoryview):
            # An event, maybe of another package, is no frame but has one.
            instead = "; its `to_json` gives one" if hasattr(frame, "to_json") else ""
            what = f"{type(frame).__name__}{instead}"
            raise TypeError(f"a frame is text, bytes or a mapping, not {what}")
        return with_room(loads, frame, strict)
    try:
        return plain(frame)
    except TooDeep as error:
        raise JSONError(str(error)) from None
    except TypeError as error:
        raise JSONError(str(located("frame", frame, error))) from None


def read_open(frame: Any) -> Any:
    """The JSON value of a text, whose control characters may be raw."""
    return loads(frame, strict=False)


def read_exactly(frame: Any, data: Any) -> Any:
    """`data`, or what the frame says exactly where reading it fast has rounded."""
    if isinstance(frame, Mapping) or not is_rounded(frame, data):
        return data
    return loads(frame, strict=False)
