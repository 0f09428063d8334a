"""The flow of a comparison: pair, walk, judge, confirm, collect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from codegen.compat import direction as lanes
from codegen.compat import messages, rules
from codegen.compat.changes import locations
from codegen.compat.changes.change import Change
from codegen.compat.changes.documentation import notes
from codegen.compat.changes.ownership import Owners, elsewhere
from codegen.compat.changes.walker import Walker
from codegen.compat.envelope import Carrier
from codegen.compat.findings import Comparison, Finding, Policy, Verdict, Witness
from codegen.compat.normal.equivalence import Classes
from codegen.compat.normal.normalise import Side
from codegen.compat.rules.rule import Rule
from codegen.compat.subjects import DIRECTIONS, Answer, Pair, Subject, find
from codegen.compat.versions import channels, pairing
from codegen.compat.versions.channels import tag_of
from codegen.compat.versions.reach import Reach
from codegen.ir import model as ir
from codegen.ir import walk
from codegen.oracle import Judge


def compare(old: ir.Module, new: ir.Module, policy: Policy | None = None) -> Comparison:
    """What changed between two versions, and whom it breaks.

    Every breaking or risky finding carries a document that was confirmed by an
    independent validator; what is neither proved nor shown is unknown.
    """
    return _Engine(old, new, policy or Policy()).run()


class _Engine:
    """The state of one comparison."""

    def __init__(self, old: ir.Module, new: ir.Module, policy: Policy) -> None:
        self.policy = policy
        self.roots = (channels.find(old, policy), channels.find(new, policy))
        modules = (self.roots[0].module, self.roots[1].module)
        self.sides = (
            Side(modules[0], formats=policy.formats),
            Side(modules[1], formats=policy.formats),
        )
        self.judges = (
            Judge(modules[0], formats=policy.formats),
            Judge(modules[1], formats=policy.formats),
        )
        self.pairs = pairing.pair(*self.roots)
        self.classes = Classes(*modules)
        self.documented = Classes(*modules, documented=True)
        self.reach = (Reach(self.roots[0]), Reach(self.roots[1]))
        self.lanes = {
            direction: lanes.make(
                direction,
                self.sides,
                self.judges,
                self.classes,
                lambda a, b: self.pairs.partner.get(a) == b,
                policy,
            )
            for direction in DIRECTIONS
        }
        self.owners = (Owners(self.sides[0]), Owners(self.sides[1]))
        self.back = {new: old for old, new in self.pairs.partner.items()}
        self.carriers = self._carriers()
        self.findings: list[Finding] = []
        self.contradictions: list[str] = []
        self.by_pair: dict[Pair, Subject] = {}
        self.judged = 0
        self.undecided = 0
        self.unions = {old.union: (old, new) for old, new in self.pairs.channels}
        self.events = {
            event.schema: (old, new)
            for old, new in self.pairs.channels
            for event in old.events
        }

    def _carriers(self) -> dict[ir.Direction, Carrier]:
        there = dict(self.pairs.partner)
        for message, theirs in self.pairs.messages:
            if message.payload is not None and theirs.payload is not None:
                there.setdefault(message.payload, theirs.payload)
        back = {new: old for old, new in there.items()}
        return {
            direction: Carrier(
                lane,
                self.reach[0 if lane.forward else 1],
                there if lane.forward else back,
            )
            for direction, lane in self.lanes.items()
        }

    def run(self) -> Comparison:
        """Everything: the worst first, then in the order of the old specification."""
        walker = Walker(
            self.sides[0], self.sides[1], self.classes, self.pairs.partner.get
        )
        subjects = find(self.sides, self.pairs, self.reach)
        for subject in subjects:
            self._compared(walker, subject)
        self.by_pair = {subject.pair: subject for subject in subjects}
        for subject in subjects:
            self._settled(subject)
        for subject in subjects:
            self._subject(subject)
        self.findings = messages.moved(self.findings)
        for old, new in self.pairs.channels:
            self.findings = messages.retagged(self.findings, old, new)
        samplers = tuple(lane.mine for lane in self.lanes.values())
        self.findings.extend(
            messages.findings(
                self.pairs, self.sides, self.judges, (samplers[0], samplers[1])
            )
        )
        return Comparison(
            _title(self.roots[0].module),
            _title(self.roots[1].module),
            tuple(sorted(self.findings, key=lambda f: -f.verdict.badness)),
            self.judged,
            self.undecided,
            tuple(self.contradictions),
        )

    # --- one pair ------------------------------------------------------------------

    def _compared(self, walker: Walker, subject: Subject) -> None:
        """What the structural comparison proposes."""
        self.judged += len(subject.directions)
        old, new = subject.old, subject.new
        subject.differs = self.classes.of(0, old) != self.classes.of(1, new)
        if not subject.differs:
            return
        try:
            found = walker.compare(old, new, each=old.id in self.unions)
        except RecursionError:
            message = "the schema is too deep to be taken apart"
            place = ((old,), (new,), None, None)
            found = [Change(rules.CANNOT_DECIDE, message, (), *place)]
        subject.found = tuple(found)

    def _settled(self, subject: Subject) -> None:
        """Which changes stand here, and what they do."""
        homes = [self._home(subject, change) for change in subject.found]
        subject.elsewhere = frozenset(home for home in homes if home is not None)
        pairs = zip(subject.found, homes, strict=True)
        subject.changes = tuple(change for change, home in pairs if home is None)
        if subject.differs:
            for direction in subject.directions:
                subject.answers[direction] = self._judged(subject, direction)

    def _home(self, subject: Subject, change: Change) -> Pair | None:
        """The other pair whose own comparison finds the very same change."""
        if change.weak:
            return None
        partner = self.pairs.partner
        home = elsewhere(change, self.owners, subject.pair, partner, self.back)
        if home is None or home not in self.by_pair:
            return None
        same = (change.rule, change.message, change.token)
        found = self.by_pair[home].found
        return home if same in {(c.rule, c.message, c.token) for c in found} else None

    def _subject(self, subject: Subject) -> None:
        old, new = subject.old, subject.new
        if subject.differs:
            for direction, answers in subject.answers.items():
                self._whole(subject, direction, answers)
            for index, change in enumerate(subject.changes):
                mine = {d: many[index] for d, many in subject.answers.items()}
                self.findings.extend(self._reported(subject, change, mine))
        if self.documented.of(0, old) != self.documented.of(1, new):
            self.findings.extend(notes(subject.name, old, new, subject.everyone))

    def _judged(self, subject: Subject, direction: ir.Direction) -> list[Answer]:
        """What each change does in one direction."""
        changes = subject.changes
        answers = [
            (
                Answer(Verdict.COMPATIBLE)
                if change.weak
                else self._answer(subject, change, direction)
            )
            for change in changes
        ]
        if all(answer.verdict is Verdict.COMPATIBLE for answer in answers):
            for index, change in enumerate(changes):
                if change.weak:
                    answers[index] = self._answer(subject, change, direction)
        return answers

    def _answer(
        self, subject: Subject, change: Change, direction: ir.Direction
    ) -> Answer:
        lane = self.lanes[direction]
        if change.rule is rules.CANNOT_DECIDE:
            return Answer(Verdict.UNKNOWN, reason=change.message)
        if lane.harmless(change):
            return Answer(Verdict.COMPATIBLE)
        reason = lane.reason
        name = self._writer_name(subject, change, lane.forward)
        witness = lane.refute(change, subject.old, subject.new, name)
        if witness is None:
            return Answer(Verdict.UNKNOWN, reason=lane.too_long(change) or reason)
        return Answer(_severity(self._rule(subject, change), direction), witness)

    def _carried(
        self, subject: Subject, direction: ir.Direction, witness: Witness | None
    ) -> Witness | None:
        """A whole message around a witness, if a message leads to its schema."""
        if witness is None or not subject.affected.get(direction):
            return None
        carrier = self.carriers[direction]
        schema = subject.old if carrier.lane.forward else subject.new
        return carrier.carry(schema.id, witness)

    def _writer_name(
        self, subject: Subject, change: Change | None, forward: bool
    ) -> str:
        """What the specification of the writer calls the schema of a document."""
        side = self.sides[0 if forward else 1]
        schema = subject.old if forward else subject.new
        form = None if change is None else change.old if forward else change.new
        if schema.id.startswith("#channel/") and form is not None and form.labels:
            label = form.labels[-1]
            pairs = self.pairs
            lone = label not in pairs.partner if forward else pairs.free(label)
            if lone:
                return side.named[label]
        return side.named.get(schema.id, subject.name)

    def _rule(self, subject: Subject, change: Change) -> Rule:
        """The rule of a change, seen with the role of the schema."""
        if subject.old.id in self.unions:
            form = change.new if change.new is not None else change.old
            side = self.sides[1] if change.new is not None else self.sides[0]
            event = form is not None and bool(form.labels or tag_of(side, form))
            if event and change.rule is rules.UNION_BRANCH_ADDED:
                return rules.EVENT_ADDED
            if event and change.rule is rules.UNION_BRANCH_REMOVED:
                return rules.EVENT_REMOVED
        if subject.old.id in self.events and change.rule is rules.CONST_CHANGED:
            channel = self.events[subject.old.id][0]
            if [step.key for step in change.path] == [channel.tag]:
                return rules.EVENT_RENAMED
        return change.rule

    def _whole(
        self, subject: Subject, direction: ir.Direction, answers: list[Answer]
    ) -> None:
        """Hold the single answers against the question as a whole."""
        lane = self.lanes[direction]
        proved = lane.schema(subject.old, subject.new)
        refuted = any(answer.witness is not None for answer in answers)
        if proved:
            told = refuted and self._harmed_by_parts(subject, direction)
            for answer in answers:
                if told or answer.verdict is Verdict.UNKNOWN:
                    answer.verdict, answer.witness = Verdict.COMPATIBLE, None
                    answer.reason = ""
            return
        if any(a.verdict is Verdict.UNKNOWN for a in answers):
            self.undecided += 1
            return
        if refuted or self._told(subject, direction):
            return
        reason = lane.reason
        name = self._writer_name(subject, None, lane.forward)
        witness = lane.search(subject.old, subject.new, name)
        self.undecided += witness is None
        self.findings.append(_unexplained(subject, direction, witness, reason))

    def _harmed_by_parts(self, subject: Subject, direction: ir.Direction) -> bool:
        """Whether a witness against a proof goes through a named part, and the harm
        is told there.

        The proof assumes that the named parts are within their other versions. The
        documents of a place may come by way of a part that is not, where the part
        says the same of the place as what changed (`patternProperties`, say).
        """
        lane = self.lanes[direction]
        module, start = self.sides[0].module, subject.old
        targets = walk.closure(module, list(walk.references(start)))
        pairs = [(t, self.pairs.partner[t]) for t in targets if t in self.pairs.partner]
        parts = [self.by_pair[pair] for pair in pairs if pair in self.by_pair]
        broken = [part for part in parts if not lane.schema(part.old, part.new)]
        if not broken:
            self.contradictions.append(f"{subject.name} ({direction.value})")
        return any(
            answer.witness is not None
            for part in broken
            for answer in part.answers.get(direction, ())
        )

    def _told(self, subject: Subject, direction: ir.Direction) -> bool:
        """Whether the harm that a subject does is told of another schema."""
        return any(
            answer.verdict is not Verdict.COMPATIBLE
            for home in subject.elsewhere
            for answer in self.by_pair[home].answers.get(direction, ())
        )

    def _reported(
        self, subject: Subject, change: Change, answers: dict[ir.Direction, Answer]
    ) -> Iterator[Finding]:
        """One finding for each direction in which a change does harm, or one."""
        harmful = {
            d: a for d, a in answers.items() if a.verdict is not Verdict.COMPATIBLE
        }
        if not harmful and change.weak:
            return
        rule = self._rule(subject, change)
        finding = Finding(
            rule,
            Verdict.COMPATIBLE,
            (
                subject.directions[0]
                if len(subject.directions) == 1
                else ir.Direction.UNKNOWN
            ),
            subject.name,
            locations.pointer_of(change),
            _message(rule, change, self.sides),
            locations.location(change.old, change.old_node, change.token),
            locations.location(change.new, change.new_node, change.token),
            affected=subject.everyone,
            event=_event(rule, change, self.sides),
            judged=subject.directions,
        )
        if not harmful:
            yield finding
        for direction, answer in harmful.items():
            yield replace(
                finding,
                carried=self._carried(subject, direction, answer.witness),
                verdict=answer.verdict,
                hint=rule.hint if answer.witness else "",
                direction=direction,
                witness=answer.witness,
                reason=answer.reason,
                affected=subject.affected.get(direction, ()),
            )


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


def _event(rule: Rule, change: Change, sides: tuple[Side, Side]) -> str:
    """The tag of the event that came or went."""
    form = change.new if change.new is not None else change.old
    if rule not in (rules.EVENT_ADDED, rules.EVENT_REMOVED) or form is None:
        return ""
    side = sides[1] if change.new is not None else sides[0]
    label = form.labels[-1] if form.labels else None
    return tag_of(side, form) or (side.named[label] if label else "")


def _message(rule: Rule, change: Change, sides: tuple[Side, Side]) -> str:
    """What happened, in a sentence without its place."""
    if rule in (rules.EVENT_ADDED, rules.EVENT_REMOVED):
        title = _event(rule, change, sides)
        return (
            f"event {title} was {'added' if rule is rules.EVENT_ADDED else 'removed'}"
        )
    if rule is rules.EVENT_RENAMED:
        return f"event {change.message}"
    return change.message


def _severity(rule: Rule, direction: ir.Direction) -> Verdict:
    if rule.survivable and direction is ir.Direction.SERVER_TO_CLIENT:
        return Verdict.RISKY
    return Verdict.BREAKING


def _title(module: ir.Module) -> str:
    return f"{module.title} {module.version}".strip()
