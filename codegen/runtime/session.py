"""Conditions over the life of a session, which no single document can break.

A rule sleeps until an event meets `after` and ends with one that meets `until`.
While it is awake, an event that meets `forbid` breaks it, and so does one whose
value at a frozen place differs from the last one seen at any of those places.
"""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import ne
from typing import Any, NamedTuple

from ._depth import TooDeep, with_room
from .errors import Violation, unescape
from .wire import plain

_NOTHING = object()


class Condition(NamedTuple):
    """Events with one of `tags` whose document is accepted by `where`, if given."""

    tags: frozenset[str]
    where: Callable[[Any], bool] | None = None

    def met(self, tag: Any, event: dict[str, Any]) -> bool:
        """Whether an event with this tag meets the condition."""
        if not isinstance(tag, str) or tag not in self.tags:
            return False
        return self.where is None or with_room(self.where, event)


class Rule(NamedTuple):
    """One rule; `frozen` takes tags to JSON Pointers."""

    name: str
    description: str
    after: Condition
    until: Condition | None
    forbid: Condition | None
    frozen: Mapping[str, str]


class Observer:
    """Watches the events of one session, both directions, in order."""

    rules: tuple[Rule, ...] = ()
    tag: str = "type"

    def __init__(self) -> None:
        self._awake: set[str] = set()
        self._seen: dict[str, Any] = {}

    def observe(self, event: Any) -> list[Violation]:
        """What an event, given as an object or as its JSON, breaks: nothing if it
        nests more than 1,024 levels."""
        try:
            data = plain(event)
        except TooDeep:
            return []
        if not isinstance(data, dict):
            return []
        tag = data.get(self.tag)
        return [v for rule in self.rules for v in self._judge(rule, tag, data)]

    def _judge(self, rule: Rule, tag: Any, data: dict[str, Any]) -> list[Violation]:
        found = []
        if rule.until is not None and rule.until.met(tag, data):
            self._awake.discard(rule.name)
        awake = rule.name in self._awake
        why = f"{rule.name}: {rule.description}"
        if awake and rule.forbid is not None and rule.forbid.met(tag, data):
            found.append(Violation("", rule.name, why))
        pointer = rule.frozen.get(tag) if isinstance(tag, str) else None
        value = _NOTHING if pointer is None else resolve(data, pointer)
        if pointer is not None and value is not _NOTHING:
            if awake and with_room(ne, self._seen.get(rule.name, value), value):
                found.append(Violation(pointer, rule.name, why))
            else:
                self._seen[rule.name] = value
        if rule.after.met(tag, data):
            self._awake.add(rule.name)
        return found


def resolve(value: Any, pointer: str) -> Any:
    """What a JSON Pointer finds in objects and arrays, or a marker for nothing."""
    for token in pointer.split("/")[1:]:
        name = unescape(token)
        if isinstance(value, dict) and name in value:
            value = value[name]
        elif isinstance(value, list) and name.isdecimal() and int(name) < len(value):
            value = value[int(name)]
        else:
            return _NOTHING
    return value
