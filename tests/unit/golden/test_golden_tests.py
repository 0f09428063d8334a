"""The golden tests of a generated package: that they pass, bite, and can be updated."""

from __future__ import annotations

import importlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from codegen import cli, golden, python, workers
from codegen.diagnostics import Report
from codegen.frontend import Options, load
from codegen.golden import author, documents
from codegen.golden.author import ALL
from codegen.golden.machinery.shortened import opened
from codegen.golden.schemas import ONE, SchemaWriter
from codegen.memory import imported
from tests.corpus_paths import ROOT

SPEC = ROOT / "benchmarks" / "every-keyword.yaml"
INCLUDE = ("Numbers", "Strings")


def written(folder: Path, package: str = "sdk") -> Path:
    """A package with its golden tests, on disk."""
    report = Report()
    loaded = load(SPEC, Options(include=INCLUDE), report)
    settings = python.Settings(package=package)
    decided = python.decide(loaded.module, settings)
    files = list(python.package_files(decided))
    tests = golden.test_files(decided, files, {}, report, loaded.span)
    assert not report.failed, list(report)
    for file in [*files, *tests]:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("package"))


def run(folder: Path, *options: str, ci: bool = False) -> tuple[int, str]:
    """Exit code and output of the golden tests."""
    environment = {k: v for k, v in os.environ.items() if k != "CI"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "--rootdir", str(folder), *options, "tests/sdk"],
        cwd=folder,
        env=environment | ({"CI": "1"} if ci else {}),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("mode", ["prepend", "importlib"])
def test_tests_of_two_packages_run_side_by_side(
    tmp_path: Path, package: Path, mode: str
) -> None:
    """Each has its machinery, its golden files and its package under test."""
    shutil.copytree(package, tmp_path, dirs_exist_ok=True)
    written(tmp_path, "other")
    wider = ('"minLength": 1, "maxLength": 3', '"minLength": 1, "maxLength": 4')
    edit(tmp_path / "other" / "_constraints.py", *wider)
    path = tmp_path / "tests" / "sdk" / "golden" / "Strings.json"
    edit(path, '"repr": "Strings(', '"repr": "Wrong(')
    options = (f"--import-mode={mode}", "-k", "Strings", "tests/other")
    code, output = run(tmp_path, *options)
    assert code == 1
    failed = set(re.findall(r"FAILED tests/(\w+)/test_golden_\w+.py::(\w+)", output))
    assert failed == {("other", "test_schema"), ("sdk", "test_schema")}
    run(tmp_path, "--update-golden", *options)
    assert '"repr": "Wrong(' not in path.read_text("utf-8")


