"""Scripts of events that keep or break the rules of a session.

Whether an event meets a condition is judged by the independent validator; when a
rule is active follows from its meaning alone (see `ir.SessionRule`).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from codegen.golden.documents import Author
from codegen.golden.goals import with_tag
from codegen.ir import model as ir
from codegen.ir.equality import freeze
from codegen.oracle import Undecided
from codegen.samples import DEFAULT_BUDGET, Edit, NoSample, near_misses
from codegen.samples.edits import REMOVED, at

Places: TypeAlias = tuple[tuple[str, ...], ...]
"""Where tags stand: the properties that lead to each."""


@dataclass(frozen=True, slots=True)
class Step:
    """An event of a script: a document by its name, with one change or none."""

    document: str
    edit: Edit | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """Events in their order, and for each whether it breaks the rule.

    `values` are further values for the place that the changed step changes: with
    each of them the script comes to the same.
    """

    rule: str
    steps: tuple[Step, ...]
    broken: tuple[bool, ...]
    values: tuple[ir.Json, ...] = ()


@dataclass(slots=True)
class SessionTests:
    """The scripts of all rules, with the documents that they name."""

    documents: dict[str, ir.Json] = field(default_factory=dict)
    scripts: list[Script] = field(default_factory=list)
    asked: dict[str, tuple[str, ir.SchemaId | None]] = field(default_factory=dict)
    """What each document was made for: a tag, and the schema of a condition. Tags
    are any text, so nothing can be read from a document's name."""


def session_tests(author: Author, places: Places) -> SessionTests:
    """Scripts for every rule of a module; `places` are where tags stand."""
    tests = SessionTests()
    for rule in author.module.session_rules:
        _Rule(author, places, rule, tests).write()
    return tests


