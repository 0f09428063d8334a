"""Spec text to Python identifiers, one piece at a time; collisions are for `apart`.

The door of identifiers: what comes out is one, is no keyword, begins with a letter, and
is in NFKC, so that Python reads it as it is written. A name follows from its text
alone, never from the names beside it, and is the same on every Python.
"""

from __future__ import annotations

import keyword
import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import Final

from codegen.python.model import letters
from codegen.text import Name, name

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_SNAKE = re.compile(
    r"""
    (?: [A-Z]{2,}s(?![A-Za-z0-9])   # userIDs
      | [A-Z]+(?![a-z])             # HTTP of HTTPStatus
      | [A-Z]?[a-z]+
    ) (?:[0-9]+[a-z]*)*             # sha256, utf8mb4
    | [0-9]+ (?:[a-z]+|[A-Z]+(?![a-z]))?   # 2fa, 3D of 3DModel
    """,
    re.VERBOSE,
)
"""The words of an attribute by PEP 8: digits belong to the word before them."""

_BORDER = re.compile(
    r"""
    (?<=[A-Za-z0-9][a-z]) (?=[A-Z])                          # audioDone, not iOS
    | (?<=[A-Z0-9]) (?=[A-Z][a-z]) (?![A-Z]s(?![a-z0-9]))    # HTTPStatus, not userIDs
    """,
    re.VERBOSE,
)
"""Where the case of letters shows that a word begins."""

_APART = re.compile(r"[\x00-/:-@\[-^`{-\x7f]")
"""What parts words in a clean text, where all that is not ASCII is a letter."""

_SYMBOLS: Final = {
    "+": "plus",
    "-": "minus",
    "<": "less",
    ">": "greater",
    "=": "equal",
    "!": "not",
    "*": "star",
    "~": "tilde",
    "%": "percent",
    "#": "hash",
    "&": "and",
    "|": "or",
    "_": "underscore",
    "/": "slash",
    "\\": "backslash",
    ".": "dot",
    "$": "dollar",
    "@": "at",
}
"""Shorter words for symbols than Unicode has."""

_BRACKETS = re.compile(r"^\s*<[^<>]*>\s*$")
_SPELLED = re.compile(
    r"""
    ^\s*(?:[+-](?=\w)|[<>=!~*]+\s*(?=[\w+-]))   # -1, >= 5, !done
    | (?<!\w)[+-](?=\d)                         # UTC -5, >-1
    | \+(?=\d)                                  # GMT+1
    | (?<!\s)\s*(?:[<>]=?|!=|==)\s*(?=\w)       # a<b
    | (?<=\w)\s*(?:[+*#%<>=~]+|-)\s*$           # A-, C++, 5%
    """,
    re.VERBOSE,
)
"""Where a symbol says something of the word beside it. Elsewhere it parts words."""

_ADDRESS = re.compile(
    r"(?:[A-Za-z][\w+.-]*://[^/?#]*(?=[/?#])|urn:[\w-]+:)(?P<path>.+)", re.S
)
_SUFFIX = re.compile(r"(?:\.schema)?\.(?:json|ya?ml)$", re.IGNORECASE)
_VERSION = re.compile(r"v?[0-9]+(?:[._-][0-9]+)*", re.IGNORECASE)
_CONTAINERS: Final = frozenset(
    {"definitions", "defs", "$defs", "schemas", "schema", "components"}
    | {"json", "jsonschema", "api"}
)
"""Folders and keys that say of what lies in them no more than that it is a schema."""

_MOST_SYMBOLS: Final = 8

_REMEMBERED: Final = 10_000
"""Texts whose words are known: properties bear the same names again and again."""


def _clean(text: str) -> str:
    """A text as Python would read it; what no identifier has on every Python (U+2E2F,
    for one) parts words as punctuation does."""
    if text.isascii():
        return text
    settled = "".join(char if letters.settled(char) else " " for char in text)
    plain = unicodedata.normalize("NFKC", settled)
    return "".join(c if c.isascii() or letters.known(c) else " " for c in plain)


def _spelled(text: str) -> str:
    """A clean text in which words stand for the symbols that say something: `+1` and
    `-1` are not the same."""
    if _BRACKETS.match(text):
        return text
    if not _APART.search(text):
        return text
    return _SPELLED.sub(_words_for, _unbracketed(text)).strip("_ ")


def _unbracketed(text: str) -> str:
    """A text without the `<` and `>` around parameters: `Page<Item>` compares nothing.

    Such a bracket opens behind a word, and closes where no word goes on; `=>` and `->`
    are arrows.
    """
    chars, opened = list(text), list[int]()
    for at, char in enumerate(text):
        if char == "<" and _is_word(text[at - 1 : at]) and text[at + 1 : at + 2] != "=":
            opened.append(at)
        elif char == ">" and opened and text[at - 1] not in "<-=":
            start = opened.pop()
            if not _is_word(text[at + 1 : at + 2]):
                chars[start] = chars[at] = " "
    return "".join(chars)


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _words_for(match: re.Match[str]) -> str:
    return f"_{'_'.join(_SYMBOLS[char] for char in match[0] if not char.isspace())}_"


