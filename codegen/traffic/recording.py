"""Recordings: their files, the pieces into which they are cut, and the frames in each
piece.

A recording may be larger than memory, so nothing here holds more than a line, or a
piece of a HAR. Pieces follow from the sizes of files alone, and places are given within
their piece, so that several processes can share the work.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeAlias

from codegen.ir.basics import Direction
from codegen.runtime import _json
from codegen.traffic import har
from codegen.traffic.faults import fault
from codegen.traffic.frames import (
    DIRECTIONS,
    Binary,
    Dropped,
    Frame,
    IsEvent,
    NotAFrame,
    frame_of,
    message_of,
    never,
)

PIECE: Final = 4 * 1024 * 1024
"""How many bytes of a recording are read in one go: some thousand frames."""

MAX_LINE: Final = 16 * 1024 * 1024
"""The longest line. Servers refuse messages far below this."""

MAX_FILES: Final = 1_000_000
"""How many files a folder of frames may have."""

_OTHER: Final = {
    b"\x1f\x8b": "this is compressed (gzip)",
    b"\x28\xb5\x2f\xfd": "this is compressed (zstd)",
    b"BZh": "this is compressed (bzip2)",
    b"PK\x03\x04": "this is an archive (zip)",
    b"\xff\xfe": "this is UTF-16",
    b"\xfe\xff": "this is UTF-16",
}
"""How files begin that are no text in UTF-8."""

_ONCE: Final = (
    "a recording is read more than once, and by several processes, so none comes by"
    " standard input or through a pipe: write it into a file first, as with"
    " `… > frames.jsonl`, and name that"
)

_LINES: Final = frozenset({".jsonl", ".ndjson", ".jsonlines", ".log", ".txt"})
_ONE_FRAME: Final = frozenset({".json"})


class NoRecording(Exception):
    """What was named is no recording; the message says why. `path` is the file of a
    folder that is meant."""

    def __init__(self, message: str, path: Path | None = None) -> None:
        super().__init__(message)
        self.path = path


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a recording. By `kind` it is the lines that begin between two bytes of
    a file (`lines`), the messages of a HAR between two bytes (`har`), or a file with a
    single frame (`frame`). Pieces with different `session` are recordings of different
    sessions, where frames do not tell."""

    path: str
    start: int
    end: int
    kind: str
    session: str = ""


@dataclass(frozen=True, slots=True)
class Bad:
    """What cannot be read. `column` counts code points from 1, on the line where the
    problem is, which is so many lines `below` that where the text begins."""

    column: int
    message: str
    below: int = 0


Item = Frame | Binary | Dropped | Bad
Meaning: TypeAlias = Callable[[Any], Frame | Binary | Dropped]


# --- pieces ------------------------------------------------------------------------


def pieces(path: Path) -> list[Piece]:
    """The pieces of a recording, in order. Raises `NoRecording`, and `OSError`."""
    if path == Path("-") and not path.exists():
        raise NoRecording(_ONCE)
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        found = [piece for file in _files(path) for piece in _of_file(file, path)]
        if not found:
            raise NoRecording("the folder has no frames in .json, .jsonl or .har files")
        return found
    if not stat.S_ISREG(mode):
        raise NoRecording(_ONCE)
    return list(_of_file(path, None))


def _files(folder: Path) -> Iterator[Path]:
    """The files of a folder and those below it, by their paths; links to folders are
    not followed."""
    count = 0
    for here, folders, names in os.walk(folder, onerror=_raise):
        folders.sort()
        for name in sorted(names):
            path = Path(here, name)
            if path.suffix.lower() not in _LINES | _ONE_FRAME | {".har"}:
                continue
            if stat.S_ISREG(path.stat().st_mode):
                count += 1
                if count > MAX_FILES:
                    raise NoRecording(f"the folder has more than {MAX_FILES} files")
                yield path


def _raise(error: OSError) -> None:
    raise error


def _of_file(path: Path, folder: Path | None) -> Iterator[Piece]:
    """The pieces of a file. In a folder of frames, each file is a frame and each folder
    a session."""
    size = path.stat().st_size
    name = str(path)
    _check_text(path)
    if path.suffix.lower() == ".har" or har.is_one(path):
        found = list(har.messages(path, PIECE))
        if not found and folder is None:
            raise NoRecording(f"{path.name} has no WebSocket messages")
        for number, start, end in found:
            yield Piece(name, start, end, "har", f"{name}#{number}")
    elif folder is not None and path.suffix.lower() in _ONE_FRAME:
        yield Piece(name, 0, size, "frame", str(path.parent))
    else:
        for start in range(0, size, PIECE):
            yield Piece(name, start, min(size, start + PIECE), "lines", name)


