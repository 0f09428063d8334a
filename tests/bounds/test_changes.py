"""Where everything changes at once, what `diff` looks at grows as the documents do."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

import codegen
from codegen.compat.normal.normalise import Side
from codegen.compat.versions import pairing
from codegen.compat.versions.channels import Channel
from codegen.frontend.lowering import Lowering
from tests.bounds.documents import Json

_FEW: Final = 10
_MANY: Final = 4 * _FEW


def _object(names: list[str], **more: Json) -> Json:
    fields = {name: {"type": "string", "maxLength": 9} for name in names}
    return {"type": "object", "properties": fields, **more}


def _required(count: int, new: bool) -> Json:
    """Every property of an object becomes required."""
    names = [f"p{n}" for n in range(count)]
    return _object(names, required=names if new else [])


def _renamed(count: int, new: bool) -> Json:
    """Every property of an object has another name."""
    return _object([f"{'new' if new else 'old'}{n}" for n in range(count)])


def _events(count: int, new: bool) -> Json:
    """No event of one version is in the other one."""
    kinds = [f"{'new' if new else 'old'}{n}" for n in range(count)]
    payloads = {
        kind: {
            "type": "object",
            "properties": {"type": {"const": kind}, kind: {"type": "integer"}},
            "required": ["type"],
        }
        for kind in kinds
    }
    messages = {
        kind: {"payload": {"$ref": f"#/components/schemas/{kind}"}} for kind in kinds
    }
    refs = {kind: {"$ref": f"#/components/messages/{kind}"} for kind in kinds}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Events", "version": "1"},
        "channels": {"c": {"address": "c", "messages": refs}},
        "operations": {
            action: {"action": action, "channel": {"$ref": "#/channels/c"}}
            for action in ("send", "receive")
        },
        "components": {"messages": messages, "schemas": payloads},
    }


def _channels(count: int, new: bool) -> Json:
    """Every channel has another name."""
    refs = {"m": {"$ref": "#/components/messages/m"}}
    fields = {"type": {"const": "m"}, "n": {"type": "integer"}}
    message = {"payload": {"type": "object", "properties": fields}}
    names = [f"{'new' if new else 'old'}{n}" for n in range(count)]
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Channels", "version": "1"},
        "channels": {name: {"address": name, "messages": refs} for name in names},
        "operations": {
            name: {"action": "send", "channel": {"$ref": f"#/channels/{name}"}}
            for name in names
        },
        "components": {"messages": {"m": message}},
    }


@pytest.mark.parametrize(
    ("document", "owner", "name"),
    [
        (_required, Side, "member"),
        (_renamed, Side, "member"),
        (_events, pairing, "_shape"),
        (_channels, Channel, "by_tag"),
        (_channels, Lowering, "child"),
    ],
)
def test_it_looks_at_each_change_a_few_times(
    document: Callable[[int, bool], Json],
    owner: Any,
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks = 0
    asked = getattr(owner, name)

    def counted(*arguments: Any) -> Any:
        nonlocal looks
        looks += 1
        return asked(*arguments)

    monkeypatch.setattr(owner, name, counted)
    found = []
    for count in (_FEW, _MANY):
        looks = 0
        old, new = tmp_path / "old.json", tmp_path / "new.json"
        old.write_text(json.dumps(document(count, False)))
        new.write_text(json.dumps(document(count, True)))
        assert len(codegen.diff(str(old), str(new)).findings) >= count
        found.append(looks)
    few, many = found
    assert 0 < many <= 5 * few
