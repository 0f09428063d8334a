"""Actions of an overlay, each with the evidence for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from codegen.ir.basics import Location
from codegen.source import pointer as pointers
from codegen.source import yaml_dump

Json: TypeAlias = Any

VERSION: Final = "1.0.0"


class CannotMend(Exception):
    """No overlay can make this true; the message says why."""


@dataclass(frozen=True, slots=True)
class Action:
    """One change of a document: `update` is merged into the place or, if it is None,
    the place is removed.

    `does` says for people what it does, to follow the words "the overlay"; `unseen` the
    same without values of frames, if it has any. `aside` tells that another action of
    the same fault says it already. `chosen` is the member of a list that is meant,
    instead of the list itself. `appends` tells that the place is a list to which
    anybody may add.
    """

    place: Location
    does: str
    update: Json = None
    remove: bool = False
    chosen: Json = None
    aside: bool = False
    unseen: str = ""
    appends: bool = False
    evidence: dict[str, Json] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Equal for actions that do the same."""
        what = [self.place.document, self.place.pointer, self.update, self.chosen]
        return json.dumps([*what, self.remove], sort_keys=True, default=str)

    @property
    def is_text(self) -> bool:
        """Whether all of it can be written: half a surrogate pair cannot."""
        what = [self.does, self.place.pointer, self.update, self.chosen]
        try:
            json.dumps(what, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            return False
        return True

    def touches(self) -> list[Touched]:
        """The places that this action changes. Lists that become longer or lose one
        member, and objects that get more members, can still be changed afterwards; what
        is replaced or removed cannot."""
        place = f"{self.place.document}#{self.place.pointer}"
        if self.remove and self.chosen is None:
            return [Touched(place, whole=True)]
        found = [Touched(place, whole=False)]
        if isinstance(self.update, dict) and not self.appends:
            found += [Touched(p, whole=True) for p in _members(place, self.update)]
        return found


_MAPS: Final = ("properties", "mapping")
"""Members of schemas to which more is added by name."""


def _members(place: str, update: dict[str, Json]) -> Iterator[str]:
    """The places of what is merged into a mapping."""
    for key, value in update.items():
        inner = f"{place}/{pointers.escape(key)}"
        if key in _MAPS and isinstance(value, dict):
            yield from _members(inner, value)
        else:
            yield inner


@dataclass(frozen=True, slots=True)
class Touched:
    """A place that an action has changed; `whole` if nothing of it is left."""

    place: str
    whole: bool

    def spoils(self, other: Touched) -> bool:
        """Whether two actions that were planned independently must not both be carried
        out."""
        return self._covers(other) or other._covers(self)

    def _covers(self, other: Touched) -> bool:
        return self.whole and f"{other.place}/".startswith(f"{self.place}/")


def path_of(place: Location, data: Json, chosen: Json = None) -> str:
    """The JSONPath of a place in a document. Raises `CannotMend` where it has none."""
    steps = ["$"]
    for token in pointers.tokens(place.pointer):
        try:
            data_inside = pointers.step(data, token)
        except pointers.Missing:
            raise CannotMend("what it says stands nowhere in the document") from None
        steps.append(f"[{token}]" if isinstance(data, list) else f"[{_quoted(token)}]")
        data = data_inside
    if chosen is not None:
        steps.append(f"[?@ == {_quoted(chosen)}]")
    return "".join(steps)


def _quoted(text: str) -> str:
    """A text as JSONPath quotes it."""
    escaped = re.sub(r"[\\']", r"\\\g<0>", text)
    return f"'{_HIDDEN.sub(_escape, escaped)}'"


_HIDDEN: Final = re.compile(r"[^\x20-\x7e]")


def _escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


@dataclass(frozen=True, slots=True)
class Placed:
    """An action with the JSONPath of its place. `extends` names the document, if that
    is not the specification itself."""

    action: Action
    path: str
    extends: str = ""

    def data(self) -> dict[str, Json]:
        """The action as it is written in an overlay."""
        action = self.action
        found: dict[str, Json] = {"target": self.path, "description": action.does}
        if self.extends:
            found["x-extends"] = self.extends
        if action.remove:
            found["remove"] = True
        else:
            found["update"] = action.update
        return found | {"x-evidence": action.evidence}


def overlay(title: str, placed: Sequence[Placed]) -> dict[str, Json]:
    """An overlay of these actions, in this order."""
    return {
        "overlay": VERSION,
        "info": {"title": title, "version": "1.0.0"},
        "actions": [one.data() for one in placed],
    }


def text(data: dict[str, Json], *, as_json: bool) -> str:
    """An overlay as YAML or JSON. All characters beyond ASCII are escaped."""
    if as_json:
        return json.dumps(data, indent=2) + "\n"
    return yaml_dump.dumped(data, allow_unicode=False)