def _check_text(path: Path) -> None:
    """Raise `NoRecording` for a file that begins like none of text in UTF-8."""
    with path.open("rb") as file:
        start = file.read(4)
    for mark, what in _OTHER.items():
        if start.startswith(mark):
            way = "save it as UTF-8" if "UTF" in what else "unpack it"
            raise NoRecording(f"{what}, and recordings are text in UTF-8: {way}", path)


# --- frames ------------------------------------------------------------------------


def items(piece: Piece, is_event: IsEvent = never) -> Iterator[tuple[int, Item]]:
    """What is in a piece, each with its line, counted from 0 at the beginning of the
    piece. `is_event` tells events from what is about a frame. Raises `OSError`."""
    meaning = partial(frame_of, is_event=is_event)
    with Path(piece.path).open("rb") as file:
        match piece.kind:
            case "lines":
                yield from _lines(file, piece, meaning)
            case "har":
                yield from _messages(file, piece)
            case _:
                yield _one(file, piece, meaning)


def _lines(
    file: BinaryIO, piece: Piece, meaning: Meaning
) -> Iterator[tuple[int, Item]]:
    for number, (text, whole) in enumerate(_texts(file, piece)):
        if not whole:
            message = f"the line is longer than {MAX_LINE} bytes"
            yield number, Bad(1, message)
        elif not text.strip():
            yield number, _NOTHING
        else:
            yield number, read(text, meaning, "line")


_NOTHING: Final = Dropped(0)


def _texts(file: BinaryIO, piece: Piece) -> Iterator[tuple[bytes, bool]]:
    """The lines that begin in a piece, and whether each of them is complete."""
    if piece.start:
        # A line that begins before the piece belongs to the one before.
        file.seek(piece.start - 1)
        while (
            file.tell() < piece.end
            and (skipped := file.readline(min(MAX_LINE, piece.end - file.tell())))
            and skipped[-1:] != b"\n"
        ):
            pass
    while file.tell() < piece.end:
        first = file.tell() == 0
        text = file.readline(MAX_LINE + 1)
        whole = text[-1:] == b"\n" or len(text) <= MAX_LINE
        if not whole:
            while (rest := file.readline(MAX_LINE)) and rest[-1:] != b"\n":
                pass
        yield text.removeprefix(b"\xef\xbb\xbf") if first else text, whole


def _messages(file: BinaryIO, piece: Piece) -> Iterator[tuple[int, Item]]:
    file.seek(piece.start)
    content = file.read(piece.end - piece.start)
    line = at = 0
    for start, end in har.objects(content):
        line += content.count(b"\n", at, start)
        at = start
        found = read(content[start:end], message_of, "message")
        if isinstance(found, Bad):
            yield line + found.below, found
        else:
            yield line, found


def _one(file: BinaryIO, piece: Piece, meaning: Meaning) -> tuple[int, Item]:
    content = file.read(MAX_LINE + 1)
    if len(content) > MAX_LINE:
        return 0, Bad(1, f"the frame is longer than {MAX_LINE} bytes")
    found = read(content.removeprefix(b"\xef\xbb\xbf"), meaning, "file")
    if isinstance(found, Bad):
        return found.below, found
    if isinstance(found, Frame) and found.direction is None:
        return 0, replace(found, direction=_named(Path(piece.path)))
    return 0, found


def _named(path: Path) -> Direction | None:
    """The direction that the name of a file, or of its folder, tells."""
    words = [*re.split(r"[\W_]+", path.stem.lower()), path.parent.name.lower()]
    told = {DIRECTIONS[word] for word in words if word in DIRECTIONS}
    return told.pop() if len(told) == 1 else None


def read(text: bytes, meaning: Meaning, holder: str) -> Item:
    """What a text says, or what is wrong with it. `meaning` tells what its value stands
    for, `holder` what the text is: a `line`, a `file` or a `message`."""
    try:
        value: Any = _json.loads(text, False)
        found = meaning(value)
    except NotAFrame as error:
        return Bad(1, str(error))
    except ValueError:
        below, column, message = fault(text, holder)
        return Bad(column, message, below)
    if isinstance(found, Frame) and found.text is not None:
        return _parsed(found)
    return found


def _parsed(frame: Frame) -> Frame:
    """A frame that came as text, with its value if the text is JSON."""
    assert frame.text is not None
    try:
        value: Any = _json.loads(frame.text, False)
    except ValueError:
        return frame
    return Frame(value, frame.direction, frame.connection, None, frame.hidden)
