"""Findings about an operation or a channel, as they are made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from codegen.compat import promises, rules
from codegen.compat.changes.constraints import apart, show
from codegen.compat.findings import Finding, Verdict, Witness
from codegen.compat.rules.rule import Rule
from codegen.ir import model as ir
from codegen.ir import operations as ops
from codegen.ir.equality import freeze
from codegen.source.pointer import escape


@dataclass(frozen=True, slots=True)
class _Reworded:
    """Something for people that changed: what it is, the parts that say it, and under
    which key of their notes, if it is one of these."""

    what: str
    old: ops.Part
    new: ops.Part
    key: str


@dataclass(slots=True)
class Record:
    """What was found of one subject: `label` is what people call it, `operation` is
    set where it is one."""

    label: str
    operation: str = ""
    affected: tuple[str, ...] = ()
    found: list[Finding] = field(default_factory=list)
    _words: list[_Reworded] = field(default_factory=list)

    def add(
        self,
        rule: Rule,
        verdict: Verdict,
        direction: ir.Direction | None,
        message: str,
        old: ops.Part | ir.Location | None,
        new: ops.Part | ir.Location | None,
        *,
        witness: Witness | None = None,
        reason: str = "",
        pointer: str = "",
    ) -> None:
        """A finding of this subject."""
        harmful = verdict in (Verdict.BREAKING, Verdict.RISKY)
        self.found.append(
            Finding(
                rule,
                verdict,
                direction,
                self.label,
                pointer,
                message,
                _place(old),
                _place(new),
                witness=witness,
                affected=self.affected or ((self.label,) if self.operation else ()),
                hint=rule.hint if harmful else "",
                reason=reason,
                operation=self.operation,
            )
        )

    # --- words ---------------------------------------------------------------------

    def compare(
        self,
        what: str,
        old: ops.Part,
        new: ops.Part,
        direction: ir.Direction = ir.Direction.UNKNOWN,
    ) -> None:
        """Look at what two versions of a part promise, at what they say to people, and
        at what nobody judges."""
        for key in _differing(old.unread, new.unread):
            pointer = f"{what and '/' + escape(what)}/{escape(key)}"
            changed = _changed(old.unread, new.unread, key)
            place = f"{what}: {key}" if what else key
            self.add(
                rules.NOT_COMPARED,
                Verdict.UNKNOWN,
                ir.Direction.UNKNOWN,
                f"{place} {changed}",
                old.location.child(key) if key in old.unread else old,
                new.location.child(key) if key in new.unread else new,
                reason=f"the comparison does not know what `{key}` means here",
                pointer=pointer,
            )
        promised = self._promised(what, old, new, direction)
        for key in _differing(old.notes, new.notes):
            if not (promised and key in promises.SPELLED):
                self.reworded(f"{what} {key}".strip(), old, new, key)

    def _promised(
        self, what: str, old: ops.Part, new: ops.Part, direction: ir.Direction
    ) -> bool:
        """Tell of promises that are others now; whether there are any."""
        before, after = promises.told(old.notes), promises.told(new.notes)
        deprecated = _deprecated(old) is not _deprecated(new)
        for one in promises.changed(before, after, deprecated):
            verdict = Verdict.RISKY if one.reason else Verdict.COMPATIBLE
            message = f"{what}: {one.message}" if what else one.message
            reason = one.reason
            self.add(one.rule, verdict, direction, message, old, new, reason=reason)
        return before != after

    def reworded(self, what: str, old: ops.Part, new: ops.Part, key: str = "") -> None:
        """Note that something changed that is for people only."""
        self._words.append(_Reworded(what, old, new, key))

    def documented(self) -> None:
        """One finding for all the words that changed."""
        if not self._words:
            return
        first, more = self._words[0], len(self._words) - 1
        old, new, key = first.old, first.new, first.key
        message = f"{first.what} changed"
        if more:
            message += f" and {more} more place{'s' * (more > 1)}"
        self.add(
            rules.DOCUMENTATION_CHANGED,
            Verdict.COMPATIBLE,
            ir.Direction.UNKNOWN,
            message,
            old.location.child(key) if key in old.notes else old,
            new.location.child(key) if key in new.notes else new,
        )
        self._words.clear()


def _deprecated(part: ops.Part) -> bool:
    return isinstance(part, (ops.Operation, ops.Parameter)) and part.deprecated


def _place(where: ops.Part | ir.Location | None) -> ir.Location | None:
    return where.location if isinstance(where, ops.Part) else where


def _differing(old: Mapping[str, ir.Json], new: Mapping[str, ir.Json]) -> Iterator[str]:
    for key in dict.fromkeys((*old, *new)):
        if (key in old) != (key in new) or freeze(old[key]) != freeze(new[key]):
            yield key


def _changed(old: Mapping[str, ir.Json], new: Mapping[str, ir.Json], key: str) -> str:
    if key in old and key in new:
        was, now = apart(old[key], new[key])
    else:
        was, now = (show(v[key]) if key in v else "not there" for v in (old, new))
    return f"was {was} and is {now}"


def settings_changed(
    old: Mapping[str, ir.Json], new: Mapping[str, ir.Json]
) -> list[tuple[str, str]]:
    """What differs between two sets of fields: the field, and how, for people."""
    return [(key, f"{key} {_changed(old, new, key)}") for key in _differing(old, new)]
