"""Code of pieces that an earlier run has written is not written again, and is what it
would be."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from codegen import frontend, python
from codegen.artifact import Follows, Unprinted, printed
from codegen.diagnostics import CodegenError, Report
from codegen.python.asked import Piece, Written
from codegen.python.checks import module as checks_module
from codegen.python.checks.context import Checks
from codegen.python.followed import digest
from codegen.python.logic import Logic, followed
from tests.corpus_paths import ROOT
from tests.property.edits import Spec, edited, in_pieces, read
from tests.sweeps import many

EVERY_KEYWORD: Final = ROOT / "benchmarks" / "every-keyword.yaml"
EDITS: Final = many(4, 300)

SPEC: Final[Spec] = {
    "openapi": "3.1.0",
    "info": {"title": "Zoo", "version": "1"},
    "components": {
        "schemas": {
            "Ant": {"type": "object", "properties": {"legs": {"minimum": 6}}},
            "Bee": {"type": "object", "properties": {"ant": {"$ref": "#/x/Ant"}}},
            "Cow": {"type": "object", "properties": {"bee": {"$ref": "#/x/Bee"}}},
        }
    },
}


class Kept:
    """What earlier runs have left, as it comes out of a file."""

    active = True

    def __init__(self) -> None:
        self.parts: dict[str, tuple[str, str]] = {}

    def get(self, name: str, key: str) -> Any:
        """What is known."""
        found = self.parts.get(name)
        return json.loads(found[1]) if found and found[0] == key else None

    def keep(self, name: str, key: str, value: Any = None) -> None:
        """Have something kept."""
        if value is not None:
            self.parts[name] = key, json.dumps(value)


def decided(spec: Spec, path: Path) -> python.Package:
    text = json.dumps(spec).replace("#/x/", "#/components/schemas/")
    path.write_text(text, "utf-8")
    loaded = frontend.load(path, frontend.Options(lenient=True), Report())
    return python.decide(loaded.module, python.Settings("sdk"))


def code(package: python.Package, logic: Logic) -> dict[tuple[str, str], list[str]]:
    """The code of each kind and piece."""
    found: dict[tuple[str, str], list[str]] = {}
    groups = {"codec": logic.codec_groups, "checks": logic.checks_groups}
    for kind, placed in groups.items():
        for owner, group in placed:
            piece = package.pieces.piece(owner)
            found.setdefault((kind, piece), []).append(repr(group))
    return found


def test_known_code_is_what_it_would_be(tmp_path: Path) -> None:
    rng, kept = random.Random(3), Kept()
    spec, known = read(EVERY_KEYWORD), 0
    before: dict[tuple[str, str], list[str]] = {}
    after = spec
    with in_pieces():
        for number in range(EDITS):
            try:
                package = decided(after, tmp_path / "spec.json")
            except CodegenError:
                what, after = edited(spec, rng)
                continue
            spec = after
            logic = logic_of(package, kept)
            left = {at: made for at, made in before.items() if at[1] in logic.known}
            before = code(package, Logic(package))
            known += len(logic.known)
            assert {**left, **code(package, logic)} == before, (number, what)
            what, after = edited(spec, rng)
    assert known


@pytest.mark.parametrize(
    ("change", "written"),
    [
        ({}, set()),
        ({"Ant": {"minimum": 4}}, {"ant", "bee"}),
        ({"Cow": {"minProperties": 1}}, {"cow"}),
    ],
)
def test_what_looks_at_a_change_is_written(
    change: dict[str, Any],
    written: set[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, size in (("WHOLE", 0), ("MOST", 3), ("FEW", 1)):
        monkeypatch.setattr(f"codegen.python.model.pieces.{name}", size)
    kept = Kept()
    package = decided(SPEC, tmp_path / "spec.json")
    assert not logic_of(package, kept).known
    schemas = SPEC["components"]["schemas"]
    for name, more in change.items():
        inner = schemas[name]["properties"]
        changed = {**schemas[name], "properties": {**inner, "more": more}}
        schemas = {**schemas, name: changed}
    after = {**SPEC, "components": {"schemas": schemas}}
    package = decided(after, tmp_path / "spec.json")
    logic = logic_of(package, kept)
    assert {"ant", "bee", "cow"} - {*logic.known} == written


def logic_of(package: python.Package, kept: Kept) -> Logic:
    """The logic of a package, with what earlier runs have left and what it leaves."""
    logic = Logic(package, followed(package, kept))
    for one in logic.kept:
        kept.keep(one.name, one.key, one.value)
    return logic


def drafts(package: python.Package, kept: Kept) -> Iterator[Unprinted]:
    """The files of which it is known what they follow from."""
    known = followed(package, kept)
    first, others = python.logic_parts(package, known)
    parts = [*python.plain_parts(package, known), *first, *others()]
    for draft in itertools.chain(*(part() for part in parts)):
        if isinstance(draft, Unprinted) and draft.follows_from:
            yield draft


def test_what_follows_from_the_same_is_the_same(tmp_path: Path) -> None:
    rng, kept = random.Random(4), Kept()
    after, known = read(EVERY_KEYWORD), 0
    texts: dict[tuple[str, str], str] = {}
    with in_pieces():
        for number in range(EDITS):
            spec = after
            what, after = edited(spec, rng)
            try:
                package = decided(spec, tmp_path / "spec.json")
            except CodegenError:
                continue
            for draft in drafts(package, kept):
                text = draft.printed().text.removeprefix(draft.head)
                key = draft.path, draft.follows_from
                known += key in texts
                assert texts.setdefault(key, text) == text, (number, what)
                for one in draft.kept:
                    kept.keep(one.name, one.key, one.value)
    assert known


def test_what_is_made_at_once_is_the_same(tmp_path: Path) -> None:
    with in_pieces():
        package = decided(read(EVERY_KEYWORD), tmp_path / "spec.json")
        known = followed(package, Kept())
        first, others = python.logic_parts(package, known, fresh=True)
        codec = [draft for part in first for draft in part()]
        texts = {file.path: file.text for file in printed(codec)}
        keys = {draft.path: draft.follows_from for draft in drafts(package, Kept())}
        assert texts == {
            file.path: file.text
            for file in python.package_files(package)
            if "/_codec/" in file.path
        }
        own = {"sdk/_codec/__init__.py", "sdk/_codec/event_tables.py"}
        late = {d.path for d in codec if isinstance(d, Unprinted) and d.late}
        assert late == texts.keys() - own
        found = [draft for part in others() for draft in part()]
    told = {draft.path: draft.key for draft in found if isinstance(draft, Follows)}
    assert {path: key for path, key in told.items() if key} == {
        p: keys[p] for p in late
    }


def test_nothing_is_known_of_what_checks_leave_unclear(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = checks_module.functions

    def unclear(package: python.Package, checks: Checks, *given: Any) -> Written:
        checks.asked.unclear = True
        return write(package, checks, *given)

    monkeypatch.setattr(checks_module, "functions", unclear)
    with in_pieces():
        package = decided(SPEC, tmp_path / "spec.json")
        logic = Logic(package, followed(package, Kept()))
    assert not logic.keys
    assert not logic.kept


def test_words_are_none_of_the_code(tmp_path: Path) -> None:
    kept, path = Kept(), tmp_path / "spec.json"
    schemas = SPEC["components"]["schemas"]
    said = {**schemas, "Ant": {**schemas["Ant"], "description": "Small."}}
    named = {**schemas, "Asp": schemas["Ant"]}
    keys = []
    with in_pieces():
        for found in (schemas, said, named):
            package = decided({**SPEC, "components": {"schemas": found}}, path)
            made = drafts(package, kept)
            keys.append({draft.path: draft.follows_from for draft in made})
    words = {name for name in keys[0] if keys[0][name] != keys[1][name]}
    assert words == {"sdk/models/classes.py"}
    assert keys[2]["sdk/_native.py"] != keys[1]["sdk/_native.py"]


DATA: Final[tuple[Any, ...]] = (
    None,
    1,
    [],
    [1, 2],
    [[], [], [[], ""], {}, 1, []],
    {"a": 1},
)


@pytest.mark.parametrize("data", DATA)
def test_what_was_not_left_by_us_is_not_known(data: Any) -> None:
    assert Piece.of(data) is None


def test_what_is_no_piece_is_not_written(tmp_path: Path) -> None:
    kept, strange = Kept(), ["../ant", "ant as x\nimport os"]
    with in_pieces():
        package = decided(SPEC, tmp_path / "spec.json")
        found = followed(package, kept)
        assert found is not None
        key = found.of_everything("_constraints")
        kept.keep("_constraints", key, [digest(*strange), strange])
        pieces, one = found.pieces_of("_constraints", lambda: ["ant"])
    assert pieces == ["ant"]
    assert one.value == [digest("ant"), ["ant"]]
