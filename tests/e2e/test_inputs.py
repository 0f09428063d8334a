"""Specifications that are no file: folders, standard input, addresses of the web."""

from __future__ import annotations

import io
import os
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from codegen import cli
from tests import commands

SCHEMA = '{"type": "object", "properties": {"id": {"type": "string"}}}'
API = """\
openapi: 3.1.0
info: {title: Shop, version: "1"}
paths: {}
components:
  schemas:
    Order:
      type: object
      properties: {to: {$ref: shared/address.json}}
"""


@pytest.mark.parametrize(
    "case", commands.cases(Path(__file__).parent / "inputs"), ids=lambda case: case.name
)
def test_commands(
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    commands.check(case, tmp_path, monkeypatch, capsys)


def given(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Put a text where standard input is read."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    given(monkeypatch, SCHEMA)
    assert cli.main(["generate", "-", "--package", "one", "--output", "out"]) == 0
    Path("one.json").write_text(SCHEMA)
    given(monkeypatch, SCHEMA)
    assert cli.main(["diff", "-", "one.json"]) == 0
    assert "verdict: identical" in capsys.readouterr().out
    # What it refers to lies in the working directory.
    given(monkeypatch, '{"$ref": "one.json"}')
    assert cli.main(["lint", "-"]) == 0
    capsys.readouterr()
    given(monkeypatch, '{"type": "objekt"}')
    assert cli.main(["lint", "-"]) == 1
    assert capsys.readouterr().err.startswith("-:1:10: error[unknown-type]")


def test_what_is_no_name_of_an_sdk_is_read_beside_a_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("one.json").write_text(SCHEMA)
    Path("codegen.toml").write_text('[[sdk]]\nspec = "one.json"\npackage = "one"\n')
    Path("frames.jsonl").write_text('{"direction": "received", "frame": {}}\n')
    given(monkeypatch, SCHEMA)
    for command in (["lint", "-"], ["diff", "-", "one.json"]):
        assert cli.main(command) == 0
    assert cli.main(["check-traffic", "-", "frames.jsonl"]) != 2
    capsys.readouterr()
    assert cli.main(["lint", "https://example.invalid/x"]) == 2
    assert "is not in codegen.lock" in capsys.readouterr().err


def test_no_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert cli.main(["lint", "-"]) == 2
    assert "standard input cannot be read" in capsys.readouterr().err


def test_no_configuration_names_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    given(monkeypatch, SCHEMA)
    assert cli.main(["init", "-", "--package", "not-one"]) == 2
    told = capsys.readouterr().err
    assert "write the specification to a file and say `codegen init FILE`" in told
    assert "'not-one' is no Python package name" in told
    assert not list(tmp_path.iterdir())


def test_a_part_is_printed_as_it_is_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("one.json").write_text('{"type": "string", "description": "##[group]a"}')
    assert cli.main(["extract", "one.json", "--output", "-"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "`--output` with the name of a file" in err
    assert cli.main(["extract", "one.json", "--output", "two.yaml"]) == 0
    assert "##[group]a" in Path("two.yaml").read_text()


def test_what_comes_next_is_not_taken_for_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    generate = ["generate", "-", "--package", "one", "--output", "out"]
    given(monkeypatch, SCHEMA)
    assert cli.main(generate) == 0
    given(monkeypatch, SCHEMA.replace("id", "number"))
    assert cli.main([*generate, "--check"]) == 1


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of a server on this machine, and the folder that it shows."""
    folder = tmp_path / "site"
    (folder / "shared").mkdir(parents=True)
    (folder / "api.yaml").write_text(API)
    (folder / "shared" / "address.json").write_text(SCHEMA)
    handler = partial(SimpleHTTPRequestHandler, directory=os.fspath(folder))
    monkey = pytest.MonkeyPatch()
    monkey.setattr(SimpleHTTPRequestHandler, "log_message", lambda *_: None)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.01}
    )
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", folder
    server.shutdown()
    thread.join()
    server.server_close()
    monkey.undo()


def test_a_session_with_the_lock(
    site: tuple[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    address, folder = site
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    Path("codegen.toml").write_text(
        f'[[sdk]]\nspec = "{address}/api.yaml"\npackage = "shop"\noutput = "out"\n'
    )

    def said(*arguments: str, code: int) -> str:
        assert cli.main(list(arguments)) == code
        out, err = capsys.readouterr()
        return out + err

    told = said("generate", code=2)
    assert f"{address}/api.yaml is not in codegen.lock; `--allow-remote`" in told
    assert not Path("out").exists()
    said("generate", "--allow-remote", code=0)
    lock = Path("codegen.lock").read_text()
    assert lock.count("[[document]]") == 2
    said("generate", code=0)
    said("generate", "--check", code=0)
    assert "no problems" in said("lint", "shop", code=0)

    before = {path: path.read_bytes() for path in Path("out").rglob("*.py")}
    (folder / "shared" / "address.json").write_text(SCHEMA + "\n")
    told = said("generate", code=2)
    assert "is not what it was: codegen.lock has sha256:" in told
    assert told.startswith(f"{address}/api.yaml:8:31: error[remote-ref]")
    assert {path: path.read_bytes() for path in before} == before
    assert Path("codegen.lock").read_text() == lock
    said("generate", "--allow-remote", code=0)
    assert Path("codegen.lock").read_text() != lock
    said("generate", "--check", code=0)

    lock = Path("codegen.lock").read_text()
    assert "verdict: identical" in said("update", code=0)
    (folder / "shared" / "address.json").write_text(SCHEMA.replace("id", "number"))
    said("generate", "--check", "--allow-remote", code=1)
    assert "which git does not have" in said("update", "--allow-remote", code=2)
    assert "takes" in said("update", "shop", "codegen.toml", code=2)
    assert "a document of the web" in said("diff", "shop", code=2)
    # What writes nothing, or is refused, leaves the lock as it was.
    assert Path("codegen.lock").read_text() == lock

    Path("codegen.lock").write_text("version = 2\n")
    assert "codegen.lock:0:0: error[lock]" in said("generate", code=2)
    line = lock.count("\n") + 1
    for text, place in (("a\n", "1:2"), (f"{lock}<<<<", f"{line}:1"), ("\0", "1:1")):
        Path("codegen.lock").write_text(text)
        assert f"codegen.lock:{place}" in (found := said("generate", code=2))
        assert "[lock]: cannot be read: it is no TOML: " in found


def test_a_new_version_is_fetched(
    site: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, folder = site
    monkeypatch.chdir(tmp_path)
    Path("codegen.toml").write_text('[[sdk]]\nspec = "one.json"\npackage = "shop"\n')
    Path("one.json").write_text(SCHEMA)
    assert cli.main(["generate"]) == 0
    text = SCHEMA + "\n"
    (folder / "two.json").write_text(text)
    update = ["update", "shop", f"{address}/two.json"]
    assert cli.main(update) == 2
    assert cli.main([*update, "--allow-remote"]) == 0
    assert Path("one.json").read_text() == text


def test_a_file_goes_before_an_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files that call each other by addresses are not fetched, lock or not."""
    monkeypatch.chdir(tmp_path)
    Path("one.json").write_text(
        '{"$id": "https://shop.invalid/one.json", "$ref": "two.json"}'
    )
    Path("two.json").write_text(SCHEMA)
    assert cli.main(["lint", "one.json", "--allow-remote"]) == 0
    assert not Path("codegen.lock").exists()


TO_OUT = ("api.yaml", "--package", "p", "--output", "out")


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract", "api.yaml", "--output", "api.yaml"),
        ("extract", "api.yaml", "--output", "shared/../shared/address.json"),
        ("extract", "api.yaml", "--overlay", "o.yaml", "--output", "o.yaml"),
        ("extract", "api.yaml", "--output", "shared"),
        ("extract", "api.yaml", "--output", ""),
        ("generate", "--depfile", "api.yaml", *TO_OUT),
        ("generate", "--depfile", "shared", *TO_OUT),
        ("check-traffic", "one.json", "frames.jsonl", "--overlay-out", "one.json"),
        ("check-traffic", "one.json", "frames.jsonl", "--overlay-out", "frames.jsonl"),
    ],
)
def test_what_is_read_is_not_written_over(
    arguments: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("shared").mkdir()
    texts = {"api.yaml": API, "shared/address.json": SCHEMA, "one.json": SCHEMA}
    texts["frames.jsonl"] = '{"id": 1}\n'
    texts["o.yaml"] = "overlay: 1.0.0\nactions: [{target: $.info, update: {x-a: 1}}]\n"
    for name, text in texts.items():
        Path(name).write_text(text)
    assert cli.main(list(arguments)) == 2
    said = capsys.readouterr().err
    assert "it was read to make this" in said or "name" in said.splitlines()[-1]
    assert {name: Path(name).read_text() for name in texts} == texts
    assert not Path("out").exists()


def test_overlays_of_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """They may lie in it, and each action says which file it is about."""
    monkeypatch.chdir(tmp_path)
    Path("one.json").write_text(SCHEMA)
    assert cli.main(["init", "."]) == 0
    capsys.readouterr()
    assert cli.main(["lint"]) == 0
    assert capsys.readouterr().err == "no problems in 1 specification\n"
    Path("codegen.toml").unlink()
    Path("api.overlay.yaml").unlink()
    action = "{target: $, update: {required: [id]}"
    head = "overlay: 1.0.0\nactions:\n- "
    Path("o.yaml").write_text(f"{head}{action}}}\n")
    assert cli.main(["lint", ".", "--overlay", "o.yaml"]) == 0
    assert "o.yaml:3:3: warning[overlay]: a folder" in capsys.readouterr().err
    Path("o.yaml").write_text(f"{head}{action}, x-extends: two.json}}\n")
    Path("two.json").write_text(SCHEMA)
    assert cli.main(["diff", ".", ".", "--overlay", "o.yaml"]) == 0
    assert "warning" not in capsys.readouterr().err
