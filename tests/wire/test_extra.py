"""Properties that no field holds: read, typed where the specification types them, and
given to a copy or to a new object."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from tests.wire.packages import Built, build

SPEC = """
$schema: https://json-schema.org/draft/2020-12/schema
$defs:
  Money: {type: object, required: [amount], properties: {amount: {type: string}}}
  Level: {type: string, enum: [low, high]}
  Prices:
    type: object
    properties: {base: {$ref: '#/$defs/Money'}, note: {type: string}}
    additionalProperties: {$ref: '#/$defs/Money'}
  Mixed:
    type: object
    properties: {id: {type: string}}
    patternProperties:
      '^level_': {$ref: '#/$defs/Level'}
      '^many_': {type: array, items: {$ref: '#/$defs/Money'}}
    additionalProperties: {type: integer}
  Inline:
    type: object
    properties: {id: {type: string}}
    additionalProperties: {type: object, properties: {size: {type: integer}}}
  Closed: {type: object, properties: {id: {type: string}}, additionalProperties: false}
  Open: {type: object, properties: {id: {type: string}}}
  Asking:
    type: object
    required: [id, eu, obj]
    properties: {id: {type: string}, extra: {type: integer}}
    additionalProperties: {$ref: '#/$defs/Money'}
    minProperties: 4
  extra_Prices: {type: object, properties: {x: {type: integer}}}
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("extra")
    (folder / "spec.yaml").write_text(SPEC, encoding="utf-8")
    return build(folder / "spec.yaml", "wire_extra", folder)


@pytest.fixture(scope="module")
def sdk(built: Built) -> Any:
    return built.sdk


def test_what_no_field_holds_is_given_in_its_order(sdk: Any) -> None:
    value = {"z": [1, {"a": None}], "id": "i", "a": 2**70, "": "empty"}
    found = sdk.extra_of(sdk.Open.from_dict(value))
    assert list(found.items()) == [("z", [1, {"a": None}]), ("a", 2**70), ("", "empty")]
    found["z"].append("changed")
    assert sdk.Open.from_dict(value).to_dict() == value
    assert sdk.extra_of(sdk.Open(id="i")) == {}


def test_values_are_typed_where_the_specification_types_them(sdk: Any) -> None:
    prices = sdk.Prices.from_dict({"base": {"amount": "1"}, "eu": {"amount": "2"}})
    assert sdk.extra_of(prices) == {"eu": sdk.Money(amount="2")}
    value = {"id": "i", "level_a": "high", "many_b": [{"amount": "3"}], "n": 5.0}
    found = sdk.extra_of(sdk.Mixed.from_dict(value))
    assert found == {
        "level_a": sdk.Level.HIGH,
        "many_b": [sdk.Money(amount="3")],
        "n": 5,
    }
    assert type(found["level_a"]) is sdk.Level
    assert type(found["n"]) is int
    inner = sdk.extra_of(sdk.Inline.from_dict({"box": {"size": 3}}))["box"]
    assert (type(inner).__module__, inner.size) == ("wire_extra.models", 3)


def test_what_breaks_its_schema_stays_what_came(sdk: Any) -> None:
    value = {"base": 1, "note": None, "eu": {"amount": 2}, "us": "3"}
    prices = sdk.Prices.from_dict(value, strict=False)
    found = sdk.extra_of(prices)
    assert found["us"] == "3"
    assert found["eu"].amount == 2
    assert found["note"] is None, "a null that its field has no place for"
    assert prices.to_dict() == value


def test_a_copy_with_others(sdk: Any) -> None:
    prices = sdk.Prices.from_dict({"base": {"amount": "1"}, "eu": {"amount": "2"}})
    copy = sdk.with_extra(prices, {"us": sdk.Money(amount="3"), "uk": {"amount": "4"}})
    assert type(copy) is sdk.Prices
    assert copy.base is prices.base
    assert copy.to_dict() == {
        "base": {"amount": "1"},
        "us": {"amount": "3"},
        "uk": {"amount": "4"},
    }
    assert set(sdk.extra_of(prices)) == {"eu"}, "the object itself is as it was"
    more = sdk.with_extra(prices, {**sdk.extra_of(prices), "us": {"amount": "3"}})
    assert set(sdk.extra_of(more)) == {"eu", "us"}
    assert sdk.with_extra(more, {}).to_dict() == {"base": {"amount": "1"}}
    assert json.loads(more.to_json())["us"] == {"amount": "3"}


