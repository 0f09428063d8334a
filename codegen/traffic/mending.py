"""Makes an overlay from drift, so that the specification becomes true.

When one thing is mended, other drift may show behind it. So the recording is judged
again with the overlay, until nothing is left that can be mended.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from codegen.diagnostics import Span
from codegen.frontend import Loaded
from codegen.ir import model as ir
from codegen.python import Package
from codegen.source import pointer as pointers
from codegen.traffic import branches
from codegen.traffic.actions import Action, CannotMend, Json, Placed, Touched, path_of
from codegen.traffic.blame import Effort, Fault, TooMuch, faults
from codegen.traffic.evidence import Evidence
from codegen.traffic.judging import Place, shown
from codegen.traffic.mends import Mender
from codegen.traffic.tally import Found

MAX_ROUNDS: Final = 6
"""How often a recording is judged with a growing overlay. Each round gets one branch of
a union, or one level, further."""

MAX_MENDED: Final = 500
"""How many places of drift are looked at in one round."""


@dataclass(slots=True)
class Mending:
    """The actions so far, with their reasons. For each place of drift, `mended` and
    `unmended` say what was done, without values of frames if `redact`, or why nothing
    was, `put_off` what was done for another place in the way of it, and `stated` where
    the specification says otherwise."""

    redact: bool = False
    placed: list[Placed] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    mended: dict[Place, list[str]] = field(default_factory=dict)
    unmended: dict[Place, str] = field(default_factory=dict)
    put_off: dict[Place, list[str]] = field(default_factory=dict)
    stated: dict[Place, Span] = field(default_factory=dict)

    def learn(
        self,
        loaded: Loaded,
        packages: Mapping[str, Package],
        found: list[Found],
        *,
        formats: bool,
        mend: bool,
    ) -> bool:
        """Find where the specification says otherwise and, if `mend`, what mends it.
        Returns whether anything new was found."""
        before = len(self.placed)
        learning = _Learning(self, loaded, packages, found, formats)
        for one in found[:MAX_MENDED]:
            learning.examine(one, mend)
        for one in found[MAX_MENDED:] if mend else ():
            self.unmended.setdefault(one.place, "there is too much drift")
        return len(self.placed) > before

    def settle(self, left: list[Found]) -> None:
        """Note as unmended what is still there after the last round. What is gone
        although it was put off is mended by what was done meanwhile."""
        for place, told in self.put_off.items():
            self.mended.setdefault(place, told)
        for one in left:
            self.mended.pop(one.place, None)
            self.unmended.setdefault(one.place, "what mends the rest is not enough")
        for place in self.mended:
            self.unmended.pop(place, None)


@dataclass(frozen=True, slots=True)
class _Change:
    """For which fault a place was changed, and what is told of that."""

    owner: Fault | Place
    told: list[str]


@dataclass(slots=True)
class _Learning:
    mending: Mending
    loaded: Loaded
    packages: Mapping[str, Package]
    found: list[Found]
    formats: bool
    touched: dict[Touched, _Change] = field(default_factory=dict)
    effort: Effort = field(default_factory=Effort)

    def examine(self, found: Found, mend: bool) -> None:
        """Find what the specification says at a place of drift, and mend it."""
        reasons: list[str] = []
        done: list[str] = []
        try:
            for fault, actions in self._remedies(found, mend):
                try:
                    done += self._take_all(list(actions), fault, found)
                except CannotMend as error:
                    reasons.append(str(error))
        except CannotMend as error:
            reasons.append(str(error))
        except RecursionError:
            reasons.append("the frame nests too deep")
        except TooMuch:
            reasons.append("too many schemas have a say in it")
        if done:
            told = self.mending.mended.setdefault(found.place, [])
            told += [text for text in dict.fromkeys(done) if text not in told]
        elif mend and reasons:
            self.mending.unmended.setdefault(found.place, reasons[0])

    def _remedies(
        self, found: Found, mend: bool
    ) -> Iterator[tuple[Fault | None, Iterator[Action]]]:
        """The actions for drift, for each assertion that is broken."""
        if why := _BEYOND.get((found.place.event, found.place.keyword)):
            raise CannotMend(why)
        if not found.drift.frame:
            raise CannotMend("no frame of it was kept, as it is too large")
        value = json.loads(found.drift.frame)
        package = self.packages.get(found.place.direction) or next(
            iter(self.packages.values())
        )
        direction = ir.Direction(found.place.direction)
        if found.place.keyword == "event":
            if mend:
                seen = found.drift.evidence
                new = branches.event(self.loaded, package, direction, value, seen)
                yield None, new
            return
        schema = _schema_of(package, direction, found.place.event)
        mender = Mender(self.loaded)
        for fault in self._faults(package.module, schema, value, found):
            self._state(found, fault)
            if mend:
                yield fault, iter(mender.actions(fault, self._evidence(found, fault)))

    def _faults(
        self, module: ir.Module, schema: ir.Schema, value: Json, found: Found
    ) -> list[Fault]:
        """The assertions that drift is about: those that fail at its place, and among
        these those with its keyword, if there are any."""
        there = [
            fault
            for fault in faults(
                module, schema, value, formats=self.formats, effort=self.effort
            )
            if fault.pointer == found.place.pointer or _about(fault, found)
        ]
        return [f for f in there if keyword_of(f) == found.place.keyword] or there

    def _state(self, found: Found, fault: Fault) -> None:
        location = fault.schema.location
        try:
            span = self.loaded.span(location)
        except KeyError:
            return
        self.mending.stated.setdefault(found.place, span)

    def _evidence(self, found: Found, fault: Fault) -> Evidence:
        """What was seen where an assertion fails."""
        if fault.pointer == found.place.pointer:
            return found.drift.evidence
        seen = Evidence()
        seen.add(fault.value)
        if fault.name is not None:
            seen.inside[fault.name] = found.drift.evidence
        return seen

    def _take_all(
        self, actions: list[Action], fault: Fault | None, found: Found
    ) -> list[str]:
        """Add the actions of a fault, with their evidence. If an action for another
        fault has changed the same place, they are left to the next round."""
        mending = self.mending
        new = [action for action in actions if action.key not in mending.keys]
        if not all(action.is_text for action in new):
            raise CannotMend("half a surrogate pair came, which no document can hold")
        touching = [place for action in new for place in action.touches()]
        change = _Change(fault or found.place, self._told(actions))
        for other, first in self.touched.items():
            if first.owner != change.owner and any(map(other.spoils, touching)):
                mending.put_off.setdefault(found.place, first.told)
                return []
        placed = [self._placed(action, found) for action in new]
        self.touched |= dict.fromkeys(touching, change)
        for one in placed:
            if one.action.key not in mending.keys:
                mending.keys.add(one.action.key)
                mending.placed.append(one)
        return change.told

    def _told(self, actions: list[Action]) -> list[str]:
        redact = self.mending.redact
        told = [action for action in actions if not action.aside]
        return [(redact and action.unseen) or action.does for action in told]

    def _placed(self, action: Action, found: Found) -> Placed:
        document = self.loaded.workspace.named(action.place.document)
        path = path_of(action.place, document.data, action.chosen)
        home = document.name == self.loaded.workspace.home
        told = replace(action, evidence=evidence_of(found))
        return Placed(told, path, "" if home else document.name)


_BEYOND: Final = {
    ("(no JSON)", "json"): "what is no JSON has no schema",
    ("(no object)", "type"): "what is no object is no event",
    ("(no tag)", "event"): "no tag says which event it is",
}
"""Events and keywords of drift that no schema states, with the reason why they cannot
be mended."""


def keyword_of(fault: Fault) -> str:
    """The keyword of a fault, as in violations."""
    assertion = fault.assertion
    if isinstance(assertion, ir.Enum):
        return assertion.keyword
    if isinstance(assertion, ir.Minimum | ir.Maximum) and assertion.exclusive:
        return f"exclusive{type(assertion).__name__}"
    name = type(assertion).__name__
    return name[0].lower() + name[1:]


def _about(fault: Fault, found: Found) -> bool:
    """Whether a violation at a property is about the object that holds it."""
    name = fault.name
    return name is not None and (
        f"{fault.pointer}/{pointers.escape(name)}" == found.place.pointer
    )


def _schema_of(package: Package, direction: ir.Direction, event: str) -> ir.Schema:
    """The schema of an event, by its key in the table. Raises `CannotMend`."""
    if event == "#":
        return package.module.named("#")
    table = package.directions.get(direction)
    if table is None and len(package.tables) == 1:
        table = package.tables[0]
    if table is not None:
        for key, branch in table.entries():
            if shown(key) == event:
                return package.meaning(branch)
    raise CannotMend("it is an event of none of these schemas")


def evidence_of(found: Found) -> dict[str, Json]:
    """The reason for an action, as it is written in an overlay. It has no values of
    frames, because overlays are committed and frames are private."""
    place = found.place._asdict()
    return {
        **{name: _spelled(text) for name, text in place.items()},
        "frames": found.drift.count,
        "first": f"{found.span.file.rpartition('/')[2]}:{found.span.line}",
    }


def _spelled(text: str) -> str:
    """A text with half a surrogate pair as an escape, which a document can hold."""
    return text.encode("utf-8", "backslashreplace").decode()
