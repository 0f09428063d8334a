"""The root folder: references lead anywhere below it and never above it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from codegen import sightings
from codegen.source.reader import INPUT, FileReader, StandardInput

_MARKS: Final = (".git", "pyproject.toml")
"""What a folder holds in which a project begins; the first is looked for first."""


class NotBelowError(ValueError):
    """A specification does not lie below the root folder that was named."""


def reader(spec: Path, root: Path | None, project: Path | None) -> FileReader:
    """What reads a specification and all that it refers to.

    `root` is a folder that was named; `project` is the folder of the configuration,
    which counts where the specification lies below it. Otherwise it is the nearest
    folder above that holds `.git`, or else `pyproject.toml`, or else the
    specification's own. Raises `NotBelowError`.
    """
    folder = _resolved(spec.parent)
    found = _resolved(root) if root is not None else _root(folder, project)
    try:
        home = folder.relative_to(found).as_posix()
    except ValueError:
        raise NotBelowError("it does not lie below the root folder") from None
    kind = StandardInput if spec == Path(INPUT) else FileReader
    return kind(found, "" if home == "." else home)


def _root(folder: Path, project: Path | None) -> Path:
    if project is not None:
        known = _resolved(project)
        if folder.is_relative_to(known):
            return known
    for mark in _MARKS:
        for above in (folder, *folder.parents):
            if sightings.kind(above / mark):
                return above
    return folder


def _resolved(folder: Path) -> Path:
    try:
        return Path(sightings.real(folder))
    except (OSError, ValueError):
        return folder.absolute()
