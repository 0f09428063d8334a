"""Changes of a document at one place, and what is proposed for one."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Final, NamedTuple

from codegen.ir import model as ir


class _Removed(enum.Enum):
    REMOVED = "REMOVED"

    def __repr__(self) -> str:
        return "REMOVED"


REMOVED: Final = _Removed.REMOVED
"""Stands for the value of a property that is taken away."""


class Edit(NamedTuple):
    """The value at `pointer` becomes `value`, or goes if that is `REMOVED`.

    The last token may name a property that is not there yet, or the index behind
    the last item.
    """

    pointer: str
    value: ir.Json

    def apply(self, document: ir.Json) -> ir.Json:
        """The changed document; the original stays as it is."""
        if not self.pointer:
            return self.value
        return _changed(document, tokens(self.pointer), self.value)


class Proposal(NamedTuple):
    """A value for a place, or for the member `token` of it."""

    value: ir.Json
    valid: bool
    keyword: str
    note: str
    token: str | None = None


def tokens(pointer: str) -> list[str]:
    """The reference tokens of a JSON Pointer."""
    parts = pointer.split("/")[1:]
    if "~" not in pointer:
        return parts
    return [part.replace("~1", "/").replace("~0", "~") for part in parts]


def child(pointer: str, token: str | int) -> str:
    """The pointer of a member."""
    text = str(token)
    if "~" in text or "/" in text:
        text = text.replace("~", "~0").replace("/", "~1")
    return f"{pointer}/{text}"


def at(document: ir.Json, pointer: str) -> ir.Json:
    """The value at a pointer. Raises LookupError where there is none."""
    value = document
    for token in tokens(pointer):
        value = value[int(token)] if isinstance(value, list) else value[token]
    return value


def places(document: ir.Json, pointer: str = "") -> Iterator[str]:
    """The pointers of all values inside a document, outside in."""
    members: list[tuple[str | int, ir.Json]] = []
    if isinstance(document, dict):
        members = list(document.items())
    elif isinstance(document, list):
        members = list(enumerate(document))
    for token, value in members:
        yield child(pointer, token)
        yield from places(value, child(pointer, token))


def _changed(document: ir.Json, path: list[str], value: ir.Json) -> ir.Json:
    token, *rest = path
    if isinstance(document, list):
        index = int(token)
        copy = list(document)
        if not rest and value is REMOVED:
            del copy[index]
        elif index == len(copy):
            copy.append(value)
        else:
            copy[index] = _changed(copy[index], rest, value) if rest else value
        return copy
    members = dict(document)
    if not rest and value is REMOVED:
        members.pop(token, None)
    else:
        members[token] = _changed(members[token], rest, value) if rest else value
    return members
