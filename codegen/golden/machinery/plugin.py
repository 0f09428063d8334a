"""What pytest is told: how golden files are compared and, if asked, rewritten."""

from __future__ import annotations

import contextlib
import difflib
import gc
import json
import os
import sys
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from .layout import layout
from .shortened import opened, shortened

HERE = Path(__file__).parents[1]
"""The folder of the tests."""

# Before they are imported, or failures would not show the values that were compared.
pytest.register_assert_rewrite(
    *(
        f"{__name__.rpartition('.')[0]}.{module}"
        for module in (
            "sdk",
            "schemas",
            "documents",
            "classes",
            "events",
            "sessions",
        )
    )
)


def forget_stand_in(package: str) -> None:
    """Forget what pytest has put in the place of a package under test.

    In import mode `importlib` it makes a module of each folder above a test. Such a
    module hides a package of the same name, or what is inside of one.
    """
    parts = package.split(".")
    names = [".".join(parts[: end + 1]) for end in range(len(parts))]
    if not _is_found(package):
        for name in names:
            if getattr(sys.modules.get(name), "__file__", name) is None:
                del sys.modules[name]


def _is_found(package: str) -> bool:
    """Whether a package is found that is more than a folder."""
    if package in sys.modules:
        return getattr(sys.modules[package], "__file__", None) is not None
    with contextlib.suppress(ModuleNotFoundError):
        found = find_spec(package)
        return found is not None and found.has_location
    return False


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update-golden`, unless another package's tests have done so."""
    with contextlib.suppress(ValueError):
        parser.addoption(
            "--update-golden",
            action="store_true",
            help="rewrite what golden files record of the code: repr, JSON, classes",
        )


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

    def of(self, file: str) -> Recorded:
        """What one golden file records."""
        return Recorded(self, HERE / "golden" / file)

    def write(self) -> Iterator[str]:
        """Rewrite the golden files that changed, and tell how, as a diff."""
        for path, record in sorted(self.changed.items()):
            old, new = path.read_text("utf-8"), layout(shortened(record))
            path.write_text(new, "utf-8")
            name = path.relative_to(HERE).as_posix()
            yield from difflib.unified_diff(
                old.splitlines(), new.splitlines(), name, name, lineterm="", n=1
            )


@dataclass(frozen=True)
class Recorded:
    """One golden file, against which the code is held."""

    golden: Golden
    path: Path

    def same(self, entry: dict[str, Any], key: str, found: str) -> bool:
        """Whether `found` is recorded; with `--update-golden` it will be."""
        if entry[key] == found or not self.golden.update:
            return bool(entry[key] == found)
        changed = self.golden.changed
        if self.path not in changed:
            changed[self.path] = opened(json.loads(self.path.read_text("utf-8")))
        for name in ("documents", "events"):
            for other in changed[self.path].get(name, []):
                if other.get("name") == entry["name"]:
                    other[key] = found
        return True


_GOLDEN = pytest.StashKey[Golden]()


@pytest.fixture(scope="module")
def golden(request: pytest.FixtureRequest) -> Iterator[Golden]:
    """The golden files of this run."""
    update = request.config.getoption("--update-golden", False)
    with _few_collections():
        yield request.config.stash.setdefault(_GOLDEN, Golden(bool(update)))


@contextlib.contextmanager
def _few_collections() -> Generator[None]:
    """Look for garbage less often. There is hardly any, but test after test loads more
    of the package, and to look through all of it for every few objects more takes a
    fifth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Show what `--update-golden` changed."""
    changes = config.stash.get(_GOLDEN, None)
    for line in changes.write() if changes else ():
        terminalreporter.write_line(line)
