"""Whatever ends the writing of a tree, at whatever operation: the tree is the old one
or the new one, or the next run makes it so.

A run happens in a child process, which a hook on Python's audit events stops in front
of its k-th operation on files: for every k that there is with `CODEGEN_LONG=1`, for
every third one otherwise. There are hundreds of them, so they are copies of a process
in which no tests have run: to copy one that has takes ten times as long.
"""

from __future__ import annotations

import errno
import functools
import multiprocessing
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import Any, Final, NoReturn

import pytest

from codegen import output
from codegen.diagnostics import Report
from codegen.output import SIGNATURE, OutputFile, Plan
from tests.sweeps import LONG

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

HEADER: Final = f"# {SIGNATURE} from spec.yaml.\n"
OLD: Final = {
    "sdk/__init__.py": HEADER,
    "sdk/models.py": HEADER + "A = 1\n",
    "sdk/stale/deep/gone.py": HEADER,
    "tests/sdk/Gone.json": "{}\n",
}
NEW: Final = {
    "sdk/__init__.py": HEADER,
    "sdk/models.py": HEADER + "A = 2\n",
    "sdk/fresh/more.py": HEADER,
    "tests/sdk/golden/Fresh.json": "[]\n",
}
THIRD: Final = {
    "sdk/__init__.py": HEADER + "B = 1\n",
    "sdk/models.py": HEADER + "A = 3\n",
    "tests/sdk/golden/Fresh.json": "[3]\n",
    "tests/sdk/Gone.json": "[4]\n",
}

STRIDE: Final = 1 if LONG else 3
LEAN: Final = multiprocessing.get_context("forkserver")
LEAN.set_forkserver_preload([__name__])
EVENTS: Final = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod"}
KILLED: Final = -signal.SIGKILL
DONE, RAISED, FAILED = 0, 1, 2


def plan(root: Path, files: Mapping[str, str], report: Report) -> Plan:
    listed = [OutputFile(path, text) for path, text in files.items()]
    made = output.plan(root, "sdk", listed, report)
    assert made is not None, list(report)
    return made


def write(root: Path, files: Mapping[str, str]) -> None:
    """A run to which nothing happens, and which has nothing to say."""
    report = Report()
    output.commit([plan(root, files, report)], report)
    assert len(report) == 0, list(report)


