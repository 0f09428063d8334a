"""What a run looks at in the file system, and what it sees there.

Whatever decides what a specification means, or which one is meant, is looked at by the
functions here: also what is absent, for it may appear. While a run takes notes, each
look is kept as a question and its answer, so that the next run can tell whether it
would see the same (`codegen.cache`).

This module is read at every start and imports next to nothing.
"""

from __future__ import annotations

import os
import stat
import sys
from contextvars import ContextVar

from codegen import digests

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextvars import Token
    from pathlib import Path
    from typing import Final

    Place = str | os.PathLike[str]

MOST: Final = 64 * 1024 * 1024
"""Bytes of a file that are looked at to see whether it is the same."""

YAML: Final = (".yaml", ".yml")
"""How the names of files end that are YAML."""

FILE: Final = "file"
FOLDER: Final = "folder"
OTHER: Final = "other"
NOTHING: Final = ""


class Notes:
    """The questions of one run, with the answers.

    `lasting` is False where no later run could ask the same: something changed while
    the run was looking, or is no plain file.
    """

    def __init__(self) -> None:
        self.answers: dict[tuple[str, str], str] = {}
        self.lasting = True
        self._before: Token[Notes | None] | None = None

    @property
    def read(self) -> list[str]:
        """The files that were read."""
        return files(self.answers)

    def __enter__(self) -> Notes:
        self._before = _NOTES.set(self)
        return self

    def __exit__(self, *_error: object) -> None:
        assert self._before is not None
        _NOTES.reset(self._before)

    def note(self, question: str, place: Place, answer: str) -> None:
        """Keep an answer."""
        key = question, os.fspath(place)
        if self.answers.setdefault(key, answer) != answer:
            self.lasting = False


_NOTES: ContextVar[Notes | None] = ContextVar("notes", default=None)


class Supposing:
    """Has files seen as they are going to be for as long as it lasts, beside those that
    are already."""

    def __init__(self, texts: Mapping[Path, bytes]) -> None:
        self._data = {_real(os.fspath(p)): text for p, text in texts.items()}
        self._before: Token[Mapping[str, bytes] | None] | None = None

    def __enter__(self) -> None:
        around = _SUPPOSED.get() or {}
        self._before = _SUPPOSED.set({**around, **self._data})

    def __exit__(self, *_error: object) -> None:
        assert self._before is not None
        _SUPPOSED.reset(self._before)


_SUPPOSED: ContextVar[Mapping[str, bytes] | None] = ContextVar("supposed", default=None)


def _supposed(place: Place) -> bytes | None:
    texts = _SUPPOSED.get()
    return None if texts is None else texts.get(_real(os.fspath(place)))


def files(answers: Mapping[tuple[str, str], str]) -> list[str]:
    """The files that were read by who has these answers, sorted."""
    return sorted(
        place
        for (question, place), answer in answers.items()
        if question == "content" and not answer.startswith("error ")
    )


def _note(question: str, place: Place, answer: str) -> None:
    notes = _NOTES.get()
    if notes is not None:
        notes.note(question, place, answer)


# --- questions ---------------------------------------------------------------------


def content(place: Place) -> bytes:
    """The bytes of a file. Raises OSError."""
    supposed = _supposed(place)
    if supposed is not None:
        elsewhere()
        return supposed
    try:
        with open(place, "rb") as file:
            data = file.read()
            plain = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
    except OSError as error:
        _note("content", place, _failure(error))
        raise
    notes = _NOTES.get()
    if notes is not None:
        notes.note("content", place, digests.of(data))
        notes.lasting = notes.lasting and plain and len(data) <= MOST
    return data


def kind(place: Place) -> str:
    """What is at a place, links followed: a file, a folder, something else, nothing."""
    found = _kind(place) if _supposed(place) is None else FILE
    _note("kind", place, found)
    return found


def size(place: Place) -> int:
    """How large a file is. Raises OSError."""
    supposed = _supposed(place)
    return os.stat(place).st_size if supposed is None else len(supposed)


