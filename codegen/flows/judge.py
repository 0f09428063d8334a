"""What is made of the problems that a command finds: the same for `lint` and `diff`.

What the command line says goes before what the configuration says.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from codegen import config, suppressions
from codegen.diagnostics import COMMAND_LINE, Report
from codegen.suppressions import Accepted, Catalogue


@dataclass(frozen=True, slots=True)
class Settled:
    """What counts, and as what. `whole` tells whether all that the entries are about
    is looked at in this run, so that one that meets nothing is stale."""

    accepted: Accepted
    levels: Mapping[str, str]
    whole: bool

    def warn(self, report: Report) -> None:
        """Warn of entries that do not count."""
        self.accepted.warn(report, whole=self.whole)


@dataclass(frozen=True, slots=True)
class Judge:
    """The options about problems, as the command line gives them."""

    today: datetime.date
    ignore: Path | None = None
    severity: tuple[tuple[str, str], ...] = ()

    def settle(
        self,
        terms: config.Terms,
        catalogue: Catalogue,
        report: Report,
        *,
        everything: bool,
    ) -> Settled:
        """What holds, on the terms of the configuration; what is wrong with it is
        reported. `everything` tells whether all that is configured is looked at: a
        file that the configuration names is about all of it."""
        file = self.ignore or terms.ignore
        entries = suppressions.load(file, catalogue, report) if file else ()
        told = tuple(
            config.Setting(rule, level, COMMAND_LINE) for rule, level in self.severity
        )
        return Settled(
            Accepted(entries, self.today),
            suppressions.levels((*terms.severity, *told), catalogue, report),
            everything or self.ignore is not None,
        )
