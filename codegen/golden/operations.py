"""What the golden file of operations holds: parameters as they stand in a request."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

from codegen.ir import model as ir
from codegen.ir.calls import Call
from codegen.python import Package
from codegen.samples import Builder


def operations_record(
    package: Package, builder: Builder, sdk: ModuleType
) -> dict[str, Any]:
    """Parameters of each operation with what the package writes for them, as far as it
    can be read back; what its parameters are called, and its bodies by their schemas.
    """
    every = [one.call for one in package.operations]
    return {
        "operations": [_types(call) for call in every],
        "written": [
            entry for call in every for entry in _entries(package, builder, sdk, call)
        ],
    }


def _types(call: Call) -> dict[str, Any]:
    found: dict[str, Any] = {"operation": call.key}
    if call.parameters is not None:
        found["parameters"] = call.parameters
    if call.request:
        found["request"] = {c.media: c.schema or c.item for c in call.request}
    found["responses"] = {
        status: {c.media: c.schema or c.item for c in contents}
        for status, contents in call.responses.items()
    }
    return found


def _entries(
    package: Package, builder: Builder, sdk: ModuleType, call: Call
) -> Iterator[dict[str, Any]]:
    if call.parameters is None:
        return
    schema = package.module.named(call.parameters)
    parameters = sdk.OPERATIONS[call.key].parameters
    seen: list[ir.Json] = []
    for value in (builder.smallest(schema), builder.fullest(schema)):
        if not isinstance(value, dict) or value in seen:
            continue
        seen.append(value)
        try:
            written = parameters.encode(value)
        except ValueError:
            continue  # It breaks the schema of what is sent, or has no form as text.
        parts = {name: part for name, part in written._asdict().items() if part}
        yield {"operation": call.key, "value": value, **parts}
