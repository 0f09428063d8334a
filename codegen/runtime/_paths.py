"""Templates of paths: `/items/{id}`."""

from __future__ import annotations

import re
from collections.abc import Mapping

_NAMES = re.compile(r"\{([^{}]*)\}")


def pathed(template: str, texts: Mapping[str, str]) -> str:
    """A path with texts for its names; names without one stay."""
    return _NAMES.sub(lambda match: texts.get(match[1], match[0]), template)


def path_values(template: str, path: str) -> dict[str, str]:
    """The texts that stand in a path for the names of its template. Raises `ValueError`
    for another path."""
    literal, *parts = _NAMES.split(template)
    wrong = ValueError(f"{path[:200]!r} is no path of {template}")
    if not path.startswith(literal):
        raise wrong
    at = len(literal)
    found: dict[str, str] = {}
    for number in range(0, len(parts), 2):
        name, literal = parts[number], parts[number + 1]
        last = number + 2 == len(parts)
        if last:
            end = len(path) - len(literal)
        else:
            end = path.find(literal, at) if literal else at
        if end < at or not path.startswith(literal, end) or "/" in path[at:end]:
            raise wrong
        found[name] = path[at:end]
        at = end + len(literal)
    if at != len(path):
        raise wrong
    return found
