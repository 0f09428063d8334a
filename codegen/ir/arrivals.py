"""What arrives in one direction, and how its kinds are told apart.

Frames of a direction come in any order, so the receiver decides from each alone.
Often one property decides. Where none does for all of them, the property that tells
most of them decides for those, and what remains is tried: the objects that share a
tag among themselves, and the objects without a tag for frames that have none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from codegen.ir import facts, tags
from codegen.ir import model as ir


@dataclass(frozen=True, slots=True)
class Arrival:
    """One kind of object; `name` is that of its message, or of its schema where the
    payload of one message may be several kinds."""

    name: str
    schema: ir.Schema


@dataclass(frozen=True, slots=True)
class Trial:
    """Objects that are tried for one value of the tag; for none of them if None."""

    tag: str | None
    arrivals: tuple[Arrival, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """`tagged` decides by a property, which is empty where no object has a tag;
    `trials` are what it leaves."""

    tagged: tags.Tagged
    trials: tuple[Trial, ...] = ()


def of_direction(module: ir.Module, direction: ir.Direction) -> list[Arrival]:
    """The objects that the events of a direction carry, in the order of the
    specification. Payloads that are never objects are left out."""
    found: list[Arrival] = []
    for message in module.messages:
        if message.direction is not direction or message.kind != "event":
            continue
        if message.payload is not None:
            payload = module.schemas[message.payload]
            found.extend(of_schema(module, message.name, payload))
    return found


def of_schema(module: ir.Module, name: str, schema: ir.Schema) -> Iterator[Arrival]:
    """The objects that a schema describes: its branches if it is a union."""
    union = tags.union_of(module, schema)
    if union is None:
        target = facts.unwrap(module, schema)
        if "object" in facts.types(module, target):
            yield Arrival(name, target)
        return
    named = {schema_id: key for key, schema_id in module.names.items()}
    for index, branch in enumerate(union.branches):
        if "object" in facts.types(module, branch):
            yield Arrival(named.get(branch.id, f"{name} {index}"), branch)


def decide(module: ir.Module, arrivals: Iterable[Arrival]) -> Decision:
    """How to tell objects apart."""
    kinds = {arrival.schema.id: arrival for arrival in reversed(list(arrivals))}
    ordered = list(reversed(kinds.values()))
    whole = _tagged(module, ordered)
    if whole is not None:
        return Decision(whole)
    name = _best_tag(module, ordered)
    cases: dict[str, ir.Schema | tags.Tagged] = {}
    trials: list[Trial] = []
    groups = _groups(module, ordered, name) if name else {None: ordered}
    for tag, group in groups.items():
        inner = _tagged(module, group) if len(group) > 1 else None
        if tag is None:
            trials.append(Trial(None, tuple(group)))
        elif len(group) == 1:
            cases[tag] = group[0].schema
        elif inner is not None:
            cases[tag] = inner
        else:
            trials.append(Trial(tag, tuple(group)))
    return Decision(
        tags.Tagged(name, cases, required=False, exact=False), tuple(trials)
    )


def _tagged(module: ir.Module, arrivals: list[Arrival]) -> tags.Tagged | None:
    """The decision of `tags.decide`, given that every document is an object."""
    if not arrivals:
        return None
    originals = {arrival.schema.id: arrival.schema for arrival in arrivals}
    narrowed = (_as_object(module, schema) for schema in originals.values())
    decided = tags.decide(module, tuple(narrowed))
    return None if decided is None else _restored(decided, originals)


def _as_object(module: ir.Module, schema: ir.Schema) -> ir.Schema:
    if facts.types(module, schema) == {"object"}:
        return schema
    return replace(schema, assertions=(*schema.assertions, ir.Type(("object",))))


def _restored(
    decided: tags.Tagged, originals: dict[ir.SchemaId, ir.Schema]
) -> tags.Tagged:
    cases: dict[str, ir.Schema | tags.Tagged] = {
        value: (
            _restored(case, originals)
            if isinstance(case, tags.Tagged)
            else originals[case.id]
        )
        for value, case in decided.cases.items()
    }
    return replace(decided, cases=cases)


def _best_tag(module: ir.Module, arrivals: list[Arrival]) -> str:
    """The property that leaves most objects alone with a value; empty if none does.

    A property that an object declares without confining it to strings is no tag:
    its values say nothing.
    """
    names = dict.fromkeys(
        name for one in arrivals for name in _confined(module, one.schema)
    )
    best, most = "", 0
    for name in sorted(names, key=lambda name: name != "type"):
        loose = any(
            name in facts.properties(module, one.schema)
            and name not in _confined(module, one.schema)
            for one in arrivals
        )
        groups = {} if loose else _groups(module, arrivals, name)
        alone = {
            group[0].schema.id
            for tag, group in groups.items()
            if tag is not None and len(group) == 1
        }
        if len(alone) > most:
            best, most = name, len(alone)
    return best


def _groups(
    module: ir.Module, arrivals: list[Arrival], name: str
) -> dict[str | None, list[Arrival]]:
    """The objects by the values to which they confine a property; None for those
    that do not declare it."""
    groups: dict[str | None, list[Arrival]] = {}
    for arrival in arrivals:
        values = _confined(module, arrival.schema).get(name, (None,))
        for value in dict.fromkeys(values):
            groups.setdefault(value, []).append(arrival)
    return groups


def _confined(module: ir.Module, schema: ir.Schema) -> dict[str, tuple[str, ...]]:
    """The properties that a schema confines to some strings."""
    declared = facts.properties(module, schema).items()
    values = ((name, facts.tag_values(module, schemas)) for name, schemas in declared)
    return {name: found for name, found in values if found is not None}
