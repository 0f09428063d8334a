"""Work that is shared out to all cores, where that is safe and worth its while.

What comes out is the same as if one process had done it all, in the same order: each
item is worked on by itself, and nobody hears of what others found. Processes are made
by `fork`, so they know all that this one knows, and what they find comes back as data.
This process works, too, so there is one less to hold what all of them know.
Where there is no `fork` that can be relied on, where another thread works or where
there is too little to do, everything happens here.
"""

from __future__ import annotations

import contextlib
import gc
import itertools
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Any, Final, Generic, Self, TypeVar

T = TypeVar("T")
R = TypeVar("R")

MOST: Final = 8
"""More processes than these would wait for the one that reads what they found."""

_SHARES: Final = 256
"""Shares of the work for each process: enough for all to end at about the same time."""

_TURN: Final = 0.0005
"""Seconds after which this process lets the thread have its turn that hands out shares:
until then another process may have nothing to do."""

_LITTER: Final = 1_000_000
"""So many more objects are looked through for garbage. Most are none: to look through
the half of a million takes a quarter of a second, and frees some megabytes."""

_Work = tuple[Callable[[Any], Any], Sequence[Any]]

_mine: list[_Work] = []
"""What this process was made for; it is handed over by being there when it is made."""


def nothing() -> None:
    """Do nothing: for callers that have no other work meanwhile."""


def ordered(
    function: Callable[[T], R],
    items: Sequence[T],
    *,
    least: int = 1,
    meanwhile: Callable[[], None] = nothing,
) -> Iterator[R]:
    """What a function makes of each item, in their order.

    `least` is how many items are worth a process. When other processes have begun, this
    one does something `meanwhile` before it works, too. Results have to be plain data.
    What a function raises is raised when its item's turn comes, and what a process that
    ended has left undone is done here.
    """
    count = min(_cores(), len(items) // max(least, 1))
    if count < 2 or not _can_fork():
        meanwhile()
        yield from map(function, items)
        return
    each = max(len(items) // (count * _SHARES), 1)
    shares = [range(n, min(n + each, len(items))) for n in range(0, len(items), each)]
    with contextlib.closing(
        _shared(function, items, shares, count, meanwhile)
    ) as found:
        for share, results in zip(shares, found, strict=True):
            # Work that failed elsewhere succeeds here, or is raised with the way that
            # led to it.
            yield from results or (function(items[place]) for place in share)


class Ahead(Generic[R]):
    """Work that another process does while this one goes on; where there is no other,
    it is done when its result is asked for.

    What it returns has to be plain data, and is the same wherever it is done. Leaving
    the context ends what is not done by then. `worthwhile` is whether there is enough
    to do for another process; one that `shares` its work has others help, and makes so
    much that it looks for no garbage.
    """

    def __init__(
        self,
        work: Callable[[], R],
        *,
        worthwhile: bool = True,
        shares: bool = False,
    ) -> None:
        self._work = work
        self._worthwhile = worthwhile
        self._shares = shares
        self._process: Any = None
        self._answer: Any = None
        self._found: tuple[R] | None = None

    def __enter__(self) -> Self:
        self.begin()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def begin(self) -> bool:
        """Have another process begin; whether there is one."""
        if not self._worthwhile or not spare():
            return False
        from multiprocessing import get_context

        # A system may have no processes to spare.
        with contextlib.suppress(Exception):
            context = get_context("fork")
            self._answer, mine = context.Pipe(duplex=False)
            arguments = (self._work, mine, self._shares)
            # None that is a daemon has children.
            process = context.Process(
                target=_answered, args=arguments, daemon=not self._shares
            )
            process.start()
            self._process = process
            mine.close()
        return self._process is not None

    def result(self) -> R:
        """What came of it. What went wrong elsewhere is done again here, and succeeds,
        or is raised with the way that led to it."""
        if self._found is None and self._process is not None:
            with contextlib.suppress(Exception):
                self._found = self._answer.recv()
        if self._found is None:
            self._found = (self._work(),)
        return self._found[0]

    def end(self) -> None:
        """End what is not done, whose result nobody can ask for any longer."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._answer.close()


def _answered(work: Callable[[], Any], answer: Any, shares: bool) -> None:
    """Do some work in a process that was made for it."""
    _begin()
    if shares:
        gc.disable()
    # Who made it hears of what went wrong when nothing comes.
    with contextlib.suppress(Exception):
        answer.send((work(),))


def spare() -> int:
    """How many processes may run beside this one."""
    return _cores() - 1 if _can_fork() else 0


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


def _shared(
    function: Callable[[Any], Any],
    items: Sequence[Any],
    shares: Sequence[range],
    count: int,
    meanwhile: Callable[[], None],
) -> Generator[list[Any] | None, None, None]:
    """What is found for each share, here and by other processes; None where nothing
    is."""
    # Most runs of the tool have no use for it.
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing import get_context

    futures: list[Future[list[Any]]] = []
    with contextlib.ExitStack() as stack:
        stack.enter_context(_collecting())
        stack.enter_context(_handing_out())
        # A system may have no semaphores, no processes to spare, or end one.
        with contextlib.suppress(Exception), warnings.catch_warnings():
            # Of threads, which `_can_fork` has looked at.
            warnings.simplefilter("ignore", DeprecationWarning)
            context, work = get_context("fork"), (function, items)
            pool = ProcessPoolExecutor(count - 1, context, _begin, (work,))
            stack.callback(pool.shutdown, cancel_futures=True)
            futures += (pool.submit(_done, share) for share in shares)
        meanwhile()
        mine: dict[int, list[Any] | None] = {}
        last = len(futures)
        for place, future in enumerate(futures):
            # The others begin in front. What nobody has begun is taken from behind.
            while not future.done() and last > place and futures[last - 1].cancel():
                last -= 1
                mine[last] = None
                with contextlib.suppress(Exception):
                    mine[last] = [function(items[one]) for one in shares[last]]
            found = mine.pop(place, None)
            if place < last:
                with contextlib.suppress(Exception):
                    found = future.result()
            yield found
        yield from itertools.repeat(None, len(shares) - len(futures))


def _begin(*work: _Work) -> None:
    """Make a new process ready for its work."""
    _mine[:] = work
    # An interrupt ends it at once, without a word: whoever made it has more to say.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _collect()


def _collect() -> None:
    """Look for garbage in what is made from now on, which may go on for long. What was
    there before is shared, and stays so where nobody looks for garbage in it."""
    gc.freeze()
    gc.set_threshold(_LITTER, 50, 50)
    gc.enable()


@contextlib.contextmanager
def _collecting() -> Iterator[None]:
    """Meanwhile, and as before then."""
    before = gc.isenabled(), gc.get_threshold()
    _collect()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before[1])
        if not before[0]:
            gc.disable()


@contextlib.contextmanager
def _handing_out() -> Iterator[None]:
    """Meanwhile threads take turns more often."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(min(before, _TURN))
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def _end_with_parent() -> None:
    """End this process when the one that made it is gone, however that ended."""
    from multiprocessing import connection, parent_process

    if parent := parent_process():
        connection.wait([parent.sentinel])
        os._exit(1)


def _done(share: range) -> list[Any]:
    """What is found for a share of the work."""
    function, items = _mine[0]
    return [function(items[place]) for place in share]
