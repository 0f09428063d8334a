"""Between JSON values and msgspec's structs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec


def reader(of: Any) -> Callable[[Any], Any]:
    """What makes a value of a type from JSON that meets its schema."""

    def read(value: Any) -> Any:
        return msgspec.convert(value, of)

    return read


def writer(of: Any) -> Callable[[Any], Any]:
    """What makes JSON of a value of a type."""
    return msgspec.to_builtins
