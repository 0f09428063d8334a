"""What a change is to people: of an event, of a channel, or of a schema alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from codegen.compat import rules
from codegen.compat.changes import branches
from codegen.compat.changes.change import Change
from codegen.compat.changes.walker import Apart
from codegen.compat.normal.forms import Form
from codegen.compat.rules.rule import Rule
from codegen.compat.subjects import Subject
from codegen.compat.versions.channels import Channel, tag_of
from codegen.compat.versions.version import Versions
from codegen.ir import model as ir

_CAME: Final = (rules.UNION_BRANCH_ADDED, rules.TYPE_WIDENED, rules.NULL_ALLOWED)
_WENT: Final = (rules.UNION_BRANCH_REMOVED, rules.TYPE_NARROWED, rules.NULL_FORBIDDEN)
"""What it is for the union of a channel that an event came, or went."""


@dataclass(slots=True)
class Roles:
    """The schemas that stand for channels and events, by their old identity."""

    versions: Versions
    channels: dict[ir.SchemaId, tuple[Channel, Channel]] = field(init=False)
    events: dict[ir.SchemaId, Channel] = field(init=False)

    def __post_init__(self) -> None:
        paired = self.versions.pairs.channels
        self.channels = {old.union: (old, new) for old, new in paired}
        self.events = {e.schema: old for old, _new in paired for e in old.events}

    def is_channel(self, subject: Subject) -> bool:
        """Whether a schema is the union of a channel's events."""
        return subject.old.id in self.channels

    def replaced(self, subject: Subject) -> Apart | None:
        """Where a schema is that of a channel whose only event made room for another
        one, the schemas of both."""
        if not self.is_channel(subject):
            return None
        old, new = (channel.events for channel in self.channels[subject.old.id])
        if not (len(old) == len(new) == 1 and old[0].named and new[0].named):
            return None
        both = old[0].schema, new[0].schema
        return both if self.versions.pairs.partner.get(both[0]) != both[1] else None

    def takes_anything(self, subject: Subject, forward: bool) -> bool:
        """Whether a schema is that of a channel whose reader, `forward` the new
        version, knows a message there that may hold anything."""
        if not self.is_channel(subject):
            return False
        channel = self.channels[subject.old.id][forward]
        reader = self.versions.new if forward else self.versions.old
        return channel.name in reader.roots.free

    def rule(self, subject: Subject, change: Change) -> Rule:
        """The rule of a change, seen with the role of the schema."""
        if self.is_channel(subject) and self._is_event(change):
            if change.rule in _CAME:
                return rules.EVENT_ADDED
            if change.rule in _WENT:
                return rules.EVENT_REMOVED
        tag = self.tag(subject)
        at_tag = tag and [step.key for step in change.path] == [tag]
        if at_tag and change.rule is rules.CONST_CHANGED:
            return rules.EVENT_RENAMED
        if change.rule is rules.CONST_CHANGED and self._told(change) is not None:
            return rules.UNION_BRANCH_RENAMED
        return change.rule

    def tag(self, subject: Subject) -> str:
        """The property that tells which event a schema is; empty where it is none."""
        channel = self.events.get(subject.old.id)
        return channel.tag if channel else ""

    def _told(self, change: Change) -> Form | None:
        """The branch of which a change is about the tags."""
        return branches.told(self.versions.partner.get, change.path)

    def _is_event(self, change: Change) -> bool:
        old, new = self.versions.sides
        form, side = (change.old, old) if change.new is None else (change.new, new)
        if form is None:
            return False
        if change.rule in (rules.UNION_BRANCH_ADDED, rules.UNION_BRANCH_REMOVED):
            return bool(form.labels or tag_of(side, form))
        return not change.path and self._is_lone(form, gone=change.new is None)

    def _is_lone(self, form: Form, *, gone: bool) -> bool:
        """Whether an alternative is of a schema that only one version has."""
        pairs = self.versions.pairs
        if not form.labels:
            return False
        label = form.labels[-1]
        return label not in pairs.partner if gone else pairs.free(label)

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
        if rule is rules.UNION_BRANCH_RENAMED:
            return f"branch {change.message}"
        if rule in (rules.ENUM_VALUE_ADDED, rules.ENUM_VALUE_REMOVED):
            branch = self._told(change)
            name = branches.called(self.versions.old.side, branch) if branch else ""
            return f"branch {name}: {change.message}" if name else change.message
        return change.message

    def writer_name(
        self, subject: Subject, change: Change | None, forward: bool
    ) -> str:
        """What the specification of the writer calls the schema of a document."""
        side = self.versions.writer(forward).side
        schema = subject.old if forward else subject.new
        form = None if change is None else change.old if forward else change.new
        made = schema.id.startswith("#channel/")
        if made and form is not None and self._is_lone(form, gone=forward):
            return side.named[form.labels[-1]]
        if self.versions.partner.get(subject.old.id) != subject.new.id:
            return subject.name  # Two schemas, of which neither name is that of both.
        return side.named.get(schema.id, subject.name)
