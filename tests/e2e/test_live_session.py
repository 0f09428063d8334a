"""A spoken turn over a real WebSocket, on loopback, from both sides.

The vendor's client speaks two versions of the protocol. `client.beta.realtime` is
that of 2024-12-17, which our own specification describes: it talks to the example
server, and what it sends decodes strictly with the package in `generated/`.
`client.realtime` speaks the version that replaced it, which only the vendor's later
documents describe: its frames are decoded with a package generated from the corpus.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import openai_realtime as rt
import pytest
from websockets.asyncio.client import connect

from tests.corpus_paths import OPENAI, require
from tests.e2e.live import (
    ENVIRONMENT,
    EXAMPLES,
    example,
    frames_with,
    rough_network,
    server_process,
    serving,
)
from tests.wire.packages import Built, build

LIMIT = 12.0
QUESTION = "user: When does the ferry to Tromsø leave?"
ANSWER = "assistant: The ferry to Tromsø leaves at half past nine, from pier four."
UPDATE = {"type": "session.update", "session": {"voice": "sage"}}


def test_every_recorded_frame_is_valid() -> None:
    lines = (EXAMPLES / "frames.jsonl").read_bytes().splitlines()
    events = [rt.SERVER_EVENTS.decode(line, strict=True) for line in lines]
    assert len(events) >= 30
    assert len({type(event) for event in events}) >= 19
    for line, event in zip(lines, events, strict=True):
        assert json.loads(rt.SERVER_EVENTS.encode(event)) == json.loads(line)


@pytest.mark.parametrize("fragment", [0, 5])
def test_our_client_and_our_server_as_programs(fragment: int) -> None:
    """Two clients at once, each over a network of its own that splits everything."""

    async def client(url: str) -> str:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(EXAMPLES / "client.py"),
            url,
            "--voice=echo",
            stdout=subprocess.PIPE,
            env=ENVIRONMENT,
        )
        output, _ = await process.communicate()
        assert process.returncode == 0
        return output.decode()

    async def both(url: str) -> list[str]:
        async with (
            asyncio.timeout(LIMIT),
            rough_network(url) as rough,
            rough_network(url, seed=2) as other,
        ):
            return await asyncio.gather(client(rough), client(other))

    with server_process("--fragment", str(fragment)) as url:
        for output in asyncio.run(both(url)):
            assert output.splitlines() == [
                QUESTION,
                ANSWER,
                "(0.14 s of audio, voice echo)",
            ]


def test_the_first_example_of_the_readme() -> None:
    command = [sys.executable, str(EXAMPLES / "validate.py")]
    done = subprocess.run(
        command,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == '{"voice":"sage","temperature":0.7}'
    assert [line.split()[0] for line in lines[1:4]] == [
        "/modalities",
        "/voice",
        "/temperature",
    ]
    assert "voice: baritone" in lines
    assert sum(line.startswith("drift:") for line in lines) == 3


def test_the_session_survives_what_the_specification_does_not_know(
    tmp_path: Path,
) -> None:
    """Events of a later version, nulls for strings, new enum values, new fields."""

    def change(number: int, line: str) -> list[str]:
        frame = json.loads(line)
        future = json.dumps({"type": f"response.future.{number}", "delta": [None]})
        if frame["type"] == "response.audio_transcript.delta":
            frame["event_id"] = None
            frame["obfuscation"] = "xyz"
        if frame["type"] == "session.updated":
            frame["session"] |= {"voice": "baritone", "instructions": None}
        if frame["type"] == "response.done":
            frame["response"]["status"] = "interrupted_by_fate"
        return [json.dumps(frame), future] if number % 9 == 4 else [json.dumps(frame)]

    frames = frames_with(tmp_path / "frames.jsonl", change)
    server, client = example("server"), example("client")
    recording = server.Recording.read(frames)
    heard: list[str | bytes] = []

    async def talk() -> Any:
        async with asyncio.timeout(LIMIT), serving(handle, heard) as url:
            return await client.talk(url, rt.Voice.ECHO)

    async def handle(connection: Any) -> None:
        await server.Session(connection, recording, 64).run()

    conversation = asyncio.run(talk())
    assert conversation.lines == [QUESTION, ANSWER]
    assert len(conversation.audio) == 2 * (7 * 360 + 4 * 240)
    problems = conversation.problems
    assert [p for p in problems if p.startswith("unknown")] == [
        f"unknown event: response.future.{number}" for number in (4, 13, 22, 31)
    ]
    drifts = [p for p in problems if not p.startswith("unknown")]
    assert sum("event_id" in p for p in drifts) == 7
    assert any("interrupted_by_fate" in p for p in drifts)
    assert len(heard) == 2
    for message in heard:
        rt.CLIENT_EVENTS.decode(message, strict=True)


@pytest.mark.parametrize(
    ("message", "place", "event_id"),
    [
        ('{"type": "session.update", "event_id": "mine"}', "", "mine"),
        (
            '{"type": "session.update", "session": {"voice": "x"}}',
            "/session/voice",
            ...,
        ),
        ('{"type": "session.destroy", "event_id": "e"}', "/type", "e"),
        ('{"type": null}', "/type", ...),
        ('{"event_id": 5}', "/type", ...),
        ("[]", "", ...),
        ("{", ..., ...),
        (b"\xff\xfe", ..., ...),
    ],
)
def test_a_wrong_event_is_answered_with_an_error(
    message: str | bytes, place: Any, event_id: Any
) -> None:
    server = example("server")
    recording = server.Recording.read(EXAMPLES / "frames.jsonl")

    async def handle(connection: Any) -> None:
        await server.Session(connection, recording).run()

    async def talk() -> list[Any]:
        async with (
            asyncio.timeout(LIMIT),
            serving(handle, []) as url,
            connect(url) as connection,
        ):
            await connection.send(message)
            await connection.send(json.dumps(UPDATE))
            frames = [await connection.recv() for _ in range(4)]
            return [rt.SERVER_EVENTS.decode(frame, strict=True) for frame in frames]

    created, conversation, error, updated = asyncio.run(talk())
    assert isinstance(created, rt.RealtimeServerEventSessionCreated)
    assert isinstance(conversation, rt.RealtimeServerEventConversationCreated)
    assert isinstance(error, rt.RealtimeServerEventError)
    assert error.error.param == (None if place is ... else place)
    assert error.error.event_id == (None if event_id is ... else event_id)
    assert error.error.message
    assert isinstance(updated, rt.RealtimeServerEventSessionUpdated)
    assert updated.session.voice is rt.Voice.SAGE


# --- the vendor's client -------------------------------------------------------------


@pytest.fixture(scope="module")
def openai() -> Any:
    return pytest.importorskip(
        "openai", reason="VENDOR'S CLIENT ABSENT: install the package `openai`"
    )


def test_the_vendors_client_of_the_same_version(openai: Any) -> None:
    pytest.importorskip(
        "openai.resources.beta.realtime",
        reason="THE VENDOR'S CLIENT NO LONGER SPEAKS THE VERSION OF 2024-12-17",
    )
    server = example("server")
    recording = server.Recording.read(EXAMPLES / "frames.jsonl")
    heard: list[str | bytes] = []

    async def handle(connection: Any) -> None:
        await server.Session(connection, recording, 40).run()

    async def talk() -> list[Any]:
        async with (
            asyncio.timeout(LIMIT),
            serving(handle, heard) as url,
            rough_network(url) as rough,
        ):
            client = openai.AsyncOpenAI(api_key="none", websocket_base_url=rough)
            events = []
            async with client.beta.realtime.connect(model="m") as connection:
                await speak_beta(connection)
                async for event in connection:
                    events.append(event)
                    if event.type == "rate_limits.updated":
                        return events
        raise AssertionError("the turn has no end")

    events = asyncio.run(talk())
    recorded = (EXAMPLES / "frames.jsonl").read_bytes().splitlines()
    types = [event.type for event in events if event.type != "session.updated"]
    expected = [json.loads(line)["type"] for line in recorded]
    assert types == [tag for tag in expected if tag != "session.updated"]
    updated = [event for event in events if event.type == "session.updated"]
    assert [event.session.voice for event in updated] == ["sage", "sage"]
    assert updated[1].session.turn_detection.threshold == 0.25
    words = [e.delta for e in events if e.type == "response.audio_transcript.delta"]
    assert f"assistant: {''.join(words)}" == ANSWER

    sent = [rt.CLIENT_EVENTS.decode(message, strict=True) for message in heard]
    assert [type(event) for event in sent] == [
        rt.RealtimeClientEventSessionUpdate,
        rt.RealtimeClientEventSessionUpdate,
        rt.RealtimeClientEventConversationItemCreate,
        rt.RealtimeClientEventConversationItemTruncate,
        rt.RealtimeClientEventConversationItemDelete,
        rt.RealtimeClientEventInputAudioBufferClear,
        rt.RealtimeClientEventInputAudioBufferAppend,
        rt.RealtimeClientEventInputAudioBufferCommit,
        rt.RealtimeClientEventResponseCreate,
        rt.RealtimeClientEventResponseCancel,
    ]
    for message, event in zip(heard, sent, strict=True):
        assert json.loads(rt.CLIENT_EVENTS.encode(event)) == json.loads(message)


async def speak_beta(connection: Any) -> None:
    """Every event that a client of 2024-12-17 can send."""
    await connection.session.update(session={"voice": "sage", "temperature": 0.7})
    detection = {"type": "server_vad", "threshold": 0.25}
    await connection.session.update(session={"turn_detection": detection})
    text = {"type": "input_text", "text": "grüß Gott"}
    item = {"type": "message", "role": "user", "content": [text]}
    await connection.conversation.item.create(item=item)
    place = {"item_id": "item_002", "content_index": 0}
    await connection.conversation.item.truncate(audio_end_ms=5, **place)
    await connection.conversation.item.delete(item_id="item_002", event_id="event_1")
    await connection.input_audio_buffer.clear()
    await connection.input_audio_buffer.append(audio="AAAA")
    await connection.input_audio_buffer.commit()
    await connection.response.create(response={"modalities": ["text"]})
    await connection.response.cancel()


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The version that replaced 2024-12-17, from the vendor's document."""
    spec = require(OPENAI / "openapi-2026-08-14.yaml")
    folder = tmp_path_factory.mktemp("later")
    return build(spec, "live_openai_2026", folder, include=("Realtime*",))


