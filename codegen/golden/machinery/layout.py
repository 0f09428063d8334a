"""Golden files as text: JSON, one document, case or event a line, for short diffs."""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false

from __future__ import annotations

import json
from typing import Any


def layout(record: dict[str, Any]) -> str:
    """A record as text: its keys a line each, lists of objects an element a line."""
    lines: list[str] = []
    for key, value in record.items():
        if isinstance(value, list) and value:
            inner = ",\n".join(f"  {compact(item)}" for item in value)
            lines.append(f" {compact(key)}: [\n{inner}\n ]")
        else:
            lines.append(f" {compact(key)}: {compact(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def compact(value: Any) -> str:
    """One JSON value on one line, escaped only where UTF-8 could not hold it."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value)
    return text
