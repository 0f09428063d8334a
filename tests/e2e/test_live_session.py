"""A spoken turn over a real WebSocket, on loopback, from both sides.

The vendor's client (`client.realtime`) talks to the example server, too: its
asynchronous one plays the turn, its synchronous one is sent every event that there is
and sends every event that it can. What it sends decodes strictly with the package in
`generated/`.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import openai_realtime_ga as rt
import pytest
from websockets.asyncio.client import connect

from codegen.diagnostics import Report
from codegen.frontend import Options, load
from tests.corpus_paths import ROOT
from tests.e2e.live import (
    ENVIRONMENT,
    EXAMPLES,
    example,
    frames_with,
    rough_network,
    server_process,
    serving,
)

LIMIT = 12.0
QUESTION = "user: When does the ferry to Tromsø leave?"
ANSWER = "assistant: The ferry to Tromsø leaves at half past nine, from pier four."
AUDIO = {"output": {"voice": "sage"}}
UPDATE = {"type": "session.update", "session": {"type": "realtime", "audio": AUDIO}}


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
        if frame["type"] == "response.output_audio_transcript.delta":
            frame["event_id"] = None
            frame["obfuscation"] = "xyz"
        if frame["type"] == "session.updated":
            frame["session"]["audio"]["output"]["speed"] = "fast"
            frame["session"] |= {"instructions": None}
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
            '{"type": "session.update", "session": {"type": "realtime", '
            '"max_output_tokens": 0}}',
            "/session/max_output_tokens",
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
    assert updated.session.audio.output.voice is rt.Voice.SAGE


def test_the_server_keeps_to_the_rules_of_a_session() -> None:
    """The voice may change until the model speaks; after that the client is told."""
    server = example("server")
    recording = server.Recording.read(EXAMPLES / "frames.jsonl")
    other = {"type": "realtime", "audio": {"output": {"voice": "ash"}}}
    late = {"type": "session.update", "event_id": "late", "session": other}

    async def handle(connection: Any) -> None:
        await server.Session(connection, recording).run()

    async def talk() -> list[Any]:
        async with (
            asyncio.timeout(LIMIT),
            serving(handle, []) as url,
            connect(url, max_queue=None) as connection,
        ):
            for event in (UPDATE, {"type": "response.create"}, late):
                await connection.send(json.dumps(event))
            events = [rt.SERVER_EVENTS.decode(await connection.recv(), strict=True)]
            while not isinstance(events[-1], rt.RealtimeServerEventError):
                events.append(rt.SERVER_EVENTS.decode(await connection.recv()))
            return events

    *events, error = asyncio.run(talk())
    assert isinstance(events[-1], rt.RealtimeServerEventRateLimitsUpdated)
    assert error.error.event_id == "late"
    assert error.error.param == "/session/audio/output/voice"
    assert error.error.message.startswith("voice-is-fixed")


# --- the vendor's client -------------------------------------------------------------


@pytest.fixture(scope="module")
def openai() -> Any:
    return pytest.importorskip(
        "openai", reason="VENDOR'S CLIENT ABSENT: install the package `openai`"
    )


def test_the_vendors_client_plays_a_turn(openai: Any) -> None:
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
            async with client.realtime.connect(model="gpt-realtime") as connection:
                audio = {"output": {"voice": "sage", "speed": 1.25}}
                session = {"type": "realtime", "audio": audio}
                await connection.session.update(session=session)
                detection = {"type": "semantic_vad", "eagerness": "low"}
                audio = {"input": {"turn_detection": detection}}
                session = {"type": "realtime", "audio": audio}
                await connection.session.update(session=session)
                await connection.input_audio_buffer.append(audio="AAAA")
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
    updated = [e.session.audio for e in events if e.type == "session.updated"]
    assert [audio.output.voice for audio in updated] == ["sage", "sage"]
    assert [audio.output.speed for audio in updated] == [1.25, 1.25]
    assert [audio.input.turn_detection.type for audio in updated] == [
        "server_vad",
        "semantic_vad",
    ]
    said = "response.output_audio_transcript.delta"
    assert f"assistant: {''.join(e.delta for e in events if e.type == said)}" == ANSWER
    assert [type(event) for event in decoded_strictly(heard)] == [
        rt.RealtimeClientEventSessionUpdate,
        rt.RealtimeClientEventSessionUpdate,
        rt.RealtimeClientEventInputAudioBufferAppend,
    ]


@pytest.mark.filterwarnings("ignore:connect.. must be used:DeprecationWarning")
def test_the_vendors_client_and_every_event_of_a_conversation(openai: Any) -> None:
    """It is sent the example of every event of the server, and sends every kind of
    event that the specification has for a client."""
    spec = ROOT / "specs" / "realtime" / "2026-08" / "asyncapi.yaml"
    module = load(spec, Options(perspective="client"), Report()).module
    frames = [
        example.value
        for message in module.messages
        if message.channel.endswith("/realtime") and message.name in rt.SERVER_EVENTS
        for example in message.examples
    ]
    assert len({frame["type"] for frame in frames}) == len(rt.SERVER_EVENTS)
    heard: list[str | bytes] = []

    async def handle(connection: Any) -> None:
        for frame in frames:
            event = rt.SERVER_EVENTS.decode(frame, strict=True)
            await connection.send(rt.SERVER_EVENTS.encode(event), text=True)
        async for message in connection:
            if json.loads(message)["type"] == "response.cancel":
                break

    def speak(url: str) -> list[Any]:
        client = openai.OpenAI(api_key="none", websocket_base_url=url)
        with client.realtime.connect(model="m") as connection:
            events = [connection.recv() for _ in frames]
            send_everything(connection)
            return events

    async def talk() -> list[Any]:
        async with (
            asyncio.timeout(LIMIT),
            serving(handle, heard) as url,
            rough_network(url) as rough,
        ):
            return await asyncio.to_thread(speak, rough)

    events = asyncio.run(talk())
    assert [event.type for event in events] == [frame["type"] for frame in frames]
    kinds = {type(event) for event in decoded_strictly(heard)}
    assert kinds == set(rt.CLIENT_EVENTS.values())


def decoded_strictly(heard: list[str | bytes]) -> list[Any]:
    """What a client has sent, which is valid and is given back as it came."""
    sent = [rt.CLIENT_EVENTS.decode(message, strict=True) for message in heard]
    for message, event in zip(heard, sent, strict=True):
        assert json.loads(rt.CLIENT_EVENTS.encode(event)) == json.loads(message)
    return sent


def send_everything(connection: Any) -> None:
    """Every kind of event."""
    audio = {"output": {"voice": "marin"}, "input": {"turn_detection": None}}
    connection.session.update(session={"type": "realtime", "audio": audio})
    whisper = {"model": "gpt-realtime-whisper", "delay": "low"}
    audio = {"input": {"transcription": whisper, "turn_detection": None}}
    connection.session.update(session={"type": "transcription", "audio": audio})
    text = {"type": "input_text", "text": "grüß Gott"}
    item = {"type": "message", "role": "user", "content": [text]}
    connection.conversation.item.create(item=item)
    place = {"item_id": "item_002", "content_index": 0}
    connection.conversation.item.truncate(audio_end_ms=5, **place)
    connection.conversation.item.retrieve(item_id="item_002")
    connection.conversation.item.delete(item_id="item_002", event_id="event_1")
    connection.input_audio_buffer.clear()
    connection.input_audio_buffer.append(audio="AAAA")
    connection.input_audio_buffer.commit()
    connection.output_audio_buffer.clear()
    reference = {"type": "item_reference", "id": "item_002"}
    response = {"output_modalities": ["text"], "input": [reference]}
    connection.response.create(response=response)
    connection.response.cancel()
