"""Operations: their types, and parameters to and from what stands in a request."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from .failures import Failures
from .files import Record
from .values import text

_PARTS = ("path", "query", "headers", "cookie")


_FOLDER = Path(__file__).parents[1] / "golden"


def each() -> list[Any]:
    """Every operation of the golden files, with what is written of its parameters and
    its name as its id."""
    found: list[Any] = []
    for path in sorted(_FOLDER.glob("*.operations.json")):
        records: Record = json.loads(path.read_text("utf-8"))
        written: dict[str, list[Record]] = {}
        for record in records.get("written", []):
            written.setdefault(record["operation"], []).append(record)
        for record in records["operations"]:
            name = record["operation"]
            found.append(pytest.param(record, written.get(name, []), id=name))
    return found


def check_operation(operations: Any, record: Record, written: Sequence[Record]) -> None:
    """An operation is as recorded, and so is what is written of its parameters.

    Whatever fails, the rest is asked all the same, and the message names all of it.
    """
    failures = Failures()
    with failures.of("types"):
        check_types(operations, record)
    for one in written:
        with failures.of(f"parameters {text(one['value'])}"):
            check_written(operations, one)
    failures.tell()


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
