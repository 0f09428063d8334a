"""Packages in pieces: what goes where, and that nobody notices."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import json
import pickle
import subprocess
import sys
import typing
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from codegen import guard, memory, python
from codegen.diagnostics import Report
from codegen.frontend import Options, load
from codegen.ir import model as ir
from codegen.python.model import pieces
from tests.corpus_paths import MYPY_CACHE, ROOT

SPEC = ROOT / "benchmarks" / "every-keyword.yaml"
NAME = "in_pieces"


def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a small package have pieces."""
    monkeypatch.setattr(pieces, "WHOLE", 0)
    monkeypatch.setattr(pieces, "MOST", 40)
    monkeypatch.setattr(pieces, "FEW", 5)


def lowered() -> ir.Module:
    report = Report()
    loaded = load(SPEC, Options(), report)
    report.check()
    return loaded.module


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the package, which is importable meanwhile."""
    found = tmp_path_factory.mktemp("pieces")
    with pytest.MonkeyPatch.context() as monkeypatch:
        small(monkeypatch)
        package = python.decide(lowered(), python.Settings(package=NAME))
        report = Report()
        for file in python.package_files(package):
            guard.check(file, report)
            path = found / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file.text, encoding="utf-8")
        report.check()
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.syspath_prepend(str(found))
        yield found
    for name in [name for name in sys.modules if name.partition(".")[0] == NAME]:
        del sys.modules[name]


@pytest.fixture
def sdk(folder: Path) -> ModuleType:
    return importlib.import_module(NAME)


def run(folder: Path, code: str) -> str:
    """What a program prints that has just begun."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def loaded(kind: str) -> str:
    return (
        f"print(sorted(m.rpartition('.')[2] for m in sys.modules"
        f" if m.startswith('{NAME}.{kind}.')))"
    )


def test_only_what_a_value_holds_is_loaded(folder: Path) -> None:
    decode = f"import sys, {NAME} as p; p.SCHEMAS['Numbers'].decode({{}}, strict=False)"
    assert run(folder, f"{decode}; {loaded('_codec')}") == "['numbers']"
    assert run(folder, f"{decode}; {loaded('models')}") == "['numbers']"
    assert run(folder, f"{decode}; {loaded('_constraints')}") == "[]"


def test_the_face_of_a_class_is_its_own(folder: Path) -> None:
    fields = f"import sys, dataclasses, {NAME} as p; dataclasses.fields(p.Numbers)"
    assert run(folder, f"{fields}; {loaded('models')}") == "['numbers']"


def test_types_have_one_address(sdk: ModuleType) -> None:
    for cls in (sdk.Numbers, sdk.Status):
        assert cls.__module__ == f"{NAME}.models"
        assert pickle.loads(pickle.dumps(cls)) is cls


def test_annotations_are_evaluated(sdk: ModuleType, folder: Path) -> None:
    """Also where nothing else has been loaded."""
    hints = typing.get_type_hints(sdk.Owner)
    assert set(hints) >= {field.name for field in dataclasses.fields(sdk.Owner)}
    code = f"import typing, {NAME} as p; print(len(typing.get_type_hints(p.Owner)))"
    assert run(folder, code) == str(len(hints))


def test_all_names_are_there(sdk: ModuleType) -> None:
    models = importlib.import_module(f"{NAME}.models")
    for name in sdk.__all__:
        assert getattr(sdk, name) is not None
    assert set(dir(models)) <= set(vars(models))
    with pytest.raises(AttributeError):
        _ = models.Nonsense


def test_objects_travel_without_having_been_decoded(folder: Path) -> None:
    """What is unpickled has not loaded what encodes it."""
    make = f"import pickle, {NAME} as p; print(pickle.dumps(p.Ping(id='a')).hex())"
    text = run(folder, make)
    read = f"import pickle; o = pickle.loads(bytes.fromhex('{text}'))"
    assert (
        run(folder, f"{read}; print(o.to_json().decode())")
        == '{"type":"ping","id":"a"}'
    )


def test_they_are_strictly_typed(folder: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--cache-dir",
        MYPY_CACHE,
        NAME,
    ]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", ["Aardvark", "NumbersOfZebras", "Zebra"])
