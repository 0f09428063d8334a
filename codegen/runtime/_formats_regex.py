"""Whether a text is a regular expression of ECMA-262 under the flag `u`."""

from __future__ import annotations

import re
from typing import Final

_GROUP_NAME: Final = r"(?:[^\W0-9]|\$)(?:\w|\$)*"
_ESCAPE: Final = (
    r"\\(?:[dDsSwWfnrtv^$\\.*+?()\[\]{}|/]|c[A-Za-z]|0(?![0-9])|x[0-9A-Fa-f]{2}"
    r"|u(?:[0-9A-Fa-f]{4}|\{0*(?:[0-9A-Fa-f]{1,5}|10[0-9A-Fa-f]{4})\})"
    r"|[pP]\{[A-Za-z0-9_]+(?:=[A-Za-z0-9_]+)?\}"
)
_TOKEN: Final = re.compile(
    rf"(?P<open>\((?:\?(?:[:=!]|<[=!]|<(?P<name>{_GROUP_NAME})>))?(?!\?))"
    r"|(?P<close>\))|(?P<start>[|^$]|\\[bB])"
    r"|(?P<repeat>(?:[*+?]|\{(?P<low>[0-9]+)(?:,(?P<high>[0-9]*))?\})\??)"
    rf"|\[\^?(?P<class>(?:{_ESCAPE}|[b\-])|[^\]\\])*)\]"
    rf"|\\(?P<number>[1-9][0-9]*)|\\k<(?P<back>{_GROUP_NAME})>"
    rf"|{_ESCAPE})|[^\\^$.*+?()\[\]{{}}|]|\."
)
_RANGE: Final = re.compile(rf"({_ESCAPE}|[b\-])|[^\\])(?:-({_ESCAPE}|[b\-])|[^\\]))?")


def is_regex(text: str) -> bool:
    """A pattern of ECMA-262; the names of Unicode properties are not looked up."""
    names: list[str] = []
    referenced: list[str] = []
    groups, highest, at, repeatable = 0, 0, 0, False
    stack: list[bool] = []
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            return False
        at = match.end()
        if match["repeat"] and not (
            repeatable and _ordered(match["low"], match["high"])
        ):
            return False
        if match["open"]:
            stack.append(match["open"] in ("(", "(?:") or match["name"] is not None)
            groups += match["open"] == "(" or match["name"] is not None
            names += [match["name"]] if match["name"] else []
        elif match["close"] and not stack:
            return False
        referenced += [match["back"]] if match["back"] else []
        highest = max(highest, _count(match["number"]))
        if match["class"] is not None and not _ranges_ordered(match["class"]):
            return False
        repeatable = (
            stack.pop()
            if match["close"]
            else not (match["open"] or match["start"] or match["repeat"])
        )
    distinct = set(names)
    return (
        not stack
        and highest <= groups
        and len(distinct) == len(names)
        and distinct.issuperset(referenced)
    )


def _count(digits: str | None) -> int:
    return 0 if not digits else int(digits) if len(digits) < 10 else 10**9


def _ordered(low: str | None, high: str | None) -> bool:
    if not low or not high:
        return True
    low, high = low.lstrip("0"), high.lstrip("0")
    return (len(low), low) <= (len(high), high)


def _ranges_ordered(members: str) -> bool:
    for low, high in _RANGE.findall(members):
        if high and not 0 <= _code(low) <= _code(high):
            return False
    return True


def _code(member: str) -> int:
    """The code point of one member of a class; -1 for a set such as `\\d`."""
    if len(member) == 1:
        return ord(member)
    kind, rest = member[1], member[2:]
    if kind in "dDsSwWpP":
        return -1
    if kind in "xu":
        return int(rest.strip("{}"), 16)
    if kind == "c":
        return ord(rest) % 32
    return {"0": 0, "b": 8, "t": 9, "n": 10, "v": 11, "f": 12, "r": 13}.get(
        kind, ord(kind)
    )
