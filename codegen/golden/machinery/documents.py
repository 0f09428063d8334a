"""Documents and their changes: decoded, encoded, refused and kept as they must be."""

# What a decoded value holds has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false

from __future__ import annotations

import dataclasses
import json
import pickle
from collections.abc import Mapping
from functools import partial
from typing import Any, TypeAlias

import pytest

from .files import Record, changes
from .objects import containers, instances, is_object, properties
from .plugin import Recorded
from .sdk import Sdk
from .values import Looks, Shown, holds, part, same, text
from .violations import Expected, Pairs, agree, pairs

About: TypeAlias = "str | Shown"
"""What is said where something is wrong."""

_NOTHING: dict[str, Pairs] = {}


def check_document(sdk: Sdk, record: Record, entry: Record, recorded: Recorded) -> None:
    """A document is decoded and encoded as recorded."""
    schema, about = sdk.schema(record["schema"]), f"{record['schema']}: {entry['name']}"
    if violations := entry.get("violations"):
        decoded = rejected(sdk, schema, entry["value"], violations, about)
    else:
        direct = is_direct(record)
        accepted(sdk, schema, entry["value"], about, record, direct=direct)
        survives(sdk, schema, entry["value"], about)
        decoded = schema.decode(entry["value"], strict=False)
    drifts(sdk, decoded, about)
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
            again = number > 0
            decoded = rejected(
                sdk, schema, value, case["violations"], about, again=again
            )
            # What a class says of all of a value is what its schema says.
            inside = again and sdk.is_class_of(schema, decoded)
            known = owned(sdk, decoded, value, case, about, inside=inside)
            if not again:
                drifts(sdk, decoded, about, at=case["at"], known=known)
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
    looks = Looks(value)
    found = sdk.found(schema, value)
    assert not found, f"{about}: valid, but found {found}"
    assert schema.is_valid(value), f"{about}: has no violation, and is called invalid"
    before = sdk.mark()
    decoded = schema.decode(value)
    doubted = direct and sdk.mark() is not before
    assert not doubted, f"{about}: is taken for invalid while it is decoded"
    assert looks.same(schema.encode(decoded)), f"{about}: encodes otherwise"
    assert looks.same(sdk.gathered(decoded)), f"{about}: fields hold otherwise"
    wrong = sdk.misfits(schema, decoded)
    assert not wrong, f"{about}: is not as annotated: {wrong}"
    for place, instance in instances(decoded, near=at or "") if direct else ():
        if place and (at is None or holds(place, at)):
            cls: Any = type(instance)
            before = sdk.mark()
            # What it was decoded from, for what it is encoded to has been made even.
            assert cls.from_dict(part(value, place)) == instance
            doubted = sdk.mark() is not before
            assert not doubted, f"{about}: {cls.__name__} is taken for invalid"
    if at is None or not sdk.is_class_of(schema, decoded):
        assert not sdk.violations(decoded), f"{about}: drifts though valid"
    if is_object(decoded) and not _is_refused(sdk, record, decoded, value, about):
        made = constructed(decoded, looks, about)
        wrong = sdk.misfits(schema, made, known=decoded)
        assert not wrong, f"{about}: constructed, it is not as annotated: {wrong}"


def _is_refused(
    sdk: Sdk, record: Record, decoded: Any, value: Any, about: About
) -> bool:
    """Whether a program cannot make an object of the same fields, to be sent. Its class
    refuses it for what the schema says; one that is not the schema's own says more."""
    sent, schema = record.get("sent"), sdk.schema(record["schema"])
    if sent is None:
        return False
    if not sdk.is_class_of(schema, decoded):
        return bool(sdk.refusal_of(dataclasses.replace, decoded))
    side = sent["side"] if sent["constructs"] else None
    expected = pairs(schema.violations(value, side=side)) if side else []
    if expected:
        found = sdk.refuses(dataclasses.replace, decoded)
        assert found == expected, f"{about}: {found}, to be sent {expected}"
    return bool(expected)


def check_sent(sdk: Sdk, record: Record) -> None:
    """What the package sends is held against what the other side reads, and so are
    objects that a program makes to be sent."""
    schema, sent = sdk.schema(record["schema"]), record["sent"]
    with pytest.raises(ValueError, match="side"):
        schema.violations(None, side="neither")
    for entry in sent["documents"]:
        value, expected = entry["value"], entry.get("violations", [])
        about = f"{record['schema']}: {text(value)}"
        found = pairs(schema.violations(value, side=sent["side"]))
        assert agree(found, expected), f"{about}: expected {expected}, found {found}"
        own = sdk.found(schema, value)
        assert own == pairs(schema.violations(value)), f"{about}: another is the reader"
        decoded = schema.decode(value, strict=False)
        if sent["constructs"] and sdk.is_class_of(schema, decoded):
            if found:
                assert sdk.refuses(dataclasses.replace, decoded) == found, about
            else:
                constructed(decoded, Looks(value), about)
                made = dataclasses.replace(decoded)
                assert not sdk.violations(made), f"{about}: made, it drifts"


def constructed(decoded: Any, looks: Looks, about: About) -> Any:
    """An object that a program makes of the same fields is the same."""
    made = dataclasses.replace(decoded)
    assert made == decoded, f"{about}: differs when it is constructed"
    assert looks.same(made.to_dict()), f"{about}: constructed, it differs"
    cls: Any = type(decoded)
    for name, _ in properties(cls):
        held = getattr(decoded, name)
        kept = getattr(made, name) is held or not is_object(held)
        assert kept, f"{about}: {name} is copied when it is constructed"
    return made


