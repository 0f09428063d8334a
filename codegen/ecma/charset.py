"""Sets of code points, and how one is written as a character class of `re`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

LAST = 0x10FFFF
"""The greatest code point."""


@dataclass(frozen=True, slots=True)
class CharSet:
    """A set of code points as inclusive ranges: sorted, disjoint and not adjacent."""

    ranges: tuple[tuple[int, int], ...]

    @staticmethod
    def of(ranges: Iterable[tuple[int, int]]) -> CharSet:
        """The set that covers these ranges, in whatever order they come."""
        merged: list[tuple[int, int]] = []
        for low, high in sorted(ranges):
            if merged and low <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
            else:
                merged.append((low, high))
        return CharSet(tuple(merged))

    @staticmethod
    def chars(text: str) -> CharSet:
        """The set of the characters of a text."""
        return CharSet.of((ord(char), ord(char)) for char in text)

    def __or__(self, other: CharSet) -> CharSet:
        return CharSet.of(self.ranges + other.ranges)

    def __and__(self, other: CharSet) -> CharSet:
        return ~(~self | ~other)

    def __invert__(self) -> CharSet:
        gaps: list[tuple[int, int]] = []
        start = 0
        for low, high in self.ranges:
            if low > start:
                gaps.append((start, low - 1))
            start = high + 1
        if start <= LAST:
            gaps.append((start, LAST))
        return CharSet(tuple(gaps))

    def __bool__(self) -> bool:
        return bool(self.ranges)

    def __contains__(self, code: int) -> bool:
        """Whether a code point is in the set."""
        place = bisect_right(self.ranges, (code, LAST)) - 1
        return place >= 0 and code <= self.ranges[place][1]

    def meets(self, other: CharSet) -> bool:
        """Whether some code point is in both sets."""
        return bool(self & other)

    def pattern(self) -> str:
        """The set as a pattern of `re` that matches one of its code points."""
        complement = ~self
        if not self:
            return "(?!)"
        if not complement:
            return "(?s:.)"
        if self.ranges[0] == self.ranges[-1] and self.ranges[0][0] == self.ranges[0][1]:
            return literal(self.ranges[0][0])
        if _weight(complement) < _weight(self):
            return f"[^{_members(complement)}]"
        return f"[{_members(self)}]"


def _weight(chars: CharSet) -> int:
    # A set that reaches the last code point was most likely written as a complement.
    return len(chars.ranges) + (bool(chars.ranges) and chars.ranges[-1][1] == LAST) * 2


def _members(chars: CharSet) -> str:
    parts: list[str] = []
    for low, high in chars.ranges:
        parts.append(class_member(low))
        if high > low:
            parts.append("-" if high > low + 1 else "")
            parts.append(class_member(high))
    return "".join(parts)


_SPECIAL = frozenset(map(ord, r"\^$.|?*+()[]{}"))
# Python reserves doubled `&`, `~`, `|`, `-` and a leading `[` in classes for later.
_SPECIAL_IN_CLASS = frozenset(map(ord, r"\]^-[&~|"))


def literal(code: int) -> str:
    """One code point outside a class, escaped where `re` would read more into it."""
    return "\\" + chr(code) if code in _SPECIAL else _plain(code)


def class_member(code: int) -> str:
    """One code point inside a class, escaped where `re` would read more into it."""
    return "\\" + chr(code) if code in _SPECIAL_IN_CLASS else _plain(code)


def _plain(code: int) -> str:
    if 0x20 <= code < 0x7F:
        return chr(code)
    if code in _SHORT:
        return _SHORT[code]
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


_SHORT = {0x09: r"\t", 0x0A: r"\n", 0x0B: r"\v", 0x0C: r"\f", 0x0D: r"\r"}

ALL = CharSet(((0, LAST),))
EMPTY = CharSet(())
DIGIT = CharSet.of([(0x30, 0x39)])
WORD = DIGIT | CharSet.of([(0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)])
# ECMA-262 22.2.2.9: WhiteSpace and LineTerminator.
SPACE = CharSet.chars("\t\n\v\f\r \xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff")
SPACE |= CharSet.of([(0x2000, 0x200A)])
LINE_END = CharSet.chars("\n\r\u2028\u2029")
