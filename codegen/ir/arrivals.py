"""What arrives in one direction, and how its kinds are told apart.

Frames of a direction come in any order, so the receiver decides from each frame alone.
Often one property is enough. Where it is not, the property that tells most kinds apart
decides for those; the kinds that share a tag, and those without a tag, are left to be
tried one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from codegen.ir import facts, tags
from codegen.ir import model as ir


@dataclass(frozen=True, slots=True)
class Arrival:
    """One kind of object that may arrive. `name` is that of its message, or of its
    schema where the payload of one message may be several kinds."""

    name: str
    schema: ir.Schema


@dataclass(frozen=True, slots=True)
class Trial:
    """The kinds that are tried, in this order, when an object has `tag`; None stands
    for an object without a known tag."""

    tag: facts.Tag | None
    arrivals: tuple[Arrival, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """How to tell kinds apart: `tagged` decides by a property, whose name is empty
    where no kind has a tag; `trials` are the kinds that this leaves together."""

    tagged: tags.Tagged
    trials: tuple[Trial, ...] = ()


def of_direction(module: ir.Module, direction: ir.Direction) -> list[Arrival]:
    """The objects that the events of a direction carry, in the order of the
    specification. Payloads that are never objects are left out."""
    return _of_kind(module, direction, "event")


def of_webhooks(module: ir.Module) -> list[Arrival]:
    """The objects that webhooks carry, by which the server calls its clients."""
    return _of_kind(module, ir.Direction.SERVER_TO_CLIENT, "webhook")


def payloads(module: ir.Module, direction: ir.Direction, kind: str) -> list[ir.Schema]:
    """The schemas of what the events or webhooks of a direction carry, each once."""
    found: dict[ir.SchemaId, ir.Schema] = {}
    for message in module.messages:
        meant = message.direction is direction and message.kind == kind
        if meant and message.payload is not None:
            schema = facts.unwrap(module, module.schemas[message.payload])
            found[schema.id] = schema
    return list(found.values())


def _of_kind(module: ir.Module, direction: ir.Direction, kind: str) -> list[Arrival]:
    found: list[Arrival] = []
    for message in module.messages:
        if message.direction is not direction or message.kind != kind:
            continue
        if message.payload is not None:
            payload = module.schemas[message.payload]
            found.extend(of_schema(module, message.name, payload))
    return found


def of_schema(module: ir.Module, name: str, schema: ir.Schema) -> Iterator[Arrival]:
    """The kinds of object that a schema describes: its branches if it is a union,
    itself otherwise."""
    union = tags.union_of(module, schema)
    if union is None:
        target = facts.unwrap(module, schema)
        if "object" in facts.types(module, target):
            yield Arrival(name, target)
        return
    named = module.names_by_id()
    for index, branch in enumerate(union.branches):
        if "object" in facts.types(module, branch):
            plain = facts.plain(module, branch)
            yield Arrival(named.get(plain.id, f"{name} {index}"), branch)


def in_families(module: ir.Module, arrivals: list[Arrival]) -> list[Arrival]:
    """The same kinds. Where several extend one base, its discriminator tells them apart
    as it does wherever the base is meant: each is confined to its tags."""
    for schema in module.schemas.values():
        hint = schema.annotations.discriminator
        union = None if hint is None or hint.base is None else schema
        opened = None if union is None else tags.union_of(module, union)
        if opened is None:
            continue
        family = {facts.plain(module, b).id: b for b in opened.branches}
        plain = {facts.plain(module, a.schema).id for a in arrivals}
        if len(plain & family.keys()) > 1:
            arrivals = [
                replace(a, schema=family.get(a.schema.id, a.schema)) for a in arrivals
            ]
    return arrivals


def decide(
    module: ir.Module,
    arrivals: Iterable[Arrival],
    hint: ir.Discriminator | None = None,
) -> Decision:
    """How to tell these kinds apart.

    Kinds with the same schema have the same tags, so they count as one while a tag is
    looked for; where they have to be tried, each is listed with its own name.
    """
    every = list({(a.name, a.schema.id): a for a in arrivals}.values())
    kinds = {arrival.schema.id: arrival for arrival in reversed(every)}
    ordered = list(reversed(kinds.values()))
    if len(ordered) > 1:
        whole = _tagged(module, ordered, hint)
        if whole is not None:
            return Decision(whole)
    tables, path = _best_tag(module, ordered, hint)
    cases: dict[facts.Tag, ir.Schema | tags.Tagged] = {}
    trials: list[Trial] = []
    groups = _groups(ordered, tables, path) if path else {None: ordered}
    for tag, group in groups.items():
        inner = _tagged(module, group) if len(group) > 1 else None
        if tag is not None and len(group) == 1:
            cases[tag] = group[0].schema
        elif tag is not None and inner is not None:
            cases[tag] = inner
        else:
            known = {arrival.schema.id for arrival in group}
            tried = (arrival for arrival in every if arrival.schema.id in known)
            trials.append(Trial(tag, tuple(tried)))
    name = path[-1] if path else ""
    required = all(table[path].required for table in tables if path in table)
    decided = tags.Tagged(name, cases, required, exact=False, inside=path[:-1])
    return Decision(decided, tuple(trials))


def _tagged(
    module: ir.Module, arrivals: list[Arrival], hint: ir.Discriminator | None = None
) -> tags.Tagged | None:
    """The decision of `tags.decide`, on the assumption that every document is an
    object."""
    if not arrivals:
        return None
    originals = {arrival.schema.id: arrival.schema for arrival in arrivals}
    narrowed = (_as_object(module, schema) for schema in originals.values())
    decided = tags.decide(module, tuple(narrowed), hint)
    return None if decided is None else _restored(decided, originals)


def _as_object(module: ir.Module, schema: ir.Schema) -> ir.Schema:
    if facts.types(module, schema) == {"object"}:
        return schema
    return replace(schema, assertions=(*schema.assertions, ir.Type(("object",))))


def _restored(
    decided: tags.Tagged, originals: dict[ir.SchemaId, ir.Schema]
) -> tags.Tagged:
    cases: dict[facts.Tag, ir.Schema | tags.Tagged] = {
        value: (
            _restored(case, originals)
            if isinstance(case, tags.Tagged)
            else originals[case.id]
        )
        for value, case in decided.cases.items()
    }
    return replace(decided, cases=cases)


def _best_tag(
    module: ir.Module, arrivals: list[Arrival], hint: ir.Discriminator | None
) -> tuple[list[tags.Table], tuple[str, ...]]:
    """The path of the property that gives most kinds a value of their own, with what is
    said of such properties; empty if none does. Those of inner objects are looked at
    only if no property of the objects themselves does."""
    for deep in (False, True):
        tables = [tags.confined(module, one.schema, deep=deep) for one in arrivals]
        path = _best_of(module, arrivals, tables, hint)
        if path:
            break
    return tables, path


def _best_of(
    module: ir.Module,
    arrivals: list[Arrival],
    tables: list[tags.Table],
    hint: ir.Discriminator | None,
) -> tuple[str, ...]:
    """The path of that property among those that these tables have.

    Three sorts of property are no tags. One that some kind declares without confining
    it: its values say nothing. One that a single kind confines, for then it is ordinary
    data that only this kind has; a lone kind with a single value is the exception. And
    one that most of the kinds that confine it give several values, such as a status:
    it is data of these, and only by chance no two share a value.
    """
    paths = dict.fromkeys(path for table in tables for path in table)
    named = None if hint is None else hint.property
    best: tuple[str, ...] = ()
    most = 0
    order = sorted(paths, key=lambda p: (".".join(p) != named, p != ("type",)))
    for path in order:
        values = [table[path].values for table in tables if path in table]
        data = 2 * sum(len(own) > 1 for own in values) > len(values)
        data |= len(values) == 1 and len(arrivals) > 1
        if ".".join(path) != named and (
            data or _is_loose(module, arrivals, tables, path)
        ):
            continue
        if not tags.are_keys(value for own in values for value in own):
            continue
        groups = _groups(arrivals, tables, path)
        alone = {
            group[0].schema.id
            for tag, group in groups.items()
            if tag is not None and len(group) == 1
        }
        if len(alone) > most:
            best, most = path, len(alone)
    return best


def _is_loose(
    module: ir.Module,
    arrivals: list[Arrival],
    tables: list[tags.Table],
    path: tuple[str, ...],
) -> bool:
    """Whether some kind declares a property without confining its values."""
    return any(
        path not in table and path[0] in facts.properties(module, one.schema)
        for one, table in zip(arrivals, tables, strict=True)
    )


def _groups(
    arrivals: list[Arrival], tables: list[tags.Table], path: tuple[str, ...]
) -> dict[facts.Tag | None, list[Arrival]]:
    """The kinds by the values to which they confine a property; under None those that
    do not confine it."""
    groups: dict[facts.Tag | None, list[Arrival]] = {}
    for arrival, table in zip(arrivals, tables, strict=True):
        values = table[path].values if path in table else (None,)
        for value in dict.fromkeys(values):
            groups.setdefault(value, []).append(arrival)
    return groups
