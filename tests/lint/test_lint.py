"""Each folder is a specification and all that `lint` says about it.

`expect.txt` is rewritten with `UPDATE_EXPECTATIONS=1` (`tests/expectations.py`). A case
with `expect-asserted.txt` is also examined with `--assert-formats`.
"""

from __future__ import annotations

import ast
import json
import re
import time
from pathlib import Path

import pytest

from codegen import frontend
from codegen.diagnostics import CODES, Report
from codegen.flows.lint import lint
from codegen.flows.reading import NOTHING, Asked
from codegen.linter import RULES, reference, run
from tests.corpus_paths import OPENAI, require
from tests.expectations import expect
from tests.sweeps import LONG

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CASES = sorted(path.name for path in HERE.iterdir() if list(path.glob("spec.*")))


def check(path: Path, asked: Asked = NOTHING) -> Report:
    report = Report()
    lint([path], report, asked)
    return report


@pytest.mark.parametrize("case", CASES)
def test_case(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE / case)
    (spec,) = (HERE / case).glob("spec.*")
    lines = [f"{diagnostic}\n" for diagnostic in check(Path(spec.name))]
    expect("".join(lines), HERE / case / "expect.txt")
    asserted = HERE / case / "expect-asserted.txt"
    if asserted.exists():
        asked = Asked(assert_formats=True)
        lines = [f"{diagnostic}\n" for diagnostic in check(Path(spec.name), asked)]
        expect("".join(lines), asserted)


def test_a_payload_of_another_language_is_no_unreadable_document(
    tmp_path: Path,
) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text(
        "asyncapi: 3.0.0\ninfo: {title: t, version: '1'}\n"
        "components: {messages: {m: {payload: {schemaFormat: "
        "application/vnd.apache.avro, schema: {type: record}}}}}\n"
    )
    report = Report()
    assert lint([spec], report).readable
    assert [str(item.code) for item in report] == ["no-schemas", "dialect"]


def test_every_code_is_shown_by_a_case() -> None:
    said = "".join(path.read_text("utf-8") for path in HERE.rglob("expect.txt"))
    assert not [code for code in RULES if f"[{code}]" not in said]


SAYING = ("Problem", "Unavailable", "Unreadable", "Unresolved", "_problem", "add")
SAYING += ("dropped", "problem", "refuse", "refused", "remark")
NOT_LINT = {
    *("golden", "python", "output.py", "plans.py", "ir", "samples", "compat"),
    "flavoured.py",
}


def test_every_code_that_can_be_said_is_documented() -> None:
    """Every text that is shaped like a code and is given first to what reports."""
    said = set()
    for path in sorted((ROOT / "codegen").rglob("*.py")):
        if not NOT_LINT.isdisjoint(path.relative_to(ROOT / "codegen").parts):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id=name) | ast.Attribute(attr=name),
                    args=[ast.Constant(value=str() as code), _, *_],
                ) if name in SAYING and re.fullmatch("[a-z]+(-[a-z]+)*", code):
                    said.add(code)
                case _:
                    pass
    assert len(said) > 30
    assert said - {*CODES, *RULES} == set()


def test_documentation_is_current() -> None:
    expect(reference(), ROOT / "docs/lint-codes.md")
    text = (ROOT / "docs/lint-codes.md").read_text("utf-8")
    assert all(f"`{code}`" in text for code in (*CODES, *RULES))


def test_linting_twice_says_the_same() -> None:
    path = HERE / "unions" / "spec.yaml"
    assert [str(item) for item in check(path)] == [str(item) for item in check(path)]


def test_hostile_sizes_take_bounded_time(tmp_path: Path) -> None:
    branches = ", ".join(f'{{"maxLength": {n}}}' for n in range(1500))
    chain = ", ".join(
        f'"c{n}": {{"required": ["x"], "allOf": [{{"$ref": "#/$defs/c{n + 1}"}}]}}'
        for n in range(90)
    )
    text = "between 0 and " * 1400 + "up to 1,000,000 " * 20
    spec = tmp_path / "spec.json"
    last = f'{{"type": "number", "description": "{text}"}}'
    spec.write_text(
        f'{{"oneOf": [{branches}], "description": "{text}", "$ref": "#/$defs/c0",'
        f' "$defs": {{{chain}, "c90": {last}}}}}'
    )
    start = time.process_time()
    check(spec)
    assert time.process_time() - start < 10


def test_realtime_examples_of_february_2025() -> None:
    path = require(OPENAI / "openapi-2025-02-10.yaml")
    report = Report()
    options = frontend.Options(include=("Realtime*",))
    run(frontend.load(path, options, report), report)
    broken = [d for d in report if d.code == "invalid-example"]
    lines = path.read_text("utf-8").split("\n")
    where = [lines[diagnostic.span.line - 1].strip() for diagnostic in broken]
    assert where == ["example: |"] * 7


def test_a_large_specification_takes_seconds() -> None:
    report = Report()
    date = "2026-08-14" if LONG else "2025-02-10"
    path = require(OPENAI / f"openapi-{date}.yaml")
    loaded = frontend.load(path, frontend.Options(), report)
    start = time.process_time()
    run(loaded, report)
    assert time.process_time() - start < 12  # 1.5 s on an idle machine.


def test_what_generate_refuses_is_not_worked_on(tmp_path: Path) -> None:
    chain = {f"c{n}": {"$ref": f"#/$defs/c{n + 1}"} for n in range(5_000)}
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps({"$ref": "#/$defs/c0", "$defs": {**chain, "c5000": {}}}))
    start = time.process_time()
    report = check(spec)
    assert time.process_time() - start < 10
    assert [item.code for item in report] == ["too-large"]


def test_a_limit_of_the_whole_specification_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("codegen.source.workspace.MAX_DOCUMENTS", 20)
    names = [f"S{n}" for n in range(60)]
    for name in names:
        (tmp_path / f"{name}.json").write_text('{"type": "string"}')
    schemas = ", ".join(f'"{n}": {{"$ref": "{n}.json"}}' for n in names)
    spec = tmp_path / "spec.json"
    spec.write_text(
        '{"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {},'
        f' "components": {{"schemas": {{{schemas}}}}}}}'
    )
    errors = [str(item) for item in check(spec) if "documents" in item.message]
    assert len(errors) == 1
    assert "error[too-large]: more than 20 documents" in errors[0]
