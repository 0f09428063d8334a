"""Edits of parameters."""

from __future__ import annotations

from tests.property.exchanges.documents import Maker
from tests.property.exchanges.places import (
    Impossible,
    free,
    operations,
    parameters,
    pick,
    walk,
)
from tests.property.exchanges.schemas import Spec


def parameter_added(spec: Spec, maker: Maker) -> None:
    operation = pick(operations(spec), maker)
    where = maker.rng.choice(["query", "header", "cookie"])
    known = [(p.get("in"), p.get("name")) for p in operation.get("parameters", ())]
    if (where, "s") in known:
        raise Impossible
    operation.setdefault("parameters", []).append(maker.parameter(where, "s"))


def parameter_removed(spec: Spec, maker: Maker) -> None:
    holders = [
        (o["parameters"], p)
        for o in operations(spec)
        for p in o.get("parameters", ())
        if p.get("in") != "path"
    ]
    many, one = pick(holders, maker)
    many.remove(one)


def parameter_required(spec: Spec, maker: Maker) -> None:
    one = pick(free(spec), maker)
    one["required"] = not one.get("required", False)


def parameter_moved(spec: Spec, maker: Maker) -> None:
    one = pick([p for p in free(spec) if "content" not in p], maker)
    where = maker.rng.choice(
        [w for w in ("query", "header", "cookie") if w != one["in"]]
    )
    fresh = maker.parameter(where, one["name"])
    fresh["required"] = one.get("required", False)
    one.clear()
    one.update(fresh)


def parameter_remade(spec: Spec, maker: Maker) -> None:
    one = pick(parameters(spec), maker)
    fresh = maker.parameter(one["in"], one["name"])
    one.clear()
    one.update(fresh)


def parameter_rewritten(spec: Spec, maker: Maker) -> None:
    one = pick([p for p in parameters(spec) if "schema" in p], maker)
    key = maker.rng.choice(
        ["explode", "explode", "style", "allowReserved", "allowEmptyValue"]
    )
    if key == "style":
        style = {
            "path": ["simple", "label", "matrix"],
            "query": ["form", "pipeDelimited"],
        }
        one["style"] = maker.rng.choice(style.get(one["in"], ["simple"]))
        if one["in"] == "cookie":
            one["style"] = "form"
    elif key == "explode":
        usual = (
            one.get("style", "form" if one["in"] in ("query", "cookie") else "")
            == "form"
        )
        one[key] = not one.get(key, usual)
    elif one["in"] == "query":
        one[key] = not one.get(key, False)


def parameter_by_content(spec: Spec, maker: Maker) -> None:
    one = pick(parameters(spec), maker)
    if "content" in one:
        (media,) = one.pop("content").values()
        one["schema"] = media["schema"]
    else:
        for key in ("style", "explode", "allowReserved", "allowEmptyValue"):
            one.pop(key, None)
        one["content"] = {"application/json": {"schema": one.pop("schema")}}


def parameter_of_path_item(spec: Spec, maker: Maker) -> None:
    item = pick(list(spec["paths"].values()), maker)
    methods = [m for m in ("get", "post") if item.get(m, {}).get("parameters")]
    operation = item[pick(methods, maker)]
    one = operation["parameters"].pop(0)
    item.setdefault("parameters", []).append(one)


def parameter_shared(spec: Spec, maker: Maker) -> None:
    lists = [o["parameters"] for o in operations(spec) if o.get("parameters")]
    many = pick(lists, maker)
    kept = spec["components"].setdefault("parameters", {})
    name = f"P{len(kept)}"
    if "$ref" in many[0]:
        raise Impossible
    kept[name] = many[0]
    many[0] = {"$ref": f"#/components/parameters/{name}"}


def parameter_renamed(spec: Spec, maker: Maker) -> None:
    path = pick([p for p in spec["paths"] if "{id}" in p], maker)
    item = spec["paths"][path]
    for one in walk(item):
        if one.get("in") == "path":
            one["name"] = "key"
    if any(
        "$ref" in p
        for o in item.values()
        if isinstance(o, dict)
        for p in o.get("parameters", ())
    ):
        raise Impossible
    spec["paths"] = {
        p.replace("{id}", "{key}") if p == path else p: i
        for p, i in spec["paths"].items()
    }


def parameter_in_another_case(spec: Spec, maker: Maker) -> None:
    one = pick([p for p in free(spec) if p["in"] == "header"], maker)
    one["name"] = one["name"].upper()


def parameter_of_the_path_undescribed(spec: Spec, maker: Maker) -> None:
    found = [
        (o["parameters"], p)
        for o in operations(spec)
        for p in o.get("parameters", ())
        if p.get("in") == "path" and p.get("style", "simple") == "simple"
    ]
    many, one = pick(found, maker)
    many.remove(one)


def parameter_overridden(spec: Spec, maker: Maker) -> None:
    """An operation says of a parameter what its path says otherwise."""
    item = pick(list(spec["paths"].values()), maker)
    methods = [m for m in ("get", "post", "put") if item.get(m, {}).get("parameters")]
    one = item[pick(methods, maker)]["parameters"][0]
    if "$ref" in one or any(
        p.get("name") == one["name"] for p in item.get("parameters", ())
    ):
        raise Impossible
    fresh = maker.parameter(one["in"], one["name"])
    item.setdefault("parameters", []).append(fresh)


def parameter_deprecated(spec: Spec, maker: Maker) -> None:
    pick(parameters(spec), maker)["deprecated"] = True
