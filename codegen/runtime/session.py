"""Rules over the events of a session, which no single event can break.

A rule sleeps until an event meets `after` and ends with one that meets `until`.
While it is awake, an event that meets `forbid` breaks it, and so does one whose
value at a frozen place differs from the last one seen at any of those places.
"""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from ._depth import TooDeep, with_room
from ._json import JSONError
from ._reading import read
from .checks import equal, inside
from .errors import Violation, unescape
from .wire import plain

_NOTHING = object()


class Condition(NamedTuple):
    """Met by events with one of `tags` that `where` accepts, if it is given."""

    tags: frozenset[str]
    where: Callable[[Any], bool] | None = None

    def met(self, tags: Iterable[str], event: dict[str, Any]) -> bool:
        """Whether an event with these tags meets the condition."""
        if self.tags.isdisjoint(tags):
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

    @property
    def tags(self) -> frozenset[str]:
        """Every tag that the rule names."""
        conditions = (self.after, self.until, self.forbid)
        named = [condition.tags for condition in conditions if condition is not None]
        return frozenset(self.frozen).union(*named)


class Observer:
    """Watches the events of one session, both directions, in order.

    `tag` is the property that tells events apart. Where it is in an object inside, or
    each direction has its own, `places` has the properties that lead to each tag.
    """

    rules: tuple[Rule, ...] = ()
    tag: str = "type"
    places: tuple[tuple[str, ...], ...] = ()
    _by_tag: Mapping[str, tuple[Rule, ...]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        found: dict[str, tuple[Rule, ...]] = {}
        for rule in cls.rules:
            for tag in rule.tags:
                found[tag] = (*found.get(tag, ()), rule)
        cls._by_tag = found

    def __init__(self) -> None:
        self._awake: set[str] = set()
        self._seen: dict[str, Any] = {}

    def observe(self, event: Any) -> list[Violation]:
        """What an event, given as an object, as its JSON value or as its frame, breaks:
        nothing if it is no JSON object or nests more than 1,024 levels."""
        is_frame = isinstance(event, str | bytes | bytearray | memoryview)
        try:
            data = read(event, strict=False) if is_frame else plain(event)
        except (JSONError, TooDeep):
            return []
        if not isinstance(data, dict):
            return []
        tags = self.tags_of(data)
        return [v for rule in self._about(tags) for v in self._judge(rule, tags, data)]

    def _about(self, tags: list[str]) -> Iterable[Rule]:
        """The rules that name one of some tags, in their order."""
        if len(tags) == 1:
            return self._by_tag.get(tags[0], ())
        return [rule for rule in self.rules if not rule.tags.isdisjoint(tags)]

    def tags_of(self, data: dict[str, Any]) -> list[str]:
        """The tags of an event, given as its JSON value."""
        found = (inside(data, *path) for path in self.places or ((self.tag,),))
        return [tag for tag in found if isinstance(tag, str)]

    def _judge(
        self, rule: Rule, tags: list[str], data: dict[str, Any]
    ) -> list[Violation]:
        found = []
        if rule.until is not None and rule.until.met(tags, data):
            self._awake.discard(rule.name)
        awake = rule.name in self._awake
        why = f"{rule.name}: {rule.description}"
        if awake and rule.forbid is not None and rule.forbid.met(tags, data):
            found.append(Violation("", rule.name, why))
        for pointer in [rule.frozen[tag] for tag in tags if tag in rule.frozen]:
            value = _resolve(data, pointer)
            if value is _NOTHING:
                continue
            seen = self._seen.get(rule.name, value)
            if awake and not with_room(equal, seen, value):
                found.append(Violation(pointer, rule.name, why))
            else:
                self._seen[rule.name] = value
        if rule.after.met(tags, data):
            self._awake.add(rule.name)
        return found


def _resolve(value: Any, pointer: str) -> Any:
    """What a JSON Pointer finds in objects and arrays; `_NOTHING` if nothing."""
    for token in pointer.split("/")[1:]:
        name = unescape(token)
        if isinstance(value, dict) and name in value:
            value = value[name]
        elif isinstance(value, list) and name.isdecimal() and int(name) < len(value):
            value = value[int(name)]
        else:
            return _NOTHING
    return value