def test_what_cannot_be_given(sdk: Any) -> None:
    prices = sdk.Prices(note="n")
    with pytest.raises(
        sdk.ValidationError, match=r"^1 violation in Prices\n  eu: 5 is"
    ):
        sdk.with_extra(prices, {"eu": 5})
    with pytest.raises(sdk.ValidationError, match="does not know"):
        sdk.with_extra(sdk.Closed(id="i"), {"x": 1})
    with pytest.raises(ValueError, match="'note' has the field 'note' in Prices: set"):
        sdk.with_extra(prices, {"note": "m"})
    with pytest.raises(TypeError, match=r"^Prices: eu: bytes has no JSON form: pass"):
        sdk.with_extra(prices, {"eu": b"1"})
    with pytest.raises(TypeError, match=r"^Open: 5 cannot be a property name: pass"):
        sdk.with_extra(sdk.Open(id="i"), {5: 1})
    by_level = sdk.with_extra(sdk.Open(id="i"), {sdk.Level.HIGH: 1})
    assert [type(name) for name in sdk.extra_of(by_level)] == [str]
    for value in (5, {}, None, sdk.Level.HIGH):
        with pytest.raises(TypeError, match="is not a generated class"):
            sdk.extra_of(value)


def test_of_a_class_that_a_user_derived(sdk: Any) -> None:
    class Mine(sdk.Prices):  # type: ignore[misc, name-defined]
        """With an attribute of its own."""

        seen: int = 0

    mine = sdk.with_extra(Mine(note="n", seen=2), {"eu": {"amount": "1"}})
    assert (type(mine), mine.seen, mine.note) == (Mine, 2, "n")
    assert sdk.extra_of(mine) == {"eu": sdk.Money(amount="1")}


def test_an_object_that_must_have_some_is_made_with_them(sdk: Any) -> None:
    money = sdk.Money(amount="1")
    given = {"eu": money, "obj": {"amount": "2"}}
    made = sdk.with_extra(sdk.Asking, given, id="i", extra=3)
    assert (type(made), made.id, made.extra) == (sdk.Asking, "i", 3)
    assert sdk.extra_of(made) == {"eu": money, "obj": sdk.Money(amount="2")}
    assert sdk.Asking.from_dict(made.to_dict()) == made
    with pytest.raises(sdk.ValidationError, match=r"Asking\n.*'obj' is missing\n.*4"):
        sdk.with_extra(sdk.Asking, {"eu": money}, id="i")
    with pytest.raises(ValueError, match="'id' has the field 'id' in Asking: give it"):
        sdk.with_extra(sdk.Asking, {"id": "i"})
    with pytest.raises(TypeError, match=r"Asking\(\) got an unexpected keyword"):
        sdk.with_extra(sdk.Asking, given, name="n")
    with pytest.raises(TypeError, match="an object has its fields: change them with"):
        sdk.with_extra(made, given, id="j")
    with pytest.raises(TypeError, match="int is not a generated class"):
        sdk.with_extra(int, given)


def test_an_object_of_a_derived_class_is_made_with_them(sdk: Any) -> None:
    class Mine(sdk.Prices):  # type: ignore[misc, name-defined]
        """With an attribute of its own."""

        seen: int = 0

    @dataclasses.dataclass(frozen=True)
    class Decorated(sdk.Prices):  # type: ignore[misc, name-defined]
        """With what `dataclasses` writes."""

    for cls, fields in ((Mine, {"note": "n", "seen": 2}), (Decorated, {"note": "n"})):
        made = sdk.with_extra(cls, {"eu": {"amount": "1"}}, **fields)
        assert {name: getattr(made, name) for name in fields} == fields
        assert sdk.extra_of(made) == {"eu": sdk.Money(amount="1")}
