"""What a reference that leads nowhere was most likely meant to be, as the end of its
message."""

from __future__ import annotations

import contextlib
from typing import Final

from codegen import nearby
from codegen.source import pointer as pointers
from codegen.source.node import Json
from codegen.source.reader import DOCUMENTS
from codegen.source.workspace import Workspace

_MOST: Final = 50
"""References for which that is looked for in a run: it takes longer than to read what
they stand in."""

_KEYS: Final = 2_000
"""Keys of an object that are compared with a token."""

_HOLDERS: Final = ("/components/schemas", "/definitions", "/$defs")
"""Where documents keep their schemas."""


class Guesses:
    """Looks for what references were meant to be, as long as they are few."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._left = _MOST

    def of_key(self, value: Json, token: str) -> str:
        """The key of an object that comes near to a token of a pointer."""
        if self._used_up() or not isinstance(value, dict) or len(value) > _KEYS:
            return ""
        return nearby.question(token, value)

    def of_name(self, root: Json, name: str) -> str:
        """What comes near to the name of a file that is not there: a file that is
        called so but for its suffix, a schema inside the document `root`, or a file
        whose name is similar."""
        if self._used_up():
            return ""
        files = self._workspace.siblings
        found = [file for file in files if file in {name + end for end in DOCUMENTS}]
        for holder in _HOLDERS:
            with contextlib.suppress(pointers.Missing):
                held = root
                for token in (*pointers.tokens(holder), name):
                    held = pointers.step(held, token)
                found.append(f"#{holder}/{pointers.escape(name)}")
        return nearby.asked(found[:1]) or nearby.question(name, files, cutoff=0.8)

    def _used_up(self) -> bool:
        """Count one more reference: whether enough have been looked at already."""
        self._left -= 1
        return self._left < 0
