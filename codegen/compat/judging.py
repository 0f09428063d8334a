"""What each change does in each direction, checked against the question as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from codegen.compat import rules
from codegen.compat.changes.change import Change, Place
from codegen.compat.changes.ownership import Ownership
from codegen.compat.changes.walker import Walker
from codegen.compat.direction import Traffic
from codegen.compat.findings import Finding, Verdict, Witness
from codegen.compat.normal import texts
from codegen.compat.roles import Roles
from codegen.compat.rules.rule import Rule
from codegen.compat.subjects import Answer, Subject
from codegen.compat.versions.version import Pair, Versions
from codegen.ir import model as ir
from codegen.ir import walk


class Judging:
    """Judges the pairs of a comparison; `undecided` and `contradictions` are counted
    meanwhile."""

    def __init__(
        self,
        versions: Versions,
        traffic: Mapping[ir.Direction, Traffic],
        roles: Roles,
        subjects: list[Subject],
    ) -> None:
        self.versions = versions
        self.traffic = traffic
        self.roles = roles
        self.ownership = Ownership(versions)
        self.subjects = subjects
        self.by_pair: dict[Pair, Subject] = {s.pair: s for s in subjects}
        self.undecided = 0
        self.contradictions: list[str] = []

    def judge(self) -> None:
        """Find the changes of every pair, and what each of them does alone."""
        for subject in self.subjects:
            self._compare(subject)
        for subject in self.subjects:
            self._settle(subject)
        for subject in self.subjects:
            for direction in subject.answers:
                self._settle_weak(subject, direction)

    def _compare(self, subject: Subject) -> None:
        """What the structural comparison proposes, one change for all directions in
        which it is the same; and what differs for nobody who reads the schema."""
        walked: dict[int, list[Change]] = {}
        seen: dict[object, dict[ir.Direction, Change]] = {}
        for way in subject.directions:
            versions = self.versions.reading(way)
            if id(versions) not in walked:
                walked[id(versions)] = self._walked(subject, versions)
            met: Counter[object] = Counter()
            for change in walked[id(versions)]:
                mark = change.mark
                met[mark] += 1
                seen.setdefault((mark, met[mark]), {})[way] = change
        found = {next(iter(ways.values())): ways for ways in seen.values()}
        if id(self.versions) not in walked:
            told = {change.place for change in found}
            rest = self._walked(subject, self.versions)
            found.update({change: {} for change in rest if change.place not in told})
        subject.found = found

    def _walked(self, subject: Subject, versions: Versions) -> list[Change]:
        """The changes that there are for one reader, or for one who asks for all."""
        old = versions.old.module.schemas[subject.old.id]
        new = versions.new.module.schemas[subject.new.id]
        if versions.classes.of(0, old) == versions.classes.of(1, new):
            return []
        subject.differs = True
        walker = Walker(*versions.sides, versions.classes, versions.partner.get)
        try:
            each, apart = self.roles.is_channel(subject), self.roles.replaced(subject)
            tag = self.roles.tag(subject)
            return walker.compare(old, new, each, apart, tag)
        except RecursionError:
            message = "the schema is too deep to be taken apart"
            whole = Place((), (old,), (new,))
            return [whole.change(rules.CANNOT_DECIDE, message, None, None)]

    def schemas(
        self, subject: Subject, way: ir.Direction
    ) -> tuple[ir.Schema, ir.Schema]:
        """Both versions of a subject as the reader in one direction takes them."""
        versions = self.versions.reading(way)
        old, new = versions.old.module.schemas, versions.new.module.schemas
        before, after = old[subject.old.id], new[subject.new.id]
        if subject.text is None:
            return before, after
        if self.traffic[way].forward:
            return before, texts.taken(versions.new.side, after, subject.text)
        return texts.taken(versions.old.side, before, subject.text), after

    def _settle(self, subject: Subject) -> None:
        """Which changes stand here, and what they do."""
        homes = [self._home(subject, change) for change in subject.found]
        subject.elsewhere = frozenset(filter(None, homes)) - {subject.pair}
        pairs = list(zip(subject.found, homes, strict=True))
        subject.changes = tuple(change for change, home in pairs if home is None)
        if subject.differs:
            for direction in subject.directions:
                subject.answers[direction] = self._answers(subject, direction)

    def _home(self, subject: Subject, change: Change) -> Pair | None:
        """The other pair whose own comparison finds the very same change."""
        if change.weak:
            return None
        home = self.ownership.elsewhere(change, subject.pair)
        if home is None or home not in self.by_pair:
            return None
        found = self.by_pair[home].said(outermost=home == subject.pair)
        return home if change.said in found else None

    # --- one direction -------------------------------------------------------------

    def _answers(self, subject: Subject, direction: ir.Direction) -> list[Answer]:
        """What each change does in one direction."""
        self.traffic[direction].begin()
        return [
            (
                Answer(Verdict.COMPATIBLE)
                if change.weak
                else self._answer(subject, change, direction)
            )
            for change in subject.changes
        ]

    def _settle_weak(self, subject: Subject, direction: ir.Direction) -> None:
        """What those changes do that count where no other one does harm."""
        answers = subject.answers[direction]
        weak = [i for i, change in enumerate(subject.changes) if change.weak]
        if not weak or any(a.verdict is not Verdict.COMPATIBLE for a in answers):
            return
        if self._shown_elsewhere(subject, direction):
            return
        self.traffic[direction].begin()
        for index in weak:
            answers[index] = self._answer(subject, subject.changes[index], direction)

    def _answer(
        self, subject: Subject, change: Change, direction: ir.Direction
    ) -> Answer:
        traffic = self.traffic[direction]
        there = subject.found[change].get(direction)
        if there is None or self._takes_all(subject, traffic):
            return Answer(Verdict.COMPATIBLE)
        change = there
        if change.rule is rules.CANNOT_DECIDE:
            return Answer(Verdict.UNKNOWN, reason=change.message)
        if traffic.harmless(change):
            return Answer(Verdict.COMPATIBLE)
        told = self._as_texts(subject, change, traffic)
        if told is not None and traffic.takes(told):
            return Answer(Verdict.COMPATIBLE)
        change, reason = told or change, traffic.reason
        name = self.roles.writer_name(subject, change, traffic.forward)
        witness = traffic.refute(change, *self.schemas(subject, direction), name)
        if witness is None and traffic.settled(change):
            return Answer(Verdict.COMPATIBLE)
        if witness is None:
            schemas = self.schemas(subject, direction)
            witness = traffic.shown(change, *schemas, name)
        if witness is None:
            unshown = traffic.unshown(change) or traffic.left_open(change, reason)
            return Answer(Verdict.UNKNOWN, reason=unshown)
        rule = self.roles.rule(subject, change)
        return Answer(_severity(rule, direction), witness)

    def _takes_all(self, subject: Subject, traffic: Traffic) -> bool:
        """Whether the reader takes whatever is written, whatever the schemas are: it
        knows a message that may hold anything."""
        return self.roles.takes_anything(subject, traffic.forward)

    def _as_texts(
        self, subject: Subject, change: Change, traffic: Traffic
    ) -> Change | None:
        """A change of texts, as the reader takes them; None for one of no texts."""
        path = [(step.kind, step.key) for step in change.path]
        first = change.path[0] if change.path else None
        whole = None
        if first is not None:
            whole = first.new if traffic.forward else first.old
        how = subject.text
        return None if how is None else traffic.as_texts(change, how, path, whole)

    # --- the whole -----------------------------------------------------------------

    def unexplained(self, subject: Subject, direction: ir.Direction) -> Finding | None:
        """Check the single answers against the question as a whole; a finding where
        something is wrong that no change explains."""
        answers = subject.answers[direction]
        traffic = self.traffic[direction]
        if direction in subject.absolved or self._takes_all(subject, traffic):
            return None
        traffic.begin()
        refuted = any(answer.witness is not None for answer in answers)
        schemas = self.schemas(subject, direction)
        if traffic.schema(*schemas) or (not refuted and traffic.contained(*schemas)):
            explained = refuted and self._harmed_by_parts(subject, direction)
            for answer in answers:
                if explained or answer.verdict is Verdict.UNKNOWN:
                    answer.verdict, answer.witness = Verdict.COMPATIBLE, None
                    answer.reason = ""
            return None
        if any(a.verdict is Verdict.UNKNOWN for a in answers):
            name = self.roles.writer_name(subject, None, traffic.forward)
            witness = None if refuted else traffic.whole(*schemas, name)
            self.undecided += witness is None
            if witness is None:
                return None
            return _unexplained(subject, direction, witness, "")
        if refuted or self._reported_elsewhere(subject, direction):
            return None
        reason = traffic.reason
        name = self.roles.writer_name(subject, None, traffic.forward)
        witness = traffic.search(*self.schemas(subject, direction), name)
        self.undecided += witness is None
        return _unexplained(subject, direction, witness, reason)

    def _harmed_by_parts(self, subject: Subject, direction: ir.Direction) -> bool:
        """Whether a witness against a proof goes through a named part, and the harm
        is reported there.

        The proof assumes that the named parts are within their other versions. The
        documents of a place may come by way of a part that is not, where the part
        says the same of the place as what changed (`patternProperties`, say).
        """
        traffic = self.traffic[direction]
        broken = [
            part
            for part in self.parts(subject)
            if not traffic.schema(*self.schemas(part, direction))
        ]
        if not broken:
            self.contradictions.append(f"{subject.name} ({direction.value})")
        return any(
            answer.witness is not None
            for part in broken
            for answer in part.answers.get(direction, ())
        )

    def parts(self, subject: Subject) -> list[Subject]:
        """The named parts of a subject that are compared by themselves."""
        partner = self.versions.partner
        references = list(walk.references(subject.old))
        targets = walk.closure(self.versions.old.module, references)
        pairs = [(target, partner[target]) for target in targets if target in partner]
        return [self.by_pair[pair] for pair in pairs if pair in self.by_pair]

    def _reported_elsewhere(self, subject: Subject, direction: ir.Direction) -> bool:
        """Whether the harm that a subject does is reported of another schema."""
        return any(
            answer.verdict is not Verdict.COMPATIBLE
            for answer in self._elsewhere(subject, direction)
        )

    def _shown_elsewhere(self, subject: Subject, direction: ir.Direction) -> bool:
        """Whether a document shows harm that a subject does by another schema."""
        return any(
            answer.witness is not None for answer in self._elsewhere(subject, direction)
        )

    def _elsewhere(self, subject: Subject, direction: ir.Direction) -> Iterator[Answer]:
        """The answers of those schemas of whose changes a subject does not tell."""
        for home in subject.elsewhere:
            yield from self.by_pair[home].answers.get(direction, ())


def _unexplained(
    subject: Subject, direction: ir.Direction, witness: Witness | None, reason: str
) -> Finding:
    """The finding of a pair whose changes explain nothing."""
    shown = witness is not None
    return Finding(
        rules.DOCUMENT_REJECTED if shown else rules.CANNOT_DECIDE,
        Verdict.BREAKING if shown else Verdict.UNKNOWN,
        direction,
        subject.name,
        "",
        (
            "a document of one version is rejected by the other"
            if shown
            else "whether every document is still accepted cannot be decided"
        ),
        subject.old.location,
        subject.new.location,
        witness,
        affected=subject.affected.get(direction, ()),
        reason="" if shown else reason,
    )


def _severity(rule: Rule, direction: ir.Direction) -> Verdict:
    if rule.survivable and direction is ir.Direction.SERVER_TO_CLIENT:
        return Verdict.RISKY
    return Verdict.BREAKING
