"""Event tables, and `Dispatcher`: from an event to its handlers.

What a table knows of frames is in `events`, which needs nothing from here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeAlias, TypeVar, cast, overload

from .errors import Violation
from .events import Events, Frame, Tag, UnknownEvent, is_foreign, tag_text
from .model import Model, violations_of
from .registry import codec_of, drift

E = TypeVar("E")
M = TypeVar("M", bound=Model)
H = TypeVar("H", bound=Callable[..., Any])
R = TypeVar("R")
_Keys: TypeAlias = "tuple[Tag, ...] | None"


class EventTable(Events[E]):
    """The events of one tagged union, and dispatchers of them to handlers."""

    def dispatcher(self) -> Dispatcher[E]:
        """A new dispatcher with no handlers."""
        return Dispatcher(self)


class Dispatcher(Generic[E]):
    """Calls the handlers of an event, in the order in which they were added.

    Every handler is called even if one raises. What was raised is raised again
    afterwards: the exception itself if there is one, an `ExceptionGroup` if
    there are several.
    """

    def __init__(self, table: EventTable[E]) -> None:
        self.table = table
        # Beside a handler the keys it is for, where its class has others as well.
        self._by_class: dict[type, list[tuple[Callable[[Any], Any], _Keys]]] = {}
        self._any: list[Callable[[Any], Any]] = []
        self._unknown: list[Callable[[Any], Any]] = []
        self._drift: list[Callable[[Any, list[Violation]], Any]] = []

    @overload
    def on(self, event: type[M]) -> Callable[[Callable[[M], R]], Callable[[M], R]]: ...
    @overload
    def on(self, event: str) -> Callable[[H], H]: ...
    def on(self, event: type[Any] | Tag) -> Callable[[Any], Any]:
        """Add a handler for one event, given by its class or its tag.

        Where events share a tag, the tag alone means all of them. Raises
        `KeyError` if the table does not hold it.
        """
        table, classes = self.table, _classes(self.table, event)
        if not classes:
            raise KeyError(f"{event!r} is no event of {table.name}")

        def add(handler: H) -> H:
            for cls, keys in classes.items():
                self._by_class.setdefault(cls, []).append((handler, keys))
            return handler

        return add

    def on_any(
        self, handler: Callable[[E | UnknownEvent], R]
    ) -> Callable[[E | UnknownEvent], R]:
        """Add a handler for every event, known or not."""
        self._any.append(handler)
        return handler

    def on_unknown(
        self, handler: Callable[[UnknownEvent], R]
    ) -> Callable[[UnknownEvent], R]:
        """Add a handler for events whose tag the table does not hold."""
        self._unknown.append(handler)
        return handler

    def on_drift(
        self, handler: Callable[[E, list[Violation]], R]
    ) -> Callable[[E, list[Violation]], R]:
        """Add a handler for events that break their schema, with how they do."""
        self._drift.append(handler)
        return handler

    def off(self, handler: Callable[..., Any]) -> None:
        """Remove a handler from wherever it was added. Raises `KeyError` if nowhere."""
        found = False
        # Two looks at a bound method give two objects, which are equal.
        for pairs in self._by_class.values():
            remaining_pairs = [pair for pair in pairs if pair[0] != handler]
            found = found or len(remaining_pairs) < len(pairs)
            pairs[:] = remaining_pairs
        everywhere: list[list[Any]] = [self._any, self._unknown, self._drift]
        for handlers in everywhere:
            remaining = [h for h in handlers if h != handler]
            found = found or len(remaining) < len(handlers)
            handlers[:] = remaining
        if not found:
            raise KeyError(f"{handler!r} is not registered")

    def dispatch(self, frame: Frame | E) -> E | UnknownEvent:
        """Decode a frame and call its handlers; returns the event.

        An asynchronous handler is an error here: use `dispatch_async`.
        """
        event, calls = self._prepare(frame)
        errors: list[Exception] = []
        for call in calls:
            try:
                result = call()
                if hasattr(result, "__await__"):
                    getattr(result, "close", _nothing)()
                    raise TypeError("asynchronous handler: use dispatch_async")
            except Exception as error:  # noqa: BLE001 - raised again below
                errors.append(error)
        _raise(errors)
        return event

    async def dispatch_async(self, frame: Frame | E) -> E | UnknownEvent:
        """As `dispatch`, awaiting asynchronous handlers one after another."""
        event, calls = self._prepare(frame)
        errors: list[Exception] = []
        for call in calls:
            try:
                result = call()
                if hasattr(result, "__await__"):
                    await result
            except Exception as error:  # noqa: BLE001 - raised again below
                errors.append(error)
        _raise(errors)
        return event

    def _prepare(
        self, frame: Frame | E
    ) -> tuple[E | UnknownEvent, list[Callable[[], Any]]]:
        before = drift.mark
        event: E | UnknownEvent
        is_decoded = isinstance(frame, (Model, UnknownEvent))
        if is_decoded:
            event = cast("E | UnknownEvent", frame)
        else:
            event = self.table.decode(cast(Frame, frame))
        cls = event.__class__
        if is_decoded and isinstance(event, Model):
            cls = codec_of(cls).cls  # It may be of a class that a user derived.
        handlers = [
            handler
            for handler, keys in self._by_class.get(cls, ())
            if keys is None or any(self.table.is_at(key, event) for key in keys)
        ]
        if isinstance(event, UnknownEvent):
            handlers += self._unknown
        handlers += self._any
        calls: list[Callable[[], Any]] = [_call(h, event) for h in handlers]
        if self._drift and (is_decoded or drift.mark is not before):
            violations = violations_of(event)
            if violations:
                calls += [_call(h, event, violations) for h in self._drift]
        return event, calls


def _classes(table: EventTable[Any], event: type[Any] | Tag) -> dict[type, _Keys]:
    """The classes that a handler of an event is for, each with the keys that it is
    for, or None if all."""
    if isinstance(event, type):
        return {event: None} if event in table.values() else {}
    if is_foreign(event, table):
        return {}
    keys = [key for key in table if key == event] or [
        key
        for key in table
        if isinstance(key, str) and key.startswith(tag_text(event) + "/")
    ]
    found: dict[type, _Keys] = {}
    for cls in dict.fromkeys(table[key] for key in keys):
        mine = tuple(key for key in keys if table[key] is cls)
        every = [key for key in table if table[key] is cls]
        found[cls] = mine if len(mine) < len(every) else None
    return found


def _call(handler: Callable[..., Any], *arguments: Any) -> Callable[[], Any]:
    return lambda: handler(*arguments)


def _nothing() -> None:
    return None


def _raise(errors: list[Exception]) -> None:
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise ExceptionGroup("handlers raised", errors)
