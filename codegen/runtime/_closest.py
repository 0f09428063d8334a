"""Which of several classes an object belongs to, where no tag tells.

It is the class that declares most of the object's properties. Where several declare
as many, it is the first of them that accepts the object, in the order of the
specification; if none accepts it, the first. So a property that is wrong, missing
or new changes the class only where another resembles the object at least as much.
A class that declares none of the properties that are there is not taken, unless it
is the only one.

Where classes have a tag that an object may do without, one that accepts the object as
it is comes before all others, and one is always taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .registry import Codec, codec_of, drift
from .wire import as_json


class Closest:
    """The classes to choose from."""

    def __init__(self, classes: Sequence[type], tagged: bool) -> None:
        """`tagged` says that the classes have a tag, which an object lacks."""
        self._codecs: list[Codec] = [codec_of(cls) for cls in classes]
        self._tagged = tagged

    def decode(self, data: dict[str, Any]) -> Any:
        """The object of the closest class; `data` itself if none is close."""
        counts = [len(codec.known.keys() & data.keys()) for codec in self._codecs]
        most = max(counts)
        pairs = zip(self._codecs, counts, strict=True)
        closest = [codec for codec, count in pairs if count == most]
        known = bool(most) or self._tagged
        if known or not data:
            for codec in self._codecs if self._tagged else closest:
                before = drift.mark
                event = codec.decode(data)
                if drift.mark is before:
                    return event
                # Some of it may have become objects, which others would not know.
                as_json(data)
                # Another thread may have moved the mark: then the checks decide.
                if not codec.check(data):
                    return codec.decode(data)
        drift()
        if known or len(self._codecs) == 1:
            return closest[0].decode(data)
        return data
