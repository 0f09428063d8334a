"""Classes: their fields, their members, what they refuse, and how deep they look."""

# What a decoded value holds has no type that a checker knows.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Any

import pytest

from .files import Record, changes
from .objects import described, instances, is_object
from .sdk import Sdk
from .stack import answers
from .values import edited, levels, same, text
from .violations import Pairs, agree, pairs

_NO_OBJECTS: tuple[Any, ...] = (None, True, 1, "x", [])
_NO_JSON = object()
_DEEP = 3000
_LEVELS = 32
"""Changes that nest deeper are asked about where the stack ends."""
_TOO_DEEP: Pairs = [("", "depth")]
_INNERMOST: list[Any] = []
_NESTED: list[Any] = functools.reduce(
    lambda inner, _: [inner], range(_DEEP), _INNERMOST
)


def _far() -> Any:
    """Two levels for each of 300: more than a stack of 1,000 calls takes on the way."""
    value: Any = 1
    for _ in range(300):
        value = {"": [value]}
    return value


_FAR: Any = _far()


def check_fields(sdk: Sdk, record: Record) -> None:
    """Fields have the names and the metadata of the specification; each class refuses
    what is no object, and an empty one if it must."""
    schema, found = sdk.schema(record["schema"]), dict[str, Any]()
    for entry in record["documents"]:
        if not entry.get("violations"):
            for _, instance in instances(schema.decode(entry["value"])):
                found[type(instance).__name__] = type(instance)
    for name, fields in record["fields"].items():
        about, cls = f"{record['schema']}: {name}", found[name]
        assert same(described(cls), fields), about
        for value in _NO_OBJECTS:
            sdk.refuses(cls.from_dict, value)
        with pytest.raises(TypeError):
            cls(**{"no such field": 1})
        if fields:
            with pytest.raises(TypeError):
                cls(**dict.fromkeys(fields, _NO_JSON))
        for case in record["refused"][name]:
            value, expected = case["value"], case["violations"]
            raised = sdk.refuses(cls.from_dict, value)
            known = agree(raised, expected)
            assert known, f"{about}: {value} expected {expected}, found {raised}"


def check_nesting(sdk: Sdk, record: Record) -> None:
    """What is nested too deeply for the interpreter is a violation, never a crash."""
    schema = sdk.schema(record["schema"])
    bases = {entry["name"]: entry["value"] for entry in record["documents"]}
    for name, pointer in record["nests"].items():
        value = bases[name]
        for _ in range(_DEEP):
            value = edited(bases[name], pointer, value)
        assert sdk.refuses(schema.decode, value) == _TOO_DEEP
        assert sdk.refuses(schema.decode, value, strict=False) == _TOO_DEEP
        if is_object(decoded := schema.decode(bases[name])):
            assert sdk.refuses(type(decoded).from_dict, value) == _TOO_DEEP


def check_depth(sdk: Sdk, record: Record) -> None:
    """Nothing changes where the caller's stack ends."""
    schema = sdk.schema(record["schema"])
    values = [entry["value"] for entry in record["documents"]]
    deepest = max(values, key=levels, default=None)
    assert refuses_depth(sdk)
    survives(sdk, schema, deepest)
    answered(sdk, schema, deepest)
    for case in record["cases"]:
        for _, value in changes(record, case):
            if levels(value) > _LEVELS:
                answered(sdk, schema, value)


@functools.cache
def refuses_depth(sdk: Sdk) -> bool:
    """Whether what nests too deep is refused, which a package finds out before it asks
    the schema, whichever that is."""
    return bool(sdk.any_schema().violations(_NESTED))


def survives(sdk: Sdk, schema: Any, value: Any) -> None:
    """What nests within the limit, but beyond the end of the stack, comes back whole
    from a property where it was not expected."""
    if not isinstance(value, dict):
        return
    for name in [*value][:3]:
        deep = {**value, name: _FAR}
        decoded = schema.decode(deep, strict=False)
        if is_object(decoded):
            assert same(schema.encode(decoded), deep)
            assert isinstance(sdk.violations(decoded), list)


def answered(sdk: Sdk, schema: Any, value: Any) -> None:
    """A value is judged, decoded and encoded alike wherever the caller's stack ends."""
    decoded = schema.decode(value, strict=False)
    questions: tuple[Callable[[], Any], ...] = (
        lambda: pairs(schema.violations(value)),
        lambda: schema.decode(value, strict=False),
        lambda: schema.encode(decoded),
        lambda: sdk.violations(decoded),
        lambda: repr(decoded),
    )
    for ask in questions:
        expected = ask()
        for found in answers(ask):
            assert found == expected


def check_facts(sdk: Sdk, record: Record) -> None:
    """Members of an enumeration know what the specification tells of them."""
    for member, facts in record["facts"].items():
        schema = sdk.schema(record["schema"])
        # Facts go by texts, and a member may be an integer.
        value = member if schema.is_valid(member) else json.loads(member)
        decoded = schema.decode(value)
        for key, fact in facts.items():
            about = f"{record['schema']}: {member}.{key}"
            assert text(getattr(decoded, key)) == text(fact), about
