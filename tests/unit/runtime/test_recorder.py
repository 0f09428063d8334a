"""The recorder: what it writes, what it leaves out, and that nobody waits for it."""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from codegen.runtime.recorder import OMITTED, REDACTED, Recorder, is_secret

SOUND = "QUJD" * 100


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def recorded(tmp_path: Path, *frames: Any, **options: Any) -> list[dict[str, Any]]:
    path = tmp_path / "session.jsonl"
    with Recorder(path, **options) as recorder:
        for frame in frames:
            recorder.record("client_to_server", frame, connection=3)
    return lines(path)


def digest(data: bytes, length: int) -> dict[str, Any]:
    return {"length": length, "sha256": hashlib.sha256(data).hexdigest()}


def test_a_line_says_when_which_way_and_what(tmp_path: Path) -> None:
    before = time.time()
    (line,) = recorded(tmp_path, '{"type": "a", "n": 12345678901234567890123}')
    assert line["direction"] == "client_to_server"
    assert line["connection"] == 3
    assert line["frame"] == {"type": "a", "n": 12345678901234567890123}
    assert line["time"].endswith("Z")
    assert time.strftime("%Y-%m-%dT%H", time.gmtime(before)) in line["time"]
    assert set(line) == {"time", "direction", "connection", "frame"}


def test_frames_of_every_kind(tmp_path: Path) -> None:
    buffer = bytearray(b'{"reused": 1}')
    found = recorded(tmp_path, "no JSON", "12", b"\x00\xff", "[1]", buffer)
    assert [line.get("frame") for line in found[:2]] == ["no JSON", "12"]
    assert found[2]["binary"] == digest(b"\x00\xff", 2)
    assert found[3]["frame"] == [1]
    assert found[4]["frame"] == {"reused": 1}


def test_audio_is_told_by_length_and_digest(tmp_path: Path) -> None:
    frame = json.dumps({"audio": "AAA=", "delta": SOUND, "text": "x " * 200})
    (line,) = recorded(tmp_path, frame)
    assert line["frame"] == {"audio": OMITTED, "delta": OMITTED, "text": "x " * 200}
    assert line["omitted"] == {
        "/audio": digest(b"AAA=", 4),
        "/delta": digest(SOUND.encode(), 400),
    }


def test_audio_that_is_asked_for(tmp_path: Path) -> None:
    found = recorded(tmp_path, json.dumps({"audio": SOUND}), b"\x00\xff", audio=True)
    assert found[0]["frame"] == {"audio": SOUND}
    assert found[1]["binary"]["base64"] == "AP8="


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("api_key", "x"),
        ("apiKey", "x"),
        ("Authorization", "x"),
        ("client-secret", "x"),
        ("refresh_token", "x"),
        ("note", "use Bearer abcdefghijkl"),
        ("value", "ek_0123456789abcdef01"),
        ("text", "sk-proj-0123456789abcdef"),
    ],
)
def test_secrets(name: str, text: str) -> None:
    assert is_secret(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [("token", " Hello"), ("max_tokens", "inf"), ("secretary", "Ada"), ("id", "sk_1")],
)
def test_what_is_no_secret(name: str, text: str) -> None:
    assert not is_secret(name, text)


def test_secrets_are_not_written_at_any_depth(tmp_path: Path) -> None:
    frame = {
        "client_secret": {"value": "v", "list": ["w", 1]},
        "a/b": ["sk-" + "z" * 20],
    }
    (line,) = recorded(tmp_path, json.dumps(frame))
    assert line["frame"] == {
        "client_secret": {"value": REDACTED, "list": [REDACTED, 1]},
        "a/b": [REDACTED],
    }
    assert line["redacted"] == [
        "/client_secret/value",
        "/client_secret/list/0",
        "/a~1b/0",
    ]
    (line,) = recorded(tmp_path, "token=1; Authorization: Bearer 0123456789")[1:]
    assert line["frame"] == REDACTED


def test_a_rule_of_ones_own(tmp_path: Path) -> None:
    frame = json.dumps({"name": "Ada", "api_key": "x"})
    (line,) = recorded(tmp_path, frame, secret=lambda name, text: name == "name")
    assert line["frame"] == {"name": REDACTED, "api_key": "x"}


def test_what_there_is_no_time_for_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "session.jsonl"
    slow = threading.Event()

    def rule(name: str, text: str) -> bool:
        slow.wait(5)
        return False

    with Recorder(path, secret=rule, room=1000) as recorder:
        before = time.perf_counter()
        for _ in range(500):
            recorder.record("server_to_client", '{"type": "x"}')
        assert time.perf_counter() - before < 2
        assert recorder.dropped > 300
        slow.set()
    found = lines(path)
    assert sum("frame" in line for line in found) + recorder.dropped == 500
    assert sum(line.get("dropped", 0) for line in found) == recorder.dropped


def test_a_full_disk_is_nothing_to_the_connection(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with Recorder(full) as recorder:
        for _ in range(3):
            recorder.record("client_to_server", '{"type": "x"}')
            time.sleep(0.01)
    assert isinstance(recorder.error, OSError)
    recorder.record("client_to_server", '{"type": "late"}')
    assert recorder.dropped >= 1


def test_a_rule_that_raises_loses_only_its_frame(tmp_path: Path) -> None:
    def rule(name: str, text: str) -> bool:
        raise KeyError(name)

    found = recorded(tmp_path, '{"a": "x"}', '{"a": 1}', secret=rule)
    assert sorted(map(sorted, found)) == [
        ["connection", "direction", "frame", "time"],
        ["dropped", "time"],
    ]


def test_frames_that_nest_deep(tmp_path: Path) -> None:
    deep = "[" * 1000 + "]" * 1000
    (line,) = recorded(tmp_path, f'{{"a": {deep}}}')
    assert line["frame"] == OMITTED or line["frame"]["a"]


@pytest.mark.parametrize("before", [b'{"frame": {"a', b'{"frame": 1}\n', b""])
def test_a_file_that_ends_amid_a_line_loses_no_other(
    tmp_path: Path, before: bytes
) -> None:
    path = tmp_path / "session.jsonl"
    path.write_bytes(before)
    with Recorder(path) as recorder:
        recorder.record("client_to_server", '{"b": 2}')
    first, _, rest = path.read_bytes().rpartition(b'{"time"')
    assert first == (before if before[-1:] in (b"", b"\n") else before + b"\n")
    assert json.loads(b'{"time"' + rest)["frame"] == {"b": 2}


def test_what_is_no_regular_file_may_be_recorded_to(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    told: list[bytes] = []
    reading = threading.Thread(target=lambda: told.append(path.read_bytes()))
    reading.start()
    with Recorder(path) as recorder:
        recorder.record("client_to_server", '{"b": 2}')
    reading.join()
    assert json.loads(told[0])["frame"] == {"b": 2}
