"""How a pattern is held against a text so that no text takes for ever."""

from __future__ import annotations

import enum
import functools
import re
from collections.abc import Callable

from codegen.ecma.slow import bearable, slow
from codegen.ecma.translate import translate
from codegen.runtime._linear import NotLinear, linear


class Way(enum.Enum):
    """What holds a pattern against texts.

    Most have `BACKTRACKING`, Python's `re`. What that is slow for has `LINEAR`, and
    what the linear matcher cannot do has `re` for texts that are `SHORT`, for
    which that takes few steps (`bearable`).
    """

    BACKTRACKING = "backtracking"
    LINEAR = "linear"
    SHORT = "short"


@functools.lru_cache(maxsize=4096)
def way(regex: str) -> Way:
    """How a pattern is held against texts. Raises `ECMASyntaxError`."""
    if slow(regex) is None:
        return Way.BACKTRACKING
    try:
        linear(translate(regex))
    except (NotLinear, RecursionError):
        return Way.SHORT
    return Way.LINEAR


@functools.lru_cache(maxsize=4096)
def matcher(regex: str) -> Callable[[str], bool]:
    """Says whether a pattern is found in a text; of one that is too long for it, that
    it is. Raises `ECMASyntaxError`."""
    pattern = translate(regex)
    kind = way(regex)
    if kind is Way.LINEAR:
        return linear(pattern).search
    search = re.compile(pattern).search
    if kind is Way.SHORT:
        longest = bearable(regex)
        return lambda text: len(text) > longest or search(text) is not None
    return lambda text: search(text) is not None
