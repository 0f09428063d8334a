"""Writes trees of files; nothing else in this project writes one.

A tree is compared in memory first (`codegen.plans`). What then happens to the disk may
end at any moment, by an error, an interrupt or the death of the process, and the tree
must be the old one or the new one, or the next run must make it so:

1. The manifest goes first and lists old and new together, so that every file that a
   broken-off run leaves behind is known to be ours.
2. All new texts are written beside their places, under names that follow from theirs.
3. They are renamed into place, and stale files and empty folders are removed.
4. The manifest lists the new tree only.

Every exception undoes what was done, in memory as it was on disk. Where not even that
is possible the manifest of step 1 stays, and the next run starts from there: it finds
files of ours in one of two states, and removes what is left of step 2. Whoever asks the
process to end meanwhile (SIGTERM, SIGHUP) is heeded like one who interrupts it.

Runs into the same package take turns, by a lock on its folder. Whoever has it compares
once more, as what was planned before may be overtaken.
"""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Final

try:
    import fcntl
except ImportError:  # Elsewhere than on Unix the last run wins, file by file.
    fcntl = None  # type: ignore[assignment]

from codegen import manifest
from codegen.artifact import OutputFile
from codegen.diagnostics import Report, Span
from codegen.plans import SIGNATURE, Change, Plan, check_file, compare, plan, read

__all__ = [
    "MANIFEST",
    "SIGNATURE",
    "Change",
    "OutputFile",
    "Plan",
    "commit",
    "plan",
    "write_file",
    "write_own",
]

MANIFEST: Final = manifest.NAME

NOTHING: Final[Mapping[Path, bytes]] = MappingProxyType({})

_REQUESTS: Final = ("SIGTERM", "SIGHUP")
"""The signals by which others ask a process to end; not every system has both."""


def commit(
    plans: Sequence[Plan],
    report: Report,
    beside: Mapping[Path, bytes] = NOTHING,
    release: str = "",
) -> list[Plan]:
    """Carry out plans, all or none; a failure of the disk is reported.

    What is to be done is compared once more when no other run can write any longer.
    `beside` are files that stand in no tree and become new together with them, as
    `write_own` writes them, `release` is the version that one of them raises. Returns
    the plans that were carried out.
    """
    for path in beside:
        _refuse_link(path, report)
    if report.failed:
        return list(plans)
    busy = [
        one for one in plans if one.changes or os.path.lexists(_temporary(one.manifest))
    ]
    writing = _Writing()
    with _reporting(report), _heeding_requests(), contextlib.ExitStack() as held:
        try:
            writing.lock(busy, held)
            again = {id(one): compare(one, report) for one in busy}
            if report.failed:
                writing.roll_back()
                return list(plans)
            writing.plans = [one for one in again.values() if one is not None]
            writing.take(beside, release)
            writing.carry_out()
            return [again.get(id(one)) or one for one in plans]
        except BaseException:
            writing.roll_back()
            raise
    return list(plans)


@contextlib.contextmanager
def _heeding_requests() -> Iterator[None]:
    """Meanwhile a request to end is an interrupt, unless the process has its own way
    with it. Signals are the business of the main thread alone."""
    taken = []
    if threading.current_thread() is threading.main_thread():
        numbers = [getattr(signal, n) for n in _REQUESTS if hasattr(signal, n)]
        taken = [n for n in numbers if signal.getsignal(n) is signal.SIG_DFL]
    try:
        for number in taken:
            signal.signal(number, signal.default_int_handler)
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def write_file(
    path: Path, text: str, report: Report, *, read: Iterable[str | Path] = ()
) -> None:
    """Write one file that somebody named, whole or not at all; a failure of the disk is
    reported, and so is the name of one of those that were `read` to make it.

    As a shell would, it follows links, and writes into pipes and devices."""
    if any(_is_same(path, other) for other in read):
        message = "it was read to make this, which would take its place; "
        message += "write to another file"
        report.add("output", message, Span(path.as_posix()))
        return
    if os.path.isdir(path):
        check_file(path, report)
        return
    data = text.encode()
    with _reporting(report), _at(path):
        if _takes_all(path):
            path.write_bytes(data)
        else:
            _put_alone(path.resolve() if path.is_symlink() else path, data)


def write_own(path: Path, text: str, report: Report) -> None:
    """Write one file whose name is ours, as `write_file` does, but through no link:
    nobody has said where that leads."""
    before = len(report)
    _refuse_link(path, report)
    if len(report) == before:
        with _reporting(report):
            _put_alone(path, text.encode())


