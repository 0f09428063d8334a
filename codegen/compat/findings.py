"""What a comparison finds, as frozen data."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from codegen.compat.programs import Programs, greater
from codegen.compat.rules.rule import Rule
from codegen.ir import model as ir


class Verdict(enum.Enum):
    """The worst first."""

    BREAKING = "breaking"
    RISKY = "risky"
    UNKNOWN = "unknown"
    COMPATIBLE = "compatible"
    IDENTICAL = "identical"

    @property
    def badness(self) -> int:
        """0 for identical, more for worse."""
        return len(Verdict) - 1 - list(Verdict).index(self)


def worst(verdicts: list[Verdict]) -> Verdict:
    """The worst of several; identical for none."""
    return max(verdicts, key=lambda v: v.badness, default=Verdict.IDENTICAL)


@dataclass(frozen=True, slots=True)
class Policy:
    """How to judge.

    assume_open    senders write anything that their schema allows
    formats        names of the formats that are asserted
    budget         steps of proof for each question about a schema; some for all
    client_events  unions, or globs of schema names, that clients send
    server_events  the same for the server
    """

    assume_open: bool = False
    formats: frozenset[str] = frozenset()
    budget: int = 20_000
    client_events: tuple[str, ...] = ()
    server_events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Witness:
    """A document, and what both versions of a schema say to it.

    `schema` is the name of the schema, or of the message that carries it.
    """

    schema: str
    value: ir.Json
    old_accepts: bool
    new_accepts: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """One change with its effect in one direction, or in none.

    `about` is the catalogue's entry. `schema` and `pointer` say where; `old` and
    `new` are the places in the files, None on the side that has none. `carried` is
    the witness inside a whole message of `affected`, where that was confirmed too.
    `hint` is advice, `reason` says why nothing could be decided. `event` is the tag
    where the finding is about an event as a whole. `judged` holds every
    direction in which the change was judged: where another one is `direction`, it
    was proved harmless in this one. `operation` is the operation that the finding is
    about, empty where it is about none or several. `direction` is None where a finding
    has none: where a server is and whom it lets in is a client's concern. `words`
    marks what the rule takes for more than documentation, and here is no more.
    `accepted` marks what people have agreed to; it no longer counts. `severity` is
    what they made of its rule, empty where the verdict decides.
    """

    about: Rule
    verdict: Verdict
    direction: ir.Direction | None
    schema: str
    pointer: str
    message: str
    old: ir.Location | None = None
    new: ir.Location | None = None
    witness: Witness | None = None
    carried: Witness | None = None
    affected: tuple[str, ...] = ()
    hint: str = ""
    reason: str = ""
    event: str = ""
    judged: tuple[ir.Direction, ...] = ()
    operation: str = ""
    words: bool = False
    accepted: bool = False
    severity: str = ""

    def in_direction(self, direction: ir.Direction) -> Verdict | None:
        """The verdict in one direction; None where the change plays no part in it."""
        mine = self.direction or ir.Direction.CLIENT_TO_SERVER
        if mine in (direction, ir.Direction.UNKNOWN):
            return self.verdict
        return Verdict.COMPATIBLE if direction in self.judged else None

    @property
    def rule(self) -> str:
        """The id of the rule."""
        return self.about.id


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything found between two versions.

    `judged` counts the (schema, direction) pairs that differ or not, `undecided`
    those among them that stayed open. `contradictions` is empty unless there is an
    error in the comparison itself: a proof and a witness for the same question.
    `suppressed` are the findings that are not to be shown; verdicts and the version
    are those of all. `partner` leads from named schemas of the old version to those of
    the new one, and so from bodies without a name, by where operations have them.
    `programs` is what changes for those who use the generated package; None where
    nobody has looked.
    """

    old: str
    new: str
    findings: tuple[Finding, ...]
    judged: int = 0
    undecided: int = 0
    contradictions: tuple[str, ...] = ()
    suppressed: tuple[Finding, ...] = ()
    partner: Mapping[ir.SchemaId, ir.SchemaId] = field(default_factory=dict)
    programs: Programs | None = None

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Those that are shown and those that are not."""
        return (*self.findings, *self.suppressed)

    @property
    def verdict(self) -> Verdict:
        """The worst verdict of all findings."""
        return worst([finding.verdict for finding in self.all_findings])

    @property
    def directions(self) -> Mapping[str, Verdict]:
        """The worst verdict in each direction."""
        return {
            direction.value: worst(
                [
                    verdict
                    for finding in self.all_findings
                    if (verdict := finding.in_direction(direction)) is not None
                ]
            )
            for direction in (
                ir.Direction.CLIENT_TO_SERVER,
                ir.Direction.SERVER_TO_CLIENT,
            )
        }

    @property
    def release(self) -> str:
        """The version number to raise: the greater of what the wire asks for, and
        what programs do."""
        return greater(self.bump, self.programs.bump if self.programs else "none")

    @property
    def bump(self) -> str:
        """The version number that semantic versioning asks to raise, as far as the wire
        goes."""
        match self.verdict:
            case Verdict.BREAKING | Verdict.UNKNOWN:
                return "major"
            case Verdict.RISKY:
                unknown = any(f.verdict is Verdict.UNKNOWN for f in self.all_findings)
                return "major" if unknown else "minor"
            case Verdict.COMPATIBLE:
                patch = all(f.about.patch or f.words for f in self.all_findings)
                return "patch" if patch else "minor"
            case Verdict.IDENTICAL:
                return "none"


def unchanged(module: ir.Module) -> Comparison:
    """The comparison of a version with itself."""
    title = f"{module.title} {module.version}".strip()
    return Comparison(title, title, (), programs=Programs(same=True))
