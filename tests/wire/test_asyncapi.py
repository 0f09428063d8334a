"""AsyncAPI as voice APIs write it: the tables of both directions, and their frames.

Each folder in `cases/` has a specification and what its package must hold: the
tables with their tags and classes, and frames with the class that each is decoded
to and the places of what is wrong with it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from codegen.golden.machinery import plugin  # noqa: F401 - before what it rewrites
from codegen.golden.machinery.events import is_heard
from tests.corpus_paths import ASYNCAPI, require
from tests.wire.packages import Built, build
from tests.wire.test_tables import all_tables, strict_violations

CASES = sorted(path.parent for path in Path(__file__).parent.glob("cases/*/spec.yaml"))
OTHER = {"server": "client", "client": "server"}


def package(case: Path, folder: Path, perspective: str) -> Built:
    name = "case_" + "".join(c if c.isalnum() else "_" for c in case.name)
    spec = case / "spec.yaml"
    return build(spec, f"{name}_{perspective}", folder, perspective=perspective)


def shown(sdk: Any) -> dict[str, Any]:
    """The tables of a package: tags and names of classes."""
    return {
        name: {
            "tag": table.tag,
            "events": {key: cls.__name__ for key, cls in table.items()},
        }
        for name, table in all_tables(sdk).items()
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path, tmp_path: Path) -> None:
    expect = yaml.safe_load((case / "expect.yaml").read_text("utf-8"))
    perspective = expect.get("perspective", "server")
    built = package(case, tmp_path, perspective)
    assert shown(built.sdk) == expect["tables"]
    tables = all_tables(built.sdk)
    for entry in expect.get("frames", ()):
        table, frame = tables[entry["table"]], entry["frame"]
        about = f"{entry['table']}: {frame}"
        # Twice: before the decoders are loaded, and after.
        for _ in range(2):
            event = table.decode(json.dumps(frame))
            assert type(event).__name__ == entry["class"], about
            found = [v.path for v in built.sdk.violations_of(event)]
            assert found == entry.get("violations", []), about
            assert json.loads(table.encode(event)) == frame, about
        strict = strict_violations(built.sdk, table, frame)
        if entry["class"] == "UnknownEvent":
            assert strict, about
        else:
            assert [v.path for v in strict] == found, about
    messages = {message.name: message for message in built.module.messages}
    for name, facts in expect.get("messages", {}).items():
        message = messages[name]
        assert message.direction.value == facts["direction"]
        assert message.binary is facts["binary"]
        assert message.channel == facts["channel"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_other_perspective_swaps_the_directions(case: Path, tmp_path: Path) -> None:
    expect = yaml.safe_load((case / "expect.yaml").read_text("utf-8"))
    perspective = OTHER[expect.get("perspective", "server")]
    swapped = {"SERVER_EVENTS": "CLIENT_EVENTS", "CLIENT_EVENTS": "SERVER_EVENTS"}
    expected = {swapped.get(name, name): t for name, t in expect["tables"].items()}
    assert shown(package(case, tmp_path, perspective).sdk) == expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_handlers_of_every_key(case: Path, tmp_path: Path) -> None:
    """A handler of a key is called for the frames of that key's class."""
    expect = yaml.safe_load((case / "expect.yaml").read_text("utf-8"))
    perspective = expect.get("perspective", "server")
    sdk = package(case, tmp_path, perspective).sdk
    tables = all_tables(sdk)
    for entry in expect.get("frames", ()):
        table = tables[entry["table"]]
        calls: list[str] = []
        dispatcher = table.dispatcher()
        for key in table:
            dispatcher.on(key)(lambda _, key=key, calls=calls: calls.append(key))
        dispatcher.dispatch(entry["frame"])
        keys = [k for k, c in table.items() if c.__name__ == entry["class"]]
        assert len(calls) == min(1, len(keys)), entry
        assert set(calls) <= set(keys), entry


# --- real documents ------------------------------------------------------------------


