"""Golden tests: what goes over the wire, and what may not.

Each file in `golden/` has documents of one schema. Whether they are valid was decided
by an independent JSON Schema validator when this package was generated. `valid` ones
come back as they were; `changed` ones as something else, because a class does not hold
all that they say; `refused` ones are valid, and a class is too narrow for them. Where
the other side reads the schema otherwise, `sent` has what it takes and what not.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ABOUT = json.loads((HERE / "golden" / "package.json").read_text("utf-8"))
sys.path.append(str((HERE / ABOUT["way"]).resolve()))
SDK = import_module(ABOUT["package"])


def _records() -> Iterator[Any]:
    for name in ABOUT["files"]:
        path = HERE / "golden" / f"{name}.json"
        record = json.loads(path.read_text("utf-8"))
        yield pytest.param(record, id=record["schema"])


@pytest.mark.parametrize("record", list(_records()))
def test_schema(record: dict[str, Any]) -> None:
    """Documents of a schema go through its classes as recorded."""
    schema = SDK.SCHEMAS[record["schema"]]
    for value in record["valid"]:
        assert schema.violations(value) == []
        assert schema.encode(schema.decode(value)) == value
    for value, other in record["changed"]:
        assert schema.encode(schema.decode(value)) == other != value
    for value in record["refused"]:
        assert schema.violations(value) == []
        with pytest.raises((TypeError, ValueError)):
            schema.encode(schema.decode(value))
    for value in record["invalid"]:
        assert schema.violations(value) != []
        with pytest.raises(SDK.ValidationError):
            schema.decode(value)
    sent = record.get("sent", {"side": None, "valid": [], "invalid": []})
    for value in sent["valid"]:
        assert schema.violations(value, side=sent["side"]) == []
        assert schema.encode(value) == value
    for value in sent["invalid"]:
        assert schema.violations(value, side=sent["side"]) != []


@pytest.mark.parametrize("event", ABOUT["events"], ids=lambda event: str(event["tag"]))
def test_event(event: dict[str, Any]) -> None:
    """A frame becomes an object of the right class, and goes out as recorded."""
    table = SDK.EVENTS.get(event["table"]) or getattr(SDK, event["table"])
    assert event["tag"] in table
    found = table.decode(json.dumps(event["frame"]))
    assert type(found).__name__ == event["class"]
    assert json.loads(table.encode(found)) == event["sent"]


@pytest.mark.parametrize("name", ABOUT["tables"])
def test_unknown_event(name: str) -> None:
    """An event that the table does not hold is kept as it came."""
    table = SDK.EVENTS.get(name) or getattr(SDK, name)
    frame = {"no such": "event"}
    found = table.decode(frame)
    assert isinstance(found, SDK.UnknownEvent)
    assert found.raw == frame
    assert json.loads(table.encode(found)) == frame
