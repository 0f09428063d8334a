"""Sets of code points that ignore case (ECMA-262 22.2.2.7.3, with the flag `u`)."""

from __future__ import annotations

import functools

from codegen.ecma.charset import CharSet
from codegen.ecma.unicode_sets import fold_classes


@functools.lru_cache(maxsize=1024)
def folded(chars: CharSet) -> CharSet:
    """A set with all that differs from one of its members in case only."""
    more = [
        (code, code)
        for members in _classes()
        if any(code in chars for code in members)
        for code in members
    ]
    return CharSet.of([*chars.ranges, *more])


@functools.cache
def _classes() -> tuple[tuple[int, ...], ...]:
    return tuple(fold_classes())