class _Rule:
    """Writes the scripts of one rule."""

    def __init__(
        self,
        author: Author,
        places: Places,
        rule: ir.SessionRule,
        tests: SessionTests,
    ) -> None:
        self.author = author
        self.places = places
        self.rule = rule
        self.tests = tests

    def write(self) -> None:
        wake = [self._event(self.rule.after, tag) for tag in self.rule.after.tags]
        started = [name for name in wake if name]
        if not started:
            return
        if self.rule.forbid is not None:
            events = [self._event(self.rule.forbid, t) for t in self.rule.forbid.tags]
            forbidden = [name for name in events if name]
            for name in forbidden:
                self._forbidding(started, name)
            if forbidden:
                self._conditions(started, Step(forbidden[0]))
        self._freezing(started[0])

    def _forbidding(self, started: list[str], forbidden: str) -> None:
        self._script(Step(forbidden))
        for name in started:
            self._script(Step(name), Step(forbidden))

    def _conditions(self, started: list[str], probe: Step) -> None:
        """Events that only just meet, or only just miss, what begins and what ends
        the rule; `probe` shows whether it is active."""
        for name in started:
            self._changes((), name, probe)
        for tag in self.rule.until.tags if self.rule.until else ():
            ending = self._event(self.rule.until, tag)
            if ending:
                self._script(Step(started[0]), Step(ending), probe)
                self._changes((Step(started[0]),), ending, probe)

    def _changes(self, before: tuple[Step, ...], name: str, probe: Step) -> None:
        """One script for all changes at one place that come to the same."""
        groups: dict[tuple[str, tuple[bool, ...]], list[Edit]] = {}
        for edit in self._misses(name):
            try:
                broken = tuple(self._play((*before, Step(name, edit), probe)))
            except Undecided:
                continue
            groups.setdefault((edit.pointer, broken), []).append(edit)
        for (_, broken), (first, *others) in groups.items():
            values = tuple(edit.value for edit in others)
            steps = (*before, Step(name, first), probe)
            self.tests.scripts.append(Script(self.rule.name, steps, broken, values))

    def _freezing(self, started: str) -> None:
        """Values that stay the same and values that change, before and after."""
        pairs = [self._two(tag, place) for tag, place in self.rule.frozen.items()]
        known = [pair for pair in pairs if pair is not None]
        wake = Step(started)
        for first, _ in known:
            for same, other in known:
                self._script(first, wake, same)
                self._script(first, wake, other)
                self._script(first, other)
            self._script(wake, first)

    def _two(self, tag: str, place: str) -> tuple[Step, Step] | None:
        """The event with one and with another value at a place."""
        name = self._event(None, tag)
        if not name:
            return None
        edits = [edit for edit in self._misses(name, place) if edit.pointer == place]
        return (Step(name, edits[0]), Step(name, edits[1])) if len(edits) > 1 else None

    def _script(self, *steps: Step) -> None:
        try:
            broken = tuple(self._play(steps))
        except Undecided:
            return
        self.tests.scripts.append(Script(self.rule.name, steps, broken))

    # --- documents ---

    def _event(self, condition: ir.EventCondition | None, tag: str) -> str:
        """The name of a full document with a tag that meets a condition, or nothing."""
        where = condition.where if condition else None
        name = f"{tag} {where}" if where else tag
        while self.tests.asked.setdefault(name, (tag, where)) != (tag, where):
            name += "'"
        if name not in self.tests.documents:
            goal = self._goal(tag, where)
            self.author.builder.refill(DEFAULT_BUDGET)
            found = self.author.builder.solve(goal, True) if goal else NoSample("")
            if isinstance(found, NoSample):
                return ""
            self.tests.documents[name] = found
        return name

    def _goal(self, tag: str, where: ir.SchemaId | None) -> tuple[ir.Schema, ...]:
        schemas = self.author.module.schemas
        asked = (schemas[where],) if where else ()
        messages = self.author.module.messages
        for place, message in itertools.product(self.places, messages):
            if message.payload is not None:
                tagged = with_tag(place, tag)
                goal = (schemas[message.payload], tagged, *asked)
                self.author.builder.refill(DEFAULT_BUDGET)
                found = self.author.builder.several(goal, 1)
                # An event of the other direction may take it for a property of its own.
                if found and self._tags(found[0]) == [tag]:
                    return goal
        return ()

    def _misses(self, name: str, place: str = "") -> Iterator[Edit]:
        """Changes of a document around its payload and its condition."""
        document = self.tests.documents[name]
        tag, where = self.tests.asked[name]
        schemas = self.author.module.schemas
        goal = self._goal(tag, None)
        asked = [schemas[where]] if where else []
        seen = set()
        for schema in [*asked, *goal[:1]]:
            found = near_misses(self.author.builder, schema, document, whole=not place)
            for miss in found:
                key = (miss.edit.pointer, repr(miss.edit.value))
                if key not in seen and (
                    not place or (miss.valid and miss.edit.value is not REMOVED)
                ):
                    seen.add(key)
                    yield miss.edit

    # --- what a rule means ---

    def _play(self, steps: tuple[Step, ...]) -> Iterator[bool]:
        awake = False
        seen: list[Any] = []
        for step in steps:
            event = self.tests.documents[step.document]
            if step.edit is not None:
                event = step.edit.apply(event)
            if self._meets(self.rule.until, event):
                awake = False
            broken = awake and self._meets(self.rule.forbid, event)
            for value in self._frozen(event):
                differs = awake and bool(seen) and freeze(seen[-1]) != freeze(value)
                broken = broken or differs
                if not differs:
                    seen.append(value)
            if self._meets(self.rule.after, event):
                awake = True
            yield broken

    def _frozen(self, event: ir.Json) -> Iterator[ir.Json]:
        """The values of an event that must not change."""
        for tag in self._tags(event):
            if tag in self.rule.frozen:
                with suppress(LookupError, TypeError, ValueError):
                    yield at(event, self.rule.frozen[tag])

    def _tags(self, event: ir.Json) -> list[str]:
        found = []
        for place in self.places:
            value = event
            for name in place:
                value = value.get(name) if isinstance(value, dict) else None
            if isinstance(value, str):
                found.append(value)
        return found

    def _meets(self, condition: ir.EventCondition | None, event: ir.Json) -> bool:
        if condition is None or not set(condition.tags) & set(self._tags(event)):
            return False
        return condition.where is None or self.author.oracle.valid(
            condition.where, event
        )
