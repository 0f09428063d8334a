"""docs/beta-to-ga.md: what it says of the two specifications is so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import openai_realtime as beta
import openai_realtime_ga as ga
import pytest

from codegen import cli
from codegen.diagnostics import Report
from codegen.frontend import Options, load
from codegen.ir import facts
from codegen.ir import model as ir
from tests.corpus_paths import ROOT
from tests.expectations import expect

GUIDE = ROOT / "docs" / "beta-to-ga.md"
MADE = "<!-- from here on made by tests/e2e/test_beta_to_ga.py -->\n"
OLD, NEW = "specs/realtime/2024-12-17", "specs/realtime/2026-08"

NEW_EVENTS = {"event-added", "channel-added"}
NEW_VALUES = {"enum-value-added", "union-branch-added"}
NEW_PROPERTIES = {"property-added", "required-property-added"}
LOST = {"property-removed", "property-renamed"}

TABLES: tuple[tuple[str, str, set[str], str, str], ...] = (
    ("Renamed events", "From the server.", {"event-renamed"}, "risky", ""),
    (
        "What a GA server rejects",
        "Breaking, client to server.",
        set(),
        "breaking",
        "client_to_server",
    ),
    (
        "What a beta client rejects",
        "Breaking, server to client.",
        set(),
        "breaking",
        "server_to_client",
    ),
    (
        "What is new from the server",
        "Risky, server to client: a tolerant client survives it.",
        NEW_EVENTS | NEW_VALUES,
        "risky",
        "server_to_client",
    ),
    (
        "What a GA server ignores, or sends no longer",
        "Breaks nothing, and is lost all the same. What became a union is in the "
        "tables above.",
        LOST,
        "compatible",
        "",
    ),
    (
        "What is new, where it is wanted",
        "Breaks nothing.",
        NEW_EVENTS | NEW_PROPERTIES,
        "compatible",
        "",
    ),
    (
        "What was not decided",
        "By hand: items are told apart by type now, and each type asks for what the "
        "beta asked of it, but for two things that a GA server rejects: content that "
        "refers to an item (`item_reference`; refer in `input`), and audio of the "
        "assistant without a transcript.",
        set(),
        "unknown",
        "client_to_server",
    ),
    (
        "What was not decided of what comes",
        "By hand: the same conditions, in a schema of their own.",
        set(),
        "unknown",
        "server_to_client",
    ),
)
"""Title, explanation, rules (all, if none is named), verdict and, if need be, the
direction of the findings of each table."""


def test_the_tables_are_those_of_the_diff(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    arguments = [f"{OLD}/asyncapi.yaml", f"{NEW}/asyncapi.yaml", "--format", "json"]
    cli.main(["diff", *arguments, "--perspective", "client"])
    findings = json.loads(capsys.readouterr().out)["findings"]
    written, made, _ = GUIDE.read_text("utf-8").partition(MADE)
    expect(written + made + "".join(tables(findings)), GUIDE)


def tables(findings: list[dict[str, Any]]) -> Iterator[str]:
    """The tables as they stand in the guide."""
    unions = {
        finding["schema"]
        for finding in findings
        if finding["rule"] == "union-introduced" and not finding["pointer"]
    }
    for title, explanation, rules, verdict, direction in TABLES:
        rows: dict[tuple[str, str], list[str]] = {}
        for finding in findings:
            if finding["verdict"] != verdict or (
                rules and finding["rule"] not in rules
            ):
                continue
            if direction and finding["direction"] != direction:
                continue
            if finding["rule"] in LOST and finding["schema"] in unions:
                continue
            where, what = said(finding)
            remark = finding["hint"] or finding["reason"]
            rows.setdefault((what, remark), []).append(f"`{where}`")
        yield f"\n### {title}\n\n{explanation}\n\n| where | what | |\n|---|---|---|\n"
        for (what, remark), places in rows.items():
            where = ", ".join(dict.fromkeys(places))
            yield f"| {where} | {cell(what)} | {cell(remark)} |\n"


def said(finding: dict[str, Any]) -> tuple[str, str]:
    """What a finding is about and what it says: of an event by its tag, of a property
    by the schema and the properties that lead to it."""
    message = finding["message"]
    if found := re.fullmatch(r"event (\S+) was added", message):
        return found[1], "is a new event"
    if found := re.fullmatch(r'event "(\S+)" became "(\S+)"', message):
        return found[1], f"is `{found[2]}`"
    steps = finding["pointer"].split("/")[1:]
    names = [step for step in steps if step not in ("properties", "items")]
    return "/".join([finding["schema"], *names]), message


def cell(text: str) -> str:
    """Text in a table of Markdown."""
    return text.replace("|", "\\|")


def test_every_field_is_where_the_guide_says() -> None:
    """Both sides of the table of fields name properties of their specifications, and
    each field of the beta that a client configures has a row."""
    rows = re.findall(
        r"(?m)^\| `(Realtime\w+|Tool\w+)/(\S+)` \| (?:`(\S+)`)? ?\|", text()
    )
    old, new = module(OLD), module(NEW)
    for name, path, successor in rows:
        assert has(old, f"{name}/{path}"), path
        assert not successor or has(new, successor), successor
        assert successor or not has(new, f"{name}/{path}"), path
    assert len(rows) > 20
    name = "RealtimeSessionCreateRequest"
    configured = facts.properties(old, old.named(name))
    assert {path for n, path, _ in rows if n == name} == configured.keys()


def has(spec: ir.Module, path: str) -> bool:
    """Whether a schema of that name has that property, inside of others."""
    name, *steps = path.split("/")
    if name not in spec.names:
        return False
    found: tuple[ir.Schema, ...] = (spec.named(name),)
    for step in steps:
        inside = (facts.properties(spec, s).get(step, ()) for s in found)
        found = tuple(schema for schemas in inside for schema in schemas)
    return bool(found)


def module(folder: str) -> ir.Module:
    """A specification as its client reads it."""
    path = ROOT / folder / "asyncapi.yaml"
    return load(path, Options(perspective="client"), Report()).module


SESSIONS: tuple[dict[str, Any], ...] = (
    {},
    {"modalities": ["text", "audio"], "voice": "sage", "temperature": 0.7},
    {"modalities": ["text"], "turn_detection": None, "tool_choice": "none"},
    {
        "model": "gpt-4o-realtime-preview",
        "instructions": "",
        "input_audio_format": "g711_ulaw",
        "output_audio_format": "g711_alaw",
        "input_audio_transcription": {"model": "whisper-1", "language": "de"},
        "turn_detection": {"threshold": 0.25, "create_response": False},
        "tools": [{"type": "function", "name": "f"}],
        "tool_choice": {"type": "function", "function": {"name": "f"}},
        "max_response_output_tokens": "inf",
    },
    {"input_audio_format": "pcm16", "input_audio_transcription": None},
)


@pytest.mark.parametrize("session", SESSIONS)
def test_the_program_of_the_guide_makes_a_ga_session(session: dict[str, Any]) -> None:
    (program,) = re.findall(r"(?s)```python\n(.*?)```", text())
    names: dict[str, Any] = {}
    exec(program, names)
    assert beta.RealtimeSessionCreateRequest.from_dict(session)
    made = names["to_ga"](session)
    assert ga.RealtimeSessionCreateRequestGA.from_dict(made).to_dict() == made
    assert ga.SCHEMAS["RealtimeSessionCreateRequestGA"].violations(session) != []


def text() -> str:
    """The guide."""
    return GUIDE.read_text("utf-8")
