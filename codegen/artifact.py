"""What generation produces, before anything touches the disk: files as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

Progress: TypeAlias = Callable[[str], None]
"""Told in a few words what long work is busy with."""


def silent(message: str) -> None:
    """Progress that nobody follows."""


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file as it shall stand on disk.

    `path` is relative to the output folder, with `/` separators;
    `text` is complete and ends with a newline unless it is empty.
    """

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What a later run is to know, by a name and the key of what it follows from; None
    for what is known already."""

    name: str
    key: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class Unprinted:
    """A file whose text is still to be made, by `text`.

    The text begins with the comment `head`. All else follows from `made_of` alone,
    which is plain data and dataclasses; and, of the values of some types in it, from
    what `about` has a question for. Where it is known from what that follows in turn,
    `follows_from` says so: whose is the same has the same text, too. `kept` is what a
    later run is to know.
    """

    path: str
    head: str
    made_of: tuple[object, ...]
    text: Callable[[], str]
    about: tuple[tuple[type, Callable[[Any], object]], ...] = ()
    follows_from: str = ""
    kept: tuple[Kept, ...] = ()

    def printed(self) -> OutputFile:
        """The file."""
        return OutputFile(self.path, self.text())


Made: TypeAlias = OutputFile | Unprinted
"""A file, or all that is needed for one."""


def printed(files: Iterable[Made]) -> Iterable[OutputFile]:
    """The files, with their texts."""
    return (file.printed() if isinstance(file, Unprinted) else file for file in files)
