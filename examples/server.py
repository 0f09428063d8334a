"""A realtime server that plays one recorded spoken turn to whoever connects.

    PYTHONPATH=generated python examples/server.py --port 8765

It greets with `session.created`, answers `session.update` with `session.updated`,
and plays the turn as soon as the client sends audio or asks for a response. It
validates client events strictly, one by one and by the rules of the session. It answers
an invalid event with an `error` event that lists its violations, and the session goes
on.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openai_realtime_ga as rt
from websockets.asyncio.server import ServerConnection, serve

FRAMES = Path(__file__).with_name("frames.jsonl")


@dataclass(frozen=True)
class Recording:
    """A recorded session, cut where the server waits for the client."""

    greeting: list[bytes]
    updated: rt.RealtimeServerEventSessionUpdated
    turn: list[bytes]

    @classmethod
    def read(cls, path: Path) -> Recording:
        """Read one frame from each line. Raises `ValueError` without a cut."""
        frames = path.read_bytes().splitlines()
        for index, frame in enumerate(frames):
            event = rt.SERVER_EVENTS.decode(frame)
            if isinstance(event, rt.RealtimeServerEventSessionUpdated):
                return cls(frames[:index], event, frames[index + 1 :])
        raise ValueError(f"no session.updated in {path}")


class Session:
    """One client."""

    def __init__(
        self, connection: ServerConnection, recording: Recording, fragment: int = 0
    ) -> None:
        """`fragment` is the size in bytes of WebSocket fragments; 0 for none."""
        self.connection = connection
        self.recording = recording
        self.fragment = fragment
        self.session = recording.updated.to_dict()["session"]
        self.rules = rt.SessionRules()
        self.numbers: Iterator[int] = itertools.count(1)
        self.played = False

    async def run(self) -> None:
        """Serve until the client leaves."""
        for frame in self.recording.greeting:
            await self.send(frame)
        async for message in self.connection:
            try:
                event = rt.CLIENT_EVENTS.decode(message, strict=True)
            except rt.ValidationError as error:
                await self.refuse(message, str(error), error.violations[0].path)
            except ValueError as error:
                await self.refuse(message, str(error), None)
            else:
                if found := self.rules.observe(event):
                    await self.refuse(message, found[0].message, found[0].path)
                else:
                    await self.answer(event)

    async def answer(self, event: Any) -> None:
        """Do what a valid event asks for."""
        match event:
            case rt.RealtimeClientEventSessionUpdate(session=asked):
                await self.update(asked)
            case (
                rt.RealtimeClientEventInputAudioBufferAppend()
                | rt.RealtimeClientEventResponseCreate()
            ) if not self.played:
                self.played = True
                for frame in self.recording.turn:
                    await self.send(frame)

    async def update(self, asked: rt.SessionRequest) -> None:
        """Take over what the client set, and tell what the session is now."""
        self.session = merged(self.session, asked.to_dict())
        frame = self.recording.updated.to_dict() | {"session": self.session}
        await self.send(json.dumps(frame).encode())

    async def refuse(self, message: str | bytes, why: str, place: str | None) -> None:
        """Tell the client what is wrong with an event."""
        event = rt.RealtimeServerEventError(
            event_id=f"event_error_{next(self.numbers)}",
            error=rt.ErrorDetails(
                type="invalid_request_error",
                code="invalid_event",
                message=why,
                param=place,
                event_id=event_id_of(message),
            ),
        )
        await self.send(rt.SERVER_EVENTS.encode(event))

    async def send(self, frame: bytes) -> None:
        """Send a text message, in fragments with pings between them if asked."""
        self.rules.observe(rt.SERVER_EVENTS.decode(frame))
        if self.fragment:
            await self.connection.send(self.pieces(frame), text=True)
        else:
            await self.connection.send(frame, text=True)

    async def pieces(self, frame: bytes) -> AsyncIterator[bytes]:
        """A frame in fragments, which may end inside a character."""
        for start in range(0, len(frame), self.fragment):
            if start:
                await self.connection.ping()
            yield frame[start : start + self.fragment]


def merged(session: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
    """A configuration with what was asked for, object by object; null is a value."""
    found = session | asked
    for name, new in asked.items():
        old = session.get(name)
        if isinstance(old, dict) and isinstance(new, dict):
            # Of another type, it is another object: nothing of the old one stays.
            same = old.get("type") == new.get("type")
            found[name] = merged(old, new) if same else new
    return found


def event_id_of(message: str | bytes) -> str | None:
    """The id that a client gave to an event, however wrong the event is."""
    try:
        data = json.loads(message)
    except ValueError:
        return None
    found = data.get("event_id") if isinstance(data, dict) else None
    return found if isinstance(found, str) else None


async def main() -> None:
    """Serve until interrupted."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, default=8765, help="0 for a free one")
    options.add_argument("--frames", type=Path, default=FRAMES)
    options.add_argument("--fragment", type=int, default=0, metavar="BYTES")
    chosen = options.parse_args()
    recording = Recording.read(chosen.frames)

    async def handle(connection: ServerConnection) -> None:
        await Session(connection, recording, chosen.fragment).run()

    async with serve(handle, chosen.host, chosen.port) as server:
        host, port = next(iter(server.sockets)).getsockname()[:2]
        print(f"listening on ws://{host}:{port}", flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())
