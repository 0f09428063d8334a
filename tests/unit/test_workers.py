"""Work that is shared out: the same as if it had been done here."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from codegen import workers


@pytest.fixture(autouse=True)
def cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three cores, whatever the machine has, and no thread of the test runner."""
    monkeypatch.setattr(workers, "_cores", lambda: 3)
    monkeypatch.setattr(workers, "_can_fork", lambda: hasattr(os, "fork"))


def test_results_come_in_the_order_of_the_items() -> None:
    items = list(range(200))
    assert list(workers.ordered(lambda n: n * "x", items)) == [n * "x" for n in items]


def test_more_items_than_turns_fit_into_a_pipe() -> None:
    items = list(range(20_000))
    assert list(workers.ordered(lambda n: -n, items)) == [-n for n in items]


def test_what_is_larger_than_a_pipe_comes_whole() -> None:
    found = list(workers.ordered(lambda n: "ab" * n, [2_000_000, 3, 1_500_000, 0]))
    assert list(map(len, found)) == [4_000_000, 6, 3_000_000, 0]


def test_others_do_a_share_of_the_work() -> None:
    def asked(_: int) -> int:
        time.sleep(0.01)  # Or this process would be through before they have begun.
        return os.getpid()

    found = set(workers.ordered(asked, range(50)))
    assert os.getpid() in found
    assert len(found) == 3


def test_too_little_is_done_here() -> None:
    found = set(workers.ordered(lambda _: os.getpid(), range(7), least=4))
    assert found == {os.getpid()}


def test_an_error_is_raised_when_its_turn_comes() -> None:
    def asked(n: int) -> int:
        if n == 5:
            raise LookupError("five")
        return n

    found = workers.ordered(asked, range(100))
    assert [next(found) for _ in range(5)] == [0, 1, 2, 3, 4]
    with pytest.raises(LookupError, match="five"):
        next(found)


def test_what_cannot_be_handed_over_is_made_here() -> None:
    made = list(workers.ordered(lambda n: (lambda: n), range(6)))
    assert [ask() for ask in made] == list(range(6))


def test_what_a_killed_process_leaves_is_done_here() -> None:
    here = os.getpid()

    def asked(n: int) -> int:
        if n % 10 == 3 and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return n

    assert list(workers.ordered(asked, range(60))) == list(range(60))


def leaves_nobody(work: Callable[[], None]) -> None:
    """Some work leaves no process behind where there was none before: not here, as
    other tests may have made some."""

    def tell() -> None:
        work()
        with pytest.raises(ChildProcessError):
            os.waitpid(-1, os.WNOHANG)

    process = multiprocessing.get_context("fork").Process(target=tell)
    process.start()
    process.join()
    assert process.exitcode == 0


def test_nobody_is_left_where_results_are_not_wanted_any_more() -> None:
    def work() -> None:
        found: Iterator[int] = workers.ordered(lambda n: n, range(10_000))
        assert next(found) == 0
        found.close()  # type: ignore[attr-defined]  # a generator it is

    leaves_nobody(work)


def test_somebody_else_works_ahead() -> None:
    with workers.Ahead(lambda: (os.getpid(), "ab" * 500_000)) as ahead:
        process, text = ahead.result()
    assert process != os.getpid()
    assert text == "ab" * 500_000


def test_others_help_who_works_ahead_and_shares() -> None:
    def asked(_: int) -> int:
        time.sleep(0.01)
        return os.getpid()

    def work() -> list[int]:
        return [os.getpid(), *workers.ordered(asked, range(50))]

    with workers.Ahead(work, shares=True) as ahead:
        process, *found = ahead.result()
    assert process in found
    assert len(set(found)) == 3
    assert os.getpid() not in found


def test_nobody_helps_who_is_left(tmp_path: Path) -> None:
    begun = tmp_path / "begun"

    def waits(_: int) -> None:
        with begun.open("a") as file:
            file.write(f"{os.getpid()}\n")
        threading.Event().wait()

    def work() -> None:
        list(workers.ordered(waits, range(50)))

    with workers.Ahead(work, shares=True):
        while not begun.exists() or len(begun.read_text().split()) < 3:
            time.sleep(0.01)
    for process in map(int, begun.read_text().split()):
        for _ in range(500):
            try:
                os.kill(process, 0)
            except ProcessLookupError:
                break
            time.sleep(0.01)
        else:
            pytest.fail(f"{process} goes on")


def test_what_went_wrong_ahead_is_done_here() -> None:
    here = os.getpid()

    def killed() -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return 7

    def failed() -> int:
        raise LookupError("seven")

    with workers.Ahead(killed) as ahead, workers.Ahead(lambda: killed) as made:
        assert ahead.result() == 7
        assert made.result() is killed
    with workers.Ahead(failed) as ahead, pytest.raises(LookupError, match="seven"):
        ahead.result()


def test_nobody_goes_on_ahead_when_it_is_left() -> None:
    def work() -> None:
        with pytest.raises(LookupError), workers.Ahead(threading.Event().wait):
            raise LookupError

    leaves_nobody(work)


def test_nothing_is_copied_beside_a_thread_that_works() -> None:
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        assert not REAL()
    finally:
        over.set()
        thread.join()


REAL = workers._can_fork
