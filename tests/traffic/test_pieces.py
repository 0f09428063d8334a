"""Recordings are read in pieces, and wherever these end nothing is lost or twice."""

from __future__ import annotations

import errno
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen import cli, exits
from codegen.traffic import har, recording
from codegen.traffic.evidence import MAX_INSIDE, Evidence
from codegen.traffic.frames import Dropped, Frame
from codegen.traffic.recording import Bad, Piece
from tests.sweeps import many

LINES = st.lists(
    st.one_of(
        st.builds(lambda n: json.dumps({"n": n}), st.integers()),
        st.builds(lambda t: json.dumps({"t": t}, ensure_ascii=False), st.text()),
        st.sampled_from(["", " ", "{", "[1]", '"\\u0000"', "\ufeff{}"]),
    )
)


def read(path: Path, kind: str, size: int) -> list[tuple[int, Any]]:
    """What is in a file, with its lines, read in pieces of a size."""
    end, first, found = path.stat().st_size, 0, []
    for start in range(0, end, size):
        piece = Piece(str(path), start, min(end, start + size), kind)
        last = -1
        for line, item in recording.items(piece):
            last = line
            if item != Dropped(0):
                found.append((first + line, item))
        first += last + 1
    return found


@settings(deadline=None, max_examples=many(30, 60))
@given(LINES, st.integers(1, 40), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_lines(
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[str],
    size: int,
    end: str,
    torn: bool,
) -> None:
    path = tmp_path_factory.getbasetemp() / "lines.jsonl"
    text = end.join(lines) + ("" if torn else end)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    whole = read(path, "lines", 1 << 30)
    assert read(path, "lines", size) == whole
    told = [item for _, item in whole if isinstance(item, Frame)]
    assert len(told) + sum(isinstance(item, Bad) for _, item in whole) >= sum(
        line.strip() not in ("", "\ufeff") for line in lines
    )


TEXT = st.text(alphabet='a"\\{}[]:,_webSocketMessages ', max_size=30)


@settings(deadline=None, max_examples=many(30, 60))
@given(st.lists(st.lists(TEXT, max_size=5), max_size=4), st.integers(1, 200))
def test_messages_of_a_har(
    tmp_path_factory: pytest.TempPathFactory, sockets: list[list[str]], size: int
) -> None:
    entries = [
        {
            "comment": '"_webSocketMessages": [{}]',
            "_webSocketMessages": [
                {"type": "send", "time": 1, "data": json.dumps({"text": text})}
                for text in texts
            ],
        }
        for texts in sockets
    ]
    path = tmp_path_factory.getbasetemp() / "browser.har"
    path.write_text(json.dumps({"log": {"entries": entries}}, indent=1))
    found: dict[int, list[str]] = {}
    for number, start, end in har.messages(path, size):
        piece = Piece(str(path), start, end, "har")
        for _, item in recording.items(piece):
            assert isinstance(item, Frame)
            found.setdefault(number, []).append(item.value["text"])
    assert found == {i: texts for i, texts in enumerate(sockets, 1) if texts}


def test_one_process_or_many_say_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = Path(__file__).parent / "mends" / "openapi-3.0"
    lines = (case / "frames.jsonl").read_text().splitlines(keepends=True)
    path = tmp_path / "frames.jsonl"
    path.write_text("".join(lines * 20))
    check = ["check-traffic", str(case / "spec.yaml"), str(path)]
    assert cli.main(check) == exits.FINDINGS
    whole = capsys.readouterr().out
    assert "140 depart" in whole
    monkeypatch.setattr(recording, "PIECE", 1000)
    assert cli.main(check) == exits.FINDINGS
    assert capsys.readouterr().out == whole


@pytest.mark.parametrize(
    ("start", "said"),
    [(b"\x1f\x8b", "gzip"), (b"(\xb5/\xfd", "zstd"), (b"\xff\xfe{\0", "UTF-16")],
)
def test_what_is_no_text_in_utf_8_is_named(
    tmp_path: Path, start: bytes, said: str
) -> None:
    path = tmp_path / "frames.json"
    path.write_bytes(start + b"\n{}\n")
    for named in (path, tmp_path):
        with pytest.raises(recording.NoRecording, match=said) as raised:
            recording.pieces(named)
        assert raised.value.path == path


def test_what_a_folder_cannot_be_asked_for_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = Path(__file__).parent / "commands" / "kinds" / "spec.yaml"
    folder = tmp_path / "folder"
    (folder / "closed").mkdir(parents=True)
    (folder / "frame.json").write_text('{"type": "opened", "door": 1}')
    check = ["check-traffic", str(spec), str(folder)]
    assert cli.main(check) == exits.OK
    scan = os.scandir

    def refusing(path: str) -> object:
        if Path(path).name == "closed":
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return scan(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refusing)
        assert cli.main(check) == exits.BAD_INPUT
    (folder / "gone.json").symlink_to("nowhere")
    assert cli.main(check) == exits.BAD_INPUT
    said = capsys.readouterr().err
    assert f"{folder}/closed:0:0: error[read]: cannot be read: Permission" in said
    assert f"{folder}/gone.json:0:0: error[read]: cannot be read: No such" in said


def test_a_line_that_fills_many_pieces_is_read_once_or_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "MAX_LINE", 1000)
    path = tmp_path / "long.jsonl"
    path.write_bytes(b"x" * 50_000 + b'\n{"n": 1}\n')
    read = 0
    readline = io.BufferedReader.readline

    class Counting(io.BufferedReader):
        def readline(self, size: int | None = -1, /) -> bytes:
            nonlocal read
            line = readline(self, size)
            read += len(line)
            return line

    monkeypatch.setattr(Path, "open", lambda p, _: Counting(io.FileIO(p)))
    size, found = path.stat().st_size, []
    for start in range(0, size, 500):
        piece = Piece(str(path), start, min(size, start + 500), "lines")
        found += [item for _, item in recording.items(piece)]
    assert found == [
        Bad(1, "the line is longer than 1000 bytes"),
        Frame({"n": 1}),
    ]
    assert read < 2.1 * size


def test_what_is_told_apart_of_wide_values_is_bounded() -> None:
    wide = {
        f"a{i}": {f"b{j}": dict.fromkeys("cdefg", j) for j in range(50)}
        for i in range(50)
    }
    seen, later = Evidence(), Evidence()
    seen.add(wide)
    later.add({f"z{i}": wide for i in range(60)})
    seen.take(later)

    def count(evidence: Evidence) -> int:
        return sum(1 + count(inner) for inner in evidence.inside.values())

    assert count(seen) == MAX_INSIDE
    assert set(wide) <= set(seen.inside)
