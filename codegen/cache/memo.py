"""What earlier runs have made of parts of a specification, to be used again.

Each part has a name and a key, which is a digest of everything that it was made from.
Under another key it is another part, whatever its name. Parts are stored in a few
files, so that a change of one part writes little. A run stores what it has used itself,
and everything else goes. Two runs at the same time may lose parts of each other, but
never mix them up.
"""

from __future__ import annotations

from functools import cache

from codegen import digests
from codegen.cache.folder import Folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

FILES: Final = 16
"""The parts of one subject are spread over so many files."""


class Memo:
    """The parts of one subject, such as the golden files of a package.

    `ours` is the digest of the tool. Nothing is stored before `save`. If there is no
    cache, `active` is False and nothing is known.
    """

    def __init__(self, subject: str, ours: str) -> None:
        self._tool = ours
        self._subject = subject
        self._files: dict[int, dict[str, list[Any]]] = {}
        self._used: dict[int, dict[str, tuple[str, Any]]] = {}
        self._changed: set[int] = set()
        with Folder() as folder:
            self.active = bool(self._tool and folder.path)

    def get(self, name: str, key: str) -> Any:
        """What was made for a name from what has this key; None if it is not known."""
        if not self.active:
            return None
        found = self._file(_place(name)).get(name)
        if isinstance(found, list) and len(found) == 2 and found[0] == key:
            return found[1]
        return None

    def last(self, name: str) -> Any:
        """What was made for a name the last time, whatever its key; None if it is not
        known."""
        found = self._file(_place(name)).get(name) if self.active else None
        return found[1] if isinstance(found, list) and len(found) == 2 else None

    @property
    def empty(self) -> bool:
        """Whether no run has stored anything."""
        return not (self.active and any(map(self._file, range(FILES))))

    def keep(self, name: str, key: str, value: Any = None) -> None:
        """Have a value stored; without a value, keep what is stored already."""
        number = _place(name)
        used = self._used.setdefault(number, {})
        if value is not None:
            self._changed.add(number)
        elif name in used and used[name][0] == key:
            return
        used[name] = (key, value)

    def save(self) -> None:
        """Store everything that was kept, in place of what was there."""
        if not self.active or not self._changed:
            return
        kept = {number: self._kept(number) for number in sorted(self._changed)}
        with Folder() as folder:
            for number, parts in kept.items():
                folder.write(self._name(number), parts)
        self._changed.clear()

    def _kept(self, number: int) -> dict[str, list[Any]]:
        """The parts in a file that this run has made or used."""
        found = {}
        for name, (key, value) in self._used.get(number, {}).items():
            known = self.get(name, key) if value is None else value
            if known is not None:
                found[name] = [key, known]
        return found

    def _file(self, number: int) -> dict[str, list[Any]]:
        """The parts in a file. It is read when one of them is first asked for."""
        if number not in self._files:
            with Folder() as folder:
                found = folder.read(self._name(number))
            self._files[number] = found if isinstance(found, dict) else {}
        return self._files[number]

    def _name(self, number: int) -> str:
        about = f"{self._tool}\0{self._subject}\0{number}"
        return f"memo-{digests.of(about.encode('utf-8', 'surrogateescape'))}.json"


@cache  # Each is asked for several times in a run.
def _place(name: str) -> int:
    return int(digests.of_strings(name)[:8], 16) % FILES
