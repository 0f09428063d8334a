"""Patterns spelled so that other engines read in them what ECMA-262 says.

A reference to a group that took no part matches the empty text; elsewhere it fails.
By Annex B a letter that means nothing after a backslash stands for itself. Engines of
other languages have given most of them a meaning: `\\A` and `\\z` are the ends of the
text, `\\x{41}` and `\\pL` are characters. So does a brace stand for itself where it
repeats nothing: `a{1-5}` is refused elsewhere, and `\\b{start}` is a boundary.

The validator's engine takes `a+b?a+` for `a+(?:ba+)?`, where the same stands before and
behind what may be missing. An empty choice keeps the first repetition apart.
"""

from __future__ import annotations

import re
from typing import Final

_ESCAPE: Final = re.compile(
    r"""\\(?:
        u(?:[0-9a-fA-F]{4}|\{[0-9a-fA-F]+\})
        | x[0-9a-fA-F]{2}
        | [pP]\{[A-Za-z0-9_]+(?:=[A-Za-z0-9_]+)?\}
        | [bBcdDfknrsStvwW]
        | (?P<letter>[A-Za-z])
        | .
    )""",
    re.VERBOSE | re.DOTALL,
)
"""Every escape: those that ECMA-262 knows first, then a letter that means nothing."""


_BRACE: Final = re.compile(
    r"""\\(?:
        u\{[0-9a-fA-F]+\}
        | [pP]\{[A-Za-z0-9_]+(?:=[A-Za-z0-9_]+)?\}
        | .
    )
    | \[(?:\\.|[^\]\\])*\]
    | \{\d+(?:,\d*)?\}
    | (?P<itself>[{}])""",
    re.VERBOSE | re.DOTALL,
)
"""A brace that stands for itself, and what hides the like of it."""


_PART: Final = re.compile(
    r"""\\(?P<back>[1-9]\d*)
        | \\.
        | \[(?:\\.|[^\]\\])*\]
        | (?P<group>\((?:\?<(?![=!])[^>]*>|(?!\?)))
        | (?P<open>\()
        | (?P<close>\))""",
    re.VERBOSE | re.DOTALL,
)
"""What matters to references to groups, and what hides the like of it."""


_TOKEN: Final = re.compile(
    r"""\\(?:[pPu]\{[^}]*\} | u[0-9a-fA-F]{4} | x[0-9a-fA-F]{2} | c. | .)
        | \[(?:\\.|[^\]\\])*\]
        | (?P<many>(?:\+|\{[1-9]\d*,\})(?!\?))
        | \((?:\?(?::|<(?![=!])[^>]*>))?
        | .""",
    re.VERBOSE | re.DOTALL,
)
"""What a pattern is made of, as far as it matters to what stands side by side."""

_PERHAPS: Final = re.compile(r"[?*]|\{0")


def portable(regex: str) -> str:
    """A pattern that means the same, in which no letter is escaped for nothing, and
    each brace that repeats nothing is. A reference to a group that took no part matches
    the empty text, and what repeats stands apart from what may be missing behind it.

    What ECMA-262 refuses stays what it is, or is refused as it was.
    """
    return _ESCAPE.sub(_spelled, _parted(_noted(_BRACE.sub(_braced, regex))))


def _braced(found: re.Match[str]) -> str:
    return rf"\{found[0]}" if found["itself"] else found[0]


def _parted(regex: str) -> str:
    tokens = list(_TOKEN.finditer(regex))
    if not any(token["many"] for token in tokens):
        return regex
    ends = [token.end() for token in tokens]
    open_: list[int] = []
    for n, token in enumerate(tokens):
        if token[0].startswith("("):
            open_.append(n)
        elif token[0] == ")" and open_:
            ends[open_.pop()] = token.end()
    perhaps = [_PERHAPS.match(regex, end) is not None for end in ends]
    follows = False
    made: list[str] = []
    for token, itself in zip(reversed(tokens), reversed(perhaps), strict=True):
        made.append(f"{token[0]}(?:|)" if token["many"] and follows else token[0])
        # Where a group begins or ends, what stands behind that comes next.
        edge = token[0] == ")" or token[0].startswith("(")
        follows = itself or (edge and follows)
    return "".join(reversed(made))


def _noted(regex: str) -> str:
    """A pattern in which a group that is referred to ends with an empty one, which
    took part where it did: to refer to that one fails where the group is unset."""
    parts = list(_PART.finditer(regex))
    meant = {int(part["back"]) for part in parts if part["back"]}
    number, count = 0, 0
    open_: list[tuple[int, int, re.Match[str]]] = []
    spelled: dict[int, str] = {}
    notes: dict[int, tuple[int, int]] = {}
    for part in parts if meant else ():
        if part["group"]:
            number, count = number + 1, count + 1
            open_.append((number, count, part))
        elif part["open"]:
            open_.append((0, 0, part))
        elif part["close"] and open_:
            ended, place, opened = open_.pop()
            if ended in meant:
                count += 1
                notes[ended] = place, count
                spelled |= {opened.start(): f"{opened[0]}(?:", part.start(): ")())"}
    for part in parts:
        if part["back"] and int(part["back"]) in notes:
            group, note = notes[int(part["back"])]
            spelled[part.start()] = rf"(?:\{group}|(?!\{note}))"
    return _PART.sub(lambda part: spelled.get(part.start(), part[0]), regex)


def _spelled(escape: re.Match[str]) -> str:
    return escape["letter"] or escape[0]
