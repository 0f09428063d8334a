"""Finds the tag of a frame without reading what follows it."""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from ._json import JSONError, dumps
from ._reading import read

TYPE_CHECKING: bool = False
if TYPE_CHECKING:
    import re

Frame: TypeAlias = "bytes | bytearray | memoryview | str | Mapping[str, Any]"

_READ_AT_ONCE = 1024
"""A frame of up to this size is read in less time than it is searched."""

_SMALL = 1024
"""What follows the tag of such a frame is copied in less time than it takes to look for
its end and to cut there."""

_LONGEST_TAG = 256
"""How many characters of a frame are looked at for a tag that it begins with."""

_TEXT = r'"(?:[^"\\]|\\.)*+"'
_SCALAR = rf"(?:{_TEXT}|-?[0-9.eE+-]++|true|false|null)"
_PLAIN = r'"[^"\\]*+"'
_SPACE = r"[ \t\n\r]*+"
_ENDS = frozenset('"\\')
"""Characters of which the first in a text is not where the text ends."""

_COMMA = ord(",")
"""Looking for a number among bytes takes less time than for other bytes."""
_PATTERNS: dict[tuple[str, type], re.Pattern[Any]] = {}


def leads_of(tag: str) -> tuple[str, ...]:
    """How a frame begins whose first property is the tag, as most programs write it;
    none where that depends on who writes."""
    if not tag or not (tag.isascii() and tag.isprintable()) or set(tag) & {'"', "\\"}:
        return ()
    return f'{{"{tag}":"', f'{{"{tag}": "'


def tag_in(frame: str | bytes, name: str) -> str | None:
    """The text that a property of a JSON object holds, if only scalars stand before it
    and nothing in it is escaped; None where only reading the frame can tell, or is as
    fast."""
    if len(frame) <= _READ_AT_ONCE:
        return None
    kind = str if isinstance(frame, str) else bytes
    pattern = _PATTERNS.get((name, kind))
    if pattern is None:
        pattern = _PATTERNS[name, kind] = _pattern(name, kind)
    found = pattern.match(frame)
    if found is None:
        return None
    tag: str | bytes = found[1]
    try:
        return tag.decode() if isinstance(tag, bytes) else tag
    except UnicodeDecodeError:
        return None


def _pattern(name: str, kind: type) -> re.Pattern[Any]:
    import re  # Most packages never come here.

    own = rf'"{re.escape(name)}"'
    before = rf"(?:(?!{own}){_PLAIN}{_SPACE}:{_SPACE}{_SCALAR}{_SPACE},{_SPACE})*+"
    text = (
        rf"{_SPACE}\{{{_SPACE}{before}{own}{_SPACE}:{_SPACE}"
        rf'"([^"\\]*+)"{_SPACE}[,}}]'
    )
    return re.compile(text if kind is str else text.encode(), re.DOTALL)


def tag_text(tag: str | int | bool) -> str:
    """A tag as it stands in a key of several tags."""
    return tag if isinstance(tag, str) else dumps(tag).decode()


class Peeking:
    """What an event table knows of the tags of frames."""

    def _look_for(self, tag: str, names: tuple[str, ...], known: Iterable[Any]) -> None:
        """`names` lead to the tag, whose name is `tag` if it is in no object inside;
        `known` are tags that are looked for."""
        self._names = names
        self._leads = leads_of(tag)
        # Behind the tag stands a comma, or it is all that there is.
        self._begun = {
            f"{lead}{text}{end}": text
            for lead in self._leads
            for text in known
            if isinstance(text, str) and text.isascii() and not _ENDS.intersection(text)
            for end in ('"', '"}')
        }
        self._begun_bytes = {key.encode(): text for key, text in self._begun.items()}
        # Made once: a slice for each frame takes as long as what it cuts.
        self._lead = self._leads[0] if self._leads else None
        self._start = len(self._lead or "")
        self._at_lead = slice(self._start)

    def peek(self, frame: Frame) -> Any:
        """The tag of the event in a frame, None if it has none; nothing is decoded.

        It is what `decode` would find, provided that no name stands twice in the frame.
        Text behind the tag is not read and may not be JSON. Raises `ValueError` if no
        tag is found and the frame is not a JSON object.
        """
        data: Any = frame
        try:
            if data.__class__ is str:
                if len(data) < _SMALL:
                    tag = self._begun.get(data.partition(",")[0])
                else:
                    tag = self._begun.get(data[: data.index(",")])
                if tag is not None:
                    return tag
                if data[self._at_lead] == self._lead:
                    start = self._start
                    tag = data[start : data.index('"', start)]
                    if "\\" not in tag:
                        return tag
            elif data.__class__ is bytes:
                if len(data) < _SMALL:
                    return self._begun_bytes[data.partition(b",")[0]]
                return self._begun_bytes[data[: data.index(_COMMA)]]
        except (KeyError, ValueError):
            pass
        return self._peek_further(data)

    def _peek_further(self, frame: Any) -> Any:
        if self._leads and isinstance(frame, str | bytes):
            found = self._leading(frame) or tag_in(frame, self._names[0])
            if found is not None:
                return found
        data = frame if isinstance(frame, Mapping) else read(frame, strict=False)
        if not isinstance(data, Mapping):
            raise JSONError(f"an event is a JSON object, not {type(data).__name__}")
        for name in self._names:
            data = data.get(name) if isinstance(data, Mapping) else None
        return data if self._names else None

    def _leading(self, frame: str | bytes) -> str | None:
        """The tag that a frame begins with, in any of the ways that are looked for."""
        if isinstance(frame, bytes):
            try:
                frame = frame[:_LONGEST_TAG].decode()
            except UnicodeDecodeError:
                return None
        for lead in self._leads:
            if frame.startswith(lead):
                tag, quote, _ = frame[len(lead) : _LONGEST_TAG].partition('"')
                return tag if quote and "\\" not in tag else None
        return None


def is_other_kind(tag: Any, known: Iterable[Any]) -> bool:
    """Whether a value is a boolean and the known tags are numbers, or the reverse:
    Python takes true for 1."""
    if isinstance(tag, str):
        return False
    return isinstance(tag, bool) is not any(isinstance(key, bool) for key in known)
