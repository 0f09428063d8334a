"""Published specifications reach the IR whole, with nothing to complain of."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from codegen.diagnostics import Report, Severity
from codegen.frontend import Options, load
from codegen.ir import model as ir
from codegen.ir import walk
from codegen.ir.accepts import accepts
from tests.corpus_paths import ASYNCAPI, OPENAI, require

COUNTS = {
    "openapi-2024-10-17.yaml": 256,
    "openapi-2025-02-10.yaml": 288,
    "openapi-2026-08-14.yaml": 1409,
}


@pytest.mark.parametrize("name", COUNTS)
def test_every_component_has_its_name(name: str) -> None:
    path = require(OPENAI / name)
    report = Report()
    module = load(path, Options(), report).module
    assert not report.failed
    assert all(problem.severity is Severity.WARNING for problem in report)
    names = {n: i for n, i in module.names.items() if n not in module.inline}
    assert len(names) == COUNTS[name]
    prefix = f"{name}#/components/schemas/"
    assert [prefix + key for key in names] == list(names.values())
    for schema in module.schemas.values():
        assert all(target in module.schemas for target in walk.references(schema))


def test_examples_of_realtime_events_are_judged_as_an_independent_reading_did() -> None:
    """Of the 38 examples of 2025-02-10, 7 break the schema that carries them."""
    path = require(OPENAI / "openapi-2025-02-10.yaml")
    options = Options(include=("Realtime*",))
    module = load(path, options, Report()).module
    judged = {
        name: accepts(module, module.schemas[identity], example)
        for name, identity in module.names.items()
        for example in module.schemas[identity].annotations.examples
    }
    assert len(judged) == 38
    assert list(judged.values()).count(False) == 7


@pytest.mark.parametrize(
    "name",
    [
        "correlation-id-asyncapi.yml",
        "gitter-streaming-asyncapi.yml",
        "slack-rtm-asyncapi.yml",
        "streetlights-mqtt-asyncapi.yml",
    ],
)
def test_every_message_of_a_channel_has_a_direction(name: str) -> None:
    path: Path = require(ASYNCAPI / name)
    report = Report()
    module = load(path, Options(), report).module
    assert len(report) == 0
    source = yaml.safe_load(path.read_text("utf-8"))
    keys = [key for c in source["channels"].values() for key in c["messages"]]
    used = [message for message in module.messages if message.channel]
    assert sorted(message.name for message in used) == sorted(keys)
    for message in module.messages:
        # What no channel has is among the components only.
        unknown = message.direction is ir.Direction.UNKNOWN
        assert unknown is (message not in used)
        assert message.payload in module.names.values()
