"""The native codec held against the Python codec: the same frame, the same outcome."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class Pair:
    """Both codecs of one event table, whose native one is in use."""

    def __init__(self, table: Any, drift: Any) -> None:
        self.table = table
        self.name = table.name
        self.native = table.decode
        self.python = type(table).decode.__get__(table)
        self._encode = type(table).encode.__get__(table)
        self._drift = drift

    def difference(self, frame: Any) -> str | None:
        """How the outcomes of a frame differ; None if they do not."""
        left, right = (self._outcome(c, frame) for c in (self.native, self.python))
        where = _Comparison().differing(left, right)
        if where is None and len(frame) % 4 == 0:
            strict = {"strict": True}
            left, right = (
                self._outcome(c, frame, **strict) for c in (self.native, self.python)
            )
            where = _Comparison().differing(left, right)
            where = where if where is None else f"strictly {where}"
            if left[0].__class__ is type:
                return where and f"{where}: {left!r}\n  python: {right!r}"
        if where is None and len(frame) % 4 == 1:
            where = self._kept(frame)
        if where is None and left[0].__class__ is not type:
            # The first before anybody has asked for what the object keeps.
            texts = {"native": _called(self.table.encode, self.native(frame))}
            texts["Python"] = _called(self._encode, right[0])
            texts["of the other"] = _called(self.table.encode, right[0])
            texts["again"] = _called(self._encode, left[0])
            texts["once more"] = _called(self.table.encode, left[0])
            if texts["native"].__class__ is bytes:
                texts["by its method"] = _called(_method, left[0])
            different = len(set(map(repr, texts.values()))) > 1
            where = f"encoded {texts}" if different else _written_apart(left[0])
        return None if where is None else f"{where}: {left!r}\n  python: {right!r}"

    def difference_of(self, event: Any) -> str | None:
        """How an event in any state is written by both, where that differs; what is
        raised need not be the same error."""
        codecs = self.table.encode, self._encode, self.table.encode
        texts = [_called(encode, event) for encode in codecs]
        found = [text if text.__class__ is bytes else None for text in texts]
        return None if found[0] == found[1] == found[2] else f"encoded {texts}"

    def _kept(self, frame: Any) -> str | None:
        """How events differ that keep their frames."""
        kept = {"keep_frame": True}
        left, right = (
            self._outcome(c, frame, **kept) for c in (self.native, self.python)
        )
        where = _Comparison().differing(left, right)
        if where is None and left[0].__class__ is not type:
            sent = _called(self.table.encode, left[0]), _called(self._encode, right[0])
            where = None if sent[0] == sent[1] else f"encoded {sent}"
        return where if where is None else f"with its frame kept {where}"

    def _outcome(self, decode: Any, frame: Any, **options: bool) -> tuple[Any, Any]:
        """What becomes of a frame: the event, and whether it drifted; or what is
        raised."""
        before = self._drift.mark
        try:
            event = decode(frame, **options)
        except Exception as error:  # noqa: BLE001 - which is an outcome
            return type(error), str(error)
        return event, self._drift.mark is not before


def _method(event: Any) -> bytes:
    found: bytes = event.to_json()
    return found


def _written_apart(value: Any) -> str | None:
    """How an object inside is written otherwise by its method than by Python."""
    if hasattr(value.__class__, "_defaults"):
        python = value.__class__.to_json  # Of the class it is Python's.
        texts = _called(_method, value), _called(python, value)
        if texts[0] != texts[1]:
            return f"{value.__class__.__name__} encoded {texts}"
        inner: Iterable[Any] = [getattr(value, n) for n in value.__class__.__slots__]
    elif isinstance(value, dict):
        inner = value.values()
    else:
        inner = value if isinstance(value, list | tuple) else []
    return next(filter(None, map(_written_apart, inner)), None)


def _called(encode: Any, event: Any) -> Any:
    """What an event encodes to, or what is raised."""
    try:
        return encode(event)
    except Exception as error:  # noqa: BLE001 - which is an outcome
        return type(error), str(error)


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
