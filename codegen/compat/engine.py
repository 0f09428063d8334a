"""The flow of a comparison: pair, walk, judge, confirm, collect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from codegen.compat import envelope, messages
from codegen.compat.absolving import absolve
from codegen.compat.both_ways import both_ways
from codegen.compat.changes import documentation, locations
from codegen.compat.changes.change import Change
from codegen.compat.findings import Comparison, Finding, Policy, Verdict, Witness
from codegen.compat.judging import Judging
from codegen.compat.operations import comparison
from codegen.compat.operations.exchange import Exchanges
from codegen.compat.roles import Roles
from codegen.compat.rules.rule import Rule
from codegen.compat.subjects import Answer, Subject, find
from codegen.compat.versions.version import DIRECTIONS, Versions
from codegen.ir import model as ir


def compare(old: ir.Module, new: ir.Module, policy: Policy) -> Comparison:
    """As `codegen.compat.compare`."""
    return _Engine(Versions(old, new, policy), policy).run()


class _Engine:
    """The state of one comparison."""

    def __init__(self, versions: Versions, policy: Policy) -> None:
        self.versions = versions
        self.policy = policy
        self.traffic = both_ways(versions, policy)
        self.envelopes = envelope.both_ways(versions, self.traffic)
        self.roles = Roles(versions)
        self.travels = any(
            version.reach.roots(way)
            for version in (versions.old, versions.new)
            for way in (*DIRECTIONS, ir.Direction.UNKNOWN)
        )

    def run(self) -> Comparison:
        """Everything: the worst first, then in the order of the old specification."""
        versions = self.versions
        subjects = find(versions)
        judging = Judging(versions, self.traffic, self.roles, subjects)
        judging.judge()
        absolve(judging, self.traffic, self.envelopes)
        findings = [f for s in subjects for f in _once(self._findings(judging, s))]
        findings = messages.moved(findings)
        for old, new in versions.pairs.channels:
            findings = messages.retagged(findings, old, new)
        findings = messages.named(findings, versions)
        sampler = self.traffic[ir.Direction.CLIENT_TO_SERVER].mine
        findings.extend(messages.findings(versions, sampler))
        exchanges = Exchanges(versions, self.traffic)
        findings = comparison.findings(versions, exchanges, findings)
        findings = [_with_reason(finding) for finding in findings]
        result = Comparison(
            old=versions.old.title,
            new=versions.new.title,
            findings=tuple(sorted(findings, key=lambda f: -f.verdict.badness)),
            judged=sum(len(subject.directions) for subject in subjects),
            undecided=judging.undecided,
            contradictions=tuple(judging.contradictions),
            partner={**versions.partner, **versions.inline, **versions.arguments},
        )
        note = comparison.version_note(versions, result.bump)
        return replace(result, findings=(*result.findings, *note))

    def _findings(self, judging: Judging, subject: Subject) -> Iterator[Finding]:
        """All that is to be said of one pair."""
        unexplained = [judging.unexplained(subject, way) for way in subject.answers]
        for finding in unexplained:
            if finding is not None:
                undirected = self._undirected(subject, finding.witness)
                reason = finding.reason or undirected
                yield replace(finding, operation=subject.operation, reason=reason)
        for index, change in enumerate(subject.changes):
            ways = subject.found[change]
            mine = {w: many[index] for w, many in subject.answers.items() if w in ways}
            yield from self._reported(judging, subject, change, mine)
        old, new, versions = subject.old, subject.new, self.versions
        if versions.documented.of(0, old) != versions.documented.of(1, new):
            modules = versions.old.module, versions.new.module
            about = documentation.Said(
                modules=modules,
                name=subject.name,
                affected=subject.everyone,
                directions=subject.directions,
                event=subject.old.id in self.roles.events,
                same=self._same,
                equal=self._equal,
                judged=subject.differs,
                translated=len({module.dialect for module in modules}) > 1,
                formats=self.policy.formats,
                silent=versions.silent(subject.pair),
            )
            for note in documentation.notes(about, old, new):
                yield replace(note, operation=subject.operation)

    def _same(self, old: ir.SchemaId, new: ir.SchemaId) -> bool:
        """Whether a schema of the old version is one of the new version."""
        partner = self.versions.partner.get(old)
        return partner == new if partner is not None else old == new

    def _same_values(self, subject: Subject, change: Change, rule: Rule) -> bool:
        """Whether a change of what is accepted changes nothing of it, whatever senders
        write: it is spelled otherwise."""
        ways = subject.found[change]
        alike = all(
            way in ways or self.versions.reading(way) is self.versions
            for way in DIRECTIONS
        )
        return (
            alike
            and rule.about_values
            and all(
                self.traffic[way].keeps_all(ways.get(way, change)) for way in DIRECTIONS
            )
        )

    def _equal(self, old: ir.Schema, new: ir.Schema) -> bool:
        """Whether a schema of the old version accepts what one of the new does."""
        classes = self.versions.classes
        return classes.of(0, old) == classes.of(1, new)

    def _reported(
        self,
        judging: Judging,
        subject: Subject,
        change: Change,
        answers: dict[ir.Direction, Answer],
    ) -> Iterator[Finding]:
        """One finding for each direction in which a change does harm, or one."""
        harmful = {
            way: a for way, a in answers.items() if a.verdict is not Verdict.COMPATIBLE
        }
        ways = tuple(subject.found[change]) or subject.directions
        rule = self.roles.rule(subject, change)
        if not harmful and (
            self._among_anything(subject, ways)
            or (change.weak and self._told(judging, subject, change, rule))
        ):
            return
        finding = Finding(
            rule,
            Verdict.COMPATIBLE,
            ways[0] if len(ways) == 1 else ir.Direction.UNKNOWN,
            subject.name,
            locations.pointer_of(change),
            self.roles.message(rule, change),
            locations.location(change.old, change.old_node, change.token),
            locations.location(change.new, change.new_node, change.token),
            affected=subject.everyone,
            event=self.roles.event(rule, change),
            judged=subject.directions,
            operation=subject.operation,
        )
        if not harmful:
            yield replace(finding, words=self._same_values(subject, change, rule))
        for way, answer in harmful.items():
            yield replace(
                finding,
                carried=answer.carried or self._carried(subject, way, answer.witness),
                verdict=answer.verdict,
                hint=rule.advice(way) if answer.witness else "",
                direction=way,
                witness=answer.witness,
                reason=answer.reason or self._undirected(subject, answer.witness),
                affected=subject.affected.get(way, ()),
            )

    def _told(
        self, judging: Judging, subject: Subject, change: Change, rule: Rule
    ) -> bool:
        """Whether all that a weak change is about is told by others, or is no change
        at all."""
        return (
            any(not other.weak and other.inside(change) for other in subject.found)
            or any(part.differs for part in judging.parts(subject))
            or self._same_values(subject, change, rule)
        )

    def _undirected(self, subject: Subject, witness: Witness | None) -> str:
        """Why harm is shown of a schema that no message leads to, in a document that
        has messages."""
        led = subject.everyone or subject.operation
        if led or witness is None or not self.travels:
            return ""
        return "it is judged both ways, as no message leads to it"

    def _among_anything(self, subject: Subject, ways: tuple[ir.Direction, ...]) -> bool:
        """Whether events came to, or went from, readers that know a message which may
        hold anything: what became of them is told of the messages."""
        return all(
            self.roles.takes_anything(subject, self.traffic[way].forward)
            for way in ways
        )

    def _carried(
        self, subject: Subject, way: ir.Direction, witness: Witness | None
    ) -> Witness | None:
        """A whole message around a witness, if a message leads to its schema."""
        if witness is None or not subject.affected.get(way):
            return None
        schema = subject.old if self.traffic[way].forward else subject.new
        return self.envelopes[way].around(schema.id, witness)


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Each finding of a pair of schemas once.

    What a keyword says of values of any type is compared for each type; so is found for
    each of them, and does harm for some.
    """
    many = list(findings)
    harmed = {_told(one) for one in many if one.verdict is not Verdict.COMPATIBLE}
    seen: set[object] = set()
    for one in many:
        mark = _told(one), one.verdict, one.direction
        harmless = one.verdict is Verdict.COMPATIBLE and _told(one) in harmed
        if mark not in seen and not harmless:
            seen.add(mark)
            yield one


def _told(finding: Finding) -> object:
    """What a finding says, and of which places."""
    places = finding.old, finding.new
    return finding.rule, finding.schema, finding.pointer, finding.message, *places


def _with_reason(finding: Finding) -> Finding:
    """An open question says why it is open."""
    if finding.verdict is not Verdict.UNKNOWN or finding.reason:
        return finding
    place = finding.pointer or "#"
    reason = f"no proof was found, and no document that shows the opposite, at {place}"
    return replace(finding, reason=reason)
