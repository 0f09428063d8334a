"""Bodies that come item by item: server-sent events, and lines of JSON.

`EventReader` reads `text/event-stream` by the letter of the HTML standard: bytes in
pieces of any size, split anywhere, lines that end in LF, CRLF or CR, a byte order mark,
comments, data of several lines.
"""

from __future__ import annotations

import codecs
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any, NamedTuple

from .schema import Schema, schema_named

LONGEST = 64 * 1024 * 1024
"""The most characters of one event, and bytes of one line of JSON: a stream that goes
on without an end of line would fill the memory."""


class ServerSentEvent(NamedTuple):
    """An event of a stream: its data, its type (`message` where none was sent), the
    last id that came, and how long to wait before coming back, in milliseconds, where
    that came with it."""

    data: str
    event: str = "message"
    id: str = ""
    retry: int | None = None


class EventReader:
    """Reads the bytes of one stream, in any pieces.

    `last_event_id` and `retry` (in milliseconds) are for whoever connects again. Bytes
    that are no UTF-8 are read as U+FFFD, as the standard has it.
    """

    def __init__(self, *, longest: int = LONGEST) -> None:
        self.last_event_id = ""
        self.retry: int | None = None
        self._longest = longest
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._begun = False
        self._after_cr = False
        self._line: list[str] = []
        self._size = 0
        self._id = ""
        self._forget()

    def _forget(self) -> None:
        self._data: list[str] = []
        self._event = ""
        self._wait: int | None = None

    def feed(self, chunk: bytes | bytearray | memoryview) -> Iterator[ServerSentEvent]:
        """The events that end in the next bytes of the stream. What does not end there
        is kept for the bytes that follow; at the end of the stream it is no event.
        Raises `ValueError` for an event of more than `longest` characters."""
        found: list[ServerSentEvent] = []
        text = self._decode(bytes(chunk))
        if text and not self._begun:
            self._begun = True
            text = text.removeprefix("\ufeff")
        if self._after_cr and text:
            self._after_cr = False
            text = text.removeprefix("\n")
        self._after_cr = text.endswith("\r") or (self._after_cr and not text)
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for number, part in enumerate(lines):
            self._size += len(part)
            if self._size > self._longest:
                raise ValueError(f"an event of more than {self._longest} characters")
            if part:
                self._line.append(part)
            if number + 1 < len(lines):
                line = "".join(self._line)
                self._line.clear()
                event = self._ended(line)
                if event is not None:
                    found.append(event)
        return iter(found)

    def _ended(self, line: str) -> ServerSentEvent | None:
        """The event that a line ends, if it is empty."""
        if line:
            if not line.startswith(":"):
                name, _, value = line.partition(":")
                self._field(name, value.removeprefix(" "))
            elif not self._data:
                self._size = 0
            return None
        self._size = 0
        self.last_event_id = self._id
        event = None
        if self._data:
            data = "\n".join(self._data)
            kind = self._event or "message"
            event = ServerSentEvent(data, kind, self._id, self._wait)
        self._forget()
        return event

    def _field(self, name: str, value: str) -> None:
        if name == "data":
            self._data.append(value)
        elif name == "event":
            self._event = value
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and value.isascii() and value.isdigit():
            self.retry = self._wait = int(value[:18])


def read_events(chunks: Iterable[bytes]) -> Iterator[ServerSentEvent]:
    """The events of a stream, from its bytes."""
    reader = EventReader()
    for chunk in chunks:
        yield from reader.feed(chunk)


class EventStream:
    """Reads the items of a body that is a stream, each of one schema.

    The item of a server-sent event is what its `data` holds, as JSON; where the
    specification describes the event itself, it is the object of the event's fields.
    """

    def __init__(
        self, package: str, item: str, has_fields: bool, data: Mapping[str, str]
    ) -> None:
        self._package = package
        self._item = item
        self._has_fields = has_fields
        self._data = data

    def __repr__(self) -> str:
        return f"<EventStream of {self._item}>"

    @property
    def schema(self) -> Schema:
        """The schema of each item."""
        return schema_named(self._package, self._item)

    @property
    def events(self) -> Any:
        """The event table of the items; None where no tag tells them apart."""
        return import_module(f"{self._package}.events").EVENTS.get(self._item)

    def decode(
        self, event: ServerSentEvent | str | bytes, *, strict: bool = False
    ) -> Any:
        """The item that an event holds: an object of the class for its tag, or an
        `UnknownEvent`; `event` is an event, or what is in its `data`.

        Raises `ValueError` for data that is not JSON (`[DONE]`, say), and with `strict`
        `ValidationError` with every violation.
        """
        value: Any = event
        if isinstance(event, ServerSentEvent):
            value = self._fields(event) if self._has_fields else event.data
        table = self.events
        if table is not None:
            return table.decode(value, strict=strict)
        if isinstance(value, dict):
            return self.schema.decode(value, strict=strict)
        return self.schema.from_json(value, strict=strict)

    def data(self, event: ServerSentEvent, *, strict: bool = True) -> Any:
        """What an event holds in its data, where the specification says what that is
        for its type; otherwise the text. Raises `ValueError` for what is not JSON, and
        with `strict` `ValidationError`."""
        name = self._data.get(event.event) or self._data.get("")
        if name is None:
            return event.data
        schema = schema_named(self._package, name)
        return schema.from_json(event.data, strict=strict)

    def _fields(self, event: ServerSentEvent) -> dict[str, Any]:
        """The fields that came, as the specification names them."""
        found: dict[str, Any] = {"data": event.data}
        if event.event != "message":
            found["event"] = event.event
        if event.id:
            found["id"] = event.id
        if event.retry is not None:
            found["retry"] = event.retry
        return found

    def read(
        self, chunks: Iterable[bytes], *, until: str | None = None, strict: bool = False
    ) -> Iterator[Any]:
        """The items of a stream of server-sent events, from its bytes in any pieces.

        `until` is data that ends the stream without being an item: `"[DONE]"` of some
        APIs. Raises as `decode` does.
        """
        for event in read_events(chunks):
            if event.data == until:
                return
            yield self.decode(event, strict=strict)

    async def read_async(
        self,
        chunks: AsyncIterable[bytes],
        *,
        until: str | None = None,
        strict: bool = False,
    ) -> AsyncIterator[Any]:
        """The same for bytes that are waited for."""
        reader = EventReader()
        async for chunk in chunks:
            for event in reader.feed(chunk):
                if event.data == until:
                    return
                yield self.decode(event, strict=strict)

    def read_lines(
        self, chunks: Iterable[bytes], *, strict: bool = False
    ) -> Iterator[Any]:
        """The items of a body of one JSON text a line (`application/jsonl`,
        `application/x-ndjson`), or of JSON texts behind record separators
        (`application/json-seq`)."""
        left, size = list[bytes](), 0
        for chunk in chunks:
            *lines, rest = chunk.split(b"\n")
            for line in lines:
                yield from self._of_line(b"".join([*left, line]), strict)
                left, size = [], 0
            if rest:
                left.append(rest)
            size += len(rest)
            if size > LONGEST:
                raise ValueError(f"a line of more than {LONGEST} bytes")
        yield from self._of_line(b"".join(left), strict)

    def _of_line(self, line: bytes, strict: bool) -> Iterator[Any]:
        text = line.strip(b"\x1e \t\r\n")
        if text:
            yield self.decode(text, strict=strict)
