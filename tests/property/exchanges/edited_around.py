"""Edits of security, servers and operations as a whole."""

from __future__ import annotations

import copy
from typing import Any

from tests.property.exchanges.documents import SERVERS, Maker
from tests.property.exchanges.places import (
    Impossible,
    operations,
    pick,
    walk,
)
from tests.property.exchanges.schemas import Spec

Json = Any


def security_changed(spec: Spec, maker: Maker) -> None:
    holder = maker.rng.choice([spec, *operations(spec)])
    if "security" not in holder or maker.rng.random() < 0.3:
        holder["security"] = maker.security()
        return
    match maker.rng.randrange(4):
        case 0:
            del holder["security"]
        case 1:
            holder["security"].append(maker.security()[0])
        case 2 if holder["security"]:
            holder["security"].pop()
        case _:
            for way in holder["security"]:
                if "oauth" in way:
                    scopes = way["oauth"]
                    scopes.pop() if scopes else scopes.append("read")


def scheme_changed(spec: Spec, maker: Maker) -> None:
    schemes = spec["components"]["securitySchemes"]
    match maker.rng.randrange(5):
        case 3:
            flow = schemes["oauth"]["flows"]["clientCredentials"]
            flow["scopes"]["more"] = ""
        case 4:
            schemes["twin"] = copy.deepcopy(schemes["key"])
            for way in (w for o in walk(spec) for w in _ways(o)):
                if "key" in way and maker.rng.random() < 0.5:
                    way["twin"] = way.pop("key")
        case 0:
            schemes["key"]["name"] = maker.rng.choice(["x-key", "X-Other"])
        case 1:
            schemes["basic"]["scheme"] = maker.rng.choice(["Basic", "digest"])
        case _:
            if "bearer" not in schemes:
                raise Impossible
            schemes["token"] = schemes.pop("bearer")
            for way in (w for o in walk(spec) for w in _ways(o)):
                if "bearer" in way:
                    way["token"] = way.pop("bearer")


def _ways(one: Json) -> list[Json]:
    told = one.get("security")
    return told if isinstance(told, list) else []


def servers_changed(spec: Spec, maker: Maker) -> None:
    items = list(spec["paths"].values())
    holder = maker.rng.choice([spec, spec, *items, *operations(spec)])
    if "servers" in holder and maker.rng.random() < 0.4:
        del holder["servers"]
    else:
        holder["servers"] = copy.deepcopy(
            maker.rng.sample(SERVERS, maker.rng.randint(1, 2))
        )


def variable_changed(spec: Spec, maker: Maker) -> None:
    found = [
        one["variables"]["region"]
        for one in walk(spec)
        if "region" in one.get("variables", ())
    ]
    one = pick(found, maker)
    values = maker.rng.choice([["a"], ["a", "b", "c"], None])
    one.pop("enum", None)
    if values:
        one["enum"] = values


def base_moved(spec: Spec, maker: Maker) -> None:
    servers = spec.get("servers", [{"url": "/"}])
    own = any("servers" in one for one in walk(spec["paths"]))
    if own or any("{" in s["url"] for s in servers):
        raise Impossible
    if all(s["url"].endswith("/v1") for s in servers):
        spec["servers"] = [
            {"url": s["url"].removesuffix("/v1") or "/"} for s in servers
        ]
        spec["paths"] = {f"/v1{path}": item for path, item in spec["paths"].items()}
    elif all(path.startswith("/v1") for path in spec["paths"]):
        spec["servers"] = [{"url": s["url"].removesuffix("/") + "/v1"} for s in servers]
        spec["paths"] = {p.removeprefix("/v1"): i for p, i in spec["paths"].items()}
    else:
        raise Impossible


def operation_added(spec: Spec, maker: Maker) -> None:
    path = maker.rng.choice(["/four", "/two/{id}", "/one"])
    methods = spec["paths"].setdefault(path, {})
    if "put" in methods:
        raise Impossible
    methods["put"] = maker.operation(path)


def operation_removed(spec: Spec, maker: Maker) -> None:
    if len(operations(spec)) < 2:
        raise Impossible
    path = maker.rng.choice(sorted(spec["paths"]))
    if len(spec["paths"]) > 1:
        del spec["paths"][path]


def words(spec: Spec, maker: Maker) -> None:
    spec["info"]["description"] = "other words"
    for operation in operations(spec):
        operation["operationId"] = f"id{maker.rng.randrange(10**9)}"
