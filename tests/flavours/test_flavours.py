"""Packages with classes of pydantic, msgspec and `TypedDict`: exact through their
tables, whatever the classes enforce."""

from __future__ import annotations

import ast
import copy
import json
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

import pytest
import yaml

from codegen import cli, frontend, guard, python
from codegen.artifact import OutputFile, printed
from codegen.diagnostics import Report
from codegen.flavours.files import parts
from codegen.flavours.flavour import FLAVOURS
from codegen.flavours.golden import author_of, documents
from codegen.flavours.models import Refused
from codegen.memory import imported
from codegen.python import Package
from tests import commands
from tests.corpus_paths import ROOT

HERE = Path(__file__).parent
SHOP = HERE / "shop.yaml"
CASES = commands.cases(HERE / "cases")


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_commands(
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    commands.check(case, tmp_path, monkeypatch, capsys)
    assert not Path("out").exists(), "something was written all the same"


# --- as programs use it ------------------------------------------------------------


def decided(spec: Path, **how: Any) -> Package:
    loaded = frontend.load(spec, frontend.Options(lenient=True), Report())
    return python.decide(loaded.module, python.Settings(package="p", **how))


@contextmanager
def package(found: Package, flavour: str) -> Iterator[ModuleType]:
    made = [
        file for part in parts(found, FLAVOURS[flavour]) for file in printed(part())
    ]
    report = Report()
    for file in made:
        guard.check(file, report, flavour=flavour)
    assert list(report) == []
    with imported("p", made) as sdk:
        yield sdk


@pytest.fixture(scope="module", params=FLAVOURS)
def sdk(request: pytest.FixtureRequest) -> Iterator[Any]:
    with package(decided(SHOP), request.param) as found:
        yield found


ORDERS: list[Any] = [
    {"id": "a"},
    {"id": "a", "shipTo": None},
    {"id": "a", "shipTo": "x", "colour": "dark blue", "new": {"b": [1]}},
    {"id": "a", "lines": [{"count": 1, "more": True}, {"count": 2.0, "sku": "x"}]},
    {"id": "a", "payment": {"kind": "card", "number": "1", "extra": None}},
    {"id": "a", "payment": {"kind": "cash"}, "prices": {"x": 1.5}, "box": [1, "x"]},
    {"id": "a", "size": "m", "anything": {"x": [None]}, "inner": {"deep": True}},
]


@pytest.mark.parametrize("value", ORDERS, ids=range(len(ORDERS)))
def test_nothing_is_lost(sdk: Any, value: Any) -> None:
    """Absent, null and a value are three things; unknown properties stay."""
    schema = sdk.SCHEMAS["Order"]
    assert schema.encode(schema.decode(value)) == value
    assert json.loads(schema.to_json(schema.from_json(json.dumps(value)))) == value
    event = {"type": "Made", "order": value, "unknown": 1}
    found = sdk.SERVER_EVENTS.decode(json.dumps(event).encode())
    assert json.loads(sdk.SERVER_EVENTS.encode(found)) == event


@pytest.mark.parametrize(
    ("value", "place", "keyword"),
    [
        ({}, "", "required"),
        ({"id": ""}, "/id", "minLength"),
        ({"id": "A"}, "/id", "pattern"),
        ({"id": "a", "note": None}, "/note", "type"),
        ({"id": "a", "colour": "green"}, "/colour", "enum"),
        ({"id": "a", "lines": [{"count": True}]}, "/lines/0/count", "type"),
        ({"id": "a", "lines": [{"count": "1"}]}, "/lines/0/count", "type"),
        ({"id": "a", "prices": {"x": -1}}, "/prices/x", "minimum"),
        ({"id": "a", "inner": {"x": 1}}, "/inner/x", "additionalProperties"),
        ({"id": "a", "payment": {"kind": "x"}}, "/payment", "discriminator"),
    ],
)
def test_what_breaks_the_schema_is_refused(
    sdk: Any, value: Any, place: str, keyword: str
) -> None:
    with pytest.raises(sdk.ValidationError) as raised:
        sdk.SCHEMAS["Order"].decode(value)
    found = [(v.path, v.keyword) for v in raised.value.violations]
    assert (place, keyword) in found


def test_unknown_events_are_kept(sdk: Any) -> None:
    found = sdk.SERVER_EVENTS.decode('{"type": "new", "x": 1}')
    assert (found.type, found.raw) == ("new", {"type": "new", "x": 1})
    assert sdk.SERVER_EVENTS.encode(found) == b'{"type":"new","x":1}'
    assert list(sdk.SERVER_EVENTS) == ["Made", "Gone"]
    assert (found.to_dict(), found.to_json()) == (found.raw, b'{"type":"new","x":1}')
    with pytest.raises(ValueError, match="an event is a JSON object, not list"):
        sdk.SERVER_EVENTS.decode("[]")


def test_events_are_asked_for_as_of_any_package(sdk: Any) -> None:
    """Frames of every kind, tags without decoding, unknown ones refused."""
    table, frame = sdk.SERVER_EVENTS, b'{"type": "Gone"}'
    gone = table.decode(frame)
    for other in (
        bytearray(frame),
        memoryview(frame),
        MappingProxyType(json.loads(frame)),
    ):
        assert table.decode(other, strict=True) == gone
        assert table.peek(other) == "Gone"
    assert (table.peek('{"type": "new"}'), table.peek("{}")) == ("new", None)
    with pytest.raises(TypeError, match="a frame is text, bytes or a mapping, not int"):
        table.decode(3)
    with pytest.raises(sdk.ValidationError) as raised:
        table.decode('{"type": "new"}', strict=True)
    assert raised.value.violations


def test_schemas_decode_strictly(sdk: Any) -> None:
    schema = sdk.SCHEMAS["Line"]
    assert schema.decode({"count": 1}, strict=True) == schema.decode({"count": 1})
    assert schema.from_json('{"count":1}', strict=True) == schema.decode({"count": 1})
    with pytest.raises(TypeError, match=r"Line: classes of \w+ decode strictly"):
        schema.decode({}, strict=False)


def test_the_codec_is_told(sdk: Any) -> None:
    assert sdk.__codec__ == "python (the package has no tables for another)"


def test_what_is_no_event_and_no_json(sdk: Any) -> None:
    with pytest.raises(TypeError, match="int is no event of"):
        sdk.SERVER_EVENTS.encode(3)
    with pytest.raises(TypeError, match=r"^Order: lines\[0\]: set has no JSON form"):
        sdk.SCHEMAS["Order"].decode({"id": "a", "lines": [{1}]})


@pytest.mark.parametrize("value", ORDERS, ids=range(len(ORDERS)))
def test_copies_have_all(sdk: Any, value: Any) -> None:
    schema, table = sdk.SCHEMAS["Order"], sdk.SERVER_EVENTS
    made = schema.decode(value)
    for again in (copy.deepcopy(made), *_again(made)):
        assert again == made
        assert schema.encode(again) == value
    for event in ({"type": "Made", "order": value, "unknown": [1]}, {"type": "new"}):
        for again in _again(table.decode(event)):
            assert json.loads(table.encode(again)) == event
    for again in (copy.deepcopy(schema), *_again(schema)):
        assert (again.encode(again.decode(value)), again.name) == (value, "Order")
    for again in _again(table):
        assert (list(again), again.name) == (list(table), table.name)
        assert again.decode({"type": "new"}) == table.decode({"type": "new"})


def _again(value: Any) -> list[Any]:
    """The same once more, by each way that leaves a reference or a pickle."""
    protocols = range(pickle.HIGHEST_PROTOCOL + 1)
    pickles = [pickle.loads(pickle.dumps(value, number)) for number in protocols]
    return [copy.copy(value), *pickles]


def test_what_is_copied_is_changed_alone() -> None:
    with package(decided(SHOP), "msgspec") as sdk:
        schema = sdk.SCHEMAS["Order"]
        order = schema.decode({"id": "a", "new": {"b": [1]}})
        for again in (copy.copy(order), copy.deepcopy(order)):
            again.__dict__.clear()
            assert schema.encode(again) == {"id": "a"}
            assert schema.encode(order) == {"id": "a", "new": {"b": [1]}}


def test_what_is_sent_is_held_against_its_schema() -> None:
    with package(decided(SHOP), "pydantic") as sdk:
        gone = sdk.Gone()
        assert sdk.SERVER_EVENTS.encode(gone) == b'{"type":"Gone"}'
        assert sdk.SERVER_EVENTS.encode(sdk.Gone(why=None)) == (
            b'{"type":"Gone","why":null}'
        )
        wrong = sdk.Made(order=sdk.Order(id="A"))
        with pytest.raises(sdk.ValidationError, match=r"order\.id"):
            sdk.SERVER_EVENTS.encode(wrong)
        with pytest.raises(TypeError, match="is no event of"):
            sdk.SERVER_EVENTS.encode(sdk.Line(count=1))


def test_models_of_pydantic_describe_what_they_write() -> None:
    """As they do what they read: so does FastAPI what it answers."""
    with package(decided(SHOP), "pydantic") as sdk:
        read, written = (
            sdk.Order.model_json_schema(mode=mode)
            for mode in ("validation", "serialization")
        )
        assert written == read | {"$defs": written["$defs"]}
        for name, part in read["$defs"].items():
            assert written["$defs"][name].keys() == part.keys(), name


def test_choices_of_style_hold_for_flavours() -> None:
    style = python.Settings("p").style
    snake = type(style)(naming="snake_case", enums="literal")
    for flavour in ("pydantic", "msgspec"):
        with package(decided(SHOP, style=snake), flavour) as sdk:
            schema = sdk.SCHEMAS["Order"]
            order = schema.decode({"id": "a", "shipTo": "x", "colour": "red"})
            assert (order.ship_to, order.colour) == ("x", "red")
            assert schema.encode(order) == {"id": "a", "shipTo": "x", "colour": "red"}


# --- text of a specification -------------------------------------------------------

HOSTILE = [
    '"""\nimport os\n"""',
    "'''\nimport os\n'''",
    "\\",
    "{{ 7 * 7 }}{% raw %}",
    "x\nimport os\n#",
    "\x85import os",
]


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_text_stays_text(flavour: str, tmp_path: Path) -> None:
    """In descriptions, values, names of properties and defaults."""
    harmless = [f"plain words {number}" for number in range(len(HOSTILE))]
    found, expected = (shape(said, flavour, tmp_path) for said in (HOSTILE, harmless))
    assert found == expected


def shape(texts: list[str], flavour: str, folder: Path) -> list[str]:
    """The kinds of all nodes of the models of a document with such texts, in a schema
    each."""
    document = yaml.safe_load(SHOP.read_text("utf-8"))
    schemas = document["components"]["schemas"]
    order, line = schemas["Order"], schemas["Line"]
    for number, said in enumerate(texts):
        schemas[f"Order{number}"] = own = copy.deepcopy(order)
        own["description"] = own["title"] = said
        note = own["properties"]["note"]
        note |= {"description": said, "default": said, "examples": [said]}
        schemas[f"Line{number}"] = own = copy.deepcopy(line)
        own["properties"]["sku"] = {"const": said}
    spec = folder / "spec.yaml"
    spec.write_text(yaml.safe_dump(document), "utf-8")
    made = models_of(decided(spec), flavour)
    return [type(node).__name__ for node in ast.walk(ast.parse(made))]


def models_of(found: Package, flavour: str) -> str:
    files: list[OutputFile] = []
    for part in parts(found, FLAVOURS[flavour]):
        files += printed(part())
    report = Report()
    for file in files:
        guard.check(file, report, flavour=flavour)
    assert list(report) == []
    return next(file.text for file in files if file.path.endswith("models.py"))


# --- specifications that have broken generated code before -------------------------

SPECS = sorted(
    path
    for name in (
        *("enums_of_mixed_values", "fields_of_branches", "maps_by_pattern"),
        *("numeric_names", "tags_that_may_be_absent", "tuples", "values_of_any_type"),
        *("names_of_fields", "contains_of_2019"),
    )
    for path in (ROOT / "tests" / "generated" / name).glob("spec.*")
)
REFUSED = {("names_of_fields", "msgspec"): "no properties of such names"}
"""What cannot be had, with the reason."""


@pytest.mark.parametrize("flavour", FLAVOURS)
@pytest.mark.parametrize("spec", SPECS, ids=lambda path: path.parent.name)
def test_odd_specifications(spec: Path, flavour: str) -> None:
    """Every valid document comes back, every other is refused."""
    found = decided(spec)
    if (reason := REFUSED.get((spec.parent.name, flavour))) is not None:
        with pytest.raises(Refused, match=reason):
            models_of(found, flavour)
        return
    judged = 0
    with package(found, flavour) as sdk:
        author = author_of(found)
        for name in found.module.names:
            schema = sdk.SCHEMAS[name]
            for value, valid in documents(author, name):
                judged += 1
                assert schema.is_valid(value) is valid, f"{name}: {value}"
                if valid:
                    assert schema.encode(schema.decode(value)) == value
    assert judged > 20


def test_what_is_missing_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("codegen.flows.flavoured.find_spec", lambda name: None)
    arguments = ["generate", str(SHOP), "--package", "shop", "--output", str(tmp_path)]
    assert cli.main([*arguments, "--models", "msgspec"]) == 2
    said = capsys.readouterr().err
    assert "needs datamodel_code_generator and msgspec" in said
    assert "pip install 'wirewright[models]'" in said
