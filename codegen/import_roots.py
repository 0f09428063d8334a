"""Folders whose content a project ships: what lies right in one is imported from it,
and goes into the project's wheel."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any, Final

USUAL: Final = "src"
"""The folder that back ends take for an import root without being told."""

_DECLARED: Final = (
    ("setuptools", "package-dir"),
    ("setuptools", "packages", "find", "where"),
    ("hatch", "build", "targets", "wheel", "sources"),
    ("hatch", "build", "targets", "wheel", "only-include"),
    ("hatch", "build", "sources"),
    ("uv", "build-backend", "module-root"),
    ("pdm", "build", "package-dir"),
    ("poetry", "packages", "from"),
)
"""Where build back ends are told of import roots, below `[tool]`."""


def declared(pyproject: Mapping[str, Any]) -> frozenset[str]:
    """The import roots that a pyproject.toml names, relative to its folder. What has
    another shape than back ends take is theirs to complain of."""
    tool = pyproject.get("tool")
    found = (place for path in _DECLARED for place in _texts(tool, path))
    return frozenset(os.path.normpath(place) for place in found)


def _texts(value: Any, path: tuple[str, ...]) -> Iterator[str]:
    """The texts at the end of a path; through a list it leads into each item."""
    if path and isinstance(value, dict):
        yield from _texts(value.get(path[0]), path[1:])
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, path)
    elif isinstance(value, dict):
        # A table from what is left away of a path, or from a package, to a folder.
        yield from (text for text in _ends(value) if text)
    elif isinstance(value, str) and not path:
        yield value


def _ends(table: dict[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        if value == "":
            yield key  # hatch: `"src" = ""`
        elif key == "" and isinstance(value, str):
            yield value  # setuptools: `"" = "src"`


def above(place: str, output: str, roots: frozenset[str]) -> str | None:
    """The import root below which a place lies that belongs to what is written to a
    folder `output`; both are relative to the project.

    Everything lies below the project's own folder, of which back ends ship packages
    only: that one counts where something is written to it right away.
    """
    parts = os.path.normpath(place).split(os.sep)
    for end in range(1, len(parts)):
        folder = os.path.join(*parts[:end])
        if folder in roots or parts[end - 1] == USUAL:
            return folder
    written = os.path.normpath(output)
    return written if written == os.curdir and written in roots else None
