"""A spoken turn over a real WebSocket, recorded, checked, drifted and mended.

The example client and server talk, each with a recorder at its end. What they said
keeps to the specification; what is then changed in the recording is found, each change
at its place, and an overlay that is made of it makes the specification true.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openai_realtime_ga as rt
import pytest
import websockets.sync.client as sync
from websockets.asyncio.client import connect
from websockets.asyncio.server import serve

import codegen
from codegen import cli, compat, exits
from codegen.traffic import checking
from tests.corpus_paths import ROOT
from tests.e2e.live import EXAMPLES, example

SPEC = str(ROOT / "specs" / "realtime" / "2026-08" / "asyncapi.yaml")
AS = ["--perspective", "client"]


async def spoken(path: Path, server_path: Path) -> None:
    """One spoken turn, as the client and as the server see it."""
    server = example("server")
    script = server.Recording.read(EXAMPLES / "frames.jsonl")
    update = {"type": "session.update", "session": {"type": "realtime"}}
    question = {"type": "input_audio_buffer.append", "audio": "AAAA" * 100}
    with rt.Recorder(server_path) as theirs, rt.Recorder(path) as recorder:

        async def handle(connection: Any) -> None:
            await server.Session(theirs.watch(connection), script).run()

        async with serve(handle, "127.0.0.1", 0) as listening:
            port = next(iter(listening.sockets)).getsockname()[1]
            async with connect(f"ws://127.0.0.1:{port}") as connection:
                recorder.watch(connection)
                for event in (update, question):
                    await connection.send(json.dumps(event))
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


@pytest.fixture(scope="module", autouse=True)
def _made_once() -> Iterator[None]:
    """What judges frames is the same for all recordings of one specification."""
    make, known = checking.judge, list[tuple[Any, Any, checking.Judge | None]]()

    def judge(loaded: Any, settings: Any, report: Any) -> checking.Judge | None:
        for module, own, made in known:
            if own == settings and module == loaded.module:
                return made
        known.append((loaded.module, settings, make(loaded, settings, report)))
        return known[-1][-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checking, "judge", judge)
        yield


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
    assert cli.main(["check-traffic", SPEC, path, *AS]) == exits.OK
    out, err = capsys.readouterr()
    assert "in 2 sessions, no drift" in out
    assert not err


DRIFT: dict[tuple[str, str, str], Any] = {
    ("session.created", "/session/id", "type"): None,
    ("session.updated", "/session/output_modalities/*", "enum"): "scent",
    ("response.output_audio.delta", "/content_index", "type"): "0",
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
                keys = [0 if token == "*" else token for token in pointer.split("/")]
                inside = frame
                for key in keys[1:-1]:
                    inside = inside[key]
                inside[keys[-1]] = value
    told = {"direction": "server_to_client", "connection": 1}
    found.append({**told, "frame": {"type": "response.laughter", "seconds": 2}})
    found.append({**told, "frame": found[2]["frame"]})
    path.write_text("".join(json.dumps(line) + "\n" for line in found))


@pytest.fixture(scope="module")
def drift(recording: Path) -> Path:
    """A folder with the drifted recording, the overlay that is made of it, and what is
    said of it."""
    drifted(recording, recording / "drifted.jsonl")
    check = ["check-traffic", SPEC, str(recording / "drifted.jsonl"), *AS]
    overlay = ["--overlay-out", str(recording / "overlay.yaml")]
    with (
        (recording / "report.json").open("w") as report,
        contextlib.redirect_stdout(report),
    ):
        assert cli.main([*check, *overlay, "--format", "json"]) == exits.FINDINGS
    return recording


def test_each_drift_is_found_and_mended(
    drift: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, overlay = drift / "drifted.jsonl", drift / "overlay.yaml"
    report = json.loads((drift / "report.json").read_text())
    places = {(d["event"], d["pointer"], d["keyword"]) for d in report["drift"]}
    assert places == {*DRIFT, ("(response.laughter)", "", "event")}
    assert [found["keyword"] for found in report["rules"]] == ["session-begins-once"]
    # Which events there are the configuration says, of this specification.
    unmended = [d["event"] for d in report["drift"] if d["not_mended"]]
    assert unmended == ["(response.laughter)"]
    assert sum(bool(found["mend"]) for found in report["drift"]) == len(DRIFT)
    assert all(found["not_mended"] for found in report["rules"])

    check = ["check-traffic", SPEC, str(path), *AS, "--format", "json"]
    mended = ["--overlay", str(overlay)]
    assert cli.main([*check, *mended]) == exits.FINDINGS
    report = json.loads(capsys.readouterr().out)
    assert [found["event"] for found in report["drift"]] == unmended
    assert len(report["rules"]) == 1

    assert cli.main(["lint", SPEC, *AS, *mended]) == exits.OK
    assert cli.main(["diff", SPEC, SPEC, *AS, *mended]) == exits.OK


def test_what_a_mend_means_to_clients(drift: Path) -> None:
    """The specification before and behind the overlay: only wider, and as `diff` has
    it, each mend a finding."""
    old = codegen.load(SPEC, perspective="client")
    new = codegen.load(SPEC, perspective="client", overlays=[drift / "overlay.yaml"])
    rules = {finding.rule for finding in compat.compare(old, new).findings}
    assert rules == {
        "enum-value-added",
        "minimum-decreased",
        "null-allowed",
        "type-widened",
    }


def test_the_vendors_client_is_recorded_at_the_servers_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The client that the vendor ships plays a turn, with what it sends by itself."""
    vendor = pytest.importorskip(
        "openai", reason="VENDOR'S CLIENT ABSENT: install the package `openai`"
    )
    server, path = example("server"), tmp_path / "session.jsonl"
    script = server.Recording.read(EXAMPLES / "frames.jsonl")

    async def handle(connection: Any) -> None:
        await server.Session(recorder.watch(connection), script, 40).run()

    async def talk() -> None:
        async with serve(handle, "127.0.0.1", 0) as listening:
            port = next(iter(listening.sockets)).getsockname()[1]
            url = f"ws://127.0.0.1:{port}"
            client = vendor.AsyncOpenAI(api_key="none", websocket_base_url=url)
            async with client.realtime.connect(model="gpt-realtime") as connection:
                audio = {"output": {"voice": "sage", "speed": 1.25}}
                session = {"type": "realtime", "audio": audio}
                await connection.session.update(session=session)
                await connection.input_audio_buffer.append(audio="AAAA")
                async for event in connection:
                    if event.type == "rate_limits.updated":
                        return

    with rt.Recorder(path) as recorder:
        asyncio.run(asyncio.wait_for(talk(), 20))
    told = lines(path)
    sent = [line for line in told if line["direction"] == "client_to_server"]
    assert len(sent) == 2
    assert len(told) == 2 + len((EXAMPLES / "frames.jsonl").read_bytes().splitlines())
    assert cli.main(["check-traffic", SPEC, str(path), *AS]) == exits.OK
    assert f"{len(told)} frames in 1 session, no drift" in capsys.readouterr().out
