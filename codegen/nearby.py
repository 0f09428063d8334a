"""Which known words an unknown one was most likely meant to be, and the question that
messages end with."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Sequence
from typing import Final

CLOSE: Final = 0.6
"""How similar a word has to be, from 0 to 1."""

_LENGTH: Final = 200
_WORDS: Final = 10_000
"""Characters of a word, and words, that are compared: a message is worth no more time,
and words of a specification may be long and many."""
_ALL_WORDS: Final = 100_000
"""Words that are compared for all messages of one run, which takes a second or two."""


def question(word: str, known: Iterable[str], cutoff: float = CLOSE) -> str:
    """The question whether the known word that comes nearest was meant, or nothing."""
    return asked(nearest(word, known, 1, cutoff))


def nearest(
    word: str, known: Iterable[str], most: int, cutoff: float = CLOSE
) -> list[str]:
    """At most so many known words that come near, the nearest first. Upper and lower
    case make no difference."""
    short = sorted({other for other in known if len(other) <= _LENGTH})
    if len(short) > _WORDS:
        return []
    by_text: dict[str, list[str]] = {}
    for other in short:
        by_text.setdefault(other.lower(), []).append(other)
    close = difflib.get_close_matches(
        word[:_LENGTH].lower(), by_text, n=most, cutoff=cutoff
    )
    return [other for text in close for other in by_text[text]][:most]


def asked(found: Sequence[str]) -> str:
    """The question whether one of these was meant; nothing if there is none."""
    if not found:
        return ""
    *others, last = map(repr, found)
    words = f"{', '.join(others)} or {last}" if others else last
    return f" (did you mean {words}?)"


class Questions:
    """The questions of one run, as long as not too many words have been compared for
    them: thousands of problems may each ask about thousands of words."""

    def __init__(self, most: int = _ALL_WORDS) -> None:
        self._left = most

    def about(self, word: str, known: Collection[str], cutoff: float = CLOSE) -> str:
        """As `question`; nothing for the many that come last."""
        self._left -= len(known)
        return question(word, known, cutoff) if self._left >= 0 else ""
