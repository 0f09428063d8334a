"""The flow of `codegen diff`: two versions of a specification, compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from codegen import compat
from codegen.artifact import Progress, silent
from codegen.compat import suppressions
from codegen.compat.findings import Finding
from codegen.compat.programs import Programs
from codegen.compat.report import render
from codegen.config import Sdk, Terms
from codegen.diagnostics import Report
from codegen.flows import reading
from codegen.flows.garbage import uncollected
from codegen.flows.judge import Judge
from codegen.flows.pairs import Overlaid, Pair, load_pair
from codegen.flows.reading import NOTHING, Asked
from codegen.ir import model as ir
from codegen.suppressions import ERROR

_SEVERITY: Final = ("breaking", "risky", "unknown")
"""The verdicts that can fail a comparison, the worst first."""


@dataclass(frozen=True, slots=True)
class Diffed:
    """A comparison, and its report in the form that was asked for. `files` are what the
    new version was read from."""

    comparison: compat.Comparison
    text: str
    files: tuple[ir.SourceFile, ...] = ()

    @property
    def open(self) -> bool:
        """Whether the worst verdict is that something is unknown."""
        return self.comparison.verdict is compat.Verdict.UNKNOWN

    def fails(self, fail_on: str) -> bool:
        """Whether there is a finding as bad as `fail_on` or worse. A finding to which
        people gave a severity fails if that is an error, whatever its verdict."""
        if fail_on not in _SEVERITY:
            return False
        worst = _SEVERITY[: _SEVERITY.index(fail_on) + 1]
        return any(_fails(finding, worst) for finding in self.comparison.findings)


def _fails(finding: Finding, worst: Sequence[str]) -> bool:
    if finding.severity:
        return finding.severity == ERROR
    return finding.verdict.value in worst


def diff(
    old: str,
    new: str | None,
    form: str,
    report: Report,
    *,
    judge: Judge,
    asked: Asked = NOTHING,
    against: str = "HEAD",
    sdk: Sdk | None = None,
    overlaid: Overlaid | None = None,
    around: Path | None = None,
    assume_open: bool = False,
    progress: Progress = silent,
    version: str = "",
    colour: bool = False,
) -> Diffed | None:
    """Compare two versions. None, with the reasons reported, where one of them cannot
    be read.

    Without `new`, `old` is the package of a configured SDK, whose specification is
    compared with what it was at the revision `against`. `sdk` says how files are read,
    if that is not for the configuration to say, and `overlaid` which overlays the old
    version had, if these are others. A revision that `old` names is one of the
    repository around the file `around`, if that is given. `form` is the format of the
    report, `version` that of this program, and `colour` is for terminals.
    """
    pair = load_pair(
        old,
        new,
        report,
        progress,
        asked=asked,
        against=against,
        sdk=sdk,
        overlaid=overlaid,
        around=around,
    )
    terms = pair.found.diff if pair and pair.found else Terms()
    # A file that the configuration names is about all that it has.
    everything = bool(pair and pair.found and len(pair.found.sdks) == 1)
    settled = judge.settle(terms, suppressions.CATALOGUE, report, everything=everything)
    if pair is None or report.failed:
        return None
    progress("comparing")
    comparison = compare(pair, assume_open=assume_open)
    comparison = suppressions.apply(comparison, settled.accepted, settled.levels)
    settled.warn(report)
    text = render.render(comparison, form, pair.sides, version=version, colour=colour)
    return Diffed(comparison, text, pair.new.module.files)


def compare(pair: Pair, *, assume_open: bool) -> compat.Comparison:
    """The comparison, with the settings that the configuration has for the
    specification."""
    if pair.old is pair.new:
        return compat.unchanged(pair.new.module)
    sdk = pair.sdk
    policy = compat.Policy(
        assume_open=assume_open,
        formats=reading.asserted(sdk),
        client_events=sdk.client_events,
        server_events=sdk.server_events,
    )
    with uncollected():
        comparison = compat.compare(pair.old.module, pair.new.module, policy)
    return replace(comparison, programs=_programs(pair, comparison))


def _programs(pair: Pair, comparison: compat.Comparison) -> Programs:
    """What changes for those who use the generated package."""
    from codegen.flows import programs

    if pair.unsound:
        return Programs(reason=pair.unsound)
    return programs.of_pair(
        (pair.old, pair.was),
        (pair.new, pair.sdk),
        comparison.partner,
        same=comparison.verdict is compat.Verdict.IDENTICAL,
    )
