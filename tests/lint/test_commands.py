"""The command: its options, its formats, and what hostile text can do in each.

Each folder of `commands/` is a working directory with commands (`tests/commands.py`).
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from codegen import cli
from tests import commands, sarif_log

CASES = commands.cases(Path(__file__).parent / "commands")


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_case(
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    commands.check(case, tmp_path, monkeypatch, capsys)


def sarif(text: str) -> dict[str, Any]:
    """The only run of a log that is what the standard asks for."""
    log = json.loads(text)
    sarif_log.check(log)
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def linted(
    capsys: pytest.CaptureFixture[str], *args: str, code: int | None = None
) -> tuple[str, str]:
    found = cli.main(["lint", *args])
    assert code is None or found == code
    out, err = capsys.readouterr()
    return out, err


SPECS = sorted(Path(__file__).parent.glob("*/spec.*"))


@pytest.mark.parametrize("spec", SPECS, ids=lambda path: path.parent.name)
def test_every_format_says_the_same(
    spec: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(spec.parent)
    _, text = linted(capsys, spec.name)
    said = re.findall(r"(?m)^(.+?):(\d+):(\d+): (error|warning|info)\[([\w-]+)\]", text)
    rows = json.loads(linted(capsys, spec.name, "--format", "json")[0])["diagnostics"]
    keys = ("file", "line", "column", "severity", "code")
    assert [tuple(str(row[key]) for key in keys) for row in rows] == said
    assert all(row["pointer"] is not None for row in rows if row["code"] != "syntax")
    run = sarif(linted(capsys, spec.name, "--format", "sarif")[0])
    assert [result["ruleId"] for result in run["results"]] == [row[4] for row in said]
    out, _ = linted(capsys, spec.name, "--format", "github")
    assert re.findall(r"(?m)^::.*title=([\w-]+)::", out) == [row[4] for row in said]
    assert len(out.splitlines()) == len(said)


HOSTILE = (
    "%0A::error::x",
    "\n::add-mask::x",
    "\r\n::stop-commands::x",
    "::set-env name=A::b",
    "##[error]x",
    ",file=other.yaml",
    "[here](https://example.com) {0}",
    "\x1b[31m\x07",
    "<script>",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_are_text_in_every_format(
    text: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    schema = {"type": "object", text: 1, "required": [text, text], "title": text}
    schema["properties"] = {text: {"type": text, "default": text, "enum": [text, text]}}
    Path("spec.json").write_text(json.dumps(schema), "utf-8")
    out, _ = linted(capsys, "spec.json", "--format", "github", code=1)
    for line in out.splitlines():
        match = re.fullmatch(
            r"::(?:error|warning|notice) file=spec\.json,line=\d+,col=\d+,"
            r"title=[a-z-]+::(.*)",
            line,
        )
        assert match, line
        assert not re.search(r"%(?!25|0A|0D)|##\[|[\x00-\x1f]", match[1])
    out, _ = linted(capsys, "spec.json", "--format", "sarif", code=1)
    for result in sarif(out)["results"]:
        message = result["message"]["text"]
        assert not re.search(r"(?<!\\)\]\(|(?<!\{)\{\d", message)
    out, _ = linted(capsys, "spec.json", "--format", "json", code=1)
    assert any(text in item["message"] for item in json.loads(out)["diagnostics"])
    for form in ("text", "json", "sarif"):
        for stream in linted(capsys, "spec.json", "--format", form):
            assert "\x1b" not in stream
            assert not re.search(r"(?m)^ *::|##\[", stream)


def test_paths_are_relative_to_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "apis" / "a b#%"
    folder.mkdir(parents=True)
    (tmp_path / "spec.json").write_text('{"type": "strng"}')
    (folder / "own.json").write_text('{"type": "strng"}')
    monkeypatch.chdir(folder)
    args = ("../../spec.json", "own.json", "--format")
    out, _ = linted(capsys, *args, "github", code=1)
    assert re.findall("file=([^,]*),", out) == ["spec.json", "apis/a b#%25/own.json"]
    out, _ = linted(capsys, *args, "sarif", code=1)
    assert [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in sarif(out)["results"]
    ] == ["spec.json", "apis/a%20b%23%25/own.json"]


def test_an_entry_meets_each_of_its_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What `--format json` says of a problem's place is what an entry may say of it."""
    monkeypatch.chdir(tmp_path)
    Path("apis").mkdir()
    Path("apis/spec.yaml").write_text(
        "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n"
        "  schemas:\n    Pair:\n      type: object\n      properties:\n"
        "        one:\n          type: integer\n          default: a\n"
        "        two: {type: integer, default: b}\n"
    )
    out, _ = linted(capsys, "apis/spec.yaml", "--format", "json", code=1)
    one, _two = json.loads(out)["diagnostics"]
    assert (one["schema"], one["file"]) == ("Pair", "apis/spec.yaml")
    assert one["pointer"] == "/components/schemas/Pair/properties/one/default"
    entry = {"rule": one["code"], "expires": "2030-01-01", "reason": "so"}
    for where, left in (
        ({"pointer": one["pointer"]}, 1),
        ({"pointer": "/properties/one/default", "schema": "Pair"}, 1),
        ({"pointer": "/properties/one/default", "schema": "Other"}, 2),
        ({"pointer": "/properties/one"}, 2),
        ({"schema": "Pair"}, 0),
        ({"file": "spec.yaml"}, 0),
        ({"file": "apis/spec.yaml"}, 0),
        ({"file": "pec.yaml"}, 2),
        ({}, 0),
    ):
        Path("accepted.json").write_text(json.dumps([{**entry, **where}]))
        args = ("--ignore", "accepted.json", "--today", "2029-12-31")
        _, err = linted(capsys, "apis/spec.yaml", *args, code=1 if left else 0)
        assert err.count("error[invalid-default]") == left, where
        assert ("stale-ignore" in err) is (left == 2)
