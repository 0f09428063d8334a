"""Types that are called like what the classes of a flavour are made of."""

from __future__ import annotations

import copy
import pickle
import weakref
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from codegen import cli
from codegen.flavours.flavour import FLAVOURS
from codegen.flavours.golden import author_of, documents
from codegen.styles import Style
from tests.flavours.test_flavours import decided, package

NAMES = Path(__file__).parent / "names.yaml"


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_types_may_have_any_name(flavour: str) -> None:
    found = decided(NAMES)
    with package(found, flavour) as sdk:
        author = author_of(found)
        for name in found.module.names:
            schema = sdk.SCHEMAS[name]
            for value, valid in documents(author, name):
                assert schema.is_valid(value) is valid, f"{name}: {value}"
                if valid:
                    assert schema.encode(schema.decode(value)) == value
        names = ("Field", "Meta", "UnsetType", "field", "Warning", "map", "Wirewright")
        assert all(hasattr(sdk, name) for name in names)
        if flavour != "typeddict":
            made = sdk.Uses(exact="a", meta=sdk.Meta.A, warnings=[sdk.Warning()])
            sent = {"exact": "a", "meta": "a", "warnings": [{}]}
            assert sdk.SCHEMAS["Uses"].encode(made) == sent


# --- properties that are called like attributes -------------------------------------

NULLS: list[Any] = [
    {"a b": None, "a_b": None},
    {"a b": None, "a_b": "x"},
    {"a_b": None},
    {"a b": "x", "a_b": None},
    {"a_b": "x", "shipTo": None, "ship_to": None},
    {"copy": None, "copy_": None, "_extra": None, "_came": None},
]


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_unknown_properties_give_nothing_to_attributes(
    flavour: str, tmp_path: Path
) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text(
        "openapi: 3.1.0\n"
        'info: {title: Nulls, version: "1"}\n'
        "paths: {}\n"
        "components: {schemas: {A: {type: object, properties: {\n"
        '  a b: {type: [string, "null"]}, shipTo: {type: [string, "null"]},\n'
        '  copy: {type: [string, "null"]}}}}}\n'
    )
    style = Style(naming="snake_case")
    with package(decided(spec, style=style), flavour) as sdk:
        schema = sdk.SCHEMAS["A"]
        for value in NULLS:
            made = schema.decode(value)
            for each in (made, copy.deepcopy(made), pickle.loads(pickle.dumps(made))):
                assert schema.encode(each) == value


# --- objects like any others --------------------------------------------------------


@pytest.mark.parametrize("flavour", ["pydantic", "msgspec"])
def test_objects_are_compared_with_all_that_they_hold(flavour: str) -> None:
    with package(decided(NAMES), flavour) as sdk:
        schema = sdk.SCHEMAS["id"]
        one = schema.decode({"n": 1, "new": [1]})
        assert weakref.ref(one)() is one
        assert one == schema.decode({"n": 1, "new": [1]})
        assert one != schema.decode({"n": 1, "new": [2]})
        assert one != schema.decode({"n": 1})
        assert (one == 1) is False
        assert sdk.id(n=1) == schema.decode({"n": 1})


def test_deep_objects_of_msgspec() -> None:
    """Wherever the stack of the caller ends; msgspec's own ends are an error of its."""
    with package(decided(NAMES), "msgspec") as sdk:
        schema = sdk.SCHEMAS["Warning"]
        value: Any = {}
        for _ in range(600):
            value = {"cause": value}
        made = schema.decode(value)
        text = schema.to_json(made)
        assert text.count(b"cause") == 600
        for _ in range(420):
            value = {"cause": value}
        try:  # From CPython 3.12 on, code in C has a stack of its own.
            made = schema.decode(value)
        except ValueError as error:
            assert "nested too deep" in str(error)
        else:
            assert schema.to_json(made).count(b"cause") == 1020


# --- unions with tags ---------------------------------------------------------------

TAGS = Path(__file__).parent / "tags.yaml"


@pytest.mark.parametrize("flavour", ["pydantic", "msgspec"])
def test_tags_tell_classes_apart_wherever_they_stand(flavour: str) -> None:
    found = decided(TAGS)
    with package(found, flavour) as sdk:
        a, b, d = {"type": "a"}, {"type": "b", "kind": "k1"}, {"@t": "d"}
        value = {"one": a, "null": None, "list": [b, a], "map": {"x": b}, "at": d}
        made = sdk.SCHEMAS["Holder"].decode(value)
        assert (type(made.one), type(made.list_[0])) == (sdk.A, sdk.B)
        assert (type(made.map["x"]), made.null) == (sdk.B, None)
        assert type(made.at) is sdk.D
        assert (made.one.type, made.at.t) == ("a", "d")
        for each in (made, copy.deepcopy(made), pickle.loads(pickle.dumps(made))):
            assert sdk.SCHEMAS["Holder"].encode(each) == value
        built = sdk.Holder(one=sdk.B())
        assert sdk.SCHEMAS["Holder"].encode(built) == {"one": b}
        author = author_of(found)
        for name in found.module.names:
            schema = sdk.SCHEMAS[name]
            for given, valid in documents(author, name):
                if valid:
                    assert schema.encode(schema.decode(given)) == given


# --- what other commands say of such a package --------------------------------------


def test_pages_and_doctor_know_of_models(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("codegen.toml").write_text(
        f"[[sdk]]\nspec = {str(NAMES)!r}\npackage = 'names'\nmodels = 'msgspec'\n"
        f"tests = false\nroot = {str(NAMES.parent)!r}\n"
    )
    assert cli.main(["generate", "-q", "--no-cache"]) == 0
    assert not Path("generated/tests").exists()
    assert cli.main(["docs", "names", "--output", "pages", "-q"]) == 0
    assert "Python</h4>" not in Path("pages/index.html").read_text("utf-8")
    capsys.readouterr()
    assert cli.main(["doctor", "names"]) == 0
    assert f"msgspec     {version('msgspec')} (its" in capsys.readouterr().out
    monkeypatch.setattr("codegen.flows.doctor.FLAVOURS", {"msgspec": MISSING})
    assert cli.main(["doctor", "names"]) == 1
    said = "wrong: no_such_module, which its classes need, is missing"
    assert said in capsys.readouterr().out


MISSING = replace(FLAVOURS["msgspec"], needs="no_such_module")