def tree(root: Path) -> dict[str, bytes | None]:
    """All files with their contents, and all folders; links are not followed."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(root.rglob("*"))
    }


def state(folder: Path, *files: Mapping[str, str]) -> dict[str, bytes | None]:
    """The tree after undisturbed runs."""
    for one in files:
        write(folder, one)
    return tree(folder)


def child(root: Path, files: Mapping[str, str], arm: Callable[[], object]) -> int:
    """Write a tree in another process; its exit code, or minus its signal."""
    process = LEAN.Process(target=run, args=(root, files, arm))
    process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def run(root: Path, files: Mapping[str, str], arm: Callable[[], object]) -> NoReturn:
    """Write a tree, and end the process."""
    code = RAISED
    try:
        report = Report()
        made = plan(root, files, report)
        arm()
        output.commit([made], report)
        code = FAILED if report.failed else DONE
    finally:
        os._exit(code)


def at(number: int, fault: Callable[[], object], *, once: bool = True) -> Any:
    """Arms a fault in front of an operation, or of that and all that follow."""
    return functools.partial(_hooked, number, fault, once)


def _hooked(number: int, fault: Callable[[], object], once: bool) -> None:
    count = 0

    def hook(event: str, _args: object) -> None:
        nonlocal count
        count += event in EVENTS
        if event in EVENTS and (count == number or (not once and count > number)):
            fault()

    sys.addaudithook(hook)


def both(*arms: Callable[[], object]) -> None:
    for arm in arms:
        arm()


def sweep(tmp_path: Path, arm: Callable[[int], Any]) -> Iterator[tuple[Path, int]]:
    """The folders and exit codes of runs that are stopped at one operation after the
    other, until one comes to its end because it has no such operation."""
    for number in range(1, 500, STRIDE):
        root = tmp_path / str(number)
        write(root, OLD)
        code = child(root, NEW, arm(number))
        yield root, code
        if code == DONE:
            assert number > 20
            return
    raise AssertionError("never done")


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def interrupt() -> NoReturn:
    raise KeyboardInterrupt


def terminate() -> None:
    signal.raise_signal(signal.SIGTERM)


def exhaust() -> NoReturn:
    raise MemoryError


def fill() -> NoReturn:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_the_next_run_repairs_what_a_killed_one_left(tmp_path: Path) -> None:
    old, new = state(tmp_path / "old", OLD), state(tmp_path / "new", OLD, NEW)
    third = state(tmp_path / "third", OLD, THIRD)
    mixed = 0
    for root, code in sweep(tmp_path, lambda number: at(number, kill)):
        assert code in {KILLED, DONE}
        report = Report()
        found = tree(root)
        assert plan(root, NEW, report).current is (
            {**found, "sdk": None} == {**new, "sdk": None}
        )
        mixed += found not in (old, new)
        write(root, THIRD)
        assert tree(root) == third
    assert mixed > 10 // STRIDE


def test_a_run_may_be_killed_again_and_again(tmp_path: Path) -> None:
    third = state(tmp_path / "third", THIRD)
    dice = random.Random(7)
    root = tmp_path / "root"
    codes = [
        child(root, dice.choice([OLD, NEW, THIRD]), at(dice.randrange(2, 60), kill))
        for _ in range(60)
    ]
    assert KILLED in codes
    assert DONE in codes
    write(root, THIRD)
    assert tree(root) == third


@pytest.mark.parametrize("first", [True, False], ids=["first", "later"])
@pytest.mark.parametrize("fault", [interrupt, terminate, exhaust, fill])
def test_every_exception_rolls_back(
    tmp_path: Path, fault: Callable[[], object], first: bool
) -> None:
    before = {} if first else OLD
    old = state(tmp_path / "old", *([OLD] if before else []))
    new = state(tmp_path / "new", *([OLD] if before else []), NEW)
    codes: list[int] = []
    # A failure to tidy up is no reason to fail, so not the first that is done ends it.
    while codes[-5:] != [DONE] * 5:
        number = len(codes) * STRIDE + 1
        root = tmp_path / str(number)
        root.mkdir()
        if before:
            write(root, before)
        code = child(root, NEW, at(number, fault))
        codes.append(code)
        found = tree(root)
        if fault is fill and code == DONE:  # An empty folder may have to stay.
            found = {path: data for path, data in found.items() if path in new}
        assert found == (new if code == DONE else old), number
    assert codes.count(FAILED if fault is fill else RAISED) > 20 // STRIDE


def test_what_cannot_be_rolled_back_is_repaired(tmp_path: Path) -> None:
    """The disk fails, and goes on to fail."""
    third = state(tmp_path / "third", OLD, THIRD)
    for root, code in sweep(tmp_path, lambda number: at(number, fill, once=False)):
        assert code in {FAILED, DONE}
        write(root, THIRD)
        assert tree(root) == third


@pytest.mark.parametrize("second", [kill, interrupt])
def test_rolling_back_may_be_broken_off_too(
    tmp_path: Path, second: Callable[[], object]
) -> None:
    third = state(tmp_path / "third", OLD, THIRD)
    old = state(tmp_path / "old", OLD)
    first, between = 26, 0  # Some files are in their places.
    for later in range(1, 40, STRIDE):
        root = tmp_path / str(later)
        write(root, OLD)
        arms = at(first, interrupt), at(first + later, second)
        assert child(root, NEW, functools.partial(both, *arms)) in {RAISED, KILLED}
        between += tree(root) != old
        write(root, THIRD)
        assert tree(root) == third
    assert between > 5 // STRIDE


def interrupt_at_line(number: int) -> None:
    """Arms an interrupt in front of a line that is come to."""
    count = 0

    def trace(frame: FrameType, event: str, _arg: object) -> Any:
        nonlocal count
        if frame.f_code.co_filename != output.__file__:
            return None
        count += event == "line"
        if event == "line" and count == number:
            sys.settrace(None)
            raise KeyboardInterrupt
        return trace

    sys.settrace(trace)


def test_an_interrupt_may_come_at_any_line(tmp_path: Path) -> None:
    old, new = state(tmp_path / "old", OLD), state(tmp_path / "new", OLD, NEW)
    for number in range(1, 3000, 13 * STRIDE):
        root = tmp_path / str(number)
        write(root, OLD)
        code = child(root, NEW, functools.partial(interrupt_at_line, number))
        assert tree(root) in (old, new), number
        if code == DONE:
            assert number > 300
            return
    raise AssertionError("never done")


def test_two_runs_at_once_leave_the_tree_of_one(tmp_path: Path) -> None:
    """Every operation takes its time, so that the runs are at it together."""
    root = tmp_path / "root"
    ends = [state(tmp_path / str(n), OLD, one) for n, one in enumerate((NEW, THIRD))]
    for turn in range(12):
        write(root, OLD)
        order = (NEW, THIRD) if turn % 2 else (THIRD, NEW)
        running = [slow_child(root, files, turn) for files in order]
        codes = [os.waitstatus_to_exitcode(os.waitpid(one, 0)[1]) for one in running]
        assert codes == [DONE, DONE]
        assert tree(root) in ends


def slow_child(root: Path, files: Mapping[str, str], seed: int) -> int:
    """A process that writes a tree and dawdles over every operation, planning too."""
    process = os.fork()
    if not process:
        pause = random.Random(f"{seed} {sorted(files)}")
        at(1, lambda: time.sleep(pause.random() / 500), once=False)()
        run(root, files, lambda: None)
    return process


def test_a_plan_that_was_overtaken_is_made_again(tmp_path: Path) -> None:
    last = {**OLD, "sdk/models.py": HEADER + "A = 9\n"}
    root = tmp_path / "root"
    write(root, OLD)
    report = Report()
    early = plan(root, last, report)
    write(root, NEW)
    (done,) = output.commit([early], report)
    assert len(done.changes) > len(early.changes)
    assert len(report) == 0
    assert tree(root) == state(tmp_path / "undisturbed", last)


def test_a_link_that_came_after_planning_is_not_followed(tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "root", tmp_path / "elsewhere"
    write(root, OLD)
    report = Report()
    early = plan(root, NEW, report)
    elsewhere.mkdir()
    (root / "sdk/fresh").symlink_to(elsewhere, target_is_directory=True)
    before = tree(root)
    output.commit([early], report)
    assert [item.code for item in report] == ["output"]
    assert tree(root) == before
    assert list(elsewhere.iterdir()) == []


def test_an_edit_after_planning_is_not_lost_in_silence(tmp_path: Path) -> None:
    write(tmp_path, OLD)
    report = Report()
    early = plan(tmp_path, NEW, report)
    (tmp_path / "sdk/models.py").write_text("edited = True\n")
    output.commit([early], report)
    (told,) = report
    assert told.code == "edited"
    assert told.span.file.endswith("sdk/models.py")


def test_packages_that_are_written_together_are_rolled_back_together(
    tmp_path: Path,
) -> None:
    roots = [tmp_path / "one", tmp_path / "two"]
    for root in roots:
        write(root, OLD)
    old, new = tree(roots[0]), state(tmp_path / "new", OLD, NEW)
    for number in range(1, 500, STRIDE):
        process = os.fork()
        if not process:
            plans = [plan(root, NEW, Report()) for root in roots]
            at(number, interrupt)()
            try:
                output.commit(plans, Report())
            finally:
                os._exit(DONE)
        os.waitpid(process, 0)
        found = [tree(root) for root in roots]
        assert found in ([old, old], [new, new]), number
        if found[0] == new:
            assert number > 40
            return
    raise AssertionError("never done")


def test_one_place_for_two_packages_is_refused(tmp_path: Path) -> None:
    """And a run does not wait for itself."""
    (tmp_path / "x").mkdir()
    report = Report()
    plans = [plan(root, NEW, report) for root in (tmp_path, tmp_path / "x/..")]
    output.commit(plans, report)
    (told,) = report
    assert "another SDK is written to this place" in told.message
    assert tree(tmp_path) == {"x": None}
