"""What generation produces, before anything touches the disk: files as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

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
