"""Where the parts of a document are that an edit may change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.property.exchanges.documents import Maker
from tests.property.exchanges.schemas import Spec

Json = Any


class Impossible(Exception):
    """A document has no place for an edit."""


def pick(many: list[Any], maker: Maker) -> Any:
    if not many:
        raise Impossible
    return maker.rng.choice(many)


def operations(spec: Spec) -> list[Json]:
    items = [i for key in ("paths", "webhooks") for i in spec.get(key, {}).values()]
    found = []
    while items:
        for method, operation in items.pop().items():
            if method in ("get", "post", "put"):
                found.append(operation)
                for callback in operation.get("callbacks", {}).values():
                    items.extend(callback.values())
    return found


def walk(value: Json) -> Iterator[Json]:
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            yield one
            stack.extend(one.values())
        elif isinstance(one, list):
            stack.extend(one)


def parameters(spec: Spec) -> list[Json]:
    found = []
    for one in walk(spec):
        told = one.get("parameters")
        if isinstance(told, list):
            found += [p for p in told if "in" in p]
    return found


def free(spec: Spec) -> list[Json]:
    return [one for one in parameters(spec) if one["in"] != "path"]


def holders(spec: Spec) -> list[Json]:
    return [
        one
        for one in walk(spec)
        if isinstance(one.get("content"), dict) and "in" not in one
    ]


def schemas(spec: Spec) -> list[Json]:
    """Every schema, the deeper ones too."""
    found: list[Json] = []
    stack = [one["schema"] for one in walk(spec) if isinstance(one.get("schema"), dict)]
    stack += list(spec["components"].get("schemas", {}).values())
    while stack:
        one = stack.pop()
        if not isinstance(one, dict):
            continue
        found.append(one)
        stack.extend(one.get("properties", {}).values())
        stack.extend(one.get(key) for key in ("items", "additionalProperties"))
        for key in ("allOf", "anyOf", "oneOf"):
            stack.extend(one.get(key, ()))
    return [one for one in found if "$ref" not in one]


def flats(spec: Spec) -> list[Json]:
    kinds = ("string", "integer", "number", "boolean")
    return [one for one in schemas(spec) if one.get("type") in kinds]
