"""Guesses which files a run reads that names none of them: those whose names are in the
configuration. Nothing depends on the guess, so the configuration is only searched for
names and not understood.

This module is read at every start and imports next to nothing.
"""

from __future__ import annotations

import contextlib
import os

from codegen.sightings import YAML

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

_READ: Final = (["generate"], ["lint"])
"""Commands that read what the configuration names."""

_HELP: Final = frozenset(("-h", "--help"))

_FILES: Final = (("codegen.toml", ""), ("pyproject.toml", "tool.codegen"))
"""What a configuration is called in its folder, and what has to be in it."""

_MOST: Final = 1_000_000
"""Bytes of a configuration that are searched."""


def by_configuration(arguments: list[str]) -> list[str]:
    """Names in the configuration that a run with these arguments reads, as far as they
    are names of YAML files. Never raises."""
    if arguments[:1] not in _READ or _HELP.intersection(arguments):
        return []
    with contextlib.suppress(OSError, ValueError):
        given = [one for one in arguments if one.endswith(".toml")]
        if any(map(os.path.isfile, {*arguments} - {*given})):
            return []  # It is about that file.
        for place in given or _near(os.getcwd()):
            return _named(place.rpartition("=")[2])
    return []


def _near(folder: str) -> list[str]:
    """The configuration at or above a folder, if there is one."""
    while True:
        for name, needed in _FILES:
            place = os.path.join(folder, name)
            if os.path.isfile(place) and needed in _text(place):
                return [place]
        folder, below = os.path.dirname(folder), folder
        if folder == below:
            return []


def _named(place: str) -> list[str]:
    """The names between quotation marks; in TOML there are two kinds."""
    between = _text(place).replace("'", '"').split('"')
    beside = os.path.dirname(place)
    return [os.path.join(beside, one) for one in between if one.endswith(YAML)]


def _text(place: str) -> str:
    if not os.path.isfile(place):  # What a pipe has to say can be read once.
        return ""
    with open(place, encoding="utf-8") as file:
        return file.read(_MOST)
