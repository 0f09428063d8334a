"""Recognises a run of `generate` that has nothing to do, before anything is parsed.

A run leaves what it looked at and what it saw, the trees that must come of it, and what
it said. If the next run of the same tool, with the same arguments and in the same
folder, would see the same, and the trees are as they must be, it is over: it only says
again what was said. Every question that is asked again is one that the earlier run has
asked, so nothing here knows how a specification is read (`codegen.sightings`).
"""

from __future__ import annotations

import json
import os

from codegen import digests, sightings
from codegen.cache import tool
from codegen.cache.folder import OFF, PLACE, Folder
from codegen.cache.trees import Tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any, Final

    Told = list[Any]

_FORM: Final = 2
"""The version of what is stored; it is part of the names under which things are
stored."""

_WITHOUT: Final = "--no-cache"
_DEPFILE: Final = "--depfile"
"""The value of this option is a file that a run must write in any case."""

_CHECK: Final = "--check"
_QUIET: Final = frozenset(("-q", "--quiet"))
_VERBOSE: Final = frozenset(("-v", "--verbose", "-qv", "-vq", "-qq"))
"""With these options a run tells everything that it does, so it has to do it."""

_FLAGS: Final = _QUIET | {
    *("--strict", "--lenient", "--assert-formats", "--allow-remote", "--no-tests"),
}
"""Options without a value. One that is missing here does no harm: what follows it is
taken for its value, so `--check` behind it is not recognised, and such runs are
remembered separately."""


class Answer:
    """What the earlier run has found: what it `told`, as rows of data, and the name and
    number of files of each tree."""

    def __init__(self, told: list[Told], trees: list[tuple[str, int]]) -> None:
        self.told = told
        self.trees = trees


class Attempt:
    """A run of a command that perhaps need not be made.

    `check` tells whether it is to write nothing, and `quiet` whether it does not say
    what it wrote. `refused` is why the cache is not used, for people. `read` are the
    files that the earlier run has read; it is known once `answer` was called.
    """

    def __init__(self, arguments: Sequence[str]) -> None:
        self._tool = tool.kept_for()
        found, self.check = _without_check(arguments)
        self.quiet = not _QUIET.isdisjoint(found)
        said = [_FORM, self._tool, os.getcwd(), found, _variables()]
        self._name = f"run-{digests.of(json.dumps(said).encode())}.json"
        self.notes = sightings.Notes()
        self.refused = ""
        self.read: list[str] = []

    @staticmethod
    def worthwhile(arguments: Sequence[str]) -> bool:
        """Whether a run with these arguments may have nothing to do."""
        return (
            arguments[:1] == ["generate"]
            and _WITHOUT not in arguments
            and not any(one.startswith(_DEPFILE) for one in arguments)
            and not _VERBOSE.intersection(arguments)
            and "_CODEGEN_COMPLETE" not in os.environ
        )

    def answer(self) -> Answer | None:
        """What the run would find, if that is known."""
        if not self._tool:
            return None
        with Folder() as folder:
            stored = folder.read(self._name)
            if folder.refused:
                self.refused = f"{folder.path} is not used: {folder.refused}"
            try:
                return self._answer(stored, folder)
            except (LookupError, TypeError, ValueError, AttributeError):
                return None

    def _answer(self, stored: Any, folder: Folder) -> Answer | None:
        if stored is None:
            return None
        seen = {(question, place): found for question, place, found in stored["seen"]}
        self.read = list(map(str, sightings.files(seen)))
        if not sightings.same(seen):
            return None
        trees = [
            (Tree(tree["root"], tree["package"], tree["manifest"], tree["stamp"]), tree)
            for tree in stored["trees"]
        ]
        if not all(tree.current() for tree, _ in trees):
            return None
        answer = Answer(
            list(map(_told, stored["told"])),
            [(str(row["shown"]), int(row["files"])) for _, row in trees],
        )
        if any(tree.stamp != row["stamp"] for tree, row in trees):
            for tree, row in trees:
                row["stamp"] = tree.stamp
            folder.write(self._name, stored)
        return answer

    def keep(
        self,
        trees: Iterable[tuple[str, str, bytes, str, int]],
        told: Iterable[Told],
    ) -> None:
        """Store what the run has found: what it told and, of each tree, the root, the
        package, the text of its manifest, its name for people and its number of
        files."""
        if not self._tool or not self.notes.lasting:
            return
        if tool.digest() != self._tool:  # It was changed while it ran.
            return
        stored = {
            "seen": [[*asked, answer] for asked, answer in self.notes.answers.items()],
            "trees": [
                {
                    **{"root": root, "package": package, "shown": shown},
                    **{"manifest": digests.of(manifest), "files": files, "stamp": ""},
                }
                for root, package, manifest, shown, files in trees
            ],
            "told": list(told),
        }
        with Folder() as folder:
            folder.write(self._name, stored)


def _variables() -> list[tuple[str, str]]:
    """Our own environment variables, except those about the place of the cache."""
    return sorted(
        (name, value)
        for name, value in os.environ.items()
        if name.startswith("CODEGEN_") and name not in (OFF, PLACE)
    )


def _told(row: Any) -> Told:
    """A row of what was told. Raises ValueError."""
    severity, code, message, file, line, column, source, left_out = row
    texts = (severity, code, message, file, source)
    numbers = (line, column, left_out)
    if not (
        severity in ("error", "warning", "info")
        and all(isinstance(text, str) for text in texts)
        and all(isinstance(number, int) for number in numbers)
    ):
        raise ValueError("it is no diagnostic")
    return [severity, code, message, file, line, column, source, left_out]


def _without_check(arguments: Sequence[str]) -> tuple[list[str], bool]:
    """The arguments without `--check`, and whether it was there: with it a run finds
    the same. If it may be the value of an option, it stays."""
    found: list[str] = []
    check = False
    for argument in arguments:
        value = found[-1:] and found[-1].startswith("-") and found[-1] not in _FLAGS
        if argument == _CHECK and "--" not in found and not value:
            check = True
        else:
            found.append(argument)
    return found, check
