"""The native codec held against the Python codec: the same frame, the same outcome."""

from __future__ import annotations

from typing import Any


class Pair:
    """Both codecs of one event table, whose native one is in use."""

    def __init__(self, table: Any, drift: Any) -> None:
        self.table = table
        self.name = table.name
        self.native = table.decode
        self.python = type(table).decode.__get__(table)
        self._drift = drift

    def difference(self, frame: Any) -> str | None:
        """How the outcomes of a frame differ; None if they do not."""
        left, right = self._outcome(self.native, frame), self._outcome(
            self.python, frame
        )
        where = _Comparison().differing(left, right)
        return None if where is None else f"{where}: {left!r}\n  python: {right!r}"

    def _outcome(self, decode: Any, frame: Any) -> tuple[Any, ...]:
        """What becomes of a frame: what is raised, or the event, whether it drifted,
        and what it encodes to."""
        before = self._drift.mark
        try:
            event = decode(frame)
        except Exception as error:  # noqa: BLE001 - which is an outcome
            return type(error), str(error)
        drifted = self._drift.mark is not before
        try:
            written = self.table.encode(event)
        except Exception as error:  # noqa: BLE001 - which is an outcome
            written = type(error), str(error)
        return event, drifted, written


class _Comparison:
    """Two values compared, with what they share inside: a program that changes a list
    must see that go out with both, or with neither."""

    def __init__(self) -> None:
        self._partners: dict[int, int] = {}
        self._back: dict[int, int] = {}

    def differing(self, left: Any, right: Any, path: str = "") -> str | None:
        """The place where the values differ, in value, type or sharing."""
        cls = left.__class__
        if cls is not right.__class__:
            return f"{path} types"
        parts = self._parts(left, right, path)
        if parts is None:
            return None if left == right and repr(left) == repr(right) else path
        if isinstance(parts, str):
            return parts
        if id(left) in self._partners or id(right) in self._back:
            one = self._partners.get(id(left)) == id(right)
            return None if one else f"{path} shared"
        self._partners[id(left)] = id(right)
        self._back[id(right)] = id(left)
        for where, a, b in parts:
            found = self.differing(a, b, where)
            if found is not None:
                return found
        return None

    @staticmethod
    def _parts(left: Any, right: Any, path: str) -> Any:
        """What is inside of two values of one class, pairwise; None for scalars."""
        cls = left.__class__
        if hasattr(cls, "_defaults") or cls.__name__ == "UnknownEvent":
            names = [*cls.__slots__, "_extra", "_wire", "_bytes"]
            return [
                (f"{path}.{n}", getattr(left, n, None), getattr(right, n, None))
                for n in names
            ]
        if issubclass(cls, dict):
            if list(left) != list(right):
                return f"{path} keys"
            return [(f"{path}[{key!r}]", left[key], right[key]) for key in left]
        if cls is list or cls is tuple:
            if len(left) != len(right):
                return f"{path} lengths"
            both = zip(left, right, strict=True)
            return [(f"{path}[{i}]", a, b) for i, (a, b) in enumerate(both)]
        return None
