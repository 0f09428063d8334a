"""Changes of parts that change no message: what one part no longer says, those that
refer to it say instead, or the other way round.

A part is judged alone, because what is wrong with it is best told there. It does harm
only to messages that carry it. Where none was found that shows the harm, each of them
is asked about as a whole, nothing being taken for granted of all such parts; what is
shown to do harm is told already.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from codegen.compat.direction import Traffic
from codegen.compat.envelope import Envelopes
from codegen.compat.findings import Verdict
from codegen.compat.judging import Judging
from codegen.compat.operations.messages import known_by_payload
from codegen.compat.subjects import Answer, Subject
from codegen.compat.versions.version import Pair, Version
from codegen.ir import model as ir


@dataclass(slots=True)
class Absolving:
    """Looks at one direction of traffic."""

    judging: Judging
    traffic: Traffic
    envelopes: Envelopes
    _sound: dict[int, bool] = field(default_factory=dict)
    _by_payload: frozenset[str] = field(init=False)
    _replies: tuple[frozenset[ir.SchemaId | None], ...] = field(init=False)

    def __post_init__(self) -> None:
        versions = self.judging.versions
        self._by_payload = known_by_payload(versions)
        self._replies = tuple(map(_replies, (versions.old, versions.new)))

    def run(self) -> None:
        """Let all parts pass that do no harm to any message."""
        way = self.traffic.direction
        found = [
            subject
            for subject in self.judging.subjects
            if _harmful(subject, way)
            and subject.affected.get(way)
            and not self._shown(subject)
        ]
        writer = self.judging.versions.writer(self.traffic.forward)
        number = int(not self.traffic.forward)
        doubtful = writer.reach.around(subject.pair[number] for subject in found)
        assert self.traffic.doubting is not None
        doubting = self.traffic.doubting(doubtful) if found else self.traffic
        passed = set[Pair]()
        for subject in found:
            if self._messages_pass(subject, doubting):
                subject.absolved |= {way}
                passed.add(subject.pair)
                for answer in _harmful(subject, way):
                    answer.verdict, answer.witness = Verdict.COMPATIBLE, None
                    answer.reason = ""
        self._users_pass(passed, doubting)

    def _users_pass(self, passed: set[Pair], doubting: Traffic) -> None:
        """Let those pass, too, that do harm by nothing but parts that passed."""
        way = self.traffic.direction
        users = [
            subject
            for subject in self.judging.subjects
            if subject.elsewhere
            and subject.pair not in passed
            and subject.affected.get(way)
            and not _harmful(subject, way)
        ]
        asked: list[Subject] | None = None
        while asked is None or asked:
            asked = [one for one in users if not one.elsewhere.isdisjoint(passed)]
            users = [one for one in users if one.elsewhere.isdisjoint(passed)]
            for user in asked:
                if self._messages_pass(user, doubting):
                    user.absolved |= {way}
                    passed.add(user.pair)

    def _shown(self, subject: Subject) -> bool:
        """Whether a message shows the harm that a part does."""
        schema = subject.old if self.traffic.forward else subject.new
        for answer in _harmful(subject, self.traffic.direction):
            if answer.witness is not None:
                answer.carried = self.envelopes.around(schema.id, answer.witness)
                if answer.carried is not None:
                    return True
        return False

    def _messages_pass(self, subject: Subject, doubting: Traffic) -> bool:
        """Whether every message of both versions that a part belongs to is proved to
        be taken, and whatever else refers to it without being part of any."""
        way, versions = self.traffic.direction, self.judging.versions
        carriers: dict[int, Subject] = {}
        for number, version in enumerate((versions.old, versions.new)):
            reach, target = version.reach, subject.pair[number]
            around = reach.around((target,))
            roots = around & reach.roots(way)
            titles = {title for root in roots for title in reach.titles(root, way)}
            if not titles.issuperset(reach.titles(target, way)):
                return False
            message = target in roots and self._is_message(subject)
            flows = self._flows(version, around) if message else set()
            if message and (not flows or target in self._replies[number]):
                return False
            if ir.Direction.UNKNOWN in reach.directions(target):
                return False
            lone = {one for one in around if not reach.directions(one)}
            for other in self.judging.subjects:
                there = (
                    other is not subject and other.pair[number] in roots | lone | flows
                )
                if there and way in other.directions:
                    carriers[id(other)] = other
            if not flows <= {other.pair[number] for other in carriers.values()}:
                return False
        many = carriers.values()
        return bool(many) and all(self._passes(root, doubting) for root in many)

    def _flows(
        self, version: Version, around: Collection[ir.SchemaId]
    ) -> set[ir.SchemaId]:
        """The unions of the channels that some schemas travel on in this direction,
        where a message is known by its payload alone: what one message there no longer
        takes, another one may."""
        way, every = self.traffic.direction, version.roots.channels.values()
        return {
            one.union
            for one in every
            if one.made and one.direction is way and one.union in around
            if one.name in self._by_payload
        }

    def _is_message(self, subject: Subject) -> bool:
        """Whether a message of the old version that is nothing but a schema is that
        schema in the new one, too; elsewhere another one took its place."""
        values = self.judging.versions.pairs.values
        events = self.judging.roles.events
        known = subject.old.id in events
        return known or any(subject.pair == (v.old, v.new) for v in values)

    def _passes(self, root: Subject, doubting: Traffic) -> bool:
        if id(root) not in self._sound:
            schemas = self.judging.schemas(root, self.traffic.direction)
            doubting.begin()
            self._sound[id(root)] = doubting.schema(*schemas)
        return self._sound[id(root)]


def _replies(version: Version) -> frozenset[ir.SchemaId | None]:
    """The payloads of replies, for which somebody waits."""
    replies = (action.reply for action in version.module.interface.actions)
    return frozenset(m.payload for one in replies if one for m in one.messages)


def _harmful(subject: Subject, way: ir.Direction) -> list[Answer]:
    """The answers of a subject that are not harmless."""
    answers = subject.answers.get(way, [])
    return [answer for answer in answers if answer.verdict is not Verdict.COMPATIBLE]


def absolve(
    judging: Judging,
    traffic: Mapping[ir.Direction, Traffic],
    envelopes: Mapping[ir.Direction, Envelopes],
) -> None:
    """Let pass, in each direction, what does no harm to any message."""
    for way, one in traffic.items():
        Absolving(judging, one, envelopes[way]).run()
