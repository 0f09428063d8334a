"""What documents claim of named schemas, place by place, without a word of prose."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Claim = tuple[str, str, str]
"""A place, a keyword, and a value."""
LIMITS = ("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems")


def loaded(path: Path) -> Any:
    """A document of YAML."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text("utf-8"), Loader=loader)


@dataclass(frozen=True)
class Documents:
    """Documents by file name, one of which names all schemas."""

    files: dict[str, Any]
    main: str

    def follow(self, reference: str, file: str) -> tuple[Any, str]:
        """What a reference leads to, and the file that it lies in."""
        name, _, pointer = reference.partition("#/")
        found = self.files[name or file]
        for token in pointer.split("/"):
            found = found[token.replace("~1", "/").replace("~0", "~")]
        return found, name or file

    def claims(self, name: str, apart: Callable[[str], bool]) -> set[Claim]:
        """All claims of a schema; what has a name of its own that is looked at `apart`
        is only referred to. Branches of unions are taken together."""
        schema, file = self.follow(f"#/components/schemas/{name}", self.main)
        while "$ref" in schema:
            schema, file = self.follow(schema["$ref"], file)
        return set(self._claims(schema, file, "", apart))

    def _claims(
        self, schema: Any, file: str, place: str, apart: Callable[[str], bool]
    ) -> Iterator[Claim]:
        if not isinstance(schema, dict):
            return
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            if apart(name):
                yield place, "refers", name
            else:
                found, other = self.follow(schema["$ref"], file)
                yield from self._claims(found, other, place, apart)
        yield from _own_claims(schema, place)
        for inner, there in _inner(schema, place):
            yield from self._claims(inner, file, there, apart)


def _own_claims(schema: dict[str, Any], place: str) -> Iterator[Claim]:
    """What a schema says of the value itself."""
    types = schema.get("type", [])
    for kind in [types] if isinstance(types, str) else types:
        yield place, "type", kind
    if schema.get("nullable"):
        yield place, "type", "null"
    constants = [schema["const"]] if "const" in schema else []
    for value in [*schema.get("enum", []), *constants]:
        yield place, "value", json.dumps(value)
    for name in schema.get("properties", {}):
        yield place, "property", name
    for name in schema.get("required", []):
        yield place, "required", name
    for keyword in LIMITS:
        if keyword in schema:
            yield place, keyword, json.dumps(schema[keyword])


def _inner(schema: dict[str, Any], place: str) -> Iterator[tuple[Any, str]]:
    """The schemas inside of one that are about a part of the value, or all of it."""
    for name, inner in schema.get("properties", {}).items():
        yield inner, f"{place}/{name}"
    yield schema.get("items"), f"{place}/[]"
    yield schema.get("additionalProperties"), f"{place}/{{}}"
    for keyword in ("anyOf", "oneOf", "allOf"):
        for branch in schema.get(keyword, []):
            condition = "if" in branch or set(branch) == {"required"}
            if not condition:
                yield branch, place
