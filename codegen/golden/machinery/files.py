"""Golden files: what they hold of documents, cases, events and scripts, and its ids."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from .values import edited, text

Record: TypeAlias = dict[str, Any]
"""A golden file, or one entry of it."""


class Files:
    """The golden files of a folder by name: of schemas, event tables and sessions."""

    def __init__(self, folder: Path) -> None:
        records: dict[str, Record] = {
            path.name: json.loads(path.read_text("utf-8"))
            for path in sorted(folder.glob("*.json"))
        }
        self.schemas = _of_kind("schema", records)
        self.tables = _of_kind("table", records)
        self.sessions = _of_kind("session", records)

    def documents(self) -> list[Any]:
        """Every document, with ids that name schema and document."""
        return [
            pytest.param(file, entry, id=f"{record['schema']}: {entry['name']}")
            for file, record in self.schemas.items()
            for entry in record["documents"]
        ]

    def cases(self) -> list[Any]:
        """Every change of a document, with ids that name schema, place and outcome."""
        return [
            pytest.param(file, case, id=f"{record['schema']}: {_outcome(case)}")
            for file, record in self.schemas.items()
            for case in record["cases"]
        ]

    def having(self, key: str) -> list[str]:
        """The files of schemas that have something under a key."""
        return [file for file, record in self.schemas.items() if key in record]

    def events(self) -> list[Any]:
        """Every event of which a frame is known, with ids that name table and tag."""
        return [
            pytest.param(file, entry, id=f"{record['table']}: {entry['name']}")
            for file, record in self.tables.items()
            for entry in record["events"]
            if "frame" in entry
        ]

    def unions(self) -> list[Any]:
        """The files of tables whose events are a schema, each with that schema's."""
        files = {record["schema"]: file for file, record in self.schemas.items()}
        return [
            pytest.param(file, files[record["table"]], id=file)
            for file, record in self.tables.items()
            if record["table"] in files
        ]

    def tagged(self) -> list[str]:
        """The files of tables whose events have one tag."""
        return [file for file, record in self.tables.items() if record["tag"]]

    def scripts(self) -> list[Any]:
        """Every script of events, with ids that name the rule and what it comes to."""
        return [
            pytest.param(file, script, id=f"{script['rule']}: {number} {outcome}")
            for file, record in self.sessions.items()
            for number, script in enumerate(record["scripts"])
            for outcome in ["broken" if any(script["broken"]) else "kept"]
        ]


def _of_kind(key: str, records: dict[str, Record]) -> dict[str, Record]:
    return {name: record for name, record in records.items() if key in record}


def _outcome(case: Record) -> str:
    """Where a case changes a document, and what comes of it."""
    keywords = dict.fromkeys(keyword for _, keyword in case["violations"])
    outcome = ", ".join(keywords) or "valid"
    place = f"{case.get('in', '')} {case['at']}".strip()
    return f"{place} {outcome}{', removed' if case.get('removed') else ''}"


def changes(record: Record, case: Record) -> Iterator[tuple[str, Any]]:
    """Every changed document of a case, with a few words on the change."""
    bases = {entry["name"]: entry["value"] for entry in record["documents"]}
    base, at = bases.get(case.get("in")), case["at"]
    place = at or "value"
    behind = f" in {case['in']}" if at else ""
    if case.get("removed"):
        yield f"{place} removed{behind}", edited(base, at, None, remove=True)
    for value in case.get("values", ()):
        yield f"{place} = {text(value)[:300]}{behind}", edited(base, at, value)
    for part, count in case.get("repeated", ()):
        shown = f"{place} = {text(part)} * {count}{behind}"
        yield shown, edited(base, at, part * count)
