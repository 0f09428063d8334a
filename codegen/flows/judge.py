"""How the problems that a command finds are judged: which are accepted, and how severe
each is. `lint` and `diff` share it.

The command line overrides the configuration.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from codegen import config, suppressions
from codegen.diagnostics import COMMAND_LINE, Report
from codegen.suppressions import Accepted, Catalogue


@dataclass(frozen=True, slots=True)
class Settled:
    """The accepted problems, and the level of each rule that was given one. `whole`
    tells whether this run examines everything that the entries may be about; only then
    is an entry that matches nothing out of date."""

    accepted: Accepted
    levels: Mapping[str, str]
    whole: bool

    def warn(self, report: Report) -> None:
        """Warn of entries that have expired or match nothing."""
        self.accepted.warn(report, whole=self.whole)


@dataclass(frozen=True, slots=True)
class Judge:
    """The options about problems, as the command line gives them. They may be about
    `others`, too: ids of another catalogue, by which the same run judges as well."""

    today: datetime.date
    ignore: Path | None = None
    severity: tuple[tuple[str, str], ...] = ()
    others: Collection[str] = ()

    def settle(
        self,
        terms: config.Terms,
        catalogue: Catalogue,
        report: Report,
        *,
        everything: bool,
    ) -> Settled:
        """What holds, given what the configuration says (`terms`). Mistakes in it are
        reported.

        `everything` tells whether everything that is configured is examined: a file of
        accepted problems that the configuration names is about all of it.
        """
        wide = replace(catalogue, others=self.others)
        file, known = self.ignore or terms.ignore, wide if self.ignore else catalogue
        entries = suppressions.load(file, known, report) if file else ()
        told = (
            config.Setting(rule, level, COMMAND_LINE) for rule, level in self.severity
        )
        return Settled(
            Accepted(entries, self.today),
            suppressions.levels(terms.severity, catalogue, report)
            | suppressions.levels(told, wide, report),
            everything or self.ignore is not None,
        )
