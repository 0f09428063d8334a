"""A spoken turn over a real WebSocket, recorded, checked, drifted and mended.

The example client and server talk, each with a recorder at its end. What they said
keeps to the specification; what is then changed in the recording is found, each change
at its place, and an overlay that is made of it makes the specification true.
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import openai_realtime as rt
import pytest
import websockets.sync.client as sync
from websockets.asyncio.client import connect
from websockets.asyncio.server import serve

import codegen
from codegen import cli, compat
from tests.corpus_paths import ROOT
from tests.e2e.live import EXAMPLES, example

SPEC = str(ROOT / "specs" / "realtime" / "2024-12-17" / "asyncapi.yaml")
AS = ["--perspective", "client"]


async def spoken(path: Path, server_path: Path) -> None:
    """One spoken turn, as the client and as the server see it."""
    server = example("server")
    script = server.Recording.read(EXAMPLES / "frames.jsonl")
    update = rt.RealtimeClientEventSessionUpdate(
        session=rt.RealtimeSessionCreateRequest(voice=rt.Voice.SAGE)
    )
    question = rt.RealtimeClientEventInputAudioBufferAppend(audio="AAAA" * 100)
    with rt.Recorder(server_path) as theirs, rt.Recorder(path) as recorder:

        async def handle(connection: Any) -> None:
            await server.Session(theirs.watch(connection), script).run()

        async with serve(handle, "127.0.0.1", 0) as listening:
            port = next(iter(listening.sockets)).getsockname()[1]
            async with connect(f"ws://127.0.0.1:{port}") as connection:
                recorder.watch(connection)
                for event in (update, question):
                    await connection.send(rt.CLIENT_EVENTS.encode(event), text=True)
                async for frame in connection:
                    if "rate_limits.updated" in str(frame):
                        break
            await asyncio.to_thread(listen_in_a_thread, recorder, port)


def listen_in_a_thread(recorder: rt.Recorder, port: int) -> None:
    """The same with a connection that is not asynchronous, up to the greeting."""
    with sync.connect(f"ws://127.0.0.1:{port}") as connection:
        recorder.watch(connection)
        connection.send(iter(['{"type": "response', '.cancel"}']))
        assert "session.created" in connection.recv()
        assert "conversation.created" in "".join(connection.recv_streaming())


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recorded")
    asyncio.run(
        asyncio.wait_for(spoken(folder / "client.jsonl", folder / "server.jsonl"), 20)
    )
    return folder


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_what_was_said_is_recorded_at_both_ends(recording: Path) -> None:
    client, server = (lines(recording / f"{end}.jsonl") for end in ("client", "server"))
    first = [line["frame"]["type"] for line in client if line["connection"] == 1]
    assert first[:2] == ["session.update", "input_audio_buffer.append"]
    assert first[-1] == "rate_limits.updated"
    assert client[1]["frame"]["audio"] == "[omitted]"
    assert client[1]["omitted"]["/audio"]["length"] == 400
    second = [line["frame"]["type"] for line in client if line["connection"] == 2]
    assert second == ["response.cancel", "session.created", "conversation.created"]
    for way in ("client_to_server", "server_to_client"):
        told = [
            [line["frame"] for line in end if line["direction"] == way]
            for end in (client, server)
        ]
        assert all(frame in told[1] for frame in told[0])


@pytest.mark.parametrize("end", ["client", "server"])
def test_a_session_without_drift(
    recording: Path, end: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(recording / f"{end}.jsonl")
    assert cli.main(["check-traffic", SPEC, path, *AS]) == cli.OK
    out, err = capsys.readouterr()
    assert "in 2 sessions, no drift" in out
    assert not err


DRIFT: dict[tuple[str, str, str], Any] = {
    ("session.created", "/session/voice", "enum"): "cedar",
    ("session.created", "/session/model", "anyOf"): None,
    ("session.updated", "/session/temperature", "maximum"): 1.5,
    ("response.audio.delta", "/content_index", "type"): "0",
    ("response.done", "/response/status", "enum"): "paused",
    ("rate_limits.updated", "/rate_limits/*/remaining", "minimum"): -1,
}
"""What is changed: the place, the keyword that this breaks, and what stands there."""


def drifted(recording: Path, path: Path) -> None:
    """The recording with the changes, an event that is unknown and a rule broken."""
    found = lines(recording / "client.jsonl")
    for line in found:
        frame = line["frame"]
        for (event, pointer, _), value in DRIFT.items():
            if frame["type"] == event:
                *way, last = pointer[1:].split("/")
                inside = frame
                for token in way:
                    inside = inside[0] if token == "*" else inside[token]
                inside[last] = value
    told = {"direction": "server_to_client", "connection": 1}
    found.append({**told, "frame": {"type": "response.laughter", "seconds": 2}})
    update = {"type": "session.update", "session": {"voice": "ash"}}
    found.append({**told, "direction": "client_to_server", "frame": update})
    path.write_text("".join(json.dumps(line) + "\n" for line in found))


def test_each_drift_is_found_and_mended(
    recording: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, overlay = tmp_path / "drifted.jsonl", tmp_path / "overlay.yaml"
    drifted(recording, path)
    check = ["check-traffic", SPEC, str(path), *AS, "--format", "json"]

    assert cli.main([*check, "--overlay-out", str(overlay)]) == cli.FINDINGS
    report = json.loads(capsys.readouterr().out)
    places = {(d["event"], d["pointer"], d["keyword"]) for d in report["drift"]}
    assert places == {*DRIFT, ("(response.laughter)", "", "event")}
    assert [found["keyword"] for found in report["rules"]] == ["voice-is-fixed"]
    assert all(found["mend"] for found in report["drift"])
    assert all(found["not_mended"] for found in report["rules"])

    mended = ["--overlay", str(overlay)]
    assert cli.main([*check, *mended]) == cli.FINDINGS
    report = json.loads(capsys.readouterr().out)
    assert report["drift"] == []
    assert len(report["rules"]) == 1

    assert cli.main(["lint", SPEC, *AS, *mended]) == cli.OK
    assert cli.main(["diff", SPEC, SPEC, *AS, *mended]) == cli.OK


def test_what_a_mend_means_to_clients(
    recording: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The specification before and behind the overlay: only wider, and as `diff` has
    it, each mend a finding."""
    path, overlay = tmp_path / "drifted.jsonl", tmp_path / "overlay.yaml"
    drifted(recording, path)
    cli.main(["check-traffic", SPEC, str(path), *AS, "--overlay-out", str(overlay)])
    capsys.readouterr()
    old = codegen.load(SPEC, perspective="client")
    new = codegen.load(SPEC, perspective="client", overlays=[overlay])
    rules = {finding.rule for finding in compat.compare(old, new).findings}
    assert rules == {
        "enum-value-added",
        "event-added",
        "maximum-increased",
        "minimum-decreased",
        "null-allowed",
        "schema-added",
        "type-widened",
    }
