"""Specifications that have broken generated code before, each a folder.

`spec.*` is the specification; `cases.json` lists values of its schemas with the
place and the keyword of everything that is wrong with them, and with the message
where its words matter. `sdk.toml` has keys of the SDK, where it has some.
"""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import json
import subprocess
import sys
import typing
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import black
import pytest

from codegen.golden.machinery.values import text
from tests import shared_runtime
from tests.annotated import lies
from tests.constraints import violations as constrained
from tests.corpus_paths import MYPY_CACHE
from tests.generated import packages
from tests.generated.packages import Check
from tests.sweeps import many

OUTPUT_MODULES = (
    "models",
    "events",
    "schemas",
    "_fields",
    "_codec",
    "_checks",
    "_constraints",
)

MANY_ALIKE = {"names_of_schemas", "wide_unions"}
"""Packages with hundreds of schemas of one kind, whose golden tests would take long."""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("generated")


@pytest.fixture(scope="module")
def built(output: Path) -> Iterator[dict[str, ModuleType]]:
    before = set(sys.modules)
    yield packages.build(output)
    for name in set(sys.modules) - before:
        if name.startswith("case_"):
            del sys.modules[name]


def test_every_folder_with_a_specification_has_cases() -> None:
    folders = {path.parent for path in packages.HERE.glob("*/spec.*")}
    assert folders == set(packages.CASES)


@pytest.mark.parametrize("check", list(packages.checks()), ids=str)
def test_judges_and_round_trips(check: Check, built: dict[str, ModuleType]) -> None:
    sdk = built[check.case]
    schema = sdk.SCHEMAS[check.schema]
    found = constrained(sdk, schema, check.value)
    shown = [{"path": v.path, "keyword": v.keyword} for v in found]
    wanted = [{"path": w["path"], "keyword": w["keyword"]} for w in check.violations]
    assert shown == wanted
    for violation, want in zip(found, check.violations, strict=True):
        assert violation.message == want.get("message", violation.message)
    assert all(v.message and "\n" not in v.message for v in found)

    assert not list(lies(sdk, check.schema, [check.value]))
    tolerant = schema.decode(check.value, strict=False)
    assert check.decoded in (None, type(tolerant).__name__)
    assert _same(schema.encode(tolerant), check.value)
    if dataclasses.is_dataclass(type(tolerant)):
        assert _same(json.loads(tolerant.to_json()), check.value)
    try:
        strict = schema.decode(check.value)
    except sdk.ValidationError as error:
        assert list(error.violations) == found
        assert found
    else:
        assert not found
        assert _same(json.loads(schema.to_json(strict)), check.value)
        if dataclasses.is_dataclass(type(strict)):
            assert dataclasses.replace(strict) == strict


def _same(left: Any, right: Any) -> bool:
    return text(left) == text(right)


TYPED = [folder for folder in packages.CASES if (folder / "types.json").exists()]


@pytest.mark.parametrize("case", TYPED, ids=lambda path: path.name)
def test_types_are_written_so(
    case: Path, built: dict[str, ModuleType], output: Path
) -> None:
    """`types.json` has annotations as `models` has them, by class and field, by alias,
    or by enum and member; of an enum alone its base."""
    expected = json.loads((case / "types.json").read_text(encoding="utf-8"))
    models = ast.parse((output / f"case_{case.name}" / "models.py").read_text("utf-8"))
    found = dict(_types(models.body, ""))
    assert {name: found.get(name) for name in expected} == expected


def _types(body: list[ast.stmt], inside: str) -> Iterator[tuple[str, str]]:
    for node in body:
        match node:
            case ast.ClassDef(name, bases=[base], body=members):
                yield name, ast.unparse(base)
                yield from _types(members, f"{name}.")
            case ast.AnnAssign(ast.Name(name), annotation, value):
                alias = ast.unparse(annotation) == "TypeAlias" and value
                yield f"{inside}{name}", ast.unparse(alias or annotation)
            case ast.Assign([ast.Name(name)], value):
                yield f"{inside}{name}", ast.unparse(value)
            case _:
                pass


