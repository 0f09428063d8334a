"""Classes of so many properties that their functions are written in parts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.wire.packages import build

COUNT = 240
KINDS: list[dict[str, Any]] = [
    {"type": "string", "maxLength": 3},
    {"type": "integer", "minimum": 0, "maximum": 10},
    {"type": ["string", "null"]},
    {"type": "array", "items": {"$ref": "#/$defs/Long"}},
    {"enum": ["a", "b"]},
    {"type": "object", "properties": {"own": {"type": "array", "items": {}}}},
]
GOOD = ["abc", 5, None, [], "b", {"own": [1]}]
BAD = ["abcd", 11, 1, [1], "c", {"own": 1}]


@pytest.fixture(scope="module", params=[False, True])
def sdk(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("long")
    names = [f"p{n}" for n in range(COUNT)]
    long = {
        "type": "object",
        "required": names if request.param else ["p0", "p100"],
        "properties": {name: KINDS[n % 6] for n, name in enumerate(names)},
    }
    schema = "https://json-schema.org/draft/2020-12/schema"
    # Another begins with the same parts, which stand there once.
    longer = {**long, "properties": {**long["properties"], "more": {"type": "null"}}}
    lists = {f"p{n}": KINDS[3] for n in range(COUNT // 2)}
    of_lists = {"type": "object", "required": list(lists), "properties": lists}
    defs = {"Long": long, "Longer": longer, "Lists": of_lists}
    spec = {"$schema": schema, "$defs": defs}
    (folder / "spec.json").write_text(json.dumps(spec), encoding="utf-8")
    return build(folder / "spec.json", f"wire_long_{request.param}", folder).sdk


def test_each_property_is_read_judged_and_written(sdk: Any) -> None:
    schema = sdk.SCHEMAS["Long"]
    good = {f"p{n}": GOOD[n % 6] for n in range(COUNT)}
    long = sdk.Long.from_dict(good)
    assert long.to_dict() == good
    assert sdk.Long.from_dict({**good, "more": 1}).to_dict() == {**good, "more": 1}
    assert schema.is_valid(good)
    for n in range(COUNT):
        changed = {**good, f"p{n}": BAD[n % 6]}
        assert not schema.is_valid(changed)
        assert len(schema.violations(changed)) == 1
        with pytest.raises(sdk.ValidationError):
            sdk.Long.from_dict(changed)
        kept = sdk.Long.from_dict(changed, strict=False)
        assert kept.to_dict() == changed
        del changed[f"p{n}"]
        some = sdk.Long.from_dict(changed, strict=False)
        assert some.to_dict() == changed
        assert schema.is_valid(changed) is not bool(sdk.violations_of(some))


def test_lists_are_written_in_their_order(sdk: Any) -> None:
    item = sdk.Long.from_dict({f"p{n}": GOOD[n % 6] for n in range(COUNT)}).to_dict()
    value = {f"p{n}": [item, 1][: n % 3] for n in range(COUNT // 2)}
    lists = sdk.SCHEMAS["Lists"].decode({**value, "more": 1}, strict=False)
    assert json.dumps(lists.to_dict()) == json.dumps({**value, "more": 1})


def test_they_nest_as_deeply_as_others(sdk: Any) -> None:
    good = {f"p{n}": GOOD[n % 6] for n in range(COUNT)}
    value: dict[str, Any] = good
    for _ in range(300):
        value = {**good, "p3": [value]}
    long = sdk.Long.from_json(json.dumps(value))
    assert json.loads(long.to_json()) == long.to_dict() == value
    assert sdk.SCHEMAS["Long"].is_valid(value)
