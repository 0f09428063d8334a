"""What golden files are called: safe on every file system."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from codegen.ir.apart import groups, with_digests

_PLAIN: Final = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"
)
_LONGEST_NAME: Final = 100
_DEVICES: Final = frozenset({"aux", "con", "nul", "prn"}).union(
    f"{device}{number}" for device in ("com", "lpt") for number in range(10)
)
"""Names that are no files on Windows, whatever stands behind a dot."""


def file_names(names: Iterable[str]) -> dict[str, str]:
    """A file name for each schema, safe on every file system, and different also
    where case does not count.

    Of those that differ in case alone the first in the order of code points has its
    own; the others carry a digest, and so does what had to be cut short.
    """
    wishes = {name: _safe(name) for name in names}
    found: dict[str, str] = {}
    cut: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(wishes):
        stem = wishes[name][:_LONGEST_NAME].casefold()
        device = stem.partition(".")[0] in _DEVICES
        whole = len(wishes[name]) <= _LONGEST_NAME and not device
        if whole and stem not in taken:
            found[name] = stem
            taken.add(stem)
        else:
            cut[name] = stem
    for stem, others in groups(cut).items():
        digested = with_digests(stem, others, taken)
        taken.update(digested.values())
        found |= digested
    return {
        name: f"{wish[:_LONGEST_NAME]}{found[name][len(wish[:_LONGEST_NAME]) :]}"
        for name, wish in wishes.items()
    }


def _safe(name: str) -> str:
    return "".join(c if c in _PLAIN else f"_{ord(c):x}_" for c in name) or "_"