def _refuse_link(path: Path, report: Report) -> None:
    """Report a link that stands where a file of ours should."""
    if os.path.islink(path):
        message = (
            "a symbolic link stands where this file should; move it out of the way"
        )
        report.add("output", message, Span(path.as_posix()))


def put_back(path: Path, data: bytes | None, report: Report) -> None:
    """Make a file what it was before `write_own`, absent where `data` is None."""
    with _reporting(report):
        if data is None:
            with _at(path):
                path.unlink(missing_ok=True)
        elif read(path, Report()) != data:
            _put_alone(path, data)


def _is_same(one: str | Path, other: str | Path) -> bool:
    with contextlib.suppress(OSError):
        return os.path.samefile(one, other)
    return False


def _takes_all(path: Path) -> bool:
    """Whether what is there is no file whose place another could take."""
    with contextlib.suppress(FileNotFoundError):
        return not stat.S_ISREG(path.stat().st_mode)
    return False


def _put_alone(path: Path, data: bytes) -> None:
    """Put one file in its place, in turn with other runs. Nothing is left of it where
    that does not succeed."""
    with _heeding_requests(), contextlib.ExitStack() as held:
        _wait_for(path.parent, held)
        try:
            _Writing().put(path, data)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(_temporary(path))
            raise


def _wait_for(folder: Path, held: contextlib.ExitStack) -> None:
    """Lock a folder, if there is such a folder, and locks are to be had."""
    if fcntl is not None:
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            held.callback(os.close, handle)
            fcntl.flock(handle, fcntl.LOCK_EX)


@contextlib.contextmanager
def _reporting(report: Report) -> Iterator[None]:
    """Report what the system does not let us do."""
    try:
        yield
    except _Refused as error:
        span = Span(error.path.as_posix())
        report.add("write", f"cannot write: {error.reason}", span)


