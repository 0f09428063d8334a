"""The cases beside this file: a folder with a specification and what it must judge.

    case.json       {"spec": path, "perspective": "client" | "server", "package": name}
    accept/*.json   {"schema": name, "cases": [{"why", "value"}]}
    reject/*.json   the same with "violations": [{"path", "keyword"}] in each case
    rules/*.json    {"cases": [{"why", "events", "violations": […]}]}, each violation
                    {"event", "rule", "path"}; "tables" are the unions whose events
                    these are, where they are not those of the two directions

Paths of specifications count from the root of the repository. A package is one that
`make generate` writes; a folder that names none is judged by the independent
validator alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


@dataclass(frozen=True)
class Folder:
    """One folder of cases."""

    path: Path
    spec: Path
    perspective: str
    package: str

    @classmethod
    def read(cls, path: Path) -> Folder:
        """What `case.json` says."""
        data = json.loads((path / "case.json").read_text("utf-8"))
        return cls(
            path,
            ROOT / data["spec"],
            data.get("perspective", "server"),
            data.get("package", ""),
        )


@dataclass(frozen=True)
class ValueCase:
    """A value of a `file` and what a schema says to it; no violations where it is
    accepted."""

    folder: Folder
    schema: str
    value: Any
    violations: frozenset[tuple[str, str]]
    accept: bool
    file: str
    id: str


@dataclass(frozen=True)
class RuleCase:
    """Events of a session and the violations: index of event, rule, pointer."""

    folder: Folder
    events: list[dict[str, Any]]
    violations: list[tuple[int, str, str]]
    tables: tuple[str, ...]
    id: str


def folders() -> list[Folder]:
    """All folders of cases, by name."""
    return [Folder.read(path.parent) for path in sorted(HERE.glob("*/case.json"))]


def value_cases() -> Iterator[ValueCase]:
    """Every case of `accept` and `reject`."""
    for folder in folders():
        for kind in ("accept", "reject"):
            for path in sorted((folder.path / kind).glob("*.json")):
                data = json.loads(path.read_text("utf-8"))
                name = f"{folder.path.name}/{kind}/{path.stem}"
                for index, case in enumerate(data["cases"]):
                    yield ValueCase(
                        folder,
                        data["schema"],
                        case["value"],
                        frozenset(
                            (violation["path"], violation["keyword"])
                            for violation in case.get("violations", ())
                        ),
                        kind == "accept",
                        name,
                        f"{name}[{index}]",
                    )


def rule_cases() -> Iterator[RuleCase]:
    """Every case of `rules`."""
    for folder in folders():
        for path in sorted((folder.path / "rules").glob("*.json")):
            data = json.loads(path.read_text("utf-8"))
            for index, case in enumerate(data["cases"]):
                yield RuleCase(
                    folder,
                    case["events"],
                    [(v["event"], v["rule"], v["path"]) for v in case["violations"]],
                    tuple(data.get("tables", ())),
                    f"{folder.path.name}/rules/{path.stem}[{index}]",
                )
