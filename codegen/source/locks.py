"""`codegen.lock`: what was fetched from the web, by address.

It is TOML with an entry for each document, in the order of addresses, so that two
branches that add an entry each can be merged.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

LOCK: Final = "codegen.lock"
"""The name of the file; it lies beside the configuration, or else in the working
directory."""

_HEAD: Final = (
    "# What codegen has fetched. `--allow-remote` renews what a command asks for;\n"
    "# otherwise bytes that do not match are an error.\n\nversion = 1\n"
)
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Locked:
    """What came from an address: the SHA-256 of its bytes, and their number."""

    sha256: str
    size: int


class LockError(ValueError):
    """A text is not a lock file; the message says why, and `line` and `column` where,
    if that is known."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


def parse(table: Mapping[str, Any]) -> dict[str, Locked]:
    """The entries of a lock file, by address. Raises `LockError`."""
    if table.get("version") != 1:
        raise LockError("its version is not 1; a later codegen may have written it")
    entries = table.get("document", [])
    if not isinstance(entries, list):
        raise LockError("`document` is a list of tables")
    return dict(map(_entry, entries))


def _entry(entry: Any) -> tuple[str, Locked]:
    match entry:
        case {"url": str(url), "sha256": str(digest), "size": int(size)}:
            if _DIGEST.fullmatch(digest) and size >= 0:
                return url, Locked(digest, size)
    raise LockError("an entry has `url`, `sha256` of 64 digits and `size`")


def text(locked: Mapping[str, Locked]) -> str:
    """The text of a lock file."""
    entries = (
        f"\n[[document]]\nurl = {json.dumps(url)}\n"
        f'sha256 = "{one.sha256}"\nsize = {one.size}\n'
        for url, one in sorted(locked.items())
    )
    return _HEAD + "".join(entries)
