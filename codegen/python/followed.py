"""What the types of a piece follow from, so that they are not looked at again where an
earlier run has written the same.

It is found as that of code is: looks are noted while a text is made, and where there is
the same to be seen again, the text would be the same.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeAlias

from codegen.artifact import Kept
from codegen.ir import model as ir
from codegen.python.basis import Basis

_SHORT: Final = 40
"""Digits of a digest that tell one thing from another."""


class Memory(Protocol):
    """What earlier runs have left, by a name and the key of what it follows from."""

    @property
    def active(self) -> bool:
        """Whether anything can be kept."""

    def get(self, name: str, key: str) -> Any:
        """What is known; None if nothing is."""

    def keep(self, name: str, key: str, value: Any = None) -> None:
        """Have something kept, or without it what is known."""


Listed: TypeAlias = tuple[list[str], Kept]


@dataclass(frozen=True, slots=True)
class Followed:
    """What there is to be seen of a package, and what is known of looks at it."""

    basis: Basis
    memory: Memory

    def known(self, name: str, piece: str, said: object) -> tuple[str, Kept] | None:
        """What a text of a piece follows from, where an earlier run has left that; and
        what has to be kept of it. `said` is what it shows beside the piece."""
        own = self._own(piece, said)
        found = self.memory.get(name, own)
        with contextlib.suppress(TypeError, ValueError):
            looks, seen = found
            if seen == self.basis.of(map(ir.SchemaId, looks)):
                return digest(own, seen), Kept(name, own)
        return None

    def anew(
        self, name: str, piece: str, said: object, looks: Iterable[ir.SchemaId]
    ) -> tuple[str, Kept]:
        """The same for a text that was made now; `looks` were taken for it."""
        own, units = self._own(piece, said), self.basis.units(looks)
        seen = self.basis.of(units)
        return digest(own, seen), Kept(name, own, [list(units), seen])

    def of_everything(self, name: str) -> str:
        """What code follows from that may look at all there is."""
        return digest(name, self.basis.everything)

    def pieces_of(self, name: str, find: Callable[[], list[str]]) -> Listed:
        """Some pieces that follow from all there is, which are looked for if no earlier
        run has found them, or what it is said to have found are none; and what has to
        be kept of them."""
        key = self.of_everything(name)
        with contextlib.suppress(TypeError, ValueError):
            seal, found = self.memory.get(name, key)
            if seal == digest(*found) and self.basis.pieces.keys() >= set(found):
                return found, Kept(name, key)
        made = find()
        return made, Kept(name, key, [digest(*made), made])

    def _own(self, piece: str, said: object) -> str:
        return digest(self.basis.pieces.get(piece, ""), repr(said))


def digest(*parts: str) -> str:
    """The digest of some texts, in as many digits as tell one thing from another."""
    whole = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(whole).hexdigest()[:_SHORT]
