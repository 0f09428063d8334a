"""`Recorder`: writes what goes over WebSocket connections, as lines of JSON.

    with Recorder("session.jsonl") as recorder:
        async with connect(url) as connection:
            recorder.watch(connection)

A line has the time, the direction, the number of the connection and the frame. Of audio
it has length and digest, unless `audio` asks for all of it; what looks like a secret is
left out. Whoever sends and receives never waits: frames go into a queue with a bound, a
thread writes them, and what the disk is too slow for is counted in the recording.
`codegen check-traffic` reads what this writes.
"""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import re
import threading
import time
from collections import deque
from collections.abc import AsyncIterable, Callable, Iterable, Iterator
from hashlib import sha256
from io import BufferedWriter, FileIO
from os import PathLike
from typing import Any, Literal, NamedTuple, Self, TypeAlias, TypeVar

from ._json import dumps, loads
from .checks import child

C = TypeVar("C")
Direction: TypeAlias = Literal["client_to_server", "server_to_client"]
Side: TypeAlias = Literal["client", "server"]

ROOM = 64 * 1024 * 1024
"""Bytes of frames that may wait to be written."""

OMITTED = "[omitted]"
REDACTED = "[redacted]"

_TO_SERVER: Direction = "client_to_server"
_TO_CLIENT: Direction = "server_to_client"

_NAMES = re.compile(
    r"(authorization|api_?key|secret|passw(or)?d|passphrase|credentials?|cookie"
    r"|private_?key|(access|refresh|id|auth|bearer|session)_?token)$"
)
_VALUES = re.compile(
    r"\b(sk|ek|pk|rk)[-_][\w-]{16,}|\b(Bearer|Basic|Token) [\w.~+/=-]{8,}"
    r"|\beyJ[\w-]{8,}\.[\w-]{8,}\.|\bAKIA[0-9A-Z]{16}\b|\bgh[opsur]_\w{20,}"
    r"|\bxox[abprs]-[\w-]{10,}|-----BEGIN [A-Z ]*PRIVATE KEY-----"
)
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{200,}={0,2}")


def is_secret(name: str, text: str) -> bool:
    """The rule for what is left out of recordings unless another is given: text under
    a name like `api_key`, `client_secret` or `Authorization`, at any depth below it,
    and text with what looks like a key of a well-known service in it."""
    by_name = _NAMES.search(_spelled(name))
    return by_name is not None or _VALUES.search(text) is not None


class _Waiting(NamedTuple):
    """A frame that waits to be written; `time` is in seconds since 1970."""

    time: float
    direction: Direction
    connection: int
    frame: Any
    size: int


