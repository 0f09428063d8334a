"""The WebSocket messages of a HAR, as browsers write them, without reading it whole.

A HAR is one JSON text of any size. Its messages stand in arrays that are the value of a
name which no string can hide: inside of a string a quote has a backslash before it.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

_BEGINNING: Final = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*\{\s*\"log\"\s*:\s*\{")
_ENTRIES: Final = re.compile(rb'"entries"\s*:\s*\[')
_KEY: Final = re.compile(rb'"_webSocketMessages"\s*:\s*\[')
_TOKEN: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\]]', re.DOTALL)


def is_one(path: Path) -> bool:
    """Whether a file is a HAR, whatever its name: it begins like one, as the first
    event of JSON lines may do, too, and has a list of entries."""
    with path.open("rb") as file:
        if _BEGINNING.match(file.read(4096)) is None:
            return False
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return _ENTRIES.search(content) is not None


def messages(path: Path, size: int) -> Iterator[tuple[int, int, int]]:
    """The number of each connection, and from where to where some of its messages
    stand: at least one, and no more than fit into `size` bytes if there are several."""
    if not path.stat().st_size:
        return
    with (
        path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
    ):
        for number, key in enumerate(_KEY.finditer(content), 1):
            start = end = key.end()
            for _, after in objects(content, key.end()):
                if after - start > size and end > start:
                    yield number, start, end
                    start = end
                end = after
            if end > start:
                yield number, start, end


def objects(content: bytes | mmap.mmap, at: int = 0) -> Iterator[tuple[int, int]]:
    """From where to where each object stands in an array, up to the end of it; up to
    that of the content for one that is broken off."""
    depth, start = 0, at
    for token in _TOKEN.finditer(content, at):
        match token[0]:
            case b"{" | b"[":
                if not depth:
                    start = token.start()
                depth += 1
            case b"}" | b"]":
                if not depth:
                    return
                depth -= 1
                if not depth:
                    yield start, token.end()
            case _:
                pass
    if depth:
        yield start, len(content)


def lines_before(path: str, places: Iterable[int]) -> dict[int, int]:
    """How many lines end before each of some bytes of a file."""
    found, at, lines = {}, 0, 0
    with Path(path).open("rb") as file:
        for place in sorted(places):
            while at < place and (block := file.read(min(place - at, 1 << 20))):
                lines += block.count(b"\n")
                at += len(block)
            found[place] = lines
    return found
