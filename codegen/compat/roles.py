"""What a change is to people: of an event, of a channel, or of a schema alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from codegen.compat import rules
from codegen.compat.changes.change import Change
from codegen.compat.rules.rule import Rule
from codegen.compat.subjects import Subject
from codegen.compat.versions.channels import Channel, tag_of
from codegen.compat.versions.version import Versions
from codegen.ir import model as ir


@dataclass(slots=True)
class Roles:
    """The schemas that stand for channels and events, by their old identity."""

    versions: Versions
    channels: set[ir.SchemaId] = field(init=False)
    events: dict[ir.SchemaId, Channel] = field(init=False)

    def __post_init__(self) -> None:
        paired = [old for old, _new in self.versions.pairs.channels]
        self.channels = {channel.union for channel in paired}
        self.events = {e.schema: channel for channel in paired for e in channel.events}

    def is_channel(self, subject: Subject) -> bool:
        """Whether a schema is the union of a channel's events."""
        return subject.old.id in self.channels

    def rule(self, subject: Subject, change: Change) -> Rule:
        """The rule of a change, seen with the role of the schema."""
        if self.is_channel(subject) and self._is_event(change):
            if change.rule is rules.UNION_BRANCH_ADDED:
                return rules.EVENT_ADDED
            if change.rule is rules.UNION_BRANCH_REMOVED:
                return rules.EVENT_REMOVED
        channel = self.events.get(subject.old.id)
        at_tag = channel and [step.key for step in change.path] == [channel.tag]
        if at_tag and change.rule is rules.CONST_CHANGED:
            return rules.EVENT_RENAMED
        return change.rule

    def _is_event(self, change: Change) -> bool:
        old, new = self.versions.sides
        form, side = (change.old, old) if change.new is None else (change.new, new)
        return form is not None and bool(form.labels or tag_of(side, form))

    def event(self, rule: Rule, change: Change) -> str:
        """The tag of the event that came or went."""
        old, new = self.versions.sides
        form, side = (change.old, old) if change.new is None else (change.new, new)
        if rule not in (rules.EVENT_ADDED, rules.EVENT_REMOVED) or form is None:
            return ""
        label = form.labels[-1] if form.labels else None
        return tag_of(side, form) or (side.named[label] if label else "")

    def message(self, rule: Rule, change: Change) -> str:
        """What happened, in a sentence without its place."""
        if rule is rules.EVENT_ADDED:
            return f"event {self.event(rule, change)} was added"
        if rule is rules.EVENT_REMOVED:
            return f"event {self.event(rule, change)} was removed"
        if rule is rules.EVENT_RENAMED:
            return f"event {change.message}"
        return change.message

    def writer_name(
        self, subject: Subject, change: Change | None, forward: bool
    ) -> str:
        """What the specification of the writer calls the schema of a document."""
        side = self.versions.writer(forward).side
        schema = subject.old if forward else subject.new
        form = None if change is None else change.old if forward else change.new
        if schema.id.startswith("#channel/") and form is not None and form.labels:
            label = form.labels[-1]
            pairs = self.versions.pairs
            lone = label not in pairs.partner if forward else pairs.free(label)
            if lone:
                return side.named[label]
        if self.versions.partner.get(subject.old.id) != subject.new.id:
            return subject.name  # Two schemas, of which neither name is that of both.
        return side.named.get(schema.id, subject.name)