def names(folder: Place, *endings: str) -> list[str]:
    """The names of the files in a folder that end in one of some ways, sorted. Raises
    OSError."""
    question = " ".join(("names", *endings))
    try:
        found = _names(folder, endings)
    except OSError as error:
        _note(question, folder, _failure(error))
        raise
    _note(question, folder, _listed(found))
    return found


def folders(folder: Place) -> list[str]:
    """The names of the folders in a folder, links not followed, sorted. Raises
    OSError."""
    try:
        found = _folders(folder)
    except OSError as error:
        _note("folders", folder, _failure(error))
        raise
    _note("folders", folder, _listed(found))
    return found


def standard_input(most: int) -> bytes:
    """What comes by standard input, as far as `most` bytes and one more. Who asks
    again is given the same. Raises OSError."""
    elsewhere()
    if sys.stdin is None:  # It was closed by whoever started us.
        raise OSError("there is none")
    stream = sys.stdin.buffer
    if _GIVEN.stream is not stream:
        _GIVEN.data = stream.read(most + 1)
        _GIVEN.stream = stream
    return _GIVEN.data


class _Given:
    """What has come by standard input, which can be read once."""

    stream: object = None
    data: bytes = b""


_GIVEN: Final = _Given()


def elsewhere() -> None:
    """What is read comes from no file, and nothing tells what would come next time."""
    notes = _NOTES.get()
    if notes is not None:
        notes.lasting = False


def real(place: Place) -> str:
    """The absolute path of a place, links resolved as far as there is something."""
    found = _real(os.fspath(place))
    _note("real", place, found)
    return found


# --- the same questions again ------------------------------------------------------


def same(answers: Mapping[tuple[str, str], str]) -> bool:
    """Whether every question has the answer that it had. Raises KeyError where one is
    none of ours."""
    return all(
        _again(question, place) == answer
        for (question, place), answer in answers.items()
    )


def _again(question: str, place: str) -> str:
    asked, *endings = question.split(" ")
    return _ASKED[asked](place, *endings)


def _content_again(place: str) -> str:
    """As `content` notes it, of what it would read without waiting for anybody."""
    try:
        found = os.stat(place)
        if not stat.S_ISREG(found.st_mode) or found.st_size > MOST:
            return OTHER
        with open(place, "rb") as file:
            return digests.of(file.read())
    except OSError as error:
        return _failure(error)


def _names_again(folder: str, *endings: str) -> str:
    try:
        return _listed(_names(folder, endings))
    except OSError as error:
        return _failure(error)


def _folders_again(folder: str) -> str:
    try:
        return _listed(_folders(folder))
    except OSError as error:
        return _failure(error)


def _real(place: str) -> str:
    try:
        return os.path.realpath(place)
    except ValueError:  # A NUL in the path, which leads nowhere.
        return os.path.abspath(place)


def _kind(place: Place) -> str:
    try:
        mode = os.stat(place).st_mode
    except (OSError, ValueError):  # ValueError: a NUL in the path.
        return NOTHING
    if stat.S_ISREG(mode):
        return FILE
    return FOLDER if stat.S_ISDIR(mode) else OTHER


def _names(folder: Place, endings: tuple[str, ...]) -> list[str]:
    with os.scandir(folder) as found:
        return sorted(
            entry.name
            for entry in found
            if entry.name.endswith(endings) and entry.is_file()
        )


def _folders(folder: Place) -> list[str]:
    with os.scandir(folder) as found:
        return sorted(
            entry.name for entry in found if entry.is_dir(follow_symlinks=False)
        )


def _listed(found: list[str]) -> str:
    return digests.of(b"\0".join(os.fsencode(name) for name in found))


def _failure(error: OSError) -> str:
    return f"error {error.errno}"


_ASKED: Final[dict[str, Callable[..., str]]] = {
    "content": _content_again,
    "folders": _folders_again,
    "kind": _kind,
    "names": _names_again,
    "real": _real,
}