def survives(sdk: Sdk, schema: Any, value: Any, about: About) -> None:
    """A valid value stays the same through text, copies and its class."""
    decoded, looks = schema.decode(value), Looks(value)
    written = json.loads(schema.to_json(decoded))
    assert looks.same(written), f"{about}: is written otherwise"
    again = schema.from_json(json.dumps(value))
    assert again == decoded, f"{about}: reads otherwise from text"
    assert pickle.loads(pickle.dumps(decoded)) == decoded, f"{about}: pickles otherwise"
    if is_object(decoded):
        cls: Any = type(decoded)
        assert cls.from_dict(value) == cls.from_json(json.dumps(value)) == decoded
        assert looks.same(decoded.to_dict()), f"{about}: to_dict differs"
        written = json.loads(decoded.to_json())
        assert looks.same(written), f"{about}: to_json differs"
    for place in list(containers(decoded)):
        if isinstance(place, list):
            place.extend(place[:1])
        else:
            place["no such name"] = next(iter(place.values()), None)
    sent = same(schema.encode(decoded), sdk.gathered(decoded))
    assert sent, f"{about}: what is put in is not sent"


def rejected(
    sdk: Sdk,
    schema: Any,
    value: Any,
    expected: Expected,
    about: About,
    *,
    again: bool = False,
) -> Any:
    """An invalid value is refused with all violations, and survives tolerantly: as what
    is returned.

    A strict reader decodes as a tolerant one, and looks for violations where decoding
    has noticed something. Of values that are refused for the same reasons `again`, only
    this is asked, once the first was read strictly.
    """
    looks = Looks(value)
    found = sdk.found(schema, value)
    assert agree(found, expected), f"{about}: expected {expected}, found {found}"
    assert not schema.is_valid(value), f"{about}: has violations, and is called valid"
    before = sdk.mark()
    decoded = schema.decode(value, strict=False)
    noticed = sdk.mark() is not before
    assert noticed, f"{about}: is invalid, which is not noticed while it is decoded"
    if not again:
        raised = sdk.refuses(schema.decode, value)
        assert raised == found, f"{about}: raises {raised}, but violations are {found}"
    lost = not looks.same(schema.encode(decoded))
    assert not lost, f"{about}: is lost in tolerant decoding"
    assert looks.same(sdk.gathered(decoded)), f"{about}: fields hold otherwise"
    return decoded


def owned(
    sdk: Sdk, decoded: Any, value: Any, case: Record, about: About, *, inside: bool
) -> dict[str, Pairs]:
    """The objects on the way to what was changed say by themselves what is wrong; those
    `inside` are asked alone where the outermost has been.

    That is what is wrong with the whole, below their place, unless recorded otherwise,
    and it is refused. Returns what was found by place, nothing where it is not known.
    """
    at, expected = case["at"], case["violations"]
    known: dict[str, Pairs] = {}
    if any(path is None for path, _ in expected):
        return known
    for place, instance in instances(decoded, near=at):
        if inside and not place:
            continue
        below = [
            [path[len(place) :], keyword]
            for path, keyword in expected
            if holds(place, path)
        ]
        own = case.get("objects", {}).get(place, below)
        found = known[place] = sdk.violations(instance)
        cls: Any = type(instance)
        named = f"{cls.__name__} at {place!r}"
        assert agree(found, own), f"{about}: {named} expected {own}, found {found}"
        if own:
            sdk.refuses(cls.from_dict, part(value, place))
    return known


def drifts(
    sdk: Sdk,
    decoded: Any,
    about: About,
    *,
    at: str = "",
    known: Mapping[str, Pairs] = _NOTHING,
) -> None:
    """Each object in a value decoded tolerantly refuses itself what it drifted by,
    unless that is `known` already; those that hold what is at a place, or are inside
    it."""
    for place, instance in instances(decoded, near=at):
        cls: Any = type(instance)
        data = instance.to_dict()
        looks = Looks(data)
        assert looks.same(json.loads(instance.to_json())), about
        again = cls.from_dict(data, strict=False)
        assert again == instance, f"{about}: {cls.__name__}.from_dict differs"
        lost = not looks.same(again.to_dict())
        assert not lost, f"{about}: {cls.__name__}.from_dict loses something"
        keeps_unknown(sdk, instance, data, again, about)
        if not (known[place] if place in known else sdk.violations(instance)):
            assert cls.from_dict(data) == instance, f"{about}: {cls.__name__} refuses"
        elif place not in known:
            sdk.refuses(cls.from_dict, data)


def keeps_unknown(
    sdk: Sdk, instance: Any, data: Record, again: Any, about: About
) -> None:
    """An object keeps what no field is for, and nothing else because of it; `again` is
    what its data is decoded to."""
    cls: Any = type(instance)
    names = {name for _, name in properties(cls)}
    unknown = {name: value for name, value in data.items() if name not in names}
    if unknown:
        known = {name: value for name, value in data.items() if name in names}
        again = cls.from_dict(known, strict=False)
    expected, kept = {**(again._extra or {}), **unknown}, dict(instance._extra or {})
    for name in names & (expected.keys() ^ kept.keys()):
        # What is unknown decides which branch is met, if any is. By one the value fits
        # the field or is a violation, by the other it is kept beside the fields.
        if sdk.violations(instance if name in expected else again):
            expected.pop(name, None)
            kept.pop(name, None)
    assert same(kept, expected), f"{about}: keeps {kept} as unknown"
