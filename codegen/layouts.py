"""Where the files of a package and of its tests stand, and what tells them the way.

Inside of the generator the folder of a package is called as the package is imported:
`ourpkg.orders/models.py`, `tests/ourpkg.orders/conftest.py`. So every part that asks
whose a file is sees one name, which no other folder can have. On disk dots are folders.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from codegen.artifact import OutputFile

TESTS: Final = "tests"
"""The folder beside a package below which its tests stand."""


README: Final = "README.md"
PROJECT: Final = "pyproject.toml"
ATOP: Final = frozenset((README, PROJECT))
"""Files of a package that stand beside it, in the output folder: those that make a
distribution of it."""


MODULES: Final = frozenset(
    ("events", "models", "operations", "rules", "schemas", "strategies")
)
"""The modules of packages, beside those whose names begin with `_`."""


def folder_of(package: str) -> str:
    """The folder of a package below the output folder."""
    return package.replace(".", "/")


def flat(package: str) -> str:
    """The name of a package as part of another name: `a.b` is another than `a_b`, and
    than `a__b`, which has a digest."""
    joined = package.replace(".", "__")
    if any(pair in package for pair in ("__", "_.", "._")):
        return f"{joined}_{hashlib.sha256(package.encode()).hexdigest()[:4]}"
    return joined


@dataclass(frozen=True, slots=True)
class Tree:
    """Files below a folder `root` that share a manifest, which lies in `folder`."""

    root: Path
    folder: str
    files: tuple[OutputFile, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a package and its tests go; `tests` is the folder of the tests, if it is
    another than that below `output`. Both are as they are written to disk."""

    package: str
    output: Path
    tests: Path | None = None

    @property
    def folder(self) -> Path:
        """The folder of the package."""
        return self.output / folder_of(self.package)

    @property
    def tests_folder(self) -> Path:
        """The folder of the tests."""
        return self.tests or self.output / TESTS / folder_of(self.package)

    @property
    def way(self) -> str:
        """The way from the tests to the folder from which the package is imported."""
        return Path(os.path.relpath(self.output, self.tests_folder)).as_posix()

    def place(self, path: str) -> Path:
        """Where a file stands on disk that `trees` would have."""
        ours, placed = self._placed(path)
        root = self.output if ours or self.tests is None else self.tests.parent
        return root / placed

    def _placed(self, path: str) -> tuple[bool, str]:
        """Whether a file is in the tree of the package, and its path in its tree."""
        if path in ATOP:
            return True, path
        below, _, rest = path.partition(f"{self.package}/")
        if self.tests is not None and path.startswith(f"{TESTS}/{self.package}/"):
            return False, f"{self.tests.name}/{rest}"
        return True, f"{below}{folder_of(self.package)}/{rest}"

    def trees(self, files: Iterable[OutputFile]) -> list[Tree]:
        """The files where they stand on disk. Tests in a folder of their own have a
        manifest of their own."""
        ours, tests = list[OutputFile](), list[OutputFile]()
        for file in files:
            own, path = self._placed(file.path)
            placed = file if path == file.path else replace(file, path=path)
            (ours if own else tests).append(placed)
        found = [Tree(self.output, folder_of(self.package), tuple(ours))]
        if self.tests is not None:
            found.append(Tree(self.tests.parent, self.tests.name, tuple(tests)))
        return found
