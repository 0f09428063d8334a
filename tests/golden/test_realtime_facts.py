"""Our specifications against the vendor's files that their facts come from."""

from __future__ import annotations

import functools
import importlib
import json
from typing import Any

import jsonschema_rs
import pytest
import yaml

from codegen.diagnostics import Report
from codegen.frontend import Options, load
from codegen.ir import model as ir
from codegen.oracle import Oracle
from tests.golden.cases import ROOT

CORPUS = ROOT.parent / "shared" / "corpus" / "openai"
EXTENSIONS = ROOT / "codegen" / "frontend" / "extensions.schema.json"
VERSIONS = {"2024-10-01": "2024-10-17", "2024-12-17": "2025-02-10"}
"""Each version of ours and the vendor's file."""

pytestmark = pytest.mark.parametrize("version", VERSIONS)


@functools.cache
def ours(version: str) -> ir.Module:
    """Our specification, which must be read without a complaint."""
    path = ROOT / "specs" / "realtime" / version / "asyncapi.yaml"
    report = Report()
    module = load(path, Options(perspective="client"), report).module
    assert list(report) == []
    return module


@functools.cache
def vendors(version: str) -> dict[str, dict[str, Any]]:
    """The vendor's schemas named `Realtime…`; skips where the corpus is absent."""
    path = CORPUS / f"openapi-{VERSIONS[version]}.yaml"
    if not path.exists():
        pytest.skip(f"the corpus is not here: {path}")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document = yaml.load(path.read_text("utf-8"), Loader=loader)
    schemas = document["components"]["schemas"]
    return {n: s for n, s in schemas.items() if n.startswith("Realtime")}


def examples(version: str) -> dict[str, Any]:
    """The vendor's examples by the name of their schema."""
    found = {}
    for name, schema in vendors(version).items():
        text = schema.get("x-oaiMeta", {}).get("example")
        if text:
            found[name] = json.loads(text)
    return found


def test_every_schema_of_the_vendor_keeps_its_name(version: str) -> None:
    """Every `Realtime…` name of the vendor is a name of ours."""
    assert vendors(version).keys() - ours(version).names.keys() == set()


def test_every_event_is_a_message(version: str) -> None:
    """9 events of the client, 28 of the server, as the vendor tags and places them."""
    directions = {
        "RealtimeClientEvent": ir.Direction.CLIENT_TO_SERVER,
        "RealtimeServerEvent": ir.Direction.SERVER_TO_CLIENT,
    }
    expected = {
        (schema["x-oaiMeta"]["name"], direction, name)
        for name, schema in vendors(version).items()
        for prefix, direction in directions.items()
        if name.startswith(prefix)
    }
    module = ours(version)
    by_id = {schema_id: name for name, schema_id in module.names.items()}
    found = {
        (m.name, m.direction, by_id[m.payload])
        for m in module.messages
        if m.payload is not None
    }
    assert found == expected
    assert len(found) == 37


def test_every_example_of_the_vendor_is_valid(version: str) -> None:
    """What the examples show is really sent, so our schemas accept all of it."""
    module = ours(version)
    oracle = Oracle(module)
    found = {
        name: oracle.errors(module.names[name], value)
        for name, value in examples(version).items()
    }
    assert len(found) >= 37
    assert {name: errors for name, errors in found.items() if errors} == {}


def test_every_example_survives_the_generated_package(version: str) -> None:
    """Strict decoding takes every example, and encoding gives it back."""
    if version != "2024-12-17":
        pytest.skip("no package is generated from this version")
    package = importlib.import_module("openai_realtime")
    for name, value in examples(version).items():
        schema = package.SCHEMAS[name]
        assert schema.encode(schema.decode(value)) == value, name


def test_extension_keywords_are_well_formed(version: str) -> None:
    """What the specification writes under `x-…` is what the schema of these says."""
    schema = json.loads(EXTENSIONS.read_text("utf-8"))
    jsonschema_rs.meta.validate(schema)
    validator = jsonschema_rs.Draft202012Validator(schema)
    seen: set[str] = set()
    for path in sorted((ROOT / "specs" / "realtime" / version).glob("*.yaml")):
        for mapping in mappings(yaml.safe_load(path.read_text("utf-8"))):
            extensions = {k: v for k, v in mapping.items() if str(k).startswith("x-")}
            assert [str(e) for e in validator.iter_errors(extensions)] == [], path
            seen |= extensions.keys()
    assert seen == {"x-enum-metadata", "x-session-rules"}


def mappings(value: Any) -> list[dict[str, Any]]:
    """Every mapping inside a value, itself included."""
    found: list[dict[str, Any]] = []
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            found.append(item)
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)
    return found
