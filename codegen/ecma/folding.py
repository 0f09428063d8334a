"""Sets of code points that ignore case (ECMA-262 22.2.2.7.3, with the flag `u`)."""

from __future__ import annotations

import functools
from bisect import bisect_right

from codegen.ecma.charset import LAST, CharSet
from codegen.ecma.unicode_sets import fold_classes


@functools.lru_cache(maxsize=1024)
def folded(chars: CharSet) -> CharSet:
    """A set with all that differs from one of its members in case only."""
    more = [
        (code, code)
        for members in _classes()
        if any(_holds(chars, code) for code in members)
        for code in members
    ]
    return CharSet.of([*chars.ranges, *more])


@functools.cache
def _classes() -> tuple[tuple[int, ...], ...]:
    return tuple(fold_classes())


def _holds(chars: CharSet, code: int) -> bool:
    index = bisect_right(chars.ranges, (code, LAST)) - 1
    return index >= 0 and code <= chars.ranges[index][1]
