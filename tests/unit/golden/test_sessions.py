"""Scripts of session rules: tags are any text, also where they name documents."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from codegen import cli

TAGS = ("pay now", "pay", " ", 'a"b\\', "née\n# x", "{0}%s", "☃ /~", "''")


def document() -> dict[str, Any]:
    """An API whose every event has a tag that is no identifier."""
    payloads = {
        f"m{number}": {
            "payload": {
                "type": "object",
                "required": ["kind"],
                "properties": {"kind": {"const": tag}, "sum": {"type": "integer"}},
            }
        }
        for number, tag in enumerate(TAGS)
    }
    first, *others = TAGS
    rule = {
        "name": "sum-stays",
        "description": "The sum stays.",
        "after": {"tags": [first, TAGS[2]], "where": {"required": ["sum"]}},
        "until": {"tags": [TAGS[1]]},
        "forbid": {"tags": others[2:], "where": {"properties": {"sum": {"const": 0}}}},
        "frozen": dict.fromkeys(TAGS, "/sum"),
    }
    messages = {m: {"$ref": f"#/components/messages/{m}"} for m in payloads}
    channel = {"address": "/", "messages": messages}
    send = {"action": "send", "channel": {"$ref": "#/channels/only"}}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Tags", "version": "1"},
        "channels": {"only": channel},
        "operations": {"send": send},
        "x-session-rules": [rule],
        "components": {"messages": payloads},
    }


def test_tags_are_any_text(tmp_path: Path, monkeypatch: Any) -> None:
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps(document()), "utf-8")
    arguments = ["generate", str(spec), "--package", "session_of_tags"]
    assert cli.main([*arguments, "--output", str(tmp_path)]) == 0

    golden = tmp_path / "tests" / "session_of_tags" / "golden"
    scripts = json.loads((golden / "SessionRules.session.json").read_text("utf-8"))
    assert {document["value"]["kind"] for document in scripts["documents"]} == set(TAGS)

    rules = made(tmp_path, "session_of_tags", monkeypatch)
    assert rules.observe({"kind": TAGS[0], "sum": 1}) == []
    for tag in TAGS[3:]:
        (broken,) = rules.observe({"kind": tag, "sum": 2})
        assert (broken.path, broken.keyword) == ("/sum", "sum-stays")
    assert rules.observe({"kind": TAGS[1], "sum": 2}) == []


def made(folder: Path, package: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The rules of a package that lies in a folder."""
    monkeypatch.syspath_prepend(str(folder))
    rules = importlib.import_module(f"{package}.rules").SessionRules()
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, name)
    return rules


def event(path: tuple[str, ...], tag: str) -> dict[str, Any]:
    """The schema of an event whose tag stands behind some properties."""
    found: dict[str, Any] = {"const": tag}
    for name in reversed(path):
        found = {"type": "object", "required": [name], "properties": {name: found}}
    return found


def job_queue() -> dict[str, Any]:
    """A protocol in which each side has a tag of its own, one of them inside."""
    sent = {tag: event(("meta", "kind"), tag) for tag in ("accepted", "closed")}
    come = {tag: event(("op",), tag) for tag in ("submit", "hurry")}
    come["submit"]["properties"]["urgent"] = {"enum": [1, 2, 3]}
    messages = {tag: {"payload": payload} for tag, payload in (sent | come).items()}
    refs = {tag: [{"$ref": f"#/channels/jobs/messages/{tag}"}] for tag in messages}
    channel = {"$ref": "#/channels/jobs"}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Jobs", "version": "1"},
        "channels": {"jobs": {"messages": messages}},
        "operations": {
            tag: {"action": action, "channel": channel, "messages": refs[tag]}
            for tags, action in ((sent, "send"), (come, "receive"))
            for tag in tags
        },
        "x-session-rules": [
            {
                "name": "closed-is-closed",
                "description": "Nothing comes after the end.",
                "after": {"tags": ["closed"]},
                "forbid": {"tags": ["submit", "hurry", "accepted"]},
            },
            {
                "name": "urgency-stays",
                "description": "A job is urgent or is not.",
                "after": {"tags": ["accepted"]},
                "frozen": {"submit": "/urgent"},
            },
        ],
    }


def test_each_side_has_a_tag_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps(job_queue()), "utf-8")
    arguments = ["generate", str(spec), "--package", "session_of_jobs"]
    assert cli.main([*arguments, "--output", str(tmp_path)]) == 0

    golden = tmp_path / "tests" / "session_of_jobs" / "golden"
    scripts = json.loads((golden / "SessionRules.session.json").read_text("utf-8"))
    found = {script["rule"] for script in scripts["scripts"] if any(script["broken"])}
    assert found == {"closed-is-closed", "urgency-stays"}

    rules = made(tmp_path, "session_of_jobs", monkeypatch)
    assert rules.observe({"op": "submit", "urgent": 1}) == []
    assert rules.observe({"meta": {"kind": "accepted"}}) == []
    assert rules.observe({"op": "submit", "urgent": 1.0}) == []
    (broken,) = rules.observe({"op": "submit", "urgent": True})  # Which is not 1.
    assert (broken.path, broken.keyword) == ("/urgent", "urgency-stays")
    # A frame is as good as what is in it; what is no event breaks nothing.
    assert rules.observe(b'{"meta": {"kind": "closed"}}') == []
    for frame in ('{"op": "hurry"}', {"op": "hurry"}, {"meta": {"kind": "accepted"}}):
        assert [v.keyword for v in rules.observe(frame)] == ["closed-is-closed"]
    for frame in ("no JSON", b"[]", 1, None, {"meta": "closed", "op": {}}):
        assert rules.observe(frame) == []
