"""Our specifications against the vendor's files that their facts come from."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
import yaml

from codegen.ir import model as ir
from codegen.oracle import Oracle
from tests.golden import vendor
from tests.golden.cases import ROOT
from tests.golden.vendor import VERSIONS, Version

EXTENSIONS = ROOT / "codegen" / "frontend" / "extensions.schema.json"
MESSAGES = {"2024-10-01": 37, "2024-12-17": 37, "2026-08": 67}
EXAMPLES = {"2024-10-01": 37, "2024-12-17": 38, "2026-08": 72}

pytestmark = pytest.mark.parametrize("version", VERSIONS, ids=lambda v: v.name)


def test_every_schema_of_the_vendor_keeps_its_name(version: Version) -> None:
    """Every `Realtime…` name of the vendor is a name of ours."""
    names = vendor.ours(version).names.keys()
    assert vendor.schemas(version).keys() - names == set()


def test_every_claim_of_the_vendor_is_ours(version: Version) -> None:
    """Properties, types, nulls, values, limits and what is required: whatever the
    vendor's schemas say, ours say in the same place."""
    assert vendor.missing(version) == list(version.otherwise)


def test_every_event_is_a_message(version: Version) -> None:
    """Each event has the tag and the direction that the vendor gives it."""
    directions = {
        "RealtimeClientEvent": ir.Direction.CLIENT_TO_SERVER,
        "RealtimeServerEvent": ir.Direction.SERVER_TO_CLIENT,
        "RealtimeTranslationClientEvent": ir.Direction.CLIENT_TO_SERVER,
        "RealtimeTranslationServerEvent": ir.Direction.SERVER_TO_CLIENT,
        "Webhook": ir.Direction.SERVER_TO_CLIENT,
    }
    expected = {
        (schema["x-oaiMeta"]["name"], direction, name)
        for name, schema in vendor.schemas(version).items()
        for prefix, direction in directions.items()
        if name.startswith(prefix) and name != prefix
    }
    module = vendor.ours(version)
    by_id = {schema_id: name for name, schema_id in module.names.items()}
    found = {
        (m.name, m.direction, by_id[m.payload])
        for m in module.messages
        if m.payload is not None
    }
    assert found == expected
    assert len(found) == MESSAGES[version.name]


def test_every_example_of_the_vendor_is_valid(version: Version) -> None:
    """What the examples show is really sent, so our schemas accept all of it, but for
    the few that the vendor spoilt."""
    module = vendor.ours(version)
    oracle = Oracle(module)
    found = [
        (name, place, keyword)
        for name, value in vendor.examples(version)
        for place, keyword in oracle.errors(module.names[name], value)
    ]
    assert len(vendor.examples(version)) >= EXAMPLES[version.name]
    assert found == list(version.departures)


def test_every_example_survives_the_generated_package(version: Version) -> None:
    """Strict decoding takes every valid example, tolerant decoding all of them, and
    encoding gives each back."""
    if not version.package:
        pytest.skip("no package is generated from this version")
    package = importlib.import_module(version.package)
    spoilt = {name for name, _, _ in version.departures}
    for name, value in vendor.examples(version):
        schema = package.SCHEMAS[name]
        decoded = schema.decode(value, strict=name not in spoilt)
        assert schema.encode(decoded) == value, name


def test_every_example_survives_drift(version: Version) -> None:
    """With null, something new or nothing in any place an example is read, is given
    back as it came, and is said to be wrong if the validator says so."""
    if not version.package:
        pytest.skip("no package is generated from this version")
    package = importlib.import_module(version.package)
    module = vendor.ours(version)
    oracle = Oracle(module)
    count = 0
    for name, value in vendor.examples(version):
        schema = package.SCHEMAS[name]
        for drifted in drifts(value):
            decoded = schema.decode(drifted, strict=False)
            assert schema.encode(decoded) == drifted, name
            valid = oracle.valid(module.names[name], drifted)
            assert bool(package.violations_of(decoded)) is not valid, (name, drifted)
            count += 1
    assert count > 700


def drifts(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An object with null, with something new and with nothing in the place of each
    property at each depth, and with a property beside them."""
    yield value | {"new": [None]}
    for key, inner in value.items():
        yield {name: held for name, held in value.items() if name != key}
        yield value | {key: None}
        yield value | {key: {"new": 1}}
        if isinstance(inner, dict):
            yield from (value | {key: drifted} for drifted in drifts(inner))


def test_extension_keywords_are_well_formed(version: Version) -> None:
    """What the specification writes under `x-…` is what the schema of these says."""
    schema = json.loads(EXTENSIONS.read_text("utf-8"))
    jsonschema_rs.meta.validate(schema)
    validator = jsonschema_rs.Draft202012Validator(schema)
    seen: set[str] = set()
    folder = ROOT / "specs" / "realtime" / version.name
    for path in sorted(folder.glob("*.yaml")):
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