def test_a_new_schema_moves_no_other(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    small(monkeypatch)
    module = lowered()
    before = python.decide(module, python.Settings(package=NAME)).pieces
    schema_id = ir.SchemaId(f"every-keyword.yaml#/components/schemas/{name}")
    location = next(iter(module.schemas.values())).location
    added = ir.Schema(schema_id, location, (ir.Type(("string",)),))
    wider = dataclasses.replace(
        module,
        schemas={**module.schemas, schema_id: added},
        names={**module.names, name: schema_id},
    )
    after = python.decide(wider, python.Settings(package=NAME)).pieces
    moved = {i for i, piece in before.of.items() if after.of[i] != piece}
    assert moved == set()
    assert schema_id in after.of


def test_a_small_package_is_whole() -> None:
    package = python.decide(lowered(), python.Settings(package=NAME))
    assert package.pieces.whole


@pytest.mark.parametrize("schema", ['{"type": "string"}', '{"type": "object"}'])
def test_what_a_package_has_none_of_is_python(
    schema: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    small(monkeypatch)
    spec = tmp_path / "spec.json"
    draft = "https://json-schema.org/draft/2020-12/schema"
    spec.write_text(f'{{"$schema": "{draft}", "$defs": {{"A": {schema}}}}}')
    report = Report()
    found = load(spec, Options(), report)
    package = python.decide(found.module, python.Settings(package=NAME))
    assert package.pieces.of
    for file in python.package_files(package):
        guard.check(file, report)
    report.check()


def imported(path: Path) -> Iterator[Path]:
    """The files that a module of a package has import statements for, wherever in it
    they stand."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            below = path.parents[node.level - 1]
            below = below.joinpath(*(node.module or "").split("."))
            for place in (below, *(below / alias.name for alias in node.names)):
                files = place / "__init__.py", place.with_suffix(".py")
                yield from (file for file in files if file.is_file())


@pytest.mark.parametrize("name", [NAME, "openai_realtime_ga"])
def test_bundlers_find_every_module(folder: Path, name: str) -> None:
    """By statements alone, though most are imported by name when they are needed."""
    package = (folder if name == NAME else ROOT / "generated") / name
    found = {package / "__init__.py"}
    pending = list(found)
    while pending:
        new = set(imported(pending.pop())) - found
        found |= new
        pending += new
    left = {str(path.relative_to(package)) for path in package.rglob("*.py")} - {
        str(path.relative_to(package)) for path in found
    }
    # Who needs it, imports it; it needs Hypothesis. Rules need a session.
    assert left <= {"strategies.py", "_runtime/kit.py", "_runtime/session.py"}


NAMES = {
    "numbered": [f"Thing{n}" for n in range(200)],
    "one word for each": [
        f"Ab{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(200)
    ],
    "no ASCII": [chr(0x4E00 + n) for n in range(200)],
    "some ASCII": [f"{chr(0x4E00 + n)}Item" for n in range(200)],
    "like a piece": [
        "Thing1",
        "Thing_1",
        "Thing1Enums",
        *(f"Thing1{n}" for n in "abc"),
    ],
}


@pytest.mark.parametrize("kind", NAMES)
def test_no_piece_grows_without_bound(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str
) -> None:
    small(monkeypatch)
    classes = {"type": "object", "properties": {"id": {"type": "string"}}}
    enums = {"enum": ["a", "b"]}
    defs = {name: (classes, enums)[n % 2] for n, name in enumerate(NAMES[kind])}
    path = tmp_path / "many.json"
    path.write_text(json.dumps({"$defs": defs}), encoding="utf-8")
    report = Report()
    module = load(path, Options(), report).module
    found = python.decide(module, python.Settings(package=NAME)).pieces.of
    together: dict[str, list[str]] = {}
    for name in defs:
        schema_id = module.names[name]
        together.setdefault(found[schema_id], []).append(name)
    assert max(map(len, together.values())) <= pieces.MOST
    for piece, names in together.items():
        assert piece.isascii()
        assert piece.isidentifier()
        # What is needed while a class is made stands apart from classes.
        assert len({defs[name] is enums for name in names}) == 1


def test_functions_are_told_from_types_that_are_called_like_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Of types in pieces: `valid_voice` is a function of `voice`, and a type, and
    `decode_voice` might be a piece."""
    for name, value in (("WHOLE", 0), ("MOST", 1), ("FEW", 1)):
        monkeypatch.setattr(pieces, name, value)
    called = ("voice", "valid_voice", "DecodeVoice", "DecodeVoiceOne", "DecodeOther")
    schemas = {
        name: {"type": "object", "properties": {"n": {"const": name}}}
        for name in called
    }
    path = tmp_path / "spec.json"
    path.write_text(json.dumps({"$defs": schemas}), encoding="utf-8")
    report = Report()
    module = load(path, Options(), report).module
    package = python.decide(module, python.Settings(package="called"))
    assert len(set(package.pieces.of.values())) > len(called)
    with memory.imported("called", python.package_files(package)) as sdk:
        for name in called:
            schema = sdk.SCHEMAS[name]
            assert schema.is_valid({"n": name})
            assert not schema.is_valid({"n": "other"})
            assert schema.decode({"n": name}).to_dict() == {"n": name}


def test_no_piece_is_called_like_what_its_folder_has(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in (("WHOLE", 0), ("MOST", 1), ("FEW", 1)):
        monkeypatch.setattr(pieces, name, value)
    called = ("Load", "OpenModels", "Annotations", "Folder", "Find")
    inner = {"type": "object", "properties": {"n": {"const": 1}}}
    outer = {"properties": {f"of_{n}": {"$ref": f"#/$defs/{n}"} for n in called}}
    schemas = {"Outer": {"type": "object", **outer}, **dict.fromkeys(called, inner)}
    path = tmp_path / "spec.json"
    path.write_text(json.dumps({"$defs": schemas}), encoding="utf-8")
    module = load(path, Options(), Report()).module
    package = python.decide(module, python.Settings(package="folders"))
    with memory.imported("folders", python.package_files(package)) as sdk:
        schema = sdk.SCHEMAS["Outer"]
        decoded = schema.decode({f"of_{name}": {"n": 1} for name in called})
        for name in called:
            assert type(getattr(decoded, f"of_{name}")) is getattr(sdk, name)
            assert not schema.is_valid({f"of_{name}": {"n": 2}})
