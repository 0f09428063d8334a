"""The limit of 15 MiB of audio, whose values are too long for a file of cases."""

from __future__ import annotations

import base64
import importlib

import pytest

from codegen.oracle import Oracle
from tests.golden.vendor import VERSIONS, Version, ours

NAME = "RealtimeClientEventInputAudioBufferAppend"
LIMIT = base64.b64encode(bytes(15 * 2**20)).decode("ascii")

pytestmark = pytest.mark.parametrize(
    "version", [v for v in VERSIONS if v.package], ids=lambda v: v.name
)


def event(audio: str) -> dict[str, str]:
    """An event that appends audio."""
    return {"type": "input_audio_buffer.append", "audio": audio}


def test_independent_validator(version: Version) -> None:
    """15 MiB pass and one more group of base64 does not."""
    module = ours(version)
    oracle, schema = Oracle(module), module.names[NAME]
    assert oracle.errors(schema, event(LIMIT)) == []
    assert oracle.errors(schema, event(LIMIT + "AAAA")) == [("/audio", "maxLength")]


def test_generated_package(version: Version) -> None:
    """The same of the generated checks."""
    schema = importlib.import_module(version.package).SCHEMAS[NAME]
    assert schema.violations(event(LIMIT)) == []
    (violation,) = schema.violations(event(LIMIT + "AAAA"))
    assert (violation.path, violation.keyword) == ("/audio", "maxLength")
