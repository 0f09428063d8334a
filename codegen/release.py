"""The release of an SDK: its version, and the names of earlier ones that it still has.

`NAME.release.toml` beside the configuration says it. `codegen update` writes the file,
`codegen generate` reads it: a name is part of a package until the version at which it
expires.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from codegen import escaping, sightings, toml_file
from codegen.diagnostics import Report, Span
from codegen.styles import OldName
from codegen.toml_places import Places

FIRST: Final = "1.0.0"
"""The version of a package of which nothing else is said."""

VERSION: Final = r"^(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})$"
_NAME: Final = r"^[^\W\d]\w*(\.[^\W\d]\w*)?$"

_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "version": {"type": "string", "pattern": VERSION},
        "deprecated": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["old", "new", "until"],
                "properties": {
                    "old": {"type": "string", "pattern": _NAME},
                    "new": {"type": "string", "pattern": _NAME},
                    "until": {"type": "string", "pattern": VERSION},
                },
            },
        },
    },
}


@dataclass(frozen=True, slots=True)
class Release:
    """A version, and the old names that it still has."""

    version: str = FIRST
    names: tuple[OldName, ...] = ()

    @property
    def current(self) -> tuple[OldName, ...]:
        """The names that have not expired."""
        own = number(self.version)
        return tuple(name for name in self.names if number(name.until) > own)


def place(folder: Path, package: str) -> Path:
    """The file for a package; `folder` is that of the configuration."""
    return folder / f"{package}.release.toml"


def is_version(text: str) -> bool:
    """Whether a text is a version."""
    return re.fullmatch(VERSION, text) is not None


def number(version: str) -> tuple[int, ...]:
    """A version by which others are greater or less."""
    return tuple(map(int, version.split(".")))


def read(path: Path, least: str, report: Report) -> Release | None:
    """What a file says, or would if it were there. None, with the reasons reported, if
    it is bad. The version is `least`, unless the file has a greater one."""
    shown = path.as_posix()
    try:
        content = sightings.content(path)
    except FileNotFoundError:
        return Release(least)
    except OSError as error:
        report.add("read", f"cannot read: {error.strerror}", Span(shown))
        return None
    found = toml_file.read(content, shown, report)
    if found is None:
        return None
    places = Places(shown, found.text)
    before = len(report)
    toml_file.check(found.table, _SCHEMA, places, report)
    if len(report) > before:
        return None
    return Release(
        max(least, found.table.get("version", least), key=number),
        tuple(
            _name(entry, places, index)
            for index, entry in enumerate(found.table.get("deprecated", ()))
        ),
    )


def _name(entry: Mapping[str, str], places: Places, index: int) -> OldName:
    span = places.find(("deprecated", index))
    return OldName(**entry, span=span, source=places.line(span))


def text(package: str, release: Release) -> str:
    """The text of the file."""
    lines = [
        f"# The release of {package}, written by `codegen update` and read by `codegen",
        "# generate`. What is deprecated can be had under its old name, with a",
        "# warning, until a version.",
        f"version = {escaping.toml(release.version)}",
    ]
    if release.names:
        lines += ["deprecated = [", *map(_entry, release.names), "]"]
    return "".join(f"{line}\n" for line in lines)


def _entry(name: OldName) -> str:
    said = {"old": name.old, "new": name.new, "until": name.until}
    pairs = (f"{key} = {escaping.toml(value)}" for key, value in said.items())
    return f"  {{ {', '.join(pairs)} }},"


def raised(version: str, bump: str) -> str:
    """The version of the next release."""
    major, minor, patch = number(version)
    match bump:
        case "major":
            return f"{major + 1}.0.0"
        case "minor":
            return f"{major}.{minor + 1}.0"
        case _:
            return f"{major}.{minor}.{patch + 1}"