def _symbols(text: str) -> str:
    """The words for a text without letters: their names, or the numbers that they have
    in Unicode."""
    found = []
    for char in text[:_MOST_SYMBOLS]:
        named = _SYMBOLS.get(char) or letters.symbol(char) or f"U{ord(char):04X}"
        found.append(named.replace(" ", "_"))
    return "_".join(found)


def _name(text: str, empty: str) -> Name:
    """What is left of a clean text; `empty` goes before what could not begin an
    identifier. Letters that have come together can form others."""
    identifier = unicodedata.normalize("NFKC", text)
    if not (identifier[:1].isalpha() and identifier.isidentifier()):
        identifier = f"{empty}{identifier}".rstrip("_")
        identifier = unicodedata.normalize("NFKC", identifier)
    return name(f"{identifier}_" if keyword.iskeyword(identifier) else identifier)


@lru_cache(_REMEMBERED)
def words(text: str) -> tuple[str, ...]:
    """The words of a name in any spelling: `inputAudio_buffer.v2` has four."""
    return tuple(_parted(_spelled(_clean(text)), _WORD))


def _parted(text: str, word: re.Pattern[str]) -> list[str]:
    if text.isascii():
        return word.findall(text)
    shadow = "".join(map(_case, text))
    return [text[match.start() : match.end()] for match in word.finditer(shadow)]


def _bordered(text: str) -> str:
    """A text with `_` where the case of its letters shows that a word begins."""
    shadow = text if text.isascii() else "".join(map(_case, text))
    starts = [0, *(match.start() for match in _BORDER.finditer(shadow)), len(text)]
    return "_".join(text[one:end] for one, end in pairwise(starts))


def _case(char: str) -> str:
    """A letter of ASCII in the case of any letter."""
    if char.isascii():
        return char
    return "A" if char.isupper() else "a"


def class_name(text: str) -> Name:
    """A name for a class: the text itself where it is one, otherwise PascalCase. Of an
    address only what says most is taken."""
    plain = _clean(_told_by_address(text))
    if not plain.isidentifier() or plain.startswith("_"):
        plain = pascal(plain) or pascal(_symbols(text))
    return _name(plain, "Schema")


def _told_by_address(text: str) -> str:
    """The last part of a URL or URN, with the one before it if that says anything:
    `https://example.com/schemas/v2/order.json` is about `order`."""
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return text
    parts = [_SUFFIX.sub("", part) for part in re.split(r"[/?#:]+", found["path"])]
    parts = [part for part in parts if part and not _VERSION.fullmatch(part)]
    folders = [part for part in parts[-2:-1] if part.lower() not in _CONTAINERS]
    return pascal(" ".join([*folders, *parts[-1:]])) or text


@lru_cache(_REMEMBERED)
def pascal(text: str) -> str:
    """`input_audio.format` as `InputAudioFormat`. Capitals inside words stay, unless
    they only say that the text is a constant: `ON_MEDIA_END` is `OnMediaEnd`."""
    parts = words(text)
    if _is_constant(text, parts):
        parts = tuple(map(letters.lower, parts))
    return "".join(letters.upper(word[0]) + word[1:] for word in parts)


def _is_constant(text: str, parts: tuple[str, ...]) -> bool:
    """Whether capitals are all that there is, in several words with something between:
    `HTTP`, `HTTP-2` and `H264AAC` may be abbreviations."""
    together = "".join(parts)
    several = sum(map(str.isupper, parts)) > 1
    return several and together.isupper() and together not in text


@lru_cache(_REMEMBERED)
def attribute(text: str) -> Name:
    """A name for a field: as in the spec where that is an identifier.

    Leading underscores go, because names that begin with one belong to the base
    class; keywords get one behind.
    """
    plain = _APART.sub("_", _spelled(_clean(text))).lstrip("_")
    return _name(plain or _symbols(text), "field_")


def snake(text: str) -> Name:
    """A name for a field by PEP 8: `HTTPStatus` as `http_status`."""
    plain = "_".join(_parted(_spelled(_clean(text)), _SNAKE)) or _symbols(text)
    return _name(letters.lower(plain), "field_")


def constant(text: str) -> Name:
    """A name for an enum member: `gpt-4o.mini` as `GPT_4O_MINI`, and `outOfBand` as
    `OUT_OF_BAND`."""
    plain = _APART.sub("_", _bordered(_spelled(_clean(text))))
    plain = re.sub(r"__+", "_", plain).strip("_") or _symbols(text) or "EMPTY"
    return _name(letters.upper(plain), "VALUE_")
