"""Documents and their changes: decoded, encoded, refused and kept as they must be."""

# What a decoded value holds has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false

from __future__ import annotations

import dataclasses
import json
import pickle
from functools import partial
from typing import Any, TypeAlias

import pytest

from .files import Record, changes
from .objects import containers, instances, is_object
from .plugin import Recorded
from .sdk import Sdk
from .values import Shown, holds, part, same, text
from .violations import Expected, agree, pairs

About: TypeAlias = "str | Shown"
"""What is said where something is wrong."""


def check_document(sdk: Sdk, record: Record, entry: Record, recorded: Recorded) -> None:
    """A document is decoded and encoded as recorded."""
    schema, about = sdk.schema(record["schema"]), f"{record['schema']}: {entry['name']}"
    if violations := entry.get("violations"):
        rejected(sdk, schema, entry["value"], violations, about)
        drifts(sdk, schema, entry["value"], about)
    else:
        direct = is_direct(record)
        accepted(sdk, schema, entry["value"], about, record, direct=direct)
        survives(sdk, schema, entry["value"], about)
        drifts(sdk, schema, entry["value"], about)
    decoded = schema.decode(entry["value"], strict=False)
    for key, found in (
        ("repr", repr(decoded)),
        ("json", schema.to_json(decoded).decode()),
    ):
        known = recorded.same(entry, key, found)
        assert known, f"{about}: {key} is\n{found}\nrecorded is\n{entry[key]}"


def check_case(sdk: Sdk, record: Record, case: Record) -> None:
    """A change of a document is accepted, or refused for the reasons recorded."""
    schema = sdk.schema(record["schema"])
    for number, (shown, value) in enumerate(changes(record, case)):
        about = Shown(partial("{}: {}".format, record["schema"], shown))
        if case["violations"]:
            rejected(sdk, schema, value, case["violations"], about)
            owned(sdk, schema, value, case, about)
            if not number:
                drifts(sdk, schema, value, about, at=case["at"])
        else:
            direct = is_direct(record)
            accepted(sdk, schema, value, about, record, direct=direct, at=case["at"])


def is_direct(record: Record) -> bool:
    """Whether valid values of a schema are decoded without a doubt; false where a
    union is tried branch by branch."""
    return bool(record.get("direct", True))


def accepted(
    sdk: Sdk,
    schema: Any,
    value: Any,
    about: About,
    record: Record,
    *,
    direct: bool,
    at: str | None = None,
) -> None:
    """A valid value decodes and encodes to itself, and so do the objects in it: those
    on the way to what was changed, if it says where."""
    found = pairs(schema.violations(value))
    assert not found, f"{about}: valid, but found {found}"
    assert schema.is_valid(value), f"{about}: has no violation, and is called invalid"
    before = sdk.mark()
    decoded = schema.decode(value)
    doubted = direct and sdk.mark() is not before
    assert not doubted, f"{about}: is taken for invalid while it is decoded"
    assert same(schema.encode(decoded), value), f"{about}: encodes otherwise"
    assert same(sdk.gathered(decoded), value), f"{about}: fields hold otherwise"
    wrong = sdk.misfits(schema, decoded)
    assert not wrong, f"{about}: is not as annotated: {wrong}"
    for place, instance in instances(decoded) if direct else ():
        if place and (at is None or holds(place, at)):
            cls: Any = type(instance)
            before = sdk.mark()
            # What it was decoded from, for what it is encoded to has been made even.
            assert cls.from_dict(part(value, place)) == instance
            doubted = sdk.mark() is not before
            assert not doubted, f"{about}: {cls.__name__} is taken for invalid"
    assert not sdk.violations(decoded), f"{about}: drifts though valid"
    if is_object(decoded):
        sent = record.get("sent", {})
        side = sent["side"] if sent.get("constructs") else None
        if refused := pairs(schema.violations(value, side=side)) if side else []:
            again = sdk.refuses(dataclasses.replace, decoded)
            assert again == refused, f"{about}: {again}, to be sent {refused}"
        else:
            made = constructed(decoded, value, about)
            wrong = sdk.misfits(schema, made)
            assert not wrong, f"{about}: constructed, it is not as annotated: {wrong}"


def check_sent(sdk: Sdk, record: Record) -> None:
    """What the package sends is held against what the other side reads, and so are
    objects that a program makes to be sent."""
    schema, sent = sdk.schema(record["schema"]), record["sent"]
    with pytest.raises(ValueError, match="side"):
        schema.violations(None, side="neither")
    reader = "client" if sent["side"] == "server" else "server"
    for entry in sent["documents"]:
        value, expected = entry["value"], entry.get("violations", [])
        about = f"{record['schema']}: {text(value)}"
        found = pairs(schema.violations(value, side=sent["side"]))
        assert agree(found, expected), f"{about}: expected {expected}, found {found}"
        own = pairs(schema.violations(value, side=reader))
        assert own == pairs(schema.violations(value)), f"{about}: another is the reader"
        decoded = schema.decode(value, strict=False)
        if sent["constructs"] and is_object(decoded):
            if found:
                assert sdk.refuses(dataclasses.replace, decoded) == found, about
            else:
                constructed(decoded, value, about)
                made = dataclasses.replace(decoded)
                assert not sdk.violations(made), f"{about}: made, it drifts"


