"""Names that enum members have already, and how a name gives way."""

from __future__ import annotations

import keyword
from collections.abc import Collection
from typing import Final

TYPES: Final = frozenset(["str", "int", "float", "bool", "list", "dict", "tuple"])

_METHODS_OF_VALUES: Final = """
as_integer_ratio bit_count bit_length capitalize casefold center conjugate count
denominator encode endswith expandtabs find format format_map from_bytes imag index
isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable
isspace istitle isupper join ljust lower lstrip maketrans numerator partition real
removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split
splitlines startswith strip swapcase title to_bytes translate upper zfill
"""
OF_MEMBERS: Final = TYPES.union(
    ["mro", "name", "property", "value"], _METHODS_OF_VALUES.split()
)
"""What members have because they are strings or integers, and what their classes use
themselves. It is a list, because another Python may have other methods."""


def free(wish: str, reserved: Collection[str]) -> str:
    """The name, with an underscore if it is not available."""
    return f"{wish}_" if wish in reserved or keyword.iskeyword(wish) else wish
