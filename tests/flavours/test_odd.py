"""Specifications that leave classes no good names, and tags that may be absent."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from codegen import cli
from codegen.flavours.flavour import FLAVOURS
from codegen.styles import Style
from codegen.template_views import VIEWS
from tests.corpus_paths import ROOT
from tests.flavours.test_flavours import decided, package

ODD = Path(__file__).parent / "odd.yaml"


@pytest.fixture(scope="module", params=FLAVOURS)
def sdk(request: pytest.FixtureRequest) -> Iterator[Any]:
    with package(decided(ODD), request.param) as found:
        yield found


VALUES: list[tuple[str, Any]] = [
    ("Event", {"self": {"info": {}}}),
    ("Event", {"kind": "third", "x": 1}),
    ("Second", {"kind": "second", "self": {"info": {"found": {}}}}),
    ("Second", {}),
    ("First", {"kind": "first", "count": 1, "extra": 3, "_extra": 4}),
    ("First", {"kind": "first", "count": 1, "extra": 3}),
    ("Pet", {"kind": "Cat", "lives": 9}),
    ("Pet", {"kind": "Pet", "name": "a"}),
    ("Names", {"@Field": 1, "@UnsetType": "a", "@Annotated": "a", "@field": "a"}),
    ("Names", {"@Literal": "two words", "modelFields": "a", "Order": {"kind": "Cat"}}),
    ("Names", {"copy": "a", "__copy__": "b"}),
    ("Tree", ["leaf one", [[], "leaf one"]]),
    ("Same", {"next": {"next": {}}}),
    ("Keys", {"a b": [{"c d": {}}, "leaf one"], "tree": []}),
    ("Numbers", {"a": True, "c": True, "d": True}),
    ("Numbers", {"a": 1, "b": 50, "c": 1, "d": 1}),
    ("Numbers", {"b": 15, "c": "1", "d": 0}),
    ("Equals", {"a": 0, "b": 1, "c": 0, "d": [0, False, 1], "e": {"kind": 0}}),
    ("Equals", {"a": False, "b": True, "c": False, "d": [], "e": {"kind": False}}),
    ("Equals", {"f": 9223372036854775808}),
    ("Mixed", "a"),
    ("Mixed", None),
    ("Texts", {"a": "12", "b": "Yes", "c": "nan", "d": "Yes"}),
    ("Texts", {"a": 12, "b": False, "c": 1.5, "d": 3}),
]


@pytest.mark.parametrize(("name", "value"), VALUES, ids=range(len(VALUES)))
def test_nothing_is_lost(sdk: Any, name: str, value: Any) -> None:
    """What is absent stays absent, also of copies; 1 and true are not the same."""
    schema = sdk.SCHEMAS[name]
    made = schema.decode(value)
    for each in (made, copy.copy(made), pickle.loads(pickle.dumps(made))):
        assert text(schema.encode(each)) == text(value)


def text(value: Any) -> str:
    return json.dumps(value, sort_keys=True).replace(".0", "")


@pytest.mark.parametrize(
    ("table", "event", "name"),
    [
        ("Event", {"kind": "first", "count": 1}, "First"),
        ("Event", {"x": "a"}, "Second"),
        ("Event", {"kind": "new"}, "UnknownEvent"),
        ("Event", {"kind": None}, "UnknownEvent"),
        ("Event", {"x": 1}, "UnknownEvent"),  # Of two branches, where one may hold.
        ("Pet", {"kind": "Cat"}, "Cat"),
        ("Any of them", {"type": "Known", "n": 1}, "Known"),
        ("Any of them", {"type": "new"}, "Other"),
        ("Any of them", {}, "Other"),
    ],
)
def test_events_without_tags(sdk: Any, table: str, event: Any, name: str) -> None:
    found = sdk.EVENTS[table].decode(json.dumps(event))
    assert type(found).__name__ in (name, "dict")
    assert isinstance(found, sdk.UnknownEvent) is (name == "UnknownEvent")
    assert json.loads(sdk.EVENTS[table].encode(found)) == event


@pytest.mark.parametrize("flavour", ["pydantic", "msgspec"])
def test_what_is_built_has_its_tag_and_no_other_constant(flavour: str) -> None:
    with package(decided(ODD), flavour) as sdk:
        table = sdk.EVENTS["Event"]
        assert json.loads(table.encode(sdk.Second())) == {"kind": "second"}
        first = sdk.First(count=1)
        assert json.loads(table.encode(first)) == {"kind": "first", "count": 1}
        assert type(sdk.SCHEMAS["Pet"].decode({"kind": "Cat"})) is sdk.Cat
        assert type(sdk.SCHEMAS["Pet"].decode({"kind": "Pet"})) is sdk.Pet


def test_a_class_is_completed_by_what_its_module_means() -> None:
    """Whatever bears the names of its types where a program first uses it."""
    with package(decided(ODD), "pydantic") as sdk:
        info, Cat = int, str
        assert sdk.self(info_={}).info_ == sdk.info()
        assert sdk.Names(Order={"kind": "Cat"}).Order == sdk.Cat()
        assert (info, Cat) == (int, str)


def test_attributes_hide_nothing_of_their_class() -> None:
    snake = Style(naming="snake_case")
    with package(decided(ODD, style=snake), "pydantic") as sdk:
        made = sdk.Names(model_fields_="a", copy_="b")
        assert (made.copy_, made.model_fields_) == ("b", "a")
        assert "copy_" in type(made).model_fields
        assert made.model_copy().model_dump(by_alias=True, exclude_unset=True) == {
            "modelFields": "a",
            "copy": "b",
        }


def test_a_property_without_a_name(tmp_path: Path) -> None:
    document = yaml.safe_load(ODD.read_text("utf-8"))
    document["components"]["schemas"]["Late"]["properties"][""] = {"type": "string"}
    spec = tmp_path / "spec.yaml"
    spec.write_text(yaml.safe_dump(document), "utf-8")
    with package(decided(spec), "pydantic") as sdk:
        schema = sdk.SCHEMAS["Late"]
        for value in ({}, {"": "a"}):
            assert schema.encode(schema.decode(value)) == value


@pytest.mark.parametrize("naming", ["wire", "snake_case"])
def test_keys_of_dicts_are_properties(naming: str) -> None:
    with package(decided(ODD, style=Style(naming=naming)), "typeddict") as sdk:
        assert "modelFields" in sdk.Names.__annotations__


def test_old_names_that_there_are_not_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("codegen.toml").write_text(
        f"[[sdk]]\nspec = {str(ODD)!r}\npackage = 'odd'\nmodels = 'typeddict'\n"
        f"tests = false\nroot = {str(ODD.parent)!r}\n"
    )
    Path("odd.release.toml").write_text(
        'version = "2.0.0"\n'
        'deprecated = [{ old = "Puss", new = "Cat", until = "3.0.0" }]\n'
    )
    assert cli.main(["generate", "-q", "--no-cache"]) == 0
    said = capsys.readouterr().err
    assert "odd.release.toml:2:" in said
    assert "there are no old names with models = 'typeddict'" in said


@pytest.mark.parametrize("template", VIEWS)
def test_a_template_is_used_or_refused(
    template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path("own", template)
    path.parent.mkdir(parents=True)
    path.write_text(f"{(ROOT / 'templates' / template).read_text()}\n# mine\n")
    arguments = ["generate", str(ODD), "--package", "odd", "--models", "typeddict"]
    arguments += ["--templates", "own", "--no-tests", "-q", "--no-cache"]
    done = cli.main([*arguments, "--output", "out"])
    written = any("# mine" in f.read_text() for f in Path("out").rglob("*.py"))
    assert written if done == 0 else done == 2 and not Path("out").exists()
