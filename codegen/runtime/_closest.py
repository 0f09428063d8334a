"""Which of several classes an object belongs to, where no tag tells.

Classes are tried in the order of how many of the object's properties they declare,
and in the order of the specification where that is equal. The first that accepts
the object is taken. If none does, it is the first tried, as the object differs from
it the least; but a class that declares nothing of the object is not taken, unless
it is the only one that there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .registry import CODECS, Codec, drift


class Closest:
    """The classes to try."""

    def __init__(self, classes: Sequence[type], tag: str) -> None:
        """`tag` names the property that tells other events apart; it may be empty."""
        self._codecs = [CODECS[cls] for cls in classes]
        self._tag = tag

    def decode(self, data: dict[str, Any]) -> Any:
        """The object of the closest class; `data` itself if none is close."""
        ranked = sorted(self._codecs, key=lambda codec: -_declared(codec, data))
        for codec in ranked:
            event = _accepted(codec, data)
            if event is not None:
                return event
        drift()
        if len(ranked) > 1 and not _declared(ranked[0], data):
            return data
        return ranked[0].decode(data)

    def decode_any(self, data: dict[str, Any]) -> Any:
        """As `decode`, for an object whose tag is missing or not known.

        The classes here have no tag, so one that has a tag is none of them.
        """
        if self._tag and self._tag in data:
            drift()
            return data
        return self.decode(data)


def _declared(codec: Codec, data: dict[str, Any]) -> int:
    return len(codec.known.keys() & data.keys())


def _accepted(codec: Codec, data: dict[str, Any]) -> Any:
    """The decoded object if it breaks nothing, otherwise None."""
    before = drift.mark
    event = codec.decode(data)
    # The mark may have been moved by another thread: then the checks decide.
    if drift.mark is before or not codec.check(data):
        return event
    return None
