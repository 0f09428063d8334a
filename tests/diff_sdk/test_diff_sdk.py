"""Each folder holds two versions of a specification and what changes from the package
of one to that of the other.

`expect.json` is rewritten with `UPDATE_EXPECTATIONS=1` (`tests/expectations.py`). What
is expected is held against the code that is generated, too.
"""

from __future__ import annotations

import ast
import functools
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from codegen import compat, frontend, python, sdk_changes
from codegen.artifact import printed
from codegen.compat.programs import Kind, ProgramChange
from codegen.diagnostics import Report
from codegen.flows import diff, pairs
from codegen.ir import model as ir
from codegen.python.files import plain_parts
from tests.expectations import expect

HERE = Path(__file__).parent
CASES = sorted(path.parent.name for path in HERE.glob("*/old.yaml"))
MORE = sorted(path.parent for path in (HERE.parent / "diff").glob("*/old.yaml"))
"""Pairs whose comparison on the wire is tested elsewhere."""

SURE = [HERE / case for case in CASES if case != "cannot-be-generated"]


def compared(case: str, monkeypatch: pytest.MonkeyPatch) -> compat.Comparison:
    monkeypatch.chdir(HERE / case)
    pair = pairs.load_pair("old.yaml", "new.yaml", Report())
    assert pair is not None
    return diff.compare(pair, assume_open=False)


@pytest.mark.parametrize("case", CASES)
def test_case(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = compared(case, monkeypatch)
    programs = found.programs
    assert programs is not None
    data = {
        "bump": found.bump,
        "sdk": programs.bump,
        "release": found.release,
        "reason": programs.reason,
        "changes": [shown(change) for change in programs.changes],
    }
    text = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    expect(text, HERE / case / "expect.json")


def shown(change: ProgramChange) -> ir.Json:
    types = f" ({' → '.join(change.types)})" if change.types else ""
    name = f"{change.kind.value}: {change.old} → {change.new}{types}"
    return f"{name}: {change.advice}" if change.kind.breaks else name


def test_every_kind_has_a_case() -> None:
    expected = "".join(
        (HERE / case / "expect.json").read_text("utf-8") for case in CASES
    )
    missing = {kind.value for kind in Kind if f'"{kind.value}: ' not in expected}
    assert missing == set()


def test_every_kind_is_documented() -> None:
    page = (HERE.parents[1] / "docs" / "sdk-changes.md").read_text("utf-8")
    assert {kind.value for kind in Kind if f"`{kind.value}`" not in page} == set()


# --- the same as what is generated --------------------------------------------------


@functools.cache
def package(path: Path) -> python.Package:
    report = Report()
    loaded = frontend.load(path, frontend.Options(), report)
    return python.decide(loaded.module, python.Settings(package="shop"))


@functools.cache
def changes(folder: Path) -> tuple[ProgramChange, ...]:
    old, new = package(folder / "old.yaml"), package(folder / "new.yaml")
    partner = compat.compare(old.module, new.module).partner
    return sdk_changes.compare(old, new, partner)


@functools.cache
def written(path: Path) -> Mapping[str, Mapping[str, str]]:
    """What the module of the models defines, with the attributes of each class and
    the text of their annotations."""
    made = (file for part in plain_parts(package(path)) for file in part())
    (models,) = printed([next(f for f in made if f.path.endswith("/models.py"))])
    found: dict[str, dict[str, str]] = {}
    for node in ast.parse(models.text).body:
        match node:
            case ast.ClassDef():
                found[node.name] = dict(attributes(node))
            case ast.AnnAssign(target=ast.Name(name)):
                found[name] = {}
            case _:
                pass
    return {name: own for name, own in found.items() if not name.startswith("_")}


def attributes(node: ast.ClassDef) -> list[tuple[str, str]]:
    found = []
    for inner in node.body:
        match inner:
            case ast.AnnAssign(target=ast.Name(name), annotation=of):
                found.append((name, ast.unparse(of)))
            case ast.Assign(targets=[ast.Name(name)]):
                found.append((name, ""))
            case ast.FunctionDef(name=name):
                found.append((name, ""))
            case _:
                pass
    return found


FOLDERS = [*SURE, *MORE]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_names_that_went_and_came_are_those_of_the_generated_code(
    folder: Path,
) -> None:
    old, new = written(folder / "old.yaml"), written(folder / "new.yaml")
    found = changes(folder)
    left = {c.old for c in found if c.kind in LEAVING}
    assert old.keys() - new.keys() <= left <= set(old)
    came = {c.new for c in found if c.kind in COMING}
    assert new.keys() - old.keys() <= came <= set(new)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_what_differs_in_a_class_is_said(folder: Path) -> None:
    """Of classes that bear the same name, and are still the same."""
    old, new = written(folder / "old.yaml"), written(folder / "new.yaml")
    found = changes(folder)
    others = {c.old for c in found if c.kind in LEAVING}
    others |= {c.old for c in found if c.kind is Kind.KIND_CHANGED}
    said = {name for c in found for name in (c.old, c.new)}
    for name in old.keys() & new.keys() - others:
        for each in old[name].keys() ^ new[name].keys():
            assert f"{name}.{each}" in said


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_a_package_is_the_same_as_itself(folder: Path) -> None:
    for version in ("old.yaml", "new.yaml"):
        own = package(folder / version)
        every = {i: i for i in own.module.schemas}
        assert sdk_changes.compare(own, own, every) == ()
        assert sdk_changes.compare(own, own, {}) == ()


LEAVING = {
    Kind.CLASS_REMOVED,
    Kind.CLASS_RENAMED,
    Kind.ALIAS_REMOVED,
    Kind.ALIAS_RENAMED,
}
COMING = {Kind.CLASS_ADDED, Kind.CLASS_RENAMED, Kind.ALIAS_ADDED, Kind.ALIAS_RENAMED}
