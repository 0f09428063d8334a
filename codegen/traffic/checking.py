"""A specification as the judge of a recording."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from codegen import guard, memory
from codegen import python as python_sdk
from codegen.artifact import OutputFile
from codegen.diagnostics import Report
from codegen.frontend import Loaded
from codegen.ir import facts, sides
from codegen.ir import model as ir
from codegen.ir.basics import Location
from codegen.python import Package
from codegen.traffic import judging, tally
from codegen.traffic.recording import Piece
from codegen.traffic.tally import Count, Tally

PACKAGE: Final = "judge"
"""The name of the package that judges; it is imported under another one."""

_READERS: Final = {
    ir.Direction.CLIENT_TO_SERVER: sides.Side.SERVER,
    ir.Direction.SERVER_TO_CLIENT: sides.Side.CLIENT,
}


@dataclass(frozen=True, slots=True)
class Judge:
    """A specification with the package that judges each direction, from the view of
    whoever reads it. It is one package if that makes no difference."""

    loaded: Loaded
    packages: Mapping[str, Package]
    files: Mapping[str, list[OutputFile]]

    def tally(
        self, pieces: Sequence[Piece], given: ir.Direction | None, count: Count
    ) -> Tally:
        """Where a recording departs from the specification. Raises `OSError`."""
        with contextlib.ExitStack() as held:
            modules = {
                id(files): held.enter_context(memory.imported(PACKAGE, files))
                for files in {id(f): f for f in self.files.values()}.values()
            }
            packages = {
                ir.Direction(direction): modules[id(files)]
                for direction, files in self.files.items()
            }
            judge = judging.Judge(packages, given, _open(self.loaded.module))
            return tally.tally(judge, packages, pieces, count)


def _open(module: ir.Module) -> frozenset[ir.Direction]:
    """The directions with messages that are no objects; no event table can judge
    these."""
    return frozenset(
        message.direction
        for message in module.messages
        if message.kind == "event" and not message.binary
        if message.payload is None
        or facts.types(module, module.schemas[message.payload]) != {"object"}
    )


def judge(
    loaded: Loaded, settings: python_sdk.Settings, report: Report
) -> Judge | None:
    """The judge for a specification. None, with the reasons reported, where nothing in
    it says what a frame is."""
    settings = replace(settings, package=PACKAGE)
    module = loaded.module
    apart = bool(sides.differing(module))
    found: dict[str, Package] = {}
    for direction, reader in _READERS.items():
        if found and not apart:
            found[direction.value] = next(iter(found.values()))
        else:
            own = replace(settings, reader=reader)
            found[direction.value] = python_sdk.decide(module, own)
    one = next(iter(found.values()))
    if not (one.directions or len(one.tables) == 1 or "#" in module.names):
        message = "nothing here says which events there are: no messages of channels, "
        message += "no union named …ServerEvent or …ClientEvent; `server_events` and "
        message += "`client_events` of the configuration name them"
        report.add(
            "no-events", message, loaded.span(Location(loaded.workspace.home, ""))
        )
        return None
    files = _files(found, report)
    return None if report.failed else Judge(loaded, found, files)


def _files(found: Mapping[str, Package], report: Report) -> dict[str, list[OutputFile]]:
    """The files of packages that have passed the guard. A package that is given twice
    has one list."""
    written: dict[int, list[OutputFile]] = {}
    for package in found.values():
        if id(package) not in written:
            own = list(python_sdk.package_files(package))
            for file in own:
                guard.check(file, report)
            written[id(package)] = own
    return {direction: written[id(p)] for direction, p in found.items()}
