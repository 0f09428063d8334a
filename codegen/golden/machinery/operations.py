"""Operations: their types, and parameters to and from what stands in a request."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from .files import Record
from .values import text

_PARTS = ("path", "query", "headers", "cookie")


_FOLDER = Path(__file__).parents[1] / "golden"


def entries(key: str) -> list[Any]:
    """What the golden file of operations holds under a key, each with its operation as
    its id."""
    records: list[Record] = []
    for path in sorted(_FOLDER.glob("*.operations.json")):
        records += json.loads(path.read_text("utf-8")).get(key, [])
    return [pytest.param(record, id=record["operation"]) for record in records]


def check_types(operations: Any, record: Record) -> None:
    """An operation has the parameters and the bodies of the specification, each with
    its schema."""
    operation = operations[record["operation"]]
    parameters = operation.parameters
    name = None if parameters is None else parameters.schema.name
    assert name == record.get("parameters")
    assert _names(operation.request) == record.get("request", {})
    found = {status: _names(many) for status, many in operation.responses.items()}
    assert found == record["responses"]
    for status, many in operation.responses.items():
        if status.isdigit():
            assert operation.response(int(status)) is many
    if parameters is not None:
        metadata = [field.metadata for field in dataclasses.fields(parameters.type)]
        assert [one["name"] for one in metadata] == list(parameters)


def _names(bodies: Any) -> dict[str, Any]:
    schemas = {media: body.schema or body.item for media, body in bodies.items()}
    return {media: schema and schema.name for media, schema in schemas.items()}


def check_written(operations: Any, record: Record) -> None:
    """Parameters are written as recorded, and read back as the same object."""
    parameters, value = operations[record["operation"]].parameters, record["value"]
    written = parameters.encode(value)._asdict()
    assert {name: part for name, part in written.items() if part} == {
        name: record[name] for name in _PARTS if name in record
    }
    read = parameters.decode(**written)
    assert text(read.to_dict()) == text(value)
    assert parameters.encode(read)._asdict() == written
    headers = {name.swapcase(): part for name, part in written["headers"].items()}
    assert parameters.decode(**{**written, "headers": headers}) == read