def test_a_failure_shows_what_was_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the machinery says nothing of its own."""
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    folder = written(tmp_path)
    path = folder / "tests" / "sdk" / "_golden_sdk" / "classes.py"
    edit(path, "assert refuses_depth(sdk)", 'assert record["schema"] == "nothing"')
    code, output = run(folder, "-k", "test_schema")
    assert code == 1
    assert "assert 'Strings' == 'nothing'" in output


@pytest.mark.parametrize("naive", ["all", "some"])
def test_golden_files_are_the_same_whoever_writes_them(
    package: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    naive: str,
) -> None:
    """On three cores or one, with a second opinion on every document or on some."""
    monkeypatch.setenv(ALL, naive)
    monkeypatch.setattr(author, "_LEAST", 1)
    monkeypatch.setattr(workers, "_cores", lambda: 3)
    monkeypatch.setattr(workers, "_can_fork", lambda: hasattr(os, "fork"))
    written(tmp_path)
    for path in sorted((package / "tests" / "sdk" / "golden").iterdir()):
        again = tmp_path / path.relative_to(package)
        assert again.read_text("utf-8") == path.read_text("utf-8")


def test_a_golden_file_depends_on_no_other_schema() -> None:
    loaded = load(SPEC, Options(include=("*",)), Report())
    decided = python.decide(loaded.module, python.Settings(package="sdk"))
    names = [*loaded.module.names][:12]
    with imported("sdk", python.package_files(decided)) as sdk:
        writers = [SchemaWriter(decided, sdk, None, whole=False) for _ in range(2)]
        one, other = (writer.limited(ONE) for writer in writers)
        assert [one([name]) for name in names] == [
            *reversed([other([name]) for name in reversed(names)])
        ]


TWINS = """
openapi: 3.1.0
info: {title: t, version: '1'}
paths: {}
components:
  schemas:
    Cat: &cat
      type: object
      description: One of them.
      required: [name]
      properties:
        name: {type: string, minLength: 1, examples: [Tom]}
        owner: {$ref: '#/components/schemas/Owner'}
        home:
          type: object
          properties: {rooms: {type: integer, maximum: 9}}
    BetaCat:
      <<: *cat
      title: Another
      properties:
        name: {type: string, minLength: 1, examples: [Tom]}
        owner: {$ref: '#/components/schemas/BetaOwner'}
        home:
          type: object
          properties: {rooms: {type: integer, maximum: 9}}
    Kin: {type: object, properties: {of: {$ref: '#/components/schemas/Kin'}}}
    BetaKin: {type: object, properties: {of: {$ref: '#/components/schemas/BetaKin'}}}
    Mixed: {type: object, properties: {of: {$ref: '#/components/schemas/Kin'}}}
    Owner: {type: [string, 'null'], maxLength: 3}
    BetaOwner: {type: [string, 'null'], maxLength: 3}
    One: {const: 1}
    Float: {const: 1.0}
    Shown: {type: string, maxLength: 3, examples: [a]}
    Other: {type: string, maxLength: 3, examples: [b]}
"""


def test_schemas_that_are_alike_are_judged_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written is the same as if each had been judged by itself."""
    path = tmp_path / "twins.yaml"
    path.write_text(TWINS)
    loaded = load(path, Options(), Report())
    decided = python.decide(loaded.module, python.Settings(package="sdk"))
    judged: list[str] = []
    of = documents.Author.of

    def counted(self: documents.Author, name: str) -> documents.SchemaTests:
        judged.append(name)
        return of(self, name)

    monkeypatch.setattr(documents.Author, "of", counted)
    with imported("sdk", python.package_files(decided)) as sdk:
        writer = SchemaWriter(decided, sdk, None, whole=False)
        together = writer.alike(loaded.module.names)
        assert together == [
            ["Cat", "BetaCat"],
            *(["Kin", "BetaKin"], ["Mixed"], ["Owner", "BetaOwner"]),
            *(["One"], ["Float"], ["Shown"], ["Other"]),
        ]
        write = writer.limited(ONE)
        texts = [file.text for names in together for file in write(names)]
        assert judged == [names[0] for names in together]
        alone = [write([name])[0].text for names in together for name in names]
        assert texts == alone


def test_code_of_each_of_those_that_are_alike_is_held_against_the_validator(
    tmp_path: Path,
) -> None:
    """What was found out about one says nothing of the functions of the other."""
    path = tmp_path / "twins.yaml"
    path.write_text(TWINS)
    loaded = load(path, Options(), Report())
    decided = python.decide(loaded.module, python.Settings(package="sdk"))
    with imported("sdk", python.package_files(decided)) as sdk:
        writer = SchemaWriter(decided, sdk, None, whole=False)
        checks = importlib.import_module(f"{sdk.__name__}._checks")
        checks.valid_BetaOwner = lambda value: False  # type: ignore[attr-defined]
        one, other = writer.limited(ONE)(["Owner", "BetaOwner"])
    assert not one.problems
    assert any("the generated code" in message for _, message in other.problems)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_they_pass(package: Path) -> None:
    code, output = run(package)
    assert code == 0, output


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            '"minLength": 1, "maxLength": 3',
            '"minLength": 1, "maxLength": 4',
            ("Strings: /short", "[['/short', 'maxLength']]"),
        ),
        ('"minimum":', '"maximum":', ("/price", "[['/price', 'minimum']]")),
        # Said twice.
        (
            '"required": ("code",',
            '"required": ("code", "code",',
            ("Strings: /code", "expected [['', 'required']]"),
        ),
    ],
)
def test_a_wrong_hand_edit_is_named(
    tmp_path: Path, old: str, new: str, told: tuple[str, ...]
) -> None:
    folder = written(tmp_path)
    edit(folder / "sdk" / "_constraints.py", old, new)
    code, output = run(folder)
    assert code == 1
    for part in told:
        assert part in output


