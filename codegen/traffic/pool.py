"""The processes that judge, as whoever wants something judged sees them.

Rejected: `multiprocessing`, whose processes import the main module of whoever calls
`codegen.cli.main` from a script of their own, and print a traceback when they are
interrupted.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from codegen.artifact import OutputFile
from codegen.ir.basics import Direction
from codegen.traffic.evidence import Evidence
from codegen.traffic.judging import Drift, Share
from codegen.traffic.recording import Piece

_START: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    " from codegen.traffic.worker import main; main()"
)


class Died(Exception):
    """A process that judges ended before it was told to."""


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Question:
    """What a process is asked: to judge a piece, or to hold the rules of sessions
    against many."""

    def __init__(self, pieces: Sequence[Piece], *, rules: bool = False) -> None:
        self.pieces = pieces
        self.rules = rules

    def text(self) -> bytes:
        """As the process reads it."""
        pieces = [[p.path, p.start, p.end, p.kind, p.session] for p in self.pieces]
        return json.dumps({"pieces": pieces, "rules": self.rules}).encode() + b"\n"


def answers(
    packages: Mapping[str, list[OutputFile]],
    given: Direction | None,
    questions: list[Question],
) -> Iterator[tuple[int, Any]]:
    """What processes find by the package for each direction, each answer with the
    number of its question, as they come. Raises `Died`, and `OSError` where a
    process cannot be started."""
    first = {"packages": _told(packages), "direction": given.value if given else None}
    start = json.dumps(first) + "\n"
    waiting: queue.SimpleQueue[tuple[int, Question]] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[int, Any]] = queue.SimpleQueue()
    for pair in enumerate(questions):
        waiting.put(pair)
    with contextlib.ExitStack() as running:
        for _ in range(min(cores(), len(questions))):
            process = running.enter_context(_process())
            running.callback(process.kill)
            arguments = (process, start.encode(), waiting, done)
            threading.Thread(target=_feed, args=arguments, daemon=True).start()
        for _ in questions:
            number, answer = done.get()
            if number < 0:
                raise Died(answer)
            yield number, answer


def _told(packages: Mapping[str, list[OutputFile]]) -> list[Any]:
    """Each package once, with the directions that it judges."""
    found: dict[int, tuple[list[str], list[tuple[str, str]]]] = {}
    for direction, files in packages.items():
        texts = [(file.path, file.text) for file in files]
        found.setdefault(id(files), ([], texts))[0].append(direction)
    return list(found.values())


def _process() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-I", "-c", _START, json.dumps(sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _feed(
    process: subprocess.Popen[bytes],
    start: bytes,
    waiting: queue.SimpleQueue[tuple[int, Question]],
    done: queue.SimpleQueue[tuple[int, Any]],
) -> None:
    """Ask one process until no question is left."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(start)
        while True:
            try:
                number, question = waiting.get_nowait()
            except queue.Empty:
                process.stdin.close()
                return
            process.stdin.write(question.text())
            process.stdin.flush()
            done.put((number, json.loads(process.stdout.readline())))
    except (OSError, ValueError):
        done.put((-1, f"a process that judges ended ({process.wait()})"))


def share_of(plain: Any) -> Share:
    """The share that a process has told."""
    places = {tuple(place): _drift(told) for place, told in plain["places"]}
    return Share(**(plain | {"places": places}))


def _drift(plain: list[Any]) -> Drift:
    count, line, message, example, frame, evidence = plain
    return Drift(count, line, message, example, frame, Evidence.of(evidence))
