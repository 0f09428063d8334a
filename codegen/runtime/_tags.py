"""Tags as Python values: how they stand in keys, and which are not to be mixed up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from ._json import dumps

Tag: TypeAlias = "str | int | bool"


def tag_text(tag: Tag) -> str:
    """A tag as it stands in a key of several tags."""
    return tag if isinstance(tag, str) else dumps(tag).decode()


def is_foreign(tag: Any, known: Iterable[Any]) -> bool:
    """Whether a value is a boolean where tags are numbers, or the reverse: Python takes
    true for 1."""
    if isinstance(tag, str):
        return False
    return isinstance(tag, bool) is not any(isinstance(key, bool) for key in known)