def test_update_rewrites_and_shows_a_diff(tmp_path: Path) -> None:
    folder = written(tmp_path)
    path = folder / "tests" / "sdk" / "golden" / "Strings.json"
    sound = path.read_text("utf-8")
    edit(path, '"repr": "Strings(', '"repr": "Wrong(')
    code, output = run(folder)
    assert code == 1
    assert "recorded is" in output
    code, output = run(folder, "--update-golden")
    assert code == 0, output
    assert "-  " in output
    assert "+  " in output
    assert "Wrong(" in output
    assert path.read_text("utf-8") == sound


def test_update_refuses_under_ci(package: Path) -> None:
    code, output = run(package, "--update-golden", ci=True)
    assert code != 0
    assert "CI" in output


def test_update_leaves_violations_alone(tmp_path: Path) -> None:
    folder = written(tmp_path)
    edit(folder / "sdk" / "_constraints.py", '"minimum":', '"maximum":')
    path = folder / "tests" / "sdk" / "golden" / "Numbers.json"
    before = path.read_text("utf-8")
    code, _ = run(folder, "--update-golden")
    assert code == 1
    assert path.read_text("utf-8") == before


def test_the_same_input_gives_the_same_files(tmp_path: Path, package: Path) -> None:
    again = written(tmp_path)
    for path in sorted(package.rglob("tests/sdk/golden/*.json")):
        assert (again / path.relative_to(package)).read_bytes() == path.read_bytes()


def test_a_difference_of_opinion_fails_generation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def generous(*_: object) -> bool:
        return True

    monkeypatch.setattr(documents.Author, "_accepts", generous)
    report = Report()
    loaded = load(SPEC, Options(include=("Strings",)), report)
    settings = python.Settings(package="sdk")
    decided = python.decide(loaded.module, settings)
    files = list(python.package_files(decided))
    golden.test_files(decided, files, {}, report, loaded.span)
    assert report.failed
    messages = [d.message for d in report if d.code == "oracle"]
    assert any("finds it valid" in message for message in messages)
    assert all("independent validator finds" in message for message in messages)
    assert all(d.span.line > 0 for d in report if d.code == "oracle")


def made(schemas: dict[str, object], folder: Path) -> dict[str, dict[str, Any]]:
    """The golden files of a specification with these schemas, by their names."""
    spec = folder / "spec.json"
    document = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    }
    spec.write_text(json.dumps(document))
    report = Report()
    loaded = load(spec, Options(), report)
    settings = python.Settings(package="sdk")
    decided = python.decide(loaded.module, settings)
    files = list(python.package_files(decided))
    tests = golden.test_files(decided, files, {}, report, loaded.span)
    assert not report.failed, list(report)
    return {
        Path(file.path).stem: opened(json.loads(file.text))
        for file in tests
        if file.path.endswith(".json")
    }