@pytest.mark.parametrize("case", packages.CASES, ids=lambda path: path.name)
def test_names_mean_what_they_say(case: Path, built: dict[str, ModuleType]) -> None:
    sdk = built[case.name]
    for name in OUTPUT_MODULES:
        importlib.import_module(f"{sdk.__name__}.{name}")
    models = importlib.import_module(f"{sdk.__name__}.models")
    for name in sdk.__all__:
        assert hasattr(sdk, name)
    for name in sdk.SCHEMAS:
        if name.isidentifier() and not name.startswith("_") and hasattr(models, name):
            assert hasattr(sdk, name)
    for found in vars(models).values():
        if isinstance(found, type) and found.__module__ == models.__name__:
            typing.get_type_hints(found)
            if dataclasses.is_dataclass(found):
                names = [field.name for field in dataclasses.fields(found)]
                assert names == list(inspect.signature(found).parameters)
                _, *made = inspect.signature(found.__init__).parameters
                assert names == made
                types = typing.get_type_hints(found.__init__)
                assert [*types] == [*names, "return"]


def test_strict_types_and_layout(
    built: dict[str, ModuleType], output: Path, tmp_path: Path
) -> None:
    names = [sdk.__name__ for sdk in built.values()]
    shared_runtime.with_one((output / name for name in names), tmp_path)
    other = ["ruff", "format", "--isolated", "--no-cache", "--diff", "--quiet"]
    lint = ["ruff", "check", "--isolated", "--no-cache", "--quiet"]
    types = ["mypy", "--strict", "--cache-dir", MYPY_CACHE]
    for tool, folder in (
        ([*types, "runtime"], tmp_path),
        (other, output),
        (lint, output),
    ):
        command = [sys.executable, "-m", *tool, *names]
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_black_changes_nothing(built: dict[str, ModuleType], output: Path) -> None:
    """The runtime is formatted where it comes from. Every seventh file, of each kind
    one, is enough for a run of each day; ruff looks at all of them."""
    mode = black.Mode()
    files = [p for sdk in built.values() for p in (output / sdk.__name__).glob("*.py")]
    for path in sorted(files)[:: many(7, 1)]:
        text = path.read_text("utf-8")
        assert black.format_str(text, mode=mode) == text, path


