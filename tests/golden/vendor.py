"""The vendor's schemas and examples that the facts of our specifications come from."""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass
from typing import Any

from codegen.diagnostics import Report
from codegen.frontend import Options, load
from codegen.ir import model as ir
from tests.corpus_paths import OPENAI, require
from tests.golden.cases import ROOT
from tests.golden.claims import Claim, Documents, loaded


@dataclass(frozen=True)
class Version:
    """A version of ours and what it is made from."""

    name: str
    facts: str
    package: str = ""
    left_out: tuple[str, ...] = ()
    departures: tuple[tuple[str, str, str], ...] = ()
    """Examples that the vendor spoilt: schema, place and keyword."""
    unlike: tuple[str, ...] = ()
    """Schemas of the vendor that nothing of this version uses as they are."""
    otherwise: tuple[Claim, ...] = ()
    """Claims of the vendor's schemas that ours do not make: they say it otherwise."""

    def covers(self, name: str) -> bool:
        """Whether a schema of the vendor is one of this version."""
        ours = name.startswith("Realtime") or name == "WebhookRealtimeCallIncoming"
        return ours and not any(re.match(left, name) for left in self.left_out)


VERSIONS = (
    Version("2024-10-01", "openapi-2024-10-17.yaml"),
    Version("2024-12-17", "openapi-2025-02-10.yaml", "openai_realtime"),
    Version(
        "2026-08",
        "openapi-2026-08-15.yaml",
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
        # One object for all items, as in the beta; here it is a union of items.
        unlike=("RealtimeConversationItemWithReference",),
        otherwise=(
            # A union of objects, null in the places that refer to it, and references.
            ("RealtimeClientEventSessionUpdate/session", "type", "object"),
            (
                "RealtimeResponseCreateParams/input/[]",
                "refers",
                "RealtimeConversationItem",
            ),
            ("RealtimeTurnDetection", "type", "null"),
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
def document(version: Version) -> dict[str, Any]:
    """The vendor's document of a version; skips where the corpus is absent."""
    return loaded(require(OPENAI / version.facts))


def schemas(version: Version) -> dict[str, dict[str, Any]]:
    """The vendor's schemas of a version."""
    found = document(version)["components"]["schemas"]
    return {name: found[name] for name in found if version.covers(name)}


def missing(version: Version) -> list[Claim]:
    """The claims of the vendor's schemas that ours do not make."""
    names = schemas(version).keys()
    theirs = Documents({version.facts: document(version)}, version.facts)
    paths = (ROOT / "specs" / "realtime" / version.name).glob("*.yaml")
    spec = Documents({path.name: loaded(path) for path in paths}, "asyncapi.yaml")
    return [
        (name + place, keyword, value)
        for name in sorted(names - set(version.unlike))
        for place, keyword, value in sorted(
            theirs.claims(name, names.__contains__)
            - spec.claims(name, names.__contains__)
        )
    ]


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
