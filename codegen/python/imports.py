"""Imports of generated modules: of what could be needed, what a module does use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from codegen.text import Code, code, listed, name

Imports: TypeAlias = list[list[tuple[Code, Code]]]
"""Groups of imports, each a module with the names taken from it."""

AVAILABLE: Final[dict[str, tuple[dict[str, str], dict[str, str]]]] = {
    "models": (
        {"enum": "StrEnum", "typing": "Any Literal TypeAlias Union"},
        {
            "._runtime.model": "Bytes=_Bytes Model accessor=_accessor",
            "._runtime.registry": "UNSET Unset",
        },
    ),
    "events": (
        {"collections.abc": "Mapping", "typing": "Any TypeAlias Union"},
        {".": "models", "._runtime.events": "EventTable"},
    ),
}
"""What each generated module could import: from the standard library, from its own
package. `a=_b` is imported by another name, which no name of a specification hides."""


def imports_of(
    kind: str,
    pieces: Iterable[str],
    renamed: Mapping[str, str] = MappingProxyType({}),
) -> Imports:
    """The imports that the pieces of a module need.

    `renamed` are names that it knows by another name.
    """
    words = {word for piece in pieces for word in re.findall(r"\w+", piece)}
    groups = []
    for group in AVAILABLE.get(kind, ({}, {})):
        found = [
            (module, list(_used(names, words, renamed)))
            for module, names in group.items()
        ]
        groups.append([(module_path(m), listed(names)) for m, names in found if names])
    return groups


def module_path(path: str) -> Code:
    """A module by its dotted path, relative or not."""
    return listed([name(step) if step else Code() for step in path.split(".")], ".")


def _used(names: str, words: set[str], renamed: Mapping[str, str]) -> Iterator[Code]:
    for entry in names.split():
        word, _, alias = entry.partition("=")
        if (alias or word) in words:
            alias = renamed.get(word, alias)
            yield code("{} as {}", name(word), name(alias)) if alias else name(word)
