"""Patterns spelled so that other engines read in them what ECMA-262 says.

By Annex B a letter that means nothing after a backslash stands for itself. Engines of
other languages have given most of them a meaning: `\\A` and `\\z` are the ends of the
text, `\\x{41}` and `\\pL` are characters.
"""

from __future__ import annotations

import re
from typing import Final

_ESCAPE: Final = re.compile(
    r"""\\(?:
        u(?:[0-9a-fA-F]{4}|\{[0-9a-fA-F]+\})
        | x[0-9a-fA-F]{2}
        | [pP]\{[A-Za-z0-9_]+(?:=[A-Za-z0-9_]+)?\}
        | (?P<boundary>[bB])\{
        | [bBcdDfknrsStvwW]
        | (?P<letter>[A-Za-z])
        | .
    )""",
    re.VERBOSE | re.DOTALL,
)
"""Every escape: those that ECMA-262 knows first, then a letter that means nothing."""


def portable(regex: str) -> str:
    """A pattern that means the same, in which no letter is escaped for nothing.

    What ECMA-262 refuses stays what it is, or is refused as it was.
    """
    return _ESCAPE.sub(_spelled, regex)


def _spelled(escape: re.Match[str]) -> str:
    if escape["boundary"]:
        # No boundary can be repeated, but `\b{start}` is one elsewhere.
        return rf"\{escape['boundary']}\{{"
    return escape["letter"] or escape[0]
