"""Which documents may be fetched from the web for an SDK, and the lock file that
records them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from codegen import output, sightings, toml_file
from codegen.config import Sdk
from codegen.diagnostics import Report, Span
from codegen.source import locks
from codegen.source.locks import LOCK, Locked, LockError
from codegen.source.remote import Remote

_LARGEST: Final = 4 * 1024 * 1024


def of(sdk: Sdk, report: Report) -> Remote | None:
    """What fetches documents for an SDK. None, with the reason reported, where its lock
    file is bad. With `--allow-remote`, each document that is fetched for the first time
    is written to the lock file at once."""
    path = _place(sdk)
    try:
        locked = _read(path)
    except (LockError, OSError) as error:
        reason, where = error.strerror if isinstance(error, OSError) else error, (0, 0)
        if isinstance(error, LockError):
            where = error.line, error.column
        message = f"cannot be read: {reason}; restore it, or delete it and run the same"
        span = Span(path.as_posix(), *where)
        report.add("lock", f"{message} with `--allow-remote`", span)
        return None

    def keep(address: str, found: Locked) -> None:
        locked[address] = found
        output.write_own(path, locks.text(locked), report)

    return Remote(locked, keep if sdk.allow_remote else None)


def locked(sdk: Sdk) -> dict[str, Locked]:
    """The entries of an SDK's lock file, by address; none where it cannot be read."""
    try:
        return _read(_place(sdk))
    except (LockError, OSError):
        return {}


def undoing(sdk: Sdk) -> Callable[[Report], None]:
    """A function that restores the lock file of an SDK as it is now, for runs that must
    not change anything."""
    path = _place(sdk)
    before = _content(path)

    def undo(report: Report) -> None:
        if _content(path) != before:
            output.put_back(path, before, report)

    return undo


def _place(sdk: Sdk) -> Path:
    return (sdk.project or Path()) / LOCK


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _read(path: Path) -> dict[str, Locked]:
    """The entries of a lock file; none where there is no file. Raises OSError and
    LockError."""
    if sightings.kind(path) == sightings.NOTHING:
        return {}
    content = sightings.content(path)
    if len(content) > _LARGEST:
        raise LockError(f"it is larger than {_LARGEST} bytes")
    faults = Report()
    found = toml_file.read(content, path.as_posix(), faults)
    if found is not None:
        return locks.parse(found.table)
    (fault,) = faults
    raise LockError(
        f"it is no TOML: {fault.message}", fault.span.line, fault.span.column
    )
