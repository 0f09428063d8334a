"""Spec text to Python identifiers, one piece at a time; collisions are for `names`."""

from __future__ import annotations

import keyword
import re
import unicodedata

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W\d_A-Za-z]+")
_INVALID = re.compile(r"\W")


def _clean(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def words(text: str) -> list[str]:
    """The words of a name in any spelling: `inputAudio_buffer.v2` has four."""
    return _WORD.findall(_clean(text))


def class_name(text: str) -> str:
    """A name for a class: the text itself where it is one, otherwise PascalCase."""
    text = _clean(text)
    if text.isidentifier() and not text.startswith("_"):
        return f"{text}_" if keyword.iskeyword(text) else text
    joined = _INVALID.sub("", pascal(text)) or "Schema"
    return joined if joined[0].isalpha() else f"Schema{joined}"


def pascal(text: str) -> str:
    """`input_audio.format` as `InputAudioFormat`; capitals inside words stay."""
    return "".join(word[0].upper() + word[1:] for word in words(text))


def attribute(text: str) -> str:
    """A name for a field: as in the spec where that is an identifier.

    Leading underscores go, because names that begin with one belong to the base
    class; keywords get one behind.
    """
    name = _INVALID.sub("_", _clean(text)).lstrip("_")
    if not name or not (name[0].isalpha()):
        name = f"field_{name}".rstrip("_")
    return f"{name}_" if keyword.iskeyword(name) else name


def constant(text: str) -> str:
    """A name for an enum member: `gpt-4o.mini` as `GPT_4O_MINI`."""
    name = re.sub(r"\W+", "_", _clean(text), flags=re.ASCII).strip("_").upper()
    if not name:
        name = "_".join(f"U{ord(char):04X}" for char in text[:8]) or "EMPTY"
    if not name[0].isalpha():
        name = f"VALUE_{name}"
    return name
