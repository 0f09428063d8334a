"""The limit of 15 MiB of audio, whose values are too long for a file of cases."""

from __future__ import annotations

import base64
import importlib

from codegen.diagnostics import Report
from codegen.frontend import Options, load
from codegen.oracle import Oracle
from tests.golden.cases import ROOT

NAME = "RealtimeClientEventInputAudioBufferAppend"
LIMIT = base64.b64encode(bytes(15 * 2**20)).decode("ascii")


def event(audio: str) -> dict[str, str]:
    """An event that appends audio."""
    return {"type": "input_audio_buffer.append", "audio": audio}


def test_independent_validator() -> None:
    """15 MiB pass and one more group of base64 does not."""
    spec = ROOT / "specs/realtime/2024-12-17/asyncapi.yaml"
    module = load(spec, Options(perspective="client"), Report()).module
    oracle, schema = Oracle(module), module.names[NAME]
    assert oracle.errors(schema, event(LIMIT)) == []
    assert oracle.errors(schema, event(LIMIT + "AAAA")) == [("/audio", "maxLength")]


def test_generated_package() -> None:
    """The same of the generated checks."""
    schema = importlib.import_module("openai_realtime").SCHEMAS[NAME]
    assert schema.violations(event(LIMIT)) == []
    (violation,) = schema.violations(event(LIMIT + "AAAA"))
    assert (violation.path, violation.keyword) == ("/audio", "maxLength")