def test_golden_tests_of_a_fresh_package_pass(
    built: dict[str, ModuleType], output: Path
) -> None:
    names = sorted(set(built) - MANY_ALIKE)
    # Assertions say what they compare by themselves, and are not rewritten each time.
    command = [sys.executable, "-m", "pytest", "-q", "--assert=plain"]
    command += ["-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "--rootdir", str(output)] + [f"tests/case_{name}" for name in names],
        cwd=output,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_fields_of_base64_have_an_accessor(built: dict[str, ModuleType]) -> None:
    cls = built["base64_fields"].AudioIn
    found = cls(audio="aGk=", both=None, alts=["aGk=", ""], referred="aGk=")
    assert found.audio_bytes == found.referred_bytes == b"hi"
    found = dataclasses.replace(found, either="aGk=", each=["aGk="])
    assert [found.either_bytes, *found.each_bytes] == [b"hi", b"hi"]
    found = dataclasses.replace(found, either=None, each=None)
    assert found.either_bytes is found.each_bytes is None
    assert found.both_bytes is found.perhaps_bytes is found.blobs_bytes is None
    assert found.alts_bytes == [b"hi", b""]
    urls = dataclasses.replace(found, token="-_8", tokens=["aGk", "aGk="])
    assert [urls.token_bytes, *urls.tokens_bytes] == [b"\xfb\xff", b"hi", b"hi"]
    with pytest.raises(ValueError, match="not base64"):
        assert dataclasses.replace(urls, token="+/8").token_bytes
    assert not hasattr(cls, "plain_bytes")
    assert not hasattr(cls, "other_bytes")
    assert not hasattr(cls, "nulls_bytes")
    wrong = cls.from_dict({"audio": 3, "alts": 3, "both": "a"}, strict=False)
    for name in ("audio_bytes", "alts_bytes", "both_bytes"):
        with pytest.raises(ValueError, match="not base64"):
            getattr(wrong, name)


def test_operations_write_and_read_their_parameters(
    built: dict[str, ModuleType],
) -> None:
    sdk = built["operations"]
    parameters = sdk.OPERATIONS["list_items"].parameters
    given = parameters.type(
        limit=5,
        ids=[1, 2],
        tags=["a b", "c,d"],
        words=["x", "y"],
        colour=sdk.ListItemsParametersColour(R=1, G=2),
        shape=sdk.ListItemsParametersShape(sides=3),
        window=sdk.ItemsWindowParameter(from_=7, days=["mo", "tu"]),
        sort="up",
        seen=True,
    )
    written = parameters.encode(given)
    assert written.path == "/items"
    assert written.query.split("&") == [
        "window%5Bfrom%5D=7",
        "window%5Bdays%5D%5B%5D=mo",
        "window%5Bdays%5D%5B%5D=tu",
        *("limit=5", "ids=1,2", "tags=a%20b%7Cc%2Cd", "words=x%20y"),
        *("R=1", "G=2", "shape=%7B%22sides%22%3A3%7D", "sort=up"),
    ]
    assert written.cookie == "seen=true"
    assert parameters.decode(**written._asdict()) == given
    headers = {"COOKIE": "seen=true", "x-tenant": "t"}
    found = parameters.decode(query="limit=x&more=1", headers=headers, strict=False)
    assert (found.limit, found.seen, found.X_Tenant) == ("x", True, "t")
    assert sdk.extra_of(found) == {"more": "1"}
    with pytest.raises(sdk.ValidationError, match="below the minimum"):
        parameters.decode(query="limit=0")
    part = sdk.OPERATIONS["getPart"].parameters
    assert part.encode(part.type(id=1, part=["x", "y"])).path == (
        "/items/1/parts/;part=x;part=y"
    )
    with pytest.raises(ValueError, match="more: null"):
        part.encode({"id": 1, "part": ["x"], "more": None})
    with pytest.raises(ValueError, match=r"tags: .* would be read as"):
        parameters.encode({"tags": []})
    with pytest.raises(ValueError, match="no path of"):
        part.decode(path="/items/1")


def test_operations_have_their_bodies(built: dict[str, ModuleType]) -> None:
    sdk = built["operations"]
    operation = sdk.OPERATIONS["list_items"]
    assert operation.response(200)["application/json"].type is sdk.ListItems200Response
    problem = operation.response(404)["application/problem+json"]
    assert problem.type is sdk.ProblemResponseProblemJson
    assert operation.response(500) == {}
    png = sdk.OPERATIONS["POST /items"].request["image/png"]
    assert (png.schema, png.type, png.item, png.stream) == (None, None, None, None)
    kinds = {key: one.kind for key, one in sdk.OPERATIONS.items() if one.kind}
    assert kinds == {
        "POST {$request.body#/url}": "callback",
        "POST order.created": "webhook",
        "POST order.deleted": "webhook",
    }
    assert list(sdk.SERVER_EVENTS) == ["order.created", "order.deleted"]


def test_streams_are_read_item_by_item(built: dict[str, ModuleType]) -> None:
    sdk = built["operations_of_3_2"]

    def stream(key: str, media: str = "text/event-stream") -> Any:
        return sdk.OPERATIONS[key].responses["200"][media].stream

    pets = [sdk.Cat(kind="cat", lives=9), sdk.OtherPet(kind="eel"), sdk.OtherPet()]
    sent = b"".join(b"data: %s\r\n\r\n" % pet.to_json() for pet in pets)
    for size in (1, 7, 1000):
        chunks = [sent[at : at + size] for at in range(0, len(sent), size)]
        assert (
            list(stream("watch").read([*chunks, b"data: [DONE]\n\n"], until="[DONE]"))
            == pets
        )
        lines = sent.replace(b"data: ", b"").replace(b"\r\n\r\n", b"\n")
        chunks = [lines[at : at + size] for at in range(0, len(lines), size)]
        assert list(stream("watch", "application/jsonl").read_lines(chunks)) == pets
    assert stream("rows").events is stream("watch").events
    assert list(stream("rows").read([sent])) == pets
    assert list(stream("rows", "application/jsonl").read_lines([lines])) == pets
    with pytest.raises(ValueError, match=r"."):
        stream("watch").decode("[DONE]")
    signals = list(
        stream("signals").read([b"event: hello\ndata: x\n\nevent: bye\nid: 4\n"])
    )
    assert [type(one).__name__ for one in signals] == [
        "Signals200ResponseEventStreamItemHello"
    ]
    module = importlib.import_module(f"{sdk.__name__}._runtime.event_stream")
    move = module.ServerSentEvent('{"x": 1}', "move")
    assert stream("commands").data(move).x == 1
    assert stream("commands").data(module.ServerSentEvent("hi", "say")) == "hi"