@pytest.mark.filterwarnings("ignore:connect.. must be used:DeprecationWarning")
def test_the_vendors_client_of_a_later_version(openai: Any, later: Built) -> None:
    """Its synchronous client, all that it can send, and each of the events that the
    document has a valid example of."""
    sdk = later.sdk
    examples = [
        (name, example)
        for name, cls in sdk.SERVER_EVENTS.items()
        for example in later.module.named(cls.__name__).annotations.examples
    ]
    valid = [e for _, e in examples if sdk.SERVER_EVENTS.decode(e) is not None]
    valid = [e for e in valid if not sdk.violations_of(sdk.SERVER_EVENTS.decode(e))]
    assert len(valid) > 20
    heard: list[str | bytes] = []

    async def handle(connection: Any) -> None:
        for frame in valid:
            event = sdk.SERVER_EVENTS.decode(frame, strict=True)
            await connection.send(sdk.SERVER_EVENTS.encode(event), text=True)
        async for message in connection:
            if json.loads(message)["type"] == "response.cancel":
                break

    def speak(url: str) -> list[Any]:
        client = openai.OpenAI(api_key="none", websocket_base_url=url)
        with client.realtime.connect(model="m") as connection:
            events = [connection.recv() for _ in valid]
            speak_later(connection)
            return events

    async def talk() -> list[Any]:
        async with (
            asyncio.timeout(LIMIT),
            serving(handle, heard) as url,
            rough_network(url) as rough,
        ):
            return await asyncio.to_thread(speak, rough)

    events = asyncio.run(talk())
    assert [event.type for event in events] == [frame["type"] for frame in valid]
    sent = [sdk.CLIENT_EVENTS.decode(message, strict=True) for message in heard]
    assert len({type(event) for event in sent}) == len(sent) == 9
    for message, event in zip(heard, sent, strict=True):
        assert json.loads(sdk.CLIENT_EVENTS.encode(event)) == json.loads(message)


def speak_later(connection: Any) -> None:
    """Every kind of event once."""
    audio = {"output": {"voice": "marin"}, "input": {"turn_detection": None}}
    connection.session.update(session={"type": "realtime", "audio": audio})
    text = {"type": "input_text", "text": "grüß Gott"}
    item = {"type": "message", "role": "user", "content": [text]}
    connection.conversation.item.create(item=item)
    place = {"item_id": "item_002", "content_index": 0}
    connection.conversation.item.truncate(audio_end_ms=5, **place)
    connection.conversation.item.retrieve(item_id="item_002")
    connection.conversation.item.delete(item_id="item_002", event_id="event_1")
    connection.input_audio_buffer.clear()
    connection.input_audio_buffer.append(audio="AAAA")
    connection.response.create(response={"output_modalities": ["text"]})
    connection.response.cancel()