class Recorder:
    """Appends the frames of connections to a file, one line of JSON each.

    `audio` keeps audio; without it a text under the name `audio`, or of 200 characters
    of base64 or more, is recorded by its length and SHA-256. `secret` decides, by the
    name and the text of a property, what is never written. `room` is how many bytes of
    frames may wait for the disk. One file may record many connections.

    `dropped` counts the frames that could not be recorded; `error` is the last reason,
    if writing failed. Neither affects the connection.
    """

    def __init__(
        self,
        path: str | PathLike[str],
        *,
        audio: bool = False,
        secret: Callable[[str, str], bool] = is_secret,
        room: int = ROOM,
    ) -> None:
        """Raises `OSError` if the file cannot be opened."""
        self.dropped = 0
        self.error: Exception | None = None
        self._hiding = _Hiding(audio, secret)
        self._room = room
        self._waiting: deque[_Waiting] = deque()
        self._size = self._connections = self._untold = 0
        self._closed = False
        self._changed = threading.Condition()
        # As `open` would, which is for `with`: a thread closes it.
        file = FileIO(path, "ab")
        self._file = BufferedWriter(file)
        if _is_torn(file, path):
            self._file.write(b"\n")
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def close(self, timeout: float | None = 10.0) -> None:
        """Write waiting frames, for at most `timeout` seconds, and close the file.
        Later frames are not recorded."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join(timeout)

    # --- taking in -----------------------------------------------------------------

    def watch(self, connection: C, *, side: Side | None = None) -> C:
        """Record what a connection of `websockets`, sync or async, sends and receives
        from now on; returns the connection. `side` says whose end it is, if it does
        not know itself."""
        sent, received = _TO_SERVER, _TO_CLIENT
        if (side or _side(connection)) == "server":
            sent, received = received, sent
        with self._changed:
            self._connections += 1
            number = self._connections

        def send(frame: Any) -> None:
            self.record(sent, frame, connection=number)

        def receive(frame: Any) -> None:
            self.record(received, frame, connection=number)

        _watch(connection, send, receive)
        return connection

    def record(self, direction: Direction, frame: Any, *, connection: int = 0) -> None:
        """Record one frame, text or bytes, of whatever transport; returns at once."""
        size = len(frame)
        if not isinstance(frame, (str, bytes)):
            frame = bytes(frame)  # It may be a buffer that is used again.
        now = time.time()
        with self._changed:
            if self._closed or self._size + size > self._room:
                self.dropped += 1
                self._untold += 1
                return
            self._size += size
            self._waiting.append(_Waiting(now, direction, connection, frame, size))
            self._changed.notify()

    # --- writing -------------------------------------------------------------------

    def _run(self) -> None:
        last = False
        while not last:
            with self._changed:
                while not (self._waiting or self._closed):
                    self._changed.wait()
                batch = list(self._waiting)
                self._waiting.clear()
                last = self._closed
            for waiting in batch:
                self._write(waiting)
            self._tell_dropped()
            self._try(self._file.flush)
        self._try(self._file.close)

    def _write(self, waiting: _Waiting) -> None:
        line: dict[str, Any] = {
            "time": _shown(waiting.time),
            "direction": waiting.direction,
            "connection": waiting.connection,
        }

        def write() -> None:
            self._file.write(dumps(line | self._hiding.frame(waiting.frame)) + b"\n")

        written = self._try(write)
        with self._changed:
            self._size -= waiting.size
            if not written:
                self.dropped += 1
                self._untold += 1

    def _tell_dropped(self) -> None:
        """Write how many frames are missing here, once anything can be written."""
        with self._changed:
            untold, self._untold = self._untold, 0
        line = {"time": _shown(time.time()), "dropped": untold}
        if untold and not self._try(lambda: self._file.write(dumps(line) + b"\n")):
            with self._changed:
                self._untold += untold

    def _try(self, action: Callable[[], object]) -> bool:
        """Do something to the file. Whatever goes wrong, a full disk or a rule that
        raises, is nothing to who sends and receives."""
        try:
            action()
        except Exception as error:  # noqa: BLE001 - a recorder ends no program
            self.error = error
            return False
        return True


class _Hiding:
    """What of a frame is written, and what stands in the place of the rest."""

    def __init__(self, audio: bool, secret: Callable[[str, str], bool]) -> None:
        self.audio = audio
        self.secret = secret

    def frame(self, frame: str | bytes) -> dict[str, Any]:
        """A frame as it stands in a line, with the places of what is left out."""
        try:
            value = loads(frame, strict=False)
        except ValueError:
            return self._unread(frame)
        if not isinstance(value, (dict, list)):
            return self._unread(frame)
        omitted: dict[str, Any] = {}
        redacted: list[str] = []
        try:
            self._hide(value, omitted, redacted)
        except RecursionError:
            return {"frame": OMITTED, "omitted": {"": _digest(frame)}}
        line: dict[str, Any] = {"frame": value}
        if omitted:
            line["omitted"] = omitted
        if redacted:
            line["redacted"] = redacted
        return line

    def _unread(self, frame: str | bytes) -> dict[str, Any]:
        """A frame that is no object and no array of JSON."""
        if isinstance(frame, bytes):
            return {"binary": _digest(frame) | self._content(frame)}
        if self.secret("", frame):
            return {"frame": REDACTED, "redacted": [""]}
        return {"frame": frame}

    def _content(self, frame: bytes) -> dict[str, str]:
        if not self.audio:
            return {}
        from base64 import b64encode

        return {"base64": b64encode(frame).decode()}

    def _hide(
        self,
        value: Any,
        omitted: dict[str, Any],
        redacted: list[str],
        path: str = "",
        name: str = "",
    ) -> None:
        """Put something else into the places of a value that are not to be written."""
        for key, item in list(_members(value)):
            place = child(path, str(key))
            inner = _joined(name, key) if isinstance(key, str) else name
            if isinstance(item, str):
                if self.secret(inner, item):
                    value[key] = REDACTED
                    redacted.append(place)
                elif not self.audio and _is_payload(inner, item):
                    value[key] = OMITTED
                    omitted[place] = _digest(item)
            elif isinstance(item, (dict, list)):
                self._hide(item, omitted, redacted, place, inner)


def _is_torn(file: FileIO, path: str | PathLike[str]) -> bool:
    """Whether a file that is appended to ends amid a line, as one does whose writer was
    killed."""
    if not file.seekable() or not file.tell():
        return False
    try:
        with FileIO(path) as read:
            read.seek(-1, 2)
            return read.read(1) != b"\n"
    except OSError:
        return False  # It may be written only.


def _joined(above: str, name: str) -> str:
    """The name by which a text is judged: its own, or one above it that makes secrets
    of all that is below."""
    return above if _NAMES.search(_spelled(above)) else name


def _spelled(name: str) -> str:
    """A name in small letters, its words with `_` between them."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[-. ]", "_", name).lower()


