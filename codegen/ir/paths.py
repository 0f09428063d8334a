"""Templates of paths: `/items/{id}`. A parameter in braces may have an empty name."""

from __future__ import annotations

import re
from typing import Final

_NAMES: Final = re.compile(r"\{([^{}]*)\}")


def plain(path: str) -> str:
    """A path template without the names of its parameters."""
    return _NAMES.sub("{}", path)


def names_in(path: str) -> list[str]:
    """The names of the parameters of a path template, in order."""
    return _NAMES.findall(path)
