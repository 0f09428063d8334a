"""Golden files: how they are read, compared and, with `--update-golden`, rewritten."""

from __future__ import annotations

import difflib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent

if str(HERE.parents[1]) not in sys.path:
    sys.path.append(str(HERE.parents[1]))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update-golden`, unless another package's tests have done so."""
    try:
        parser.addoption(
            "--update-golden",
            action="store_true",
            help="rewrite what golden files record of the code: repr, JSON, classes",
        )
    except ValueError:
        pass


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to rewrite where nobody reviews."""
    if config.getoption("--update-golden", False) and os.environ.get("CI"):
        raise pytest.UsageError("--update-golden rewrites nothing where CI is set")


class Golden:
    """Compares what the code does with what golden files record.

    Violations are never rewritten: an independent validator found them when the
    package was generated.
    """

    def __init__(self, update: bool) -> None:
        self.update = update
        self.changed: dict[Path, dict[str, Any]] = {}

    def same(self, file: str, entry: dict[str, Any], key: str, found: str) -> bool:
        """Whether `found` is recorded; with `--update-golden` it will be."""
        if entry[key] != found and self.update:
            path = HERE / "golden" / file
            record = self.changed.setdefault(path, json.loads(path.read_text("utf-8")))
            for name in ("documents", "events"):
                entries = record.get(name, [])
                for index, other in enumerate(entries):
                    if other.get("name") == entry["name"]:
                        entries[index] = {**other, key: found}
            return True
        return bool(entry[key] == found)

    def write(self) -> Iterator[str]:
        """Rewrite the golden files that changed, and tell how, as a diff."""
        for path, record in sorted(self.changed.items()):
            old, new = path.read_text("utf-8"), layout(record)
            path.write_text(new, "utf-8")
            name = path.relative_to(HERE).as_posix()
            yield from difflib.unified_diff(
                old.splitlines(), new.splitlines(), name, name, lineterm="", n=1
            )


def layout(record: dict[str, Any]) -> str:
    """A record as text: its keys a line each, lists of objects an element a line."""
    lines = []
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


_GOLDEN = pytest.StashKey[Golden]()


@pytest.fixture(scope="session")
def golden(request: pytest.FixtureRequest) -> Golden:
    """The golden files of this run."""
    update = request.config.getoption("--update-golden", False)
    return request.config.stash.setdefault(_GOLDEN, Golden(bool(update)))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Show what `--update-golden` changed."""
    changes = config.stash.get(_GOLDEN, None)
    for line in changes.write() if changes else ():
        terminalreporter.write_line(line)
