"""Pointers whose slashes belong to keys: `/paths//items` for `/paths/~1items`.

A `/` in a key is written `~1`. Many people write it as it is, so where a pointer leads
nowhere its tokens are joined to keys that are there.
"""

from __future__ import annotations

import contextlib
from typing import Final, TypeAlias

from codegen.source import pointer as pointers
from codegen.source.node import Json

Key: TypeAlias = tuple[str, int]
"""A key, with how many tokens of a pointer it is."""

_MOST_SLASHES: Final = 20
"""How many slashes that should be `~1` a key may have."""

_MOST_STEPS: Final = 1000
"""How many keys are looked at for the ways in which slashes may belong to them."""


def ways(value: Json, tokens: list[str]) -> list[list[Key]]:
    """The ways in which tokens, some joined by slashes, are keys that are there: none,
    one, or two where there are several. None, too, where the search takes too long."""
    found: list[list[Key]] = []
    pending: list[tuple[Json, int, list[Key]]] = [(value, 0, [])]
    for _ in range(_MOST_STEPS):
        if not pending or len(found) > 1:
            break
        inner, at, keys = pending.pop()
        if at == len(tokens):
            found.append(keys)
            continue
        for parts in range(1, min(len(tokens) - at, _MOST_SLASHES) + 1):
            key = "/".join(tokens[at : at + parts])
            with contextlib.suppress(pointers.Missing):
                member = pointers.step(inner, key)
                pending.append((member, at + parts, [*keys, (key, parts)]))
    return found if len(found) > 1 or not pending else []


def literal(value: Json, keys: list[Key]) -> int:
    """How many of the next tokens, joined by slashes, are a key that is there; 0 if
    none, or more than one number would do."""
    if not isinstance(value, dict):
        return 0
    names = [key for key, _ in keys[:_MOST_SLASHES]]
    fits = [n for n in range(2, len(names) + 1) if "/".join(names[:n]) in value]
    return fits[0] if len(fits) == 1 else 0
