"""Has another process read large files while this one imports modules, which takes as
long as reading a large specification.

Who asks for the content of a file gets what came of exactly the same bytes. If nothing
did, the file is read then. So it does not matter which files were guessed.
"""

from __future__ import annotations

import contextlib
import marshal
import os
from collections.abc import Iterable
from functools import partial
from typing import Final, TypeAlias

from codegen import digests, sightings, workers
from codegen.source import yaml_text
from codegen.source.limits import MAX_BYTES
from codegen.source.node import Parsed

_LEAST: Final = 100_000
"""Smaller files, in bytes, are not worth another process."""

_Read: TypeAlias = tuple[str, bytes] | None
"""The digest of a file's bytes, and what came of them; None if that needs another
look."""

_begun: dict[int, workers.Ahead[_Read]] = {}
"""The files that are being read, by their size."""


def begin(places: Iterable[str]) -> None:
    """Have the largest of these files read, as many as there are processes for."""
    sizes = {size: place for place in places if (size := _size(place)) >= _LEAST}
    for size in sorted(sizes, reverse=True)[: workers.spare()]:
        ahead = workers.Ahead(partial(_read, sizes[size]))
        if ahead.begin():
            _begun[size] = ahead


def parsed(content: bytes, text: str) -> Parsed:
    """What `yaml_text.read` makes of a text that has these bytes."""
    ahead = _begun.pop(len(content), None)
    if ahead is not None:
        found = ahead.result()
        ahead.end()
        if found is not None and found[0] == digests.of(content):
            return Parsed(*marshal.loads(found[1]))
    return yaml_text.read(text)


def _size(place: str) -> int:
    with contextlib.suppress(OSError, ValueError):
        if place.endswith(sightings.YAML) and os.path.isfile(place):
            return os.path.getsize(place)
    return 0


def _read(place: str) -> _Read:
    with contextlib.suppress(OSError, ValueError):
        with open(place, "rb") as file:
            content = file.read(MAX_BYTES)
        found = yaml_text.read(content.decode("utf-8-sig"))
        if not found.problems:
            return digests.of(content), marshal.dumps((found.data, found.node))
    return None
