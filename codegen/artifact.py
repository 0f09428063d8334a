"""What generation produces before anything is written to disk: files as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias, assert_never

Progress: TypeAlias = Callable[[str], None]
"""Is called with a few words on what a long run is working on."""


def silent(message: str) -> None:
    """Progress that nobody follows."""


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file as it is to stand on disk.

    `path` is relative to the output folder, with `/` separators; `text` is complete and
    ends with a newline unless it is empty.
    """

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that a later run should know, stored under a name and the key of what
    it follows from. `value` is None if an earlier run has stored it already."""

    name: str
    key: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class Unprinted:
    """A file whose text has not been made yet; `text` makes it.

    The text begins with the comment `head`. The rest of it follows from `made_of`,
    which is plain data and dataclasses; for values of some types in it, `about` has a
    function that tells what else matters. Where `follows_from` is not empty, it is a
    key with the same purpose that was easier to find: the same key means the same text.
    It is `late` where that key is only found when the text is being made; a `Follows`
    says it then. `kept` is for later runs.
    """

    path: str
    head: str
    made_of: tuple[object, ...]
    text: Callable[[], str]
    about: tuple[tuple[type, Callable[[Any], object]], ...] = ()
    follows_from: str = ""
    kept: tuple[Kept, ...] = ()
    late: bool = False

    def printed(self) -> OutputFile:
        """The file with its text."""
        return OutputFile(self.path, self.text())


@dataclass(frozen=True, slots=True)
class Follows:
    """The key of what the text of a file follows from that is `late`."""

    path: str
    key: str


Made: TypeAlias = OutputFile | Unprinted | Follows
"""A file, everything that is needed to make it, or what is known of one behind it."""


def printed(files: Iterable[Made]) -> Iterator[OutputFile]:
    """The files, with their texts made."""
    for file in files:
        match file:
            case OutputFile():
                yield file
            case Unprinted():
                yield file.printed()
            case Follows():
                pass
            case _:
                assert_never(file)