def test_a_branch_may_take_what_the_closest_one_refuses(tmp_path: Path) -> None:
    """Without `parts`, a drawing is closest to `Group` still, and a `Line` in full."""

    def shape(kind: str, *required: str, **properties: object) -> dict[str, object]:
        found = {"kind": {"const": kind}, "note": {"type": "string"}, **properties}
        return {"type": "object", "required": ["kind", *required], "properties": found}

    texts = {"type": "array", "items": {"type": "string"}}
    schemas = {
        "Line": shape("drawn"),
        "Group": shape("drawn", "parts", parts=texts, labels=texts),
        "Typed": shape("typed"),
        "Spoken": shape("spoken"),
    }
    branches = [{"$ref": f"#/components/schemas/{name}"} for name in schemas]
    records = made({**schemas, "Input": {"anyOf": branches}}, tmp_path)
    tags = [event["name"] for event in records["Input.events"]["events"]]
    assert tags == ["typed", "spoken", "drawn/Line", "drawn/Group"]
    arguments = ["generate", str(tmp_path / "spec.json"), "--package", "sdk"]
    assert cli.main([*arguments, "--output", str(tmp_path)]) == 0
    code, output = run(tmp_path, "-k", "test_event")
    assert code == 0, output


def test_objects_inside_a_document_have_violations_of_their_own(tmp_path: Path) -> None:
    def branch(name: str) -> dict[str, object]:
        return {
            "type": "object",
            "required": [name],
            "properties": {name: {"type": "string"}},
        }

    union = {"oneOf": [branch("left"), branch("right")]}
    record = made({"A": {"type": "object", "properties": {"u": union}}}, tmp_path)["A"]
    both = {"left": "", "right": ""}
    cases = [case for case in record["cases"] if both in case.get("values", ())]
    assert [(case["violations"], case["objects"]) for case in cases] == [
        ([["/u", "oneOf: several"]], {"/u": []})
    ]
    assert record["refused"]["AUObject"] == [
        {"value": {}, "violations": [["", "required"]]},
        {"value": [], "violations": [["", "type"]]},
    ]


def test_a_property_may_have_no_name(tmp_path: Path) -> None:
    schema = {
        "type": "object",
        "required": [""],
        "properties": {"": {"type": "integer", "maximum": 9}},
    }
    cases = made({"A": schema}, tmp_path)["A"]["cases"]
    found = {(case["at"], repr(case["violations"])) for case in cases}
    assert ("/", "[['/', 'maximum']]") in found
    assert ("/", "[['/', 'type']]") in found
    assert ("/", "[['', 'required']]") in found


def test_golden_files_name_the_examples_that_break_their_schema(
    tmp_path: Path,
) -> None:
    schema = {"type": "object", "properties": {"n": {"type": "integer"}}}
    record = made({"A": {**schema, "examples": [{"n": None}, {"n": 1}]}}, tmp_path)["A"]
    by_name = {entry["name"]: entry for entry in record["documents"]}
    assert by_name["example 1"]["violations"] == [["/n", "type"]]
    assert by_name["example 1"]["json"] == '{"n":null}'
    assert "violations" not in by_name["example 2"]
    assert record["documents"][-1]["name"] == "example 1"


def test_facts_of_members_go_by_the_names_that_classes_give_them(
    tmp_path: Path,
) -> None:
    told = {"class": 1, "class_": 2, "name": 3, "name_": 4, "name__": 5, "s": 6}
    schema = {"type": "string", "enum": ["a", "b"], "x-enum-metadata": {"a": told}}
    facts = made({"E": schema}, tmp_path)["E"]["facts"]["a"]
    assert facts == {
        "class__0889": 1,
        "class_": 2,
        "name__82a3": 3,
        "name_": 4,
        "name__": 5,
        "s": 6,
    }
    arguments = ["generate", str(tmp_path / "spec.json"), "--package", "sdk"]
    assert cli.main([*arguments, "--output", str(tmp_path)]) == 0
    models = (tmp_path / "sdk" / "models.py").read_text("utf-8")
    assert re.findall(r"def (\w+)\(self\)", models) == list(facts)


def test_documents_that_look_alike_have_names_of_their_own(tmp_path: Path) -> None:
    schema = {"enum": [1, "1", True, "True", "1 (2)", None, "None"]}
    documents = made({"E": schema}, tmp_path)["E"]["documents"]
    assert len({entry["name"] for entry in documents}) == len(documents) == 7
    assert [entry["value"] for entry in documents] == schema["enum"]
