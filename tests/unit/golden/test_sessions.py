"""Scripts of session rules: tags are any text, also where they name documents."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

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

    monkeypatch.syspath_prepend(str(tmp_path))
    rules = importlib.import_module("session_of_tags.rules").SessionRules()
    assert rules.observe({"kind": TAGS[0], "sum": 1}) == []
    for tag in TAGS[3:]:
        (broken,) = rules.observe({"kind": tag, "sum": 2})
        assert (broken.path, broken.keyword) == ("/sum", "sum-stays")
    assert rules.observe({"kind": TAGS[1], "sum": 2}) == []
    for name in [name for name in sys.modules if name.startswith("session_of_tags")]:
        del sys.modules[name]
