"""Event tables, and `Dispatcher`: from an event to its handlers.

What a table knows of frames is in `events`, which needs nothing from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import UnionType
from typing import (
    Any,
    Generic,
    TypeAlias,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    overload,
)

from ._peeking import is_other_kind, tag_text
from .errors import Violation, counted
from .events import Events, Frame, Tag
from .model import Model, violations_of
from .registry import drift
from .unknown import UnknownEvent

E = TypeVar("E")
M = TypeVar("M", bound=Model)
M2 = TypeVar("M2", bound=Model)
M3 = TypeVar("M3", bound=Model)
M4 = TypeVar("M4", bound=Model)
H = TypeVar("H", bound=Callable[..., Any])
R = TypeVar("R")
_Keys: TypeAlias = "tuple[Tag, ...] | None"

_YIELDS = 0x20 | 0x200
"""The flags of the code of generators, `CO_GENERATOR` and `CO_ASYNC_GENERATOR` in
`inspect`, which nothing else here needs."""


class EventTable(Events[E]):
    """The events of one tagged union; makes dispatchers that call handlers."""

    def dispatcher(self) -> Dispatcher[E]:
        """A new dispatcher with no handlers."""
        return Dispatcher(self)

    @overload
    def with_classes(self, classes: Mapping[Any, type[E]]) -> EventTable[E]: ...
    @overload
    def with_classes(self, classes: Iterable[type[E]]) -> EventTable[E]: ...
    def with_classes(
        self, classes: Mapping[Any, type[E]] | Iterable[type[E]]
    ) -> EventTable[E]:
        """A table of the same events that makes objects of your own classes.

        `classes` are subclasses of the table's classes: a list, or a mapping from the
        class or tag that each replaces. Raises `KeyError` for what the table does not
        hold, `TypeError` for a class that is not derived from what it replaces.
        """
        from .derived import replaced

        every = self._every()
        pairs: list[tuple[list[type], Any]]
        if isinstance(classes, Mapping):
            by_event = cast("Mapping[Any, type]", classes)
            pairs = [(_classes(self, event), cls) for event, cls in by_event.items()]
        else:
            pairs = [(list(every.values()), cls) for cls in classes]
        return self._with(replaced(self.name, every, pairs))


class Dispatcher(Generic[E]):
    """Calls the handlers of an event, in the order in which they were added.

    Every handler is called even if one raises. Afterwards a single exception is raised
    again as it is, several as an `ExceptionGroup`.
    """

    def __init__(self, table: EventTable[E]) -> None:
        self.table = table
        # Beside a handler the keys it is for, where its class has others as well.
        self._by_class: dict[type, list[tuple[Callable[[Any], Any], _Keys]]] = {}
        self._any: list[Callable[[Any], Any]] = []
        self._unknown: list[Callable[[Any], Any]] = []
        self._drift: list[Callable[[Any, list[Violation]], Any]] = []

    @overload
    def on(
        self, event: type[M], /
    ) -> Callable[[Callable[[M], R]], Callable[[M], R]]: ...
    @overload
    def on(
        self, event: type[M], other: type[M2], /
    ) -> Callable[[Callable[[M | M2], R]], Callable[[M | M2], R]]: ...
    @overload
    def on(
        self, event: type[M], other: type[M2], third: type[M3], /
    ) -> Callable[[Callable[[M | M2 | M3], R]], Callable[[M | M2 | M3], R]]: ...
    @overload
    def on(
        self, event: type[M], other: type[M2], third: type[M3], fourth: type[M4], /
    ) -> Callable[
        [Callable[[M | M2 | M3 | M4], R]], Callable[[M | M2 | M3 | M4], R]
    ]: ...
    @overload
    def on(
        self, event: type[Any] | Tag | UnionType, /, *more: type[Any] | Tag | UnionType
    ) -> Callable[[H], H]: ...
    def on(self, *events: type[Any] | Tag | UnionType) -> Callable[[Any], Any]:
        """Add a handler for events, given by classes, tags or unions of classes.

        A tag may be a pattern (`response.*`) with `*`, `?` and `[...]`. A tag that
        several events share means all of them. A handler is called once for an event.
        Raises `KeyError` for what the table does not hold. Like every method that adds
        a handler, raises `TypeError` for one with a `yield`, because calling it would
        run nothing.
        """
        classes: dict[type, _Keys] = {}
        for event in _each(events):
            for cls, keys in _wanted(self.table, event).items():
                known = classes.get(cls, ())
                classes[cls] = None if keys is None or known is None else known + keys

        def add(handler: H) -> H:
            _require_handler(handler)
            for cls, keys in classes.items():
                self._by_class.setdefault(cls, []).append((handler, keys))
            return handler

        return add

    def require_all(self) -> None:
        """Raise `LookupError` with every tag that has no handler of its own, if any.

        One of `on_any`, which often only watches, does not count.
        """
        lacking = [
            key
            for key, cls in self.table.items()
            if not any(
                keys is None or key in keys for _, keys in self._by_class.get(cls, ())
            )
        ]
        if lacking:
            count = counted(len(lacking), "event has", "events have")
            names = ", ".join(map(tag_text, lacking))
            raise LookupError(f"{count} no handler in {self.table.name}: {names}")

    def on_any(
        self, handler: Callable[[E | UnknownEvent], R]
    ) -> Callable[[E | UnknownEvent], R]:
        """Add a handler for every event, known or not."""
        _require_handler(handler)
        self._any.append(handler)
        return handler

    def on_unknown(
        self, handler: Callable[[UnknownEvent], R]
    ) -> Callable[[UnknownEvent], R]:
        """Add a handler for events whose tag the table does not hold."""
        _require_handler(handler)
        self._unknown.append(handler)
        return handler

    def on_drift(
        self, handler: Callable[[E, list[Violation]], R]
    ) -> Callable[[E, list[Violation]], R]:
        """Add a handler for events that break their schema; it is given the event and
        its violations."""
        _require_handler(handler)
        self._drift.append(handler)
        return handler

    def off(self, handler: Callable[..., Any]) -> None:
        """Remove a handler wherever it was added. Raises `KeyError` if it never was."""
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

        Takes a decoded event of the table, too. Raises `TypeError` for an event of
        another table, and for an asynchronous handler, which needs `dispatch_async`.
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
        """Like `dispatch`; awaits asynchronous handlers one after another."""
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
            if isinstance(event, Model):
                self.table.require_own(event.__class__)
        else:
            event = self.table.decode(cast(Frame, frame))
        cls = event.__class__
        if is_decoded:  # It may be of a class that a user derived.
            cls = next((c for c in cls.__mro__ if c in self._by_class), cls)
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


def _each(events: Iterable[Any]) -> list[type[Any] | Tag]:
    """What a handler is to be added for, without unions. Raises `TypeError` for what is
    neither a class nor a tag."""
    every: list[Any] = []
    for event in events:
        is_union = get_origin(event) in (Union, UnionType)
        every += get_args(event) if is_union else (event,)
    for event in every or [None]:
        if not isinstance(event, type | str | int):
            found = "" if event is None else f", not {event!r}"
            raise TypeError(
                "a handler is added for classes or tags of events,"
                f" `@dispatcher.on(Class)`{found}"
            )
    return every


def _wanted(table: EventTable[Any], event: type[Any] | Tag) -> dict[type, _Keys]:
    """The classes that a handler of an event is for, each with the keys that it is
    for, or None if all."""
    if isinstance(event, type):
        return dict.fromkeys(_classes(table, event))
    keys = _keys(table, event)
    found: dict[type, _Keys] = {}
    for cls in dict.fromkeys(table[key] for key in keys):
        mine = tuple(key for key in keys if table[key] is cls)
        every = [key for key in table if table[key] is cls]
        found[cls] = mine if len(mine) < len(every) else None
    return found


def _classes(table: EventTable[Any], event: type[Any] | Tag) -> list[type]:
    """The classes of the events that a class, a tag or a pattern of tags stands for.
    Raises `KeyError` if there are none."""
    if not isinstance(event, type):
        return list(dict.fromkeys(table[key] for key in _keys(table, event)))
    every = dict.fromkeys(_every(table))
    found = [cls for cls in every if event in cls.__mro__[:-1] and event is not Model]
    if not found:
        other = ": `on_unknown` is for these" if event is UnknownEvent else ""
        raise KeyError(f"{event.__name__} is no event of {table.name}{other}")
    return found


def _every(table: Any) -> Iterable[type]:
    """The classes of a table, that of objects with none of its tags included."""
    found: dict[Any, type] = table._every()
    return found.values()


def _keys(table: EventTable[Any], tag: Tag) -> list[Tag]:
    """The keys of a table that a tag, or a pattern of tags, stands for. Raises
    `KeyError` if there are none."""
    keys: list[Tag] = (
        [] if is_other_kind(tag, table) else [k for k in table if k == tag]
    )
    texts = [key for key in table if isinstance(key, str)]
    if not keys and not is_other_kind(tag, table):
        keys += [key for key in texts if key.startswith(tag_text(tag) + "/")]
    if not keys and isinstance(tag, str):
        from fnmatch import fnmatchcase

        keys += [key for key in texts if fnmatchcase(key, tag)]
    if not keys:
        raise KeyError(f"{tag!r} is no event of {table.name}")
    return keys


def _require_handler(handler: Any) -> None:
    """Raise `TypeError` for what cannot be called, and for a handler that has a
    `yield`, asynchronous or not."""
    if not callable(handler):
        raise TypeError(f"a handler is called with an event, and {handler!r} is not")
    called: Any = handler
    while isinstance(called, partial):
        called = called.func
    if not hasattr(called, "__code__") and not isinstance(called, type):
        called = type(called).__call__
    code = getattr(called, "__code__", None)
    if code is not None and code.co_flags & _YIELDS:
        raise TypeError(
            f"{getattr(handler, '__name__', repr(handler))} has a `yield`, so a call of"
            " it runs nothing; write the handler without"
        )


def _call(handler: Callable[..., Any], *arguments: Any) -> Callable[[], Any]:
    return lambda: handler(*arguments)


def _nothing() -> None:
    return None


def _raise(errors: list[Exception]) -> None:
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise ExceptionGroup("handlers raised", errors)
