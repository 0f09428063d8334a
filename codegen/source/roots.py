"""Finds the root folder. References may lead anywhere below it, but not above it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from codegen import sightings
from codegen.source.reader import INPUT, FileReader, StandardInput

_MARKS: Final = (".git", "pyproject.toml")
"""What the folder of a project holds; the first is looked for first."""


class NotBelowError(ValueError):
    """A specification does not lie below the root folder that was named, or there is no
    such folder."""


def reader(spec: Path, root: Path | None, project: Path | None) -> FileReader:
    """What reads a specification and everything that it refers to.

    `root` is the root folder, if one was named. Otherwise it is `project`, the folder
    of the configuration, if the specification lies below that; else the nearest folder
    above that holds `.git`, or else `pyproject.toml`; else the specification's own
    folder. Raises `NotBelowError`.
    """
    folder = _resolved(spec.parent)
    found = _resolved(root) if root is not None else _root(folder, project)
    if root is not None and sightings.kind(found) != sightings.FOLDER:
        raise NotBelowError("the root folder that it should lie below is no folder")
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
