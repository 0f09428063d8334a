"""Letters of identifiers, the same on every Python.

Each Python has a Unicode of its own, and with it letters that an older one does not
know. `letters.txt` has those of Unicode 14, which the oldest supported Python reads.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache
from pathlib import Path


def known(char: str) -> bool:
    """Whether a character may stand inside of an identifier on every Python."""
    if char.isascii():
        return char.isalnum() or char == "_"
    firsts, lasts = _ranges()
    at = bisect_right(firsts, ord(char)) - 1
    return at >= 0 and ord(char) <= lasts[at]


def settled(char: str) -> bool:
    """Whether every Python knows a character, so that each puts the same into its
    place where it is read in NFKC."""
    if char.isascii() or known(char):
        return True
    return unicodedata.ucd_3_2_0.category(char) not in ("Cn", "Cs")


def upper(text: str) -> str:
    """A text in capitals, as far as every Python has a capital for the letter."""
    return text.upper() if text.isascii() else "".join(map(_upper, text))


def _upper(char: str) -> str:
    found = char.upper()
    return found if all(map(known, found)) else char


def lower(text: str) -> str:
    """A text in small letters, as far as every Python has one for the letter."""
    return text.lower() if text.isascii() else "".join(map(_lower, text))


def _lower(char: str) -> str:
    found = char.lower()
    return found if all(map(known, found)) else char


def symbol(char: str) -> str:
    """What Unicode calls a character that is no letter, as words; empty for letters,
    and for what is too new for every Python to know."""
    if char.isalnum():
        return ""
    return unicodedata.ucd_3_2_0.name(char, "").lower().replace("-", " ")


@cache
def _ranges() -> tuple[list[int], list[int]]:
    """The first and the last code point of each range."""
    text = Path(__file__).with_suffix(".txt").read_text("ascii")
    words = [w for line in text.splitlines() if line[:1] != "#" for w in line.split()]
    pairs = [word.partition("-") for word in words]
    return [int(a, 16) for a, _, _ in pairs], [int(b or a, 16) for a, _, b in pairs]
