"""Golden files: what they hold of documents, cases, events and scripts, and its ids."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from .shortened import opened
from .values import Shown, edited, text

Record: TypeAlias = dict[str, Any]
"""A golden file, or one entry of it."""

_DEEPLY = 32
"""So many schemas at the least are asked about where the stack ends."""


class Schemas(Mapping[str, Record]):
    """The golden files of schemas, each read when it is asked for: those of a large
    specification would fill the memory of everyone who collects tests."""

    def __init__(self, folder: Path, names: dict[str, str]) -> None:
        self._folder = folder
        self.names = names
        """The schema of each file."""

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def __getitem__(self, file: str) -> Record:
        return _record(self._folder / file)


class Files:
    """The golden files of a folder by name: of schemas, event tables and sessions."""

    def __init__(self, folder: Path) -> None:
        heads = {path: _head(path) for path in sorted(folder.glob("*.json"))}
        named = {p.name: h["schema"] for p, h in heads.items() if "schema" in h}
        self.schemas = Schemas(folder, named)
        self.tables = {p.name: _record(p) for p, h in heads.items() if "table" in h}
        self.sessions = {p.name: _record(p) for p, h in heads.items() if "session" in h}

    def each(self) -> list[Any]:
        """Every file of a schema, with whether it is asked about where the stack ends,
        with the schema's name as its id.

        What happens there hardly depends on the schema, and takes longer than all the
        rest; of many schemas some are asked.
        """
        every = max(1, len(self.schemas) // _DEEPLY)
        return [
            pytest.param(file, number % every == 0, id=name)
            for number, (file, name) in enumerate(self.schemas.names.items())
        ]

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
        files = {name: file for file, name in self.schemas.names.items()}
        return [
            pytest.param(file, files[record["table"]], id=file)
            for file, record in self.tables.items()
            if record["table"] in files
        ]

    def tagged(self) -> list[str]:
        """The files of tables whose events have one tag."""
        return [file for file, record in self.tables.items() if record["tag"]]

    def rules(self) -> list[Any]:
        """Every rule of a session, with its name."""
        return [
            pytest.param(file, rule, id=rule)
            for file, record in self.sessions.items()
            for rule in dict.fromkeys(script["rule"] for script in record["scripts"])
        ]


@lru_cache(maxsize=4)
def _record(path: Path) -> Record:
    return opened(json.loads(path.read_text("utf-8")))


def _head(path: Path) -> Record:
    """What a golden file says first, which is of what it is; all of it, where somebody
    has laid it out otherwise."""
    with path.open(encoding="utf-8") as file:
        start = f"{file.readline()}{file.readline().rstrip().removesuffix(',')}}}"
    try:
        head: Record = json.loads(start)
    except ValueError:
        head = {}
    return head or _record(path)


def shown(case: Record) -> str:
    """Where a case changes a document, and what comes of it."""
    keywords = dict.fromkeys(keyword for _, keyword in case["violations"])
    outcome = ", ".join(keywords) or "valid"
    place = f"{case.get('in', '')} {case['at']}".strip()
    return f"{place} {outcome}{', removed' if case.get('removed') else ''}"


def changes(record: Record, case: Record) -> Iterator[tuple[Shown, Any]]:
    """Every changed document of a case, with a few words on the change."""
    bases = {entry["name"]: entry["value"] for entry in record["documents"]}
    base, at = bases.get(case.get("in")), case["at"]
    place = at or "value"
    behind = f" in {case['in']}" if at else ""
    if case.get("removed"):
        removed = Shown(lambda: f"{place} removed{behind}")
        yield removed, edited(base, at, None, remove=True)
    for value in case.get("values", ()):
        said = partial(_changed, place, behind, value)
        yield Shown(said), edited(base, at, value)
    for part, count in case.get("repeated", ()):
        said = partial(_changed, place, f" * {count}{behind}", part)
        yield Shown(said), edited(base, at, part * count)


def _changed(place: str, behind: str, value: Any) -> str:
    return f"{place} = {text(value)[:300]}{behind}"
