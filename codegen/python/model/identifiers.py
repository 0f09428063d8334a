"""Spec text to Python identifiers, one piece at a time; collisions are for `names`.

The door of identifiers: what comes out is one, is no keyword, begins with a letter, and
is in NFKC, so that Python reads it as it is written.
"""

from __future__ import annotations

import keyword
import re
import unicodedata

from codegen.text import Name, name

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W\d_A-Za-z]+")
_INVALID = re.compile(r"\W")


def _clean(text: str) -> str:
    """A text as Python would read it; letters that no identifier has (U+2E2F) part
    words as punctuation does."""
    text = unicodedata.normalize("NFKC", text)
    if text.isascii():
        return text
    return "".join(char if f"a{char}".isidentifier() else " " for char in text)


def _name(text: str, empty: str) -> Name:
    """What is left of a clean text; `empty` goes before what could not begin an
    identifier. Letters that have come together can form others."""
    identifier = unicodedata.normalize("NFKC", text)
    if not (identifier[:1].isalpha() and identifier.isidentifier()):
        identifier = f"{empty}{identifier}".rstrip("_")
    return name(f"{identifier}_" if keyword.iskeyword(identifier) else identifier)


def words(text: str) -> list[str]:
    """The words of a name in any spelling: `inputAudio_buffer.v2` has four."""
    return _WORD.findall(_clean(text))


def class_name(text: str) -> Name:
    """A name for a class: the text itself where it is one, otherwise PascalCase."""
    text = _clean(text)
    if not text.isidentifier() or text.startswith("_"):
        text = _INVALID.sub("", pascal(text))
    return _name(text, "Schema")


def pascal(text: str) -> str:
    """`input_audio.format` as `InputAudioFormat`; capitals inside words stay."""
    return "".join(word[0].upper() + word[1:] for word in words(text))


def attribute(text: str) -> Name:
    """A name for a field: as in the spec where that is an identifier.

    Leading underscores go, because names that begin with one belong to the base
    class; keywords get one behind.
    """
    return _name(_INVALID.sub("_", _clean(text)).lstrip("_"), "field_")


def constant(text: str) -> Name:
    """A name for an enum member: `gpt-4o.mini` as `GPT_4O_MINI`."""
    found = re.sub(r"\W+", "_", _clean(text), flags=re.ASCII).strip("_").upper()
    if not found:
        found = "_".join(f"U{ord(char):04X}" for char in text[:8]) or "EMPTY"
    return _name(found, "VALUE_")
