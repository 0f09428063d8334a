"""Nothing of a document is passed over in silence, in no format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from codegen import cli
from codegen.compat import Comparison, Verdict, compare
from codegen.compat.report.places import Sides
from codegen.compat.report.render import render
from codegen.diagnostics import Report
from codegen.frontend import Loaded, Options, load
from tests.memory import MemoryReader


def read(text: str) -> Loaded:
    reader = MemoryReader({"spec.yaml": text})
    return load("spec.yaml", Options(interface=True), Report(), reader=reader)


def compared(old: str, new: str) -> Comparison:
    return compare(read(old).module, read(new).module)


OPENAPI = """\
openapi: 3.0.3
info: {title: T, version: 1.0.0}
paths:
  /things:
    get:
      parameters: [{name: limit, in: query, schema: {type: integer}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}
components:
  schemas:
    Thing: {type: object, properties: {id: {type: string}}}
"""  # noqa: E501

ASYNCAPI = """\
asyncapi: 3.0.0
info: {title: T, version: 1.0.0}
channels:
  a: {address: a, messages: {one: {payload: {type: string}}}}
  b: {address: b, messages: {two: {payload: {type: integer}}}}
operations:
  send: {action: send, channel: {$ref: '#/channels/a'}}
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("schema: {type: integer}", "schema: {type: whole}"),
        ("{type: string}", "{type: text}"),
        ("{$ref: '#/components/schemas/Thing'}", "{$ref: '#/components/schemas/No'}"),
        ("{$ref: '#/components/schemas/Thing'}", "{$ref: 'elsewhere.yaml#/Thing'}"),
        ("{name: limit, in: query,", "{name: limit,"),
        ("type: object,", "type: object, required: true,"),
        ("type: object,", "type: object, frozen: {name: t},"),
        ("    get:\n", "    get:\n      cacheable: true\n"),
        ("openapi: 3.0.3\n", "openapi: 3.0.3\nwarranty: none\n"),
    ],
)
def test_what_nobody_judges_is_unknown(old: str, new: str) -> None:
    assert old in OPENAPI
    comparison = compared(OPENAPI, OPENAPI.replace(old, new, 1))
    found = [f for f in comparison.findings if f.rule == "not-compared"]
    assert found
    assert all(f.reason and (f.old or f.new) for f in found)
    assert comparison.verdict in (Verdict.UNKNOWN, Verdict.BREAKING)
    assert comparison.bump == "major"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("schema: {type: integer}", "x-a: 1, schema: {type: integer}"),
        ("schema: {type: integer}", "example: 3, schema: {type: integer}"),
        ("/schemas/Thing'}", "/schemas/Thing', description: d}"),
        ("    get:\n", "    get:\n      operationId: getThings\n"),
        ("    get:\n", "    summary: Things.\n    get:\n"),
        ("{type: string}", "{type: string, format: uuid}"),
        ("version: 1.0.0", "version: 1.0.1"),
        ("openapi: 3.0.3\n", "openapi: 3.0.3\ntags: [{name: things}]\n"),
        ("  schemas:\n", "  examples: {one: {value: 1}}\n  schemas:\n"),
    ],
)  # fmt: skip
def test_words_ask_for_a_patch(old: str, new: str) -> None:
    assert old in OPENAPI
    comparison = compared(OPENAPI, OPENAPI.replace(old, new, 1))
    assert comparison.verdict is Verdict.COMPATIBLE
    assert comparison.bump == "patch"


def test_what_a_broken_document_leaves_open_is_the_same_in_both() -> None:
    broken = OPENAPI.replace("{type: string}", "{type: text}")
    assert compared(broken, broken).verdict is Verdict.IDENTICAL


FORMATS = ("text", "markdown", "html")


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_shows_every_finding(form: str) -> None:
    new = ASYNCAPI.replace(
        "  b: {address: b, messages: {two: {payload: {type: integer}}}}\n", ""
    )
    new = new.replace(
        "info: {title: T, ",
        "servers: {eu: {host: a.example, protocol: ws}}\ninfo: {title: T, ",
    )
    new = new.replace("address: a,", "address: c,")
    old, new_loaded = read(ASYNCAPI), read(new)
    comparison = compare(old.module, new_loaded.module)
    assert {f.direction for f in comparison.findings} >= {None}
    sides = Sides(old.workspace, new_loaded.workspace)
    text = render(comparison, form, sides)
    for finding in comparison.findings:
        assert finding.rule in text, finding


def write(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


def test_operation_and_direction_in_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = write(tmp_path, "old.yaml", OPENAPI)
    text = OPENAPI.replace("type: integer}", "type: integer, maximum: 9}")
    text = text.replace("paths:", "servers: [{url: 'https://b.example'}]\npaths:")
    new = write(tmp_path, "new.yaml", text)
    assert cli.main(["diff", old, new, "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    shown = {f["rule"]: (f["operation"], f["direction"]) for f in data["findings"]}
    assert shown == {
        "maximum-decreased": ("GET /things", "client_to_server"),
        "server-changed": (None, None),
    }


def test_an_unknown_verdict_says_how_to_fail_on_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = write(tmp_path, "old.yaml", OPENAPI)
    new = write(
        tmp_path, "new.yaml", OPENAPI.replace("    get:\n", "    get:\n      a: 1\n")
    )
    assert cli.main(["diff", old, new]) == 0
    assert "--fail-on unknown" in capsys.readouterr().err
    assert cli.main(["diff", old, new, "--fail-on", "unknown"]) == 1


def test_copies_are_identical_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = (write(tmp_path, name, OPENAPI) for name in ("old.yaml", "new.yaml"))
    assert cli.main(["diff", old, new, "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["verdict"], data["judged"]) == ("identical", 0)


def test_copies_that_refer_to_other_files_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = OPENAPI.replace("'#/components/schemas/Thing'", "'thing.yaml#/Thing'")
    names = []
    for folder, kind in (("a", "string"), ("b", "integer")):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder, "thing.yaml", f"Thing: {{type: {kind}}}\n")
        names.append(write(tmp_path / folder, "spec.yaml", text))
    assert cli.main(["diff", *names, "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["verdict"] == "breaking"


def test_a_broken_copy_is_bad_input(tmp_path: Path) -> None:
    path = write(tmp_path, "old.yaml", "openapi: [")
    assert cli.main(["diff", path, path]) == 2
