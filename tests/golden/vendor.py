"""The vendor's schemas and examples that the facts of our specifications come from."""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass
from typing import Any

import yaml

from codegen.diagnostics import Report
from codegen.frontend import Options, load
from codegen.ir import model as ir
from tests.corpus_paths import OPENAI, require
from tests.golden.cases import ROOT


@dataclass(frozen=True)
class Version:
    """A version of ours and what it is made from."""

    name: str
    facts: str
    package: str = ""
    left_out: tuple[str, ...] = ()
    departures: tuple[tuple[str, str, str], ...] = ()
    """Examples that the vendor spoilt: schema, place and keyword."""

    def covers(self, name: str) -> bool:
        """Whether a schema of the vendor is one of this version."""
        ours = name.startswith("Realtime") or name == "WebhookRealtimeCallIncoming"
        return ours and not any(re.match(left, name) for left in self.left_out)


VERSIONS = (
    Version("2024-10-01", "openapi-2024-10-17.yaml"),
    Version("2024-12-17", "openapi-2025-02-10.yaml", "openai_realtime"),
    Version(
        "2026-08",
        "openapi-2026-08-14.yaml",
        "openai_realtime_ga",
        # The beta, which the vendor goes on describing in the same file.
        left_out=(
            "RealtimeBeta",
            "Realtime(Client|Server)EventTranscriptionSession",
            "RealtimeSession$",
            "Realtime(Transcription)?SessionCreate(Request|Response)$",
        ),
        departures=(
            ("RealtimeServerEventInputAudioBufferDtmfEventReceived", "/type", "const"),
            (
                "RealtimeTranscriptionSessionCreateResponseGA",
                "/audio/input/format",
                "oneOf",
            ),
        ),
    ),
)


@functools.cache
def ours(version: Version) -> ir.Module:
    """Our specification, which must be read without a complaint."""
    path = ROOT / "specs" / "realtime" / version.name / "asyncapi.yaml"
    report = Report()
    module = load(path, Options(perspective="client"), report).module
    assert list(report) == []
    return module


@functools.cache
def schemas(version: Version) -> dict[str, dict[str, Any]]:
    """The vendor's schemas of a version; skips where the corpus is absent."""
    path = require(OPENAI / version.facts)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document = yaml.load(path.read_text("utf-8"), Loader=loader)
    found = document["components"]["schemas"]
    return {name: found[name] for name in found if version.covers(name)}


def examples(version: Version) -> list[tuple[str, Any]]:
    """The vendor's examples, each with the name of its schema."""
    return [
        (name, value)
        for name, schema in schemas(version).items()
        for value in values(schema.get("x-oaiMeta", {}).get("example") or "")
    ]


def values(text: str) -> list[Any]:
    """What an example writes: JSON, or nearly, with comments and commas too many."""
    text = re.sub(r"(?m)(^|\s)//.*$", "", text)
    text = re.sub(r",(\s*[}\]])", r"\1", text).strip()
    found = []
    while text:
        value, end = json.JSONDecoder().raw_decode(text)
        found.append(value)
        text = text[end:].lstrip()
    return found
