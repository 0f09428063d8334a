"""Work that is shared out to all cores, where that is safe and worth its while.

What comes out is the same as if one process had done it all, in the same order: each
item is worked on by itself, and nobody hears of what others found. Processes are made
by `fork`, so they know all that this one knows, and what they find comes back as data
through a pipe. Where there is no `fork` that can be relied on, where another thread
works or where there is too little to do, everything happens here.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import selectors
import signal
import struct
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeVar

T = TypeVar("T")
R = TypeVar("R")

MOST: Final = 8
"""More processes than these would wait for the one that reads what they found."""

_TURN: Final = struct.Struct("<I")
_RESULT: Final = struct.Struct("<II")
_TURNS: Final = 8_000
"""As many turns fit into a pipe at once."""

_ROOM: Final = 1 << 20
_SET_PIPE_SIZE: Final = 1031


def ordered(
    function: Callable[[T], R], items: Sequence[T], *, least: int = 1
) -> Iterator[R]:
    """What a function makes of each item, in their order.

    `least` is how many items are worth a process. Results have to be plain data. What a
    function raises is raised when its item's turn comes, and what a process that ended
    has left undone is done here.
    """
    count = min(_cores(), len(items) // max(least, 1))
    if count < 2 or not _can_fork():
        yield from map(function, items)
        return
    team = _Team(function, items, count)
    try:
        yield from team.results()
    finally:
        team.dismiss()


def _cores() -> int:
    """How many processes may run at once."""
    with contextlib.suppress(AttributeError):
        return min(len(os.sched_getaffinity(0)), MOST)
    return min(os.cpu_count() or 1, MOST)


def _can_fork() -> bool:
    """Whether a copy of this process works: threads are missing there, which may hold
    locks, and the system libraries of macOS do not survive it. The thread that shows
    progress is none of those that matter: nothing is shown by a copy."""
    if not hasattr(os, "fork") or sys.platform in ("darwin", "win32"):
        return False
    current = threading.current_thread()
    return all(t.daemon or t is current for t in threading.enumerate())


class _Team:
    """Processes that take turns from one pipe and answer through one each."""

    def __init__(
        self, function: Callable[[Any], Any], items: Sequence[Any], count: int
    ) -> None:
        self._function = function
        self._items = items
        self._found: dict[int, Any] = {}
        self._undone: set[int] = set()
        self._pipes = selectors.DefaultSelector()
        self._processes: list[int] = []
        # A process takes several items at once only where there are very many.
        self._each = -(-len(items) // _TURNS)
        turns = self._written_turns()
        try:
            for _ in range(count):
                self._hire(turns)
        finally:
            os.close(turns)

    def _written_turns(self) -> int:
        """The end of a pipe from which each turn can be read once."""
        turns, ours = os.pipe()
        starts = range(0, len(self._items), self._each)
        os.write(ours, b"".join(_TURN.pack(start) for start in starts))
        os.close(ours)
        return turns

    def _hire(self, turns: int) -> None:
        answers, theirs = os.pipe()
        _widen(theirs)
        with warnings.catch_warnings():
            # Of threads, which `_can_fork` has looked at.
            warnings.simplefilter("ignore", DeprecationWarning)
            process = os.fork()
        if process == 0:
            # Nothing of what this process would still do is done twice: no handler,
            # no buffer and no `finally` of the callers.
            with contextlib.suppress(BaseException):
                signal.signal(signal.SIGINT, signal.SIG_DFL)
                self._work(turns, theirs)
            os._exit(0)
        os.close(theirs)
        self._processes.append(process)
        self._pipes.register(answers, selectors.EVENT_READ, bytearray())

    def _work(self, turns: int, answers: int) -> None:
        """Take turns until there are none; what fails is left to whoever asked."""
        # What was there before is shared, and stays so where nobody looks for garbage
        # in it; what is made here may go on for long.
        gc.freeze()
        gc.enable()
        while turn := os.read(turns, _TURN.size):
            (start,) = _TURN.unpack(turn)
            for place in range(start, min(start + self._each, len(self._items))):
                try:
                    found = pickle.dumps(self._function(self._items[place]))
                except Exception:  # noqa: BLE001 - it is raised where it was asked for
                    found = b""
                _write(answers, _RESULT.pack(place, len(found)) + found)

    def results(self) -> Iterator[Any]:
        """What was found, in the order of the items."""
        for place, item in enumerate(self._items):
            while place not in self._found and place not in self._undone:
                if not self._read():
                    break
            if place in self._found:
                yield self._found.pop(place)
            else:
                # It is raised here, with the way that led to it, or succeeds.
                yield self._function(item)

    def _read(self) -> bool:
        """Take in what has been answered; false where nobody will answer any more."""
        if not self._pipes.get_map():
            return False
        for key, _ in self._pipes.select():
            part = os.read(key.fd, _ROOM)
            if part:
                key.data.extend(part)
                self._take(key.data)
            else:
                self._pipes.unregister(key.fd)
                os.close(key.fd)
        return True

    def _take(self, read: bytearray) -> None:
        """Take the results that have come whole."""
        while len(read) >= _RESULT.size:
            place, length = _RESULT.unpack_from(read)
            end = _RESULT.size + length
            if len(read) < end:
                return
            if length:
                self._found[place] = pickle.loads(bytes(read[_RESULT.size : end]))
            else:
                self._undone.add(place)
            del read[:end]

    def dismiss(self) -> None:
        """End whoever still works, and wait for all."""
        for key in [*self._pipes.get_map().values()]:
            self._pipes.unregister(key.fd)
            os.close(key.fd)
        self._pipes.close()
        for process in self._processes:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(process, 0)


def _write(pipe: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(pipe, view) :]


def _widen(pipe: int) -> None:
    """Let a process work ahead of the one that reads, where the system allows it."""
    with contextlib.suppress(ImportError, OSError):
        import fcntl

        fcntl.fcntl(pipe, _SET_PIPE_SIZE, _ROOM)