def corpus(name: str, folder: Path, perspective: str = "server") -> Built:
    spec = require(ASYNCAPI / f"{name}-asyncapi.yml")
    package = f"corpus_{name.replace('-', '_')}_{perspective}"
    return build(spec, package, folder, perspective=perspective)


def test_slack(tmp_path: Path) -> None:
    sdk = corpus("slack-rtm", tmp_path).sdk
    table = sdk.SERVER_EVENTS
    assert (len(table), table.tag) == (46, "type")
    assert list(sdk.CLIENT_EVENTS) == ["message"]
    assert sdk.CLIENT_EVENTS["message"] is sdk.outgoingMessagePayload
    # The document gives this tag to two messages.
    shared = [key for key in table if key.startswith("bot_added")]
    assert shared == ["bot_added/botAdded", "bot_added/botChanged"]
    event = table.decode({"type": "bot_added", "bot": {"id": "B1", "icons": None}})
    assert type(event) is sdk.botAddedPayload
    assert type(event.bot) is not dict
    assert [v.path for v in sdk.violations_of(event)] == ["/bot/icons"]
    assert type(table.decode({"type": "hello"})) is sdk.helloPayload
    assert type(table.decode({"type": "huddle"})) is sdk.UnknownEvent


def test_gitter(tmp_path: Path) -> None:
    """A heartbeat that is a string is no event; the other message has no tag."""
    sdk = corpus("gitter-streaming", tmp_path).sdk
    assert dict(sdk.SERVER_EVENTS) == {"chatMessage": sdk.chatMessagePayload}
    assert "CLIENT_EVENTS" not in dir(sdk)
    event = sdk.SERVER_EVENTS.decode(b'{"id": "1", "fromUser": {"v": "?"}, "new": 0}')
    assert type(event) is sdk.chatMessagePayload
    assert [v.path for v in sdk.violations_of(event)] == ["/fromUser/v"]
    assert sdk.SCHEMAS["heartbeatPayload"].decode("\r\n") == "\r\n"


def test_streetlights(tmp_path: Path) -> None:
    built = corpus("streetlights-mqtt", tmp_path)
    sdk = built.sdk
    assert dict(sdk.SERVER_EVENTS) == {
        "turnOn": sdk.turnOnOffPayload,
        "turnOff": sdk.turnOnOffPayload,
        "dimLight": sdk.dimLightPayload,
    }
    assert dict(sdk.CLIENT_EVENTS) == {"lightMeasured": sdk.lightMeasuredPayload}
    decode = sdk.SERVER_EVENTS.decode
    assert type(decode({"command": "off"})) is sdk.turnOnOffPayload
    assert type(decode({"percentage": 3})) is sdk.dimLightPayload
    # A command is data: one message alone lists its values.
    blink = decode({"command": "blink"})
    assert type(blink) is sdk.turnOnOffPayload
    assert [v.path for v in sdk.violations_of(blink)] == ["/command"]
    calls: list[str] = []
    dispatcher = sdk.SERVER_EVENTS.dispatcher()
    dispatcher.on("turnOn")(lambda event: calls.append("on"))
    dispatcher.on("turnOff")(lambda event: calls.append("off"))
    dispatcher.on(sdk.turnOnOffPayload)(lambda event: calls.append("class"))
    dispatcher.dispatch({"command": "off"})
    assert calls == ["on", "off", "class"], "two names of one payload"
    for key in ("turnOn", "turnOff"):
        frame = {"command": "off"}
        is_heard(sdk.SERVER_EVENTS, key, frame, decode(frame), "golden tests know")
    headers = {message.name: message.headers for message in built.module.messages}
    assert all(headers.values())


def test_correlation_id(tmp_path: Path) -> None:
    sdk = corpus("correlation-id", tmp_path, "client").sdk
    assert dict(sdk.SERVER_EVENTS) == {"lightMeasured": sdk.lightMeasuredPayload}
    assert dict(sdk.CLIENT_EVENTS) == {"dimLight": sdk.dimLightPayload}
    event = sdk.SERVER_EVENTS.decode({"lumens": -1})
    assert [v.keyword for v in sdk.violations_of(event)] == ["minimum"]