def constructed(decoded: Any, value: Any, about: About) -> Any:
    """An object that a program makes of the same fields is the same."""
    made = dataclasses.replace(decoded)
    assert made == decoded, f"{about}: differs when it is constructed"
    assert same(made.to_dict(), value), f"{about}: constructed, it differs"
    for field in dataclasses.fields(decoded):
        held = getattr(decoded, field.name)
        kept = not is_object(held) or getattr(made, field.name) is held
        assert kept, f"{about}: {field.name} is copied when it is constructed"
    return made


def survives(sdk: Sdk, schema: Any, value: Any, about: About) -> None:
    """A valid value stays the same through text, copies and its class."""
    decoded = schema.decode(value)
    written = json.loads(schema.to_json(decoded))
    assert same(written, value), f"{about}: is written otherwise"
    again = schema.from_json(json.dumps(value))
    assert again == decoded, f"{about}: reads otherwise from text"
    assert pickle.loads(pickle.dumps(decoded)) == decoded, f"{about}: pickles otherwise"
    if is_object(decoded):
        cls: Any = type(decoded)
        assert cls.from_dict(value) == cls.from_json(json.dumps(value)) == decoded
        assert same(decoded.to_dict(), value), f"{about}: to_dict differs"
        written = json.loads(decoded.to_json())
        assert same(written, value), f"{about}: to_json differs"
    for place in list(containers(decoded)):
        if isinstance(place, list):
            place.extend(place[:1])
        else:
            place["no such name"] = next(iter(place.values()), None)
    sent = same(schema.encode(decoded), sdk.gathered(decoded))
    assert sent, f"{about}: what is put in is not sent"


def rejected(
    sdk: Sdk, schema: Any, value: Any, expected: Expected, about: About
) -> None:
    """An invalid value is refused with all violations, and survives tolerantly."""
    found = pairs(schema.violations(value))
    assert agree(found, expected), f"{about}: expected {expected}, found {found}"
    assert not schema.is_valid(value), f"{about}: has violations, and is called valid"
    raised = sdk.refuses(schema.decode, value)
    assert raised == found, f"{about}: raises {raised}, but violations are {found}"
    decoded = schema.decode(value, strict=False)
    again = schema.encode(decoded)
    assert same(again, value), f"{about}: is lost in tolerant decoding"
    assert same(sdk.gathered(decoded), value), f"{about}: fields hold otherwise"


def owned(sdk: Sdk, schema: Any, value: Any, case: Record, about: About) -> None:
    """The objects on the way to what was changed say by themselves what is wrong.

    That is what is wrong with the whole, below their place, unless recorded otherwise.
    """
    at, expected = case["at"], case["violations"]
    if any(path is None for path, _ in expected):
        return
    for place, instance in instances(schema.decode(value, strict=False), near=at):
        below = [
            [path[len(place) :], keyword]
            for path, keyword in expected
            if holds(place, path)
        ]
        own = case.get("objects", {}).get(place, below)
        found = sdk.violations(instance)
        cls: Any = type(instance)
        named = f"{cls.__name__} at {place!r}"
        assert agree(found, own), f"{about}: {named} expected {own}, found {found}"
        if own:
            sdk.refuses(cls.from_dict, part(value, place))


def drifts(sdk: Sdk, schema: Any, value: Any, about: About, *, at: str = "") -> None:
    """Each object in a value decoded tolerantly refuses itself what it drifted by;
    those that hold what is at a place, or are inside it."""
    for _, instance in instances(schema.decode(value, strict=False), near=at):
        cls: Any = type(instance)
        data = instance.to_dict()
        assert same(json.loads(instance.to_json()), data), about
        again = cls.from_dict(data, strict=False)
        assert again == instance, f"{about}: {cls.__name__}.from_dict differs"
        names = {field.metadata["name"] for field in dataclasses.fields(instance)}
        known = {name: value for name, value in data.items() if name in names}
        unknown = {name: value for name, value in data.items() if name not in names}
        alone = cls.from_dict(known, strict=False)._extra or {}
        kept = instance._extra or {}
        assert same(kept, {**alone, **unknown}), f"{about}: keeps {kept} as unknown"
        if sdk.violations(instance):
            sdk.refuses(cls.from_dict, data)
        else:
            assert cls.from_dict(data) == instance, f"{about}: {cls.__name__} refuses"
