"""What texts of a piece follow from, so that they need not be made again.

It is found in the same way as for code: while a text is made, looks at schemas are
noted. As long as these looks would see the same, the text would be the same.
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
"""How many digits of a digest are used; enough to tell any two things apart."""


class Memory(Protocol):
    """What earlier runs have stored, by name and by the key of what it follows from."""

    @property
    def active(self) -> bool:
        """Whether anything can be stored."""

    def get(self, name: str, key: str) -> Any:
        """What is stored; None if there is nothing."""

    def keep(self, name: str, key: str, value: Any = None) -> None:
        """Store a value; without a value, keep what is stored already."""


Listed: TypeAlias = tuple[list[str], Kept]


@dataclass(frozen=True, slots=True)
class Followed:
    """What can be seen in a package, and what earlier runs know about it."""

    basis: Basis
    memory: Memory

    def known(self, name: str, piece: str, said: object) -> tuple[str, Kept] | None:
        """The key of what a text of a piece follows from, if an earlier run has noted
        its looks; and what has to be stored for the next run. `said` is what the text
        shows besides the schemas of the piece."""
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
        """The same for a text that was made now, with these `looks`."""
        own, units = self._own(piece, said), self.basis.units(looks)
        seen = self.basis.of(units)
        return digest(own, seen), Kept(name, own, [list(units), seen])

    def of_everything(self, name: str) -> str:
        """The key of a text that may depend on everything that code can see."""
        return digest(name, self.basis.everything)

    def pieces_of(self, name: str, find: Callable[[], list[str]]) -> Listed:
        """A list of pieces that depends on everything that code can see, and what has
        to be stored for it. `find` makes the list, unless an earlier run has stored one
        whose pieces still exist."""
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
    """The digest of some texts."""
    whole = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(whole).hexdigest()[:_SHORT]
