"""What the tests of live sessions share: the examples, a server, a rough network."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import random
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from websockets.asyncio.server import serve

from tests.corpus_paths import ROOT

EXAMPLES = ROOT / "examples"
ENVIRONMENT = {"PYTHONPATH": str(ROOT / "generated"), "PYTHONIOENCODING": "utf-8"}


def example(name: str) -> ModuleType:
    """An example as a module."""
    spec = importlib.util.spec_from_file_location(
        f"example_{name}", EXAMPLES / f"{name}.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@contextlib.contextmanager
def server_process(*arguments: str) -> Iterator[str]:
    """`examples/server.py` on a free port, as a user runs it; gives its URL."""
    command = [sys.executable, str(EXAMPLES / "server.py"), "--port", "0", *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, env=ENVIRONMENT, text=True
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("listening on ws://"), line
            yield line.split()[-1]
        finally:
            process.terminate()
            process.wait(timeout=5)


class Overheard:
    """A server's end of a connection that keeps what the client sends."""

    def __init__(self, connection: Any, heard: list[str | bytes]) -> None:
        self._connection = connection
        self._heard = heard

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    async def __aiter__(self) -> AsyncIterator[str | bytes]:
        async for message in self._connection:
            self._heard.append(message)
            yield message


@contextlib.asynccontextmanager
async def serving(
    handle: Callable[[Any], Any], heard: list[str | bytes]
) -> AsyncIterator[str]:
    """A server on loopback in this process; gives its URL."""

    async def overhear(connection: Any) -> None:
        await handle(Overheard(connection, heard))

    async with serve(overhear, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        yield f"ws://127.0.0.1:{port}"


@contextlib.asynccontextmanager
async def rough_network(url: str, seed: int = 1) -> AsyncIterator[str]:
    """A way to a server on which every read ends anywhere: bytes pass in both
    directions in pieces of 1 to 61, cut without regard to frames or characters."""
    host, _, port = url.removeprefix("ws://").partition(":")
    dice = random.Random(seed)

    async def chop(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(4096):
                while data:
                    size = dice.randint(1, 61)
                    writer.write(data[:size])
                    await writer.drain()
                    # The other side gets to see the piece alone.
                    await asyncio.sleep(0)
                    data = data[size:]
            writer.write_eof()

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(host, int(port))
        try:
            await asyncio.gather(chop(reader, back), chop(there, writer))
        finally:
            writer.close()
            back.close()

    server = await asyncio.start_server(relay, "127.0.0.1", 0)
    async with server:
        yield f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"


def frames_with(path: Path, change: Callable[[int, str], list[str]]) -> Path:
    """A recording in which each line became others."""
    lines = (EXAMPLES / "frames.jsonl").read_text("utf-8").splitlines()
    changed = [new for number, line in enumerate(lines) for new in change(number, line)]
    path.write_text("".join(f"{line}\n" for line in changed), encoding="utf-8")
    return path
