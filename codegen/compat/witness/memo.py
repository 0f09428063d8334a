"""Documents of places that lead back to themselves, each place searched once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from codegen.ir import model as ir

Key = TypeVar("Key")

_DEEP: Final = 100
"""How many places may be searched for each other's sake: beyond them there is nothing
yet, as at a place that leads back to itself."""

_MOST: Final = 1_000
"""How many searches that were cut short may find nothing before they are taken at their
word: where many places lead to each other, there are more ways than can be gone."""


@dataclass(slots=True)
class Memo(Generic[Key]):
    """What was found for each key.

    A key that is asked for while it is searched has no documents yet, and the search
    is cut short there. That nothing was found in such a search is not remembered, as
    long as there are few: begun elsewhere, it may find something.
    """

    _known: dict[Key, tuple[ir.Json, ...]] = field(default_factory=dict)
    _running: set[Key] = field(default_factory=set)
    _is_cut: bool = False
    _in_vain: int = 0

    def cut(self) -> None:
        """Note that the searches that are going on leave something out."""
        self._is_cut = True

    def of(
        self, key: Key, search: Callable[[], tuple[ir.Json, ...]]
    ) -> tuple[ir.Json, ...]:
        """What `search` finds for a key, or has found before."""
        if key in self._known:
            return self._known[key]
        if key in self._running or len(self._running) >= _DEEP:
            self.cut()
            return ()
        outer, self._is_cut = self._is_cut, False
        self._running.add(key)
        try:
            found = search()
        finally:
            self._running.discard(key)
        self._in_vain += self._is_cut and not found
        if found or not self._is_cut or self._in_vain > _MOST:
            self._known[key] = found
        self._is_cut = self._is_cut or outer
        return found
