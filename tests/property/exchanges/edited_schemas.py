"""Edits of schemas."""

from __future__ import annotations

import copy

from tests.property.exchanges.documents import Maker
from tests.property.exchanges.places import (
    Impossible,
    flats,
    pick,
    schemas,
)
from tests.property.exchanges.schemas import Spec


def flat_remade(spec: Spec, maker: Maker) -> None:
    one = pick(flats(spec), maker)
    kept = {k: one[k] for k in ("readOnly", "writeOnly") if k in one}
    one.clear()
    one.update(maker.flat(), **kept)


def enum_changed(spec: Spec, maker: Maker) -> None:
    one = pick([s for s in schemas(spec) if "enum" in s], maker)
    fresh = pick(
        [t for t in ("red", "green", "5", "blue") if t not in one["enum"]], maker
    )
    if maker.rng.random() < 0.5 and len(one["enum"]) > 1:
        one["enum"].pop()
    else:
        one["enum"].append(fresh)


def listed(spec: Spec, maker: Maker) -> None:
    """A value becomes a list of such, or a list its items."""
    one = pick(
        [s for s in schemas(spec) if s.get("type") == "array"] + flats(spec), maker
    )
    inner = copy.deepcopy(one)
    one.clear()
    if inner.get("type") == "array":
        one.update(inner["items"])
    else:
        one.update({"type": "array", "items": inner})


def member_changed(spec: Spec, maker: Maker) -> None:
    one = pick([s for s in schemas(spec) if s.get("properties")], maker)
    name = maker.rng.choice(["a", "b", "c", "d"])
    if name in one["properties"]:
        del one["properties"][name]
        if name in one.get("required", ()) and maker.rng.random() < 0.7:
            one["required"].remove(name)
    else:
        one["properties"][name] = maker.flat()


def required_changed(spec: Spec, maker: Maker) -> None:
    one = pick([s for s in schemas(spec) if s.get("properties")], maker)
    name = maker.rng.choice(sorted(one["properties"]))
    needed = one.setdefault("required", [])
    if name in needed:
        needed.remove(name)
    else:
        needed.append(name)
    if not needed:
        del one["required"]


def closed(spec: Spec, maker: Maker) -> None:
    one = pick([s for s in schemas(spec) if s.get("properties")], maker)
    if one.pop("additionalProperties", None) is None:
        one["additionalProperties"] = maker.rng.choice([False, {"type": "string"}])


def sided(spec: Spec, maker: Maker) -> None:
    one = pick([s for s in schemas(spec) if s.get("properties")], maker)
    member = one["properties"][maker.rng.choice(sorted(one["properties"]))]
    if not isinstance(member, dict) or "$ref" in member:
        raise Impossible
    had = [k for k in ("readOnly", "writeOnly") if member.pop(k, None)]
    if not had:
        member[maker.rng.choice(["readOnly", "writeOnly"])] = True


def wrapped(spec: Spec, maker: Maker) -> None:
    one = pick(schemas(spec), maker)
    inner = copy.deepcopy(one)
    kept = {k: inner.pop(k) for k in ("readOnly", "writeOnly") if k in inner}
    one.clear()
    one.update({maker.rng.choice(["allOf", "anyOf", "oneOf"]): [inner]}, **kept)


def branched(spec: Spec, maker: Maker) -> None:
    one = pick([s for s in schemas(spec) if "anyOf" in s or "oneOf" in s], maker)
    key = "anyOf" if "anyOf" in one else "oneOf"
    if maker.rng.random() < 0.4 and len(one[key]) > 1:
        one[key].pop()
    elif maker.rng.random() < 0.5:
        one["oneOf" if key == "anyOf" else "anyOf"] = one.pop(key)
    else:
        one[key].append(maker.schema(1, False))


def nulled(spec: Spec, maker: Maker) -> None:
    one = pick([s for s in flats(spec) if "enum" not in s], maker)
    if not maker.old:
        one["type"] = [one["type"], "null"]
    elif not one.pop("nullable", False):
        one["nullable"] = True


def named(spec: Spec, maker: Maker) -> None:
    one = pick(schemas(spec), maker)
    kept = spec["components"]["schemas"]
    if any(one is other for other in kept.values()):
        raise Impossible
    name = f"S{len(kept)}"
    kept[name] = copy.deepcopy(one)
    marks = {k: kept[name].pop(k) for k in ("readOnly", "writeOnly") if k in one}
    one.clear()
    reference = {"$ref": f"#/components/schemas/{name}"}
    one.update({"allOf": [reference], **marks} if marks else reference)
