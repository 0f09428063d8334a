"""Scalars as text, and back to values of the types that a schema allows."""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

from .errors import show

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?", re.ASCII)
_DIGITS = 4000
"""How many digits of a number are read; Python has a limit of that order."""

RESERVED = "!$'()*,/:;=?@"
"""What stands as it is in a query where `allowReserved` says so: but for what parts
one parameter from the next, or would be read otherwise."""


class Texts:
    """The types that the texts of a parameter are read as.

    `types` are those of scalars, as words: `number`, `boolean`, `string`. `items` are
    the types of the items of a list, `members` those of the properties of an object by
    their names, `others` those of its properties with any other name.
    """

    __slots__ = ("items", "members", "others", "types")

    def __init__(
        self,
        types: str = "",
        *,
        items: Texts | None = None,
        members: Mapping[str, Texts] | None = None,
        others: Texts | None = None,
    ) -> None:
        self.types = frozenset(types.split())
        self.items = items
        self.members = members or {}
        self.others = others

    @property
    def is_object(self) -> bool:
        """Whether there may be objects."""
        return bool(self.members) or self.others is not None

    def member(self, name: str) -> Texts:
        """What the texts of a member stand for."""
        return self.members.get(name) or self.others or STRING

    def scalar(self, text: str) -> Any:
        """The value that a text stands for; the text itself where it is no other of
        these types."""
        if "boolean" in self.types and text in ("true", "false"):
            return text == "true"
        if "number" in self.types and len(text) < _DIGITS:
            match = _NUMBER.fullmatch(text)
            if match and not (match[1] or match[2]):
                return int(text)
            number = float(text) if match else float("inf")
            if number - number == 0:
                return number
        return text

    def listed(self, texts: list[str]) -> Any:
        """The list that texts stand for. One empty text is an empty list, unless it may
        be an item of one."""
        items = self.items or STRING
        if texts == [""] and "string" not in items.types:
            return []
        return [items.scalar(text) for text in texts]


STRING = Texts("string")


def text_of(value: Any) -> str:
    """The text of a scalar. Raises `ValueError` for what is none."""
    if isinstance(value, str):
        return value
    if value is True or value is False:
        return "true" if value else "false"
    if value is None:
        raise ValueError("null cannot be written: leave it out")
    if isinstance(value, int | float):
        return repr(value)
    raise ValueError(f"{show(value)} cannot be written inside of another value")


def quoted(text: str, safe: str = "") -> str:
    """A text as it stands in an address."""
    return quote(text, safe, errors="surrogateescape")


def unquoted(text: str, *, plus: bool = False) -> str:
    """The text of what stands in an address; `plus` tells that a plus is a space."""
    if plus:
        text = text.replace("+", " ")
    return unquote(text, errors="surrogateescape")
