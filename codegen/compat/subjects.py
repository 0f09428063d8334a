"""What a comparison is about: pairs of schemas, and what was found of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from codegen.compat.changes.change import Change
from codegen.compat.findings import Verdict, Witness
from codegen.compat.normal.texts import AsTexts, both
from codegen.compat.versions.reach import Reach
from codegen.compat.versions.texts import of_media
from codegen.compat.versions.version import DIRECTIONS, Pair, Versions
from codegen.ir import model as ir


@dataclass(slots=True, eq=False)
class Answer:
    """What a change does in one direction; `carried` is a message that shows it."""

    verdict: Verdict
    witness: Witness | None = None
    reason: str = ""
    carried: Witness | None = None


@dataclass(slots=True, eq=False)
class Subject:
    """A pair of schemas to be judged: a named one, or one that stands where an
    operation, which is then `operation`, has a body, a parameter or a header. `text`
    tells how its values travel as texts, None where they do not.

    `affected` holds the messages that carry it, by direction. `found` is every change
    that the structural comparison proposes, each with what it is in the directions in
    which there is such a change, `changes` those that stand here, and `elsewhere` the
    pairs in which the others stand. `answers` says what each of `changes` does, by
    direction, but for those that are `absolved`, in which no message is harmed.
    """

    name: str
    old: ir.Schema
    new: ir.Schema
    directions: tuple[ir.Direction, ...]
    affected: Mapping[ir.Direction, tuple[str, ...]]
    operation: str = ""
    text: AsTexts | None = None
    differs: bool = False
    found: Mapping[Change, Mapping[ir.Direction, Change]] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    elsewhere: frozenset[Pair] = frozenset()
    answers: dict[ir.Direction, list[Answer]] = field(default_factory=dict)
    absolved: frozenset[ir.Direction] = frozenset()
    _said: dict[bool, frozenset[object]] = field(default_factory=dict, repr=False)

    def said(self, *, outermost: bool) -> frozenset[object]:
        """What the changes that were found say, wherever they stand; only those of the
        value itself if `outermost`."""
        if outermost not in self._said:
            found = (c for c in self.found if not (outermost and c.path))
            self._said[outermost] = frozenset(change.said for change in found)
        return self._said[outermost]

    @property
    def pair(self) -> Pair:
        """The two versions."""
        return self.old.id, self.new.id

    @property
    def everyone(self) -> tuple[str, ...]:
        """The messages of all directions."""
        return tuple(dict.fromkeys(n for many in self.affected.values() for n in many))


def find(versions: Versions) -> list[Subject]:
    """The pairs of named schemas, then those without a name, by where they are used."""
    found: list[Subject] = []
    pairs, (old, new) = versions.pairs, versions.sides
    reach = versions.old.reach, versions.new.reach
    texts = versions.old.texts, versions.new.texts
    for target, other in pairs.partner.items():
        before, after = old.module.schemas[target], new.module.schemas[other]
        name = new.named.get(other) or old.named.get(target) or target
        directions = _directions(reach, target, other)
        affected = _affected(reach, target, other)
        text = both(texts[0].get(target), texts[1].get(other))
        found.append(Subject(name, before, after, directions, affected, text=text))
    travelling = _travelling(versions)
    known: set[object] = {
        (pair, way) for pair in pairs.partner.items() for way in DIRECTIONS
    }
    for value in pairs.values:
        before, after = old.module.schemas[value.old], new.module.schemas[value.new]
        left, right = old.label(before), new.label(after)
        # One that went has no partner, and is not what stands there without a name.
        same = left in pairs.partner and pairs.partner[left] == right
        same = same and before.annotations == after.annotations
        pair = value.old, value.new
        # One pair may be what is asked and what is answered, which are two questions.
        directions = tuple(d for d in _both(value.direction) if (pair, d) not in known)
        if same or not directions:
            continue
        known.update((pair, way) for way in directions)
        carriers = dict.fromkeys(directions, (value.name,))
        subject = Subject(value.name, before, after, directions, carriers)
        subject.operation = value.operation
        subject.text = travelling[pair]
        found.append(subject)
    return found


def _travelling(versions: Versions) -> dict[Pair, AsTexts | None]:
    """How the values of pairs without a name travel as texts, wherever they do."""
    old, new = versions.old.texts, versions.new.texts
    found: dict[Pair, AsTexts | None] = {}
    for value in versions.pairs.values:
        ways = old.get(value.old), new.get(value.new)
        if value.bodies is not None:
            ways = of_media(value.bodies[0]), of_media(value.bodies[1])
        pair, how = (value.old, value.new), both(*ways)
        found[pair] = both(found.get(pair, how), how)
    return found


def _directions(
    reach: tuple[Reach, Reach], old: ir.SchemaId, new: ir.SchemaId
) -> tuple[ir.Direction, ...]:
    """In which directions a schema travels, as far as both versions tell. Where one
    does not, that is where it may be sent: by old clients, and by a new server."""
    before, after = reach[0].directions(old), reach[1].directions(new)
    known = (before & after) or (before | after)
    if known and ir.Direction.UNKNOWN not in known:
        return tuple(d for d in DIRECTIONS if d in known)
    sent = {
        ir.Direction.CLIENT_TO_SERVER: before,
        ir.Direction.SERVER_TO_CLIENT: after,
    }
    return tuple(
        way
        for way in DIRECTIONS
        if not sent[way] or not sent[way].isdisjoint({way, ir.Direction.UNKNOWN})
    )


def _affected(
    reach: tuple[Reach, Reach], old: ir.SchemaId, new: ir.SchemaId
) -> dict[ir.Direction, tuple[str, ...]]:
    """The messages of either version that carry a schema, by direction."""
    return {
        direction: tuple(
            dict.fromkeys(
                (*reach[1].titles(new, direction), *reach[0].titles(old, direction))
            )
        )
        for direction in DIRECTIONS
    }


def _both(direction: ir.Direction) -> tuple[ir.Direction, ...]:
    return DIRECTIONS if direction is ir.Direction.UNKNOWN else (direction,)
