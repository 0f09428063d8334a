"""Between JSON values and `TypedDict`, which are the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def reader(of: Any, sided: bool = False) -> Callable[[Any], Any]:
    """What makes a value of a type from JSON that meets its schema."""
    return _same


def writer(of: Any) -> Callable[[Any], Any]:
    """What makes JSON of a value of a type."""
    return _same


def is_built(value: Any) -> bool:
    """Whether a program made a value, which a dict does not tell."""
    return False


def _same(value: Any) -> Any:
    return value