class _Refused(Exception):
    """The system does not let us do something at a place."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(reason)
        self.path = path
        self.reason = reason


@contextlib.contextmanager
def _at(path: Path) -> Iterator[None]:
    """Name the place that a user knows, whatever the system names, or does not."""
    try:
        yield
    except OSError as error:
        raise _Refused(path, error.strerror or str(error)) from error


class _Writing:
    """One run's way from the old trees to the new ones, and back.

    What is done is remembered before it is done, and what is undone is what is found
    done, so that it does not matter where between two steps an exception comes.
    """

    def __init__(self) -> None:
        self.plans: list[Plan] = []
        self._beside: list[tuple[Path, Change]] = []
        self._release = ""
        self._made: list[Path] = []
        self._modes: dict[Path, int] = {}

    # --- forth ---------------------------------------------------------------------

    def lock(self, plans: Iterable[Plan], held: contextlib.ExitStack) -> None:
        """Wait until no other run writes to the packages; all in the same order."""
        locked: set[tuple[int, int]] = set()
        for folder in sorted((one.manifest.parent for one in plans), key=_real):
            with _at(folder):
                self._lock(folder, locked, held)

    def _lock(
        self, folder: Path, locked: set[tuple[int, int]], held: contextlib.ExitStack
    ) -> None:
        """Lock a folder; if the run before has removed it meanwhile, a new one."""
        while True:
            self._make(folder)
            if fcntl is None:
                return
            with contextlib.ExitStack() as closing:
                handle = os.open(folder, os.O_RDONLY)
                closing.callback(os.close, handle)
                found = _identity(os.fstat(handle))
                if found in locked:  # By ourselves, under another name.
                    raise _Refused(folder, "another SDK is written to this place")
                # Some network file systems have no locks; then there is none.
                with contextlib.suppress(OSError):
                    fcntl.flock(handle, fcntl.LOCK_EX)
                with contextlib.suppress(FileNotFoundError):
                    if _identity(folder.stat()) == found:
                        locked.add(found)
                        held.push(closing.pop_all())
                        return

    def take(self, beside: Mapping[Path, bytes], release: str) -> None:
        """Have files become new with the trees, in this order, after theirs."""
        self._release = release
        for path, text in beside.items():
            with _at(path):
                old = path.read_bytes() if path.exists() else None
            self._beside.append((path, Change(path.name, old, text)))

    def carry_out(self) -> None:
        """Make the trees what the plans say."""
        for one in self.plans:
            _clean(one)
        for one in self.plans:
            between = manifest.text_between(one.found, one.digests, self._release)
            self.put(one.manifest, between)
        files = list(self._files())
        made: set[str] = set()
        for path, change in files:
            if change.new is not None:
                folder = os.path.dirname(path)
                if folder not in made:
                    self._make(path.parent)
                    made.add(folder)
                self._stage(path, change.new)
        for path, change in files:
            with _at(path):
                if change.new is not None:
                    os.replace(_temporary(path), path)
                else:
                    self._modes[path] = stat.S_IMODE(path.lstat().st_mode)
                    path.unlink()
        for one in self.plans:
            _remove_empty_folders(one)
        for one in self.plans:
            if one.gone:
                self._remove_manifest(one)
            else:
                self.put(one.manifest, one.listing)

    def _files(self) -> Iterator[tuple[Path, Change]]:
        for one in self.plans:
            own = f"{one.package}/{MANIFEST}"
            for change in one.changes:
                if change.path != own:
                    yield one.root / change.path, change
        yield from self._beside

    def _make(self, folder: Path) -> None:
        with _at(folder):
            missing = [p for p in (folder, *folder.parents) if not p.exists()]
            self._made += reversed(missing)
            folder.mkdir(parents=True, exist_ok=True)

    def _stage(self, path: Path, data: bytes) -> None:
        """Write a text beside its place. A link that is there already is not followed,
        as the file must be a new one."""
        temporary = _temporary(path)
        with _at(path):
            with _new(temporary) as file:
                file.write(data)
            with contextlib.suppress(FileNotFoundError):
                os.chmod(temporary, stat.S_IMODE(os.stat(path).st_mode))

    def put(self, path: Path, data: bytes) -> None:
        self._stage(path, data)
        with _at(path):
            os.replace(_temporary(path), path)

    def _remove_manifest(self, one: Plan) -> None:
        """Remove the manifest of a tree that is no more, and the folders that were
        there for it."""
        with _at(one.manifest):
            one.manifest.unlink()
        with contextlib.suppress(OSError):
            one.manifest.parent.rmdir()

    # --- back ----------------------------------------------------------------------

    def roll_back(self) -> None:
        """Undo what was done. What cannot be undone is left to the next run."""
        for one in self.plans:
            _clean(one, always=True)
        for path, _ in self._beside:
            with contextlib.suppress(OSError):
                os.unlink(_temporary(path))
        whole = [self._restore(path, change) for path, change in self._files()]
        self._remove_made_folders()
        if all(whole):
            for one in self.plans:
                self._restore_manifest(one)
            self._remove_made_folders()  # Those that a manifest was in.

    def _remove_made_folders(self) -> None:
        for folder in reversed(self._made):
            with contextlib.suppress(OSError):
                folder.rmdir()

    def _restore(self, path: Path, change: Change) -> bool:
        """Put a file back if it is as we wrote it; whether it is as it was."""
        try:
            if read(path, Report()) != change.new:
                return True
            if change.old is None:
                path.unlink(missing_ok=True)
                return True
            self._make(path.parent)
            self.put(path, change.old)
            if path in self._modes:
                path.chmod(self._modes[path])
        except (OSError, _Refused):
            return False
        return True

    def _restore_manifest(self, one: Plan) -> None:
        with contextlib.suppress(OSError, _Refused):
            if one.found.data is None:
                one.manifest.unlink(missing_ok=True)
            elif read(one.manifest, Report()) != one.found.data:
                self._make(one.manifest.parent)
                self.put(one.manifest, one.found.data)


def _temporary(path: Path) -> str:
    """Where a text waits for its place: a name of ours that any run can tell."""
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{name}.codegen.tmp")


def _new(path: str) -> BinaryIO:
    """A new file, in the place of what a broken-off run has left."""
    try:
        return open(path, "xb")
    except FileExistsError:
        os.unlink(path)
        return open(path, "xb")


def _clean(one: Plan, *, always: bool = False) -> None:
    """Remove texts that still wait for a place, of this run or one that was killed."""
    places = [one.manifest]
    if always or one.found.unfinished:
        listed = (path for path in one.found.digests if path not in one.wanted)
        places += (one.root / path for path in (*one.wanted, *listed))
    for place in places:
        with contextlib.suppress(OSError):
            temporary = Path(_temporary(place))
            path = temporary.relative_to(one.root).as_posix()
            if not manifest.leads_through_link(one.root, path):
                temporary.unlink(missing_ok=True)


def _remove_empty_folders(one: Plan) -> None:
    """Folders that files which are no longer generated have left empty."""
    for path in one.found.digests:
        if path in one.wanted or manifest.leads_through_link(one.root, path):
            continue
        folder = (one.root / path).parent
        with contextlib.suppress(OSError):
            while folder != one.root:
                with contextlib.suppress(FileNotFoundError):
                    folder.rmdir()
                folder = folder.parent


def _real(folder: Path) -> str:
    return os.path.realpath(folder)


def _identity(found: os.stat_result) -> tuple[int, int]:
    return found.st_dev, found.st_ino