def _members(value: Any) -> Iterator[tuple[Any, Any]]:
    return iter(value.items()) if isinstance(value, dict) else enumerate(value)


def _is_payload(name: str, text: str) -> bool:
    """Whether a text is sound or a picture, which say nothing about a protocol."""
    return name == "audio" or _BASE64.fullmatch(text) is not None


def _digest(payload: str | bytes) -> dict[str, Any]:
    data = payload if isinstance(payload, bytes) else payload.encode("utf-8", "replace")
    return {"length": len(payload), "sha256": sha256(data).hexdigest()}


def _shown(now: float) -> str:
    """A time as RFC 3339 has it, in UTC."""
    whole = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now))
    return f"{whole}.{int(now % 1 * 1_000_000):06d}Z"


# --- connections -------------------------------------------------------------------


def _side(connection: Any) -> str:
    """Whose end a connection of `websockets` is. Raises `TypeError`."""
    side = getattr(getattr(connection, "protocol", None), "side", None)
    name = getattr(side, "name", "")
    if name not in ("CLIENT", "SERVER"):
        raise TypeError("this connection does not say whose end it is: give `side`")
    return str(name).lower()


_Tell: TypeAlias = Callable[[Any], None]


def _watch(connection: Any, sent: _Tell, received: _Tell) -> None:
    """Listen at the methods of one connection; iterating over it calls `recv`."""
    from inspect import iscoroutinefunction

    apart = iscoroutinefunction(connection.send)
    connection.send = (_send_async if apart else _send)(connection.send, sent)
    connection.recv = (_recv_async if apart else _recv)(connection.recv, received)
    if hasattr(connection, "recv_streaming"):
        connection.recv_streaming = _parts(connection.recv_streaming, received, apart)


def _send(send: Callable[..., Any], tell: _Tell) -> Callable[..., Any]:
    def watched(message: Any, *given: Any, **named: Any) -> Any:
        return send(_told(message, tell), *given, **named)

    return watched


def _send_async(send: Callable[..., Any], tell: _Tell) -> Callable[..., Any]:
    async def watched(message: Any, *given: Any, **named: Any) -> Any:
        return await send(_told(message, tell), *given, **named)

    return watched


def _recv(recv: Callable[..., Any], tell: _Tell) -> Callable[..., Any]:
    def watched(*given: Any, **named: Any) -> Any:
        frame = recv(*given, **named)
        tell(frame)
        return frame

    return watched


def _recv_async(recv: Callable[..., Any], tell: _Tell) -> Callable[..., Any]:
    async def watched(*given: Any, **named: Any) -> Any:
        frame = await recv(*given, **named)
        tell(frame)
        return frame

    return watched


def _parts(receive: Callable[..., Any], tell: _Tell, apart: bool) -> Any:
    def watched(*given: Any, **named: Any) -> Any:
        parts = receive(*given, **named)
        return _fragments_async(parts, tell) if apart else _fragments(parts, tell)

    return watched


def _told(message: Any, tell: _Tell) -> Any:
    """A message that is sent, whole or in fragments, once its end is known. It counts
    as sent before it is, so that no answer comes before it."""
    if isinstance(message, (str, bytes, bytearray, memoryview)):
        tell(message)
        return message
    if isinstance(message, AsyncIterable):
        return _fragments_async(message, tell)
    return _fragments(message, tell)


def _fragments(message: Iterable[Any], tell: _Tell) -> Iterator[Any]:
    parts: list[Any] = []
    for part in message:
        parts.append(part)
        yield part
    tell(_whole(parts))


async def _fragments_async(message: AsyncIterable[Any], tell: _Tell) -> Any:
    parts: list[Any] = []
    async for part in message:
        parts.append(part)
        yield part
    tell(_whole(parts))


def _whole(parts: list[Any]) -> Any:
    if parts and isinstance(parts[0], str):
        return "".join(parts)
    return b"".join(parts)
