"""What was seen at one place of the frames that depart there, in a bounded amount.

Several processes collect evidence, each from its share of the frames. It is put
together afterwards, in the order of the recording.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

Json: TypeAlias = Any

MANY: Final = 32
"""How many different values of a place are remembered. If there are more, they are no
enumeration."""

MAX_TEXT: Final = 200
"""The longest text that is remembered as a value."""

MAX_NAMES: Final = 100
"""The largest object, in properties, whose names are remembered."""

LEVELS: Final = 4
"""How deep members of objects and items of arrays are looked at."""

SAMPLE: Final = 500
"""For how many objects and arrays of a place the members and items are looked at."""

MAX_INSIDE: Final = 1_000
"""How many members, at all levels below a place, are told apart."""


@dataclass(slots=True)
class Evidence:
    """The values at a place: how often each JSON type occurred; the different scalars,
    in order (`many` if not all are there); the ranges of numbers, of lengths, and of
    sizes; the names of the properties of each object; and for some objects and arrays
    what is inside, with `*` for items."""

    types: Counter[str] = field(default_factory=Counter)
    values: list[Json] = field(default_factory=list)
    many: bool = False
    ranges: dict[str, tuple[float, float]] = field(default_factory=dict)
    names: list[tuple[str, ...]] = field(default_factory=list)
    inside: dict[str, Evidence] = field(default_factory=dict)
    below: int = 0
    """How many members are told apart below the place, where values are added."""

    def add(
        self, value: Json, levels: int = LEVELS, whole: Evidence | None = None
    ) -> None:
        """Add one value. `whole` is the evidence of the place, if this is of a member
        below it."""
        whole = whole or self
        kind = type_of(value)
        self.types[kind] += 1
        match value:
            case dict():
                self._range("properties", len(value))
                self._name(value)
                self._enter(value.items(), kind, levels, whole)
            case list():
                self._range("items", len(value))
                items = [("*", item) for item in value[:MANY]]
                self._enter(items, kind, levels, whole)
            case str():
                self._range("length", len(value))
                self._keep([value], cut=len(value) > MAX_TEXT)
            case bool() | None:
                self._keep([value])
            case _:
                self._range("number", value)
                self._keep([value])

    def _enter(
        self,
        members: Collection[tuple[str, Json]],
        kind: str,
        levels: int,
        whole: Evidence,
    ) -> None:
        if levels and self.types[kind] <= SAMPLE:
            # First all that are here, of which there are few, then what is below them.
            for name, _ in members:
                self._member(name, whole)
            for name, value in members:
                if (found := self.inside.get(name)) is not None:
                    found.add(value, levels - 1, whole)

    def _member(self, name: str, whole: Evidence) -> Evidence | None:
        """The evidence of a member; None where there are too many to tell it apart."""
        found = self.inside.get(name)
        if found is None and len(self.inside) < MAX_NAMES and whole.below < MAX_INSIDE:
            whole.below += 1
            found = self.inside[name] = Evidence()
        return found

    def _name(self, value: dict[str, Json]) -> None:
        if len(value) > MAX_NAMES:
            self.many = True
            return
        names = tuple(sorted(value))
        if names in self.names:
            return
        if len(self.names) < MANY:
            self.names.append(names)
        else:
            self.many = True

    def _keep(self, values: Iterable[Json], *, cut: bool = False) -> None:
        for value in values:
            if any(alike(value, other) for other in self.values):
                continue
            if cut or len(self.values) >= MANY:
                self.many = True
            else:
                self.values.append(value)

    def _range(self, what: str, *values: float) -> None:
        found = (*self.ranges.get(what, ()), *values)
        self.ranges[what] = (min(found), max(found))

    def take(self, other: Evidence, whole: Evidence | None = None) -> None:
        """Add what was collected from later frames; `whole` is as for `add`."""
        whole = whole or self
        self.types.update(other.types)
        self._keep(other.values)
        self.many = self.many or other.many
        for what, ends in other.ranges.items():
            self._range(what, *ends)
        for names in other.names:
            if names not in self.names:
                if len(self.names) < MANY:
                    self.names.append(names)
                else:
                    self.many = True
        members = [(self._member(name, whole), e) for name, e in other.inside.items()]
        for mine, theirs in members:
            if mine is not None:
                mine.take(theirs, whole)


def type_of(value: Json) -> str:
    """The JSON type of a value. A number without a fraction is an integer."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "integer" if value.is_integer() else "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def alike(one: Json, two: Json) -> bool:
    """Whether two scalars are the same JSON value."""
    return isinstance(one, bool) is isinstance(two, bool) and bool(one == two)
