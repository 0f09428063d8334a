"""Imports of generated modules: of what could be needed, what a module does use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, TypeAlias

Imports: TypeAlias = list[list[tuple[str, list[str]]]]
"""Groups of imports, each a module with the names taken from it."""

_CHECKS: Final = "among child collect fail integral lack matches multiple unique"

AVAILABLE: Final[dict[str, tuple[dict[str, str], dict[str, str]]]] = {
    "models": (
        {"enum": "StrEnum", "typing": "Any Literal TypeAlias Union"},
        {"._runtime.model": "Model", "._runtime.registry": "UNSET Unset"},
    ),
    "events": (
        {"collections.abc": "Mapping", "typing": "Any TypeAlias"},
        {".": "models", "._runtime.events": "EventTable"},
    ),
    "codec": (
        {"collections.abc": "Callable", "typing": "Any"},
        {
            "._runtime._formats": "FORMATS",
            "._runtime.build": "keep mend restore twin",
            "._runtime.checks": _CHECKS,
            "._runtime.registry": "CODECS UNSET Codec drift",
            "._runtime.wire": "ENCODERS wire",
        },
    ),
    "checks": (
        {"collections.abc": "Callable", "typing": "Any"},
        {
            "._runtime._formats": "FORMATS",
            "._runtime.checks": f"Found {_CHECKS}",
        },
    ),
}
"""What each generated module could import: from the standard library, from its own
package."""


def imports_of(kind: str, pieces: Iterable[str]) -> Imports:
    """The imports that the pieces of a module need."""
    words = {word for piece in pieces for word in re.findall(r"\w+", piece)}
    groups = []
    for group in AVAILABLE.get(kind, ({}, {})):
        found = [
            (module, [name for name in names.split() if name in words])
            for module, names in group.items()
        ]
        groups.append([(module, names) for module, names in found if names])
    return groups
