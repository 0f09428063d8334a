"""Real history: what the versions of a published specification did to their users.

The whole of the longest step of it is compared with `CODEGEN_LONG=1`; what it did to
the Realtime part of it, in every run.
"""

from __future__ import annotations

import itertools
import json
import statistics
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from codegen.compat import Comparison, Finding, Verdict, compare
from codegen.diagnostics import Report
from codegen.frontend import Loaded, Options, load
from codegen.ir import model as ir
from codegen.oracle import Oracle
from tests.corpus_paths import OPENAI, ROOT, require
from tests.sweeps import LONG

DATES = ("2024-10-17", "2024-12-18", "2025-02-10", "2025-03-22")
PAIRS = [*itertools.pairwise(DATES), ("2025-03-22", "2026-08-14")]
HARM = (Verdict.BREAKING, Verdict.RISKY)


@cache
def version(date: str, *include: str) -> Loaded:
    path = require(OPENAI / f"openapi-{date}.yaml")
    return load(path, Options(include=include, interface=True), Report())


@cache
def realtime(old: str, new: str) -> Comparison:
    before, after = version(old, "Realtime*"), version(new, "Realtime*")
    return compare(before.module, after.module)


@pytest.fixture(scope="module", autouse=True)
def _forgotten() -> Iterator[None]:
    yield
    version.cache_clear()
    realtime.cache_clear()


def harmful(comparison: Comparison) -> list[Finding]:
    return [finding for finding in comparison.findings if finding.verdict in HARM]


def check_witnesses(old: ir.Module, new: ir.Module, comparison: Comparison) -> None:
    before, after = Oracle(old), Oracle(new)
    for finding in harmful(comparison):
        witness = finding.witness
        assert witness is not None, finding
        assert witness.old_accepts is not witness.new_accepts
        for oracle, module, said in (
            (before, old, witness.old_accepts),
            (after, new, witness.new_accepts),
        ):
            if witness.schema in module.names:
                schema = module.named(witness.schema)
                assert oracle.valid_under(schema, witness.value) is said, finding


@pytest.mark.parametrize(("old", "new"), PAIRS if LONG else PAIRS[:-1], ids=str)
def test_versions_of_a_published_specification(old: str, new: str) -> None:
    before, after = version(old), version(new)
    comparison = compare(before.module, after.module)
    assert not comparison.contradictions
    assert comparison.undecided / comparison.judged < 0.02
    assert all(f.witness or f.reason for f in harmful(comparison))
    families = {f.about.family for f in harmful(comparison) if not f.witness}
    assert families <= {"Servers and security"}
    sizes = [
        len(json.dumps(finding.witness.value, separators=(",", ":")))
        for finding in harmful(comparison)
        if finding.witness
    ]
    assert statistics.median(sizes) <= 120


@pytest.mark.parametrize(("old", "new"), PAIRS, ids=str)
def test_realtime_witnesses_hold(old: str, new: str) -> None:
    before, after = version(old, "Realtime*"), version(new, "Realtime*")
    check_witnesses(before.module, after.module, realtime(old, new))


def test_events_renamed_between_beta_and_general_availability() -> None:
    comparison = realtime("2025-03-22", "2026-08-14")
    renamed = [f for f in comparison.findings if f.rule == "event-renamed"]
    assert [f.schema.removeprefix("RealtimeServerEventResponse") for f in renamed] == [
        "AudioDelta",
        "AudioDone",
        "AudioTranscriptDelta",
        "AudioTranscriptDone",
        "TextDelta",
        "TextDone",
    ]
    assert all(finding.verdict is Verdict.RISKY for finding in renamed)
    assert (
        renamed[0].message
        == 'event "response.audio.delta" became "response.output_audio.delta"'
    )


def test_our_own_specification_of_the_first_two_versions() -> None:
    folder = ROOT / "specs" / "realtime"
    old, new = (
        load(Path(folder / date / "asyncapi.yaml"), Options(), Report()).module
        for date in ("2024-10-01", "2024-12-17")
    )
    comparison = compare(old, new)
    assert comparison.verdict is Verdict.BREAKING
    check_witnesses(old, new, comparison)
    shown = {(f.rule, f.schema) for f in harmful(comparison)}
    assert ("enum-value-added", "Voice") in shown
    assert ("not-added", "RealtimeClientEventConversationItemCreate") in shown
    assert ("condition-changed", "RealtimeConversationItem") in shown
