"""A process that judges pieces of a recording.

It is started with the package of the specification in its first message and told what
to do line by line; what it finds it says line by line. So it needs nothing of the
process that started it, writes no file, and ends when nobody talks to it any more.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import signal
from types import ModuleType
from typing import Any, BinaryIO, Final

from codegen.artifact import OutputFile
from codegen.golden.memory import imported
from codegen.ir.basics import Direction
from codegen.traffic import sessions
from codegen.traffic.judging import Drift, Judge, Share
from codegen.traffic.recording import Piece

PACKAGE: Final = "judge"
"""The name of the package that is the judge; it is imported under another."""


def main() -> None:
    """Judge until there is nothing more to read."""
    # Whoever started this process ends it; an interrupt is theirs to handle.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with os.fdopen(0, "rb") as asked, os.fdopen(1, "wb") as told:
        # What is printed by mistake would be taken for an answer.
        serve(asked, told)


def serve(asked: BinaryIO, told: BinaryIO) -> None:
    """Answer what is asked, with one line for each line."""
    first = json.loads(asked.readline())
    given = first["direction"] and Direction(first["direction"])
    with contextlib.ExitStack() as held:
        packages: dict[Direction, ModuleType] = {}
        for directions, texts in first["packages"]:
            files = [OutputFile(path, text) for path, text in texts]
            package = held.enter_context(imported(PACKAGE, files))
            packages |= {Direction(direction): package for direction in directions}
        judge = Judge(packages, given)
        for line in asked:
            answer = _answer(json.loads(line), judge, package)
            told.write(json.dumps(answer).encode() + b"\n")
            told.flush()


def _answer(question: Any, judge: Judge, package: ModuleType) -> Any:
    try:
        pieces = [Piece(*piece) for piece in question["pieces"]]
        if question["rules"]:
            share, where = sessions.watched(package, pieces, judge.given)
            return {"share": plain(share), "where": where}
        return {"share": plain(judge.share(*pieces))}
    except OSError as error:
        return {"error": error.strerror or str(error)}


def plain(share: Share) -> Any:
    """A share as JSON."""
    found = {f.name: getattr(share, f.name) for f in dataclasses.fields(share)}
    places = [(place, _plain(d)) for place, d in share.places.items()]
    return found | {"places": places}


def _plain(drift: Drift) -> list[Any]:
    return [
        drift.count,
        drift.line,
        drift.message,
        drift.example,
        drift.frame,
        drift.evidence.plain(),
    ]
