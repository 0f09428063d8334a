"""Which operation, parameter, body and answer of the old version is which of the new.

Path templates that differ in the names of their parameters only are one path, unless
a document has both. Parameters of paths are paired by their position in it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, TypeAlias, TypeVar

from codegen.compat.versions.media import (
    essence,
    in_range,
    media_key,
    of_any_charset,
    ranges,
)
from codegen.ir import model as ir
from codegen.ir import operations as ops
from codegen.ir.paths import names_in, plain

A = TypeVar("A")


@dataclass(slots=True)
class Match(Generic[A]):
    """What both versions have, in pairs, and what only one of them has."""

    both: list[tuple[A, A]] = field(default_factory=list)
    gone: list[A] = field(default_factory=list)
    come: list[A] = field(default_factory=list)


def match(
    old: Iterable[A], new: Iterable[A], *keys: Callable[[A], Hashable]
) -> Match[A]:
    """Pair by the first key, what is left by the next, each once and in order."""
    result: Match[A] = Match()
    gone, come = list(old), list(new)
    for key in keys:
        waiting: dict[Hashable, list[A]] = {}
        for other in come:
            waiting.setdefault(key(other), []).append(other)
        left = []
        for one in gone:
            partners = waiting.get(key(one))
            if partners:
                result.both.append((one, partners.pop(0)))
            else:
                left.append(one)
        taken = {id(b) for _, b in result.both}
        gone, come = left, [other for other in come if id(other) not in taken]
    result.gone, result.come = gone, come
    return result


def operations(old: ir.Module, new: ir.Module) -> Match[ops.Operation]:
    """The operations of two versions."""
    sent = _sent(old) | _sent(new)
    return match(
        old.interface.operations,
        new.interface.operations,
        lambda o: (o.kind, o.within, o.method, o.path),
        # Of a callback, what stands in braces says where its address is found.
        lambda o: (
            o.kind,
            plain(o.within),
            o.method,
            o.path if o.kind else plain(o.path),
        ),
        # Nor is the name of a callback on the wire.
        lambda o: (o.kind, plain(around(o)), o.method, o.path),
        # Nor that of a webhook, which may be known by what it sends.
        lambda o: (o.kind, o.method, sent.get(id(o)) or (o.path, o.within)),
    )


def _sent(module: ir.Module) -> dict[int, frozenset[tuple[str, str]]]:
    """The names of the bodies that webhooks send, by the identity of the webhook; none
    for those that send a body without a name."""
    named, found = module.names_by_id(), {}
    for one in module.interface.operations:
        if one.kind == "webhook" and one.body is not None:
            bodies = {k: m.schema for k, m in one.body.content.items()}
            known = {k: named.get(s, "") if s else "" for k, s in bodies.items()}
            if all(known.values()):
                found[id(one)] = frozenset((media_key(k), n) for k, n in known.items())
    return found


def around(operation: ops.Operation) -> str:
    """The operation that another one is a callback of; nothing for all others."""
    return operation.within.rpartition(" ")[0]


def parameters(old: ops.Operation, new: ops.Operation) -> Match[ops.Parameter]:
    """The parameters of an operation in two versions."""

    def key(operation: ops.Operation) -> Callable[[ops.Parameter], Hashable]:
        places = {n: i for i, n in enumerate(names_in(operation.path))}

        def found(one: ops.Parameter) -> Hashable:
            if one.where == "path" and one.name in places:
                return "path", places[one.name]
            return one.key

        return found

    return _by(old.parameters, key(old), new.parameters, key(new))


def moved(found: Match[ops.Parameter]) -> Match[ops.Parameter]:
    """What only one version has of the parameters: those that the other version takes
    at another place in pairs. Some places have no case."""
    result = match(found.gone, found.come, lambda p: p.name.lower())
    here = [(a, b) for a, b in result.both if a.where == b.where]
    result.both = [(a, b) for a, b in result.both if a.where != b.where]
    result.gone += [a for a, _ in here if a.where != "path"]
    result.come += [b for _, b in here if b.where != "path"]
    return result


def _by(
    old: Iterable[A],
    left: Callable[[A], Hashable],
    new: Iterable[A],
    right: Callable[[A], Hashable],
) -> Match[A]:
    """Pair what has the same key, each side by its own."""
    result: Match[A] = Match()
    waiting = {right(one): one for one in new}
    for one in old:
        other = waiting.pop(left(one), None)
        if other is None:
            result.gone.append(one)
        else:
            result.both.append((one, other))
    result.come.extend(waiting.values())
    return result


def headers(
    old: Mapping[str, ops.Parameter], new: Mapping[str, ops.Parameter]
) -> Match[ops.Parameter]:
    """Headers, which have no case."""
    return match(old.values(), new.values(), lambda h: h.key)


def responses(old: ops.Operation, new: ops.Operation) -> Match[ops.Response]:
    """The answers of an operation: by status, then by the range that takes it in."""
    found = match(
        old.responses.values(), new.responses.values(), lambda r: r.status.upper()
    )
    before, after = (_statuses(one) for one in (old, new))
    return _ranged(found, lambda r: _taken_in(r, before), lambda r: _taken_in(r, after))


def _statuses(operation: ops.Operation) -> dict[str, ops.Response]:
    return {one.status.upper(): one for one in operation.responses.values()}


def _taken_in(
    response: ops.Response, known: Mapping[str, ops.Response]
) -> ops.Response | None:
    """The range of a version that takes an answer in. `default` is for failures where
    another answer is a success."""
    status = response.status.upper()
    class_ = known.get(f"{status[:1]}XX")
    if class_ is not None or status == "DEFAULT":
        return class_
    alone = status.startswith("2") and not _succeeds("DEFAULT", known)
    return None if alone else known.get("DEFAULT")


def may_succeed(operation: ops.Operation, status: str) -> bool:
    """Whether a success may be told by a status of an operation."""
    return _succeeds(status, operation.responses)


def takes_successes(operation: ops.Operation) -> bool:
    """Whether an operation tells of every success, of whatever code."""
    known = set(map(str.upper, operation.responses))
    return "2XX" in known or ("DEFAULT" in known and _succeeds("DEFAULT", known))


def _succeeds(status: str, known: Iterable[str]) -> bool:
    """Whether a status is that of a success among others: `default` if none of them
    is."""
    if status.upper() != "DEFAULT":
        return status.startswith("2")
    return not any(one.startswith("2") for one in known)


def _ranged(
    found: Match[A], before: Callable[[A], A | None], after: Callable[[A], A | None]
) -> Match[A]:
    """With what only one version has beside the range that takes it in there, if the
    other version has one."""
    for one in found.gone:
        if (other := after(one)) is not None:
            found.both.append((one, other))
    for one in found.come:
        if (other := before(one)) is not None:
            found.both.append((other, one))
    taken = {id(one) for pair in found.both for one in pair}
    found.gone = [one for one in found.gone if id(one) not in taken]
    found.come = [one for one in found.come if id(one) not in taken]
    return found


def bodies(
    old: Mapping[str, ops.Media], new: Mapping[str, ops.Media]
) -> Match[ops.Media]:
    """Bodies: by media type, then by the range that takes it in."""
    found = match(old.values(), new.values(), lambda m: media_key(m.media))
    before, after = (
        {media_key(m.media): m for m in side.values()} for side in (old, new)
    )

    def wider(body: ops.Media, known: Mapping[str, ops.Media]) -> ops.Media | None:
        return next((known[r] for r in ranges(body.media) if r in known), None)

    return _ranged(found, lambda m: wider(m, before), lambda m: wider(m, after))


def other_charsets(
    old: Mapping[str, ops.Media], new: Mapping[str, ops.Media], direction: ir.Direction
) -> Iterator[tuple[ops.Media, ops.Media]]:
    """Bodies of an answer that the reader knows of one charset only, and what the
    writer's version says of other ones: who asks takes every charset."""
    forward = direction is ir.Direction.CLIENT_TO_SERVER
    writes, reads = (old, new) if forward else (new, old)
    known = {media_key(m.media) for m in reads.values()}
    written = {media_key(m.media): m for m in writes.values()}
    told = {(id(a), id(b)) for a, b in bodies(old, new).both}
    for one in reads.values():
        free = of_any_charset(one.media)
        others = (free, *ranges(free))
        if known.isdisjoint(others):
            other = next((written[r] for r in others if r in written), one)
            a, b = (other, one) if forward else (one, other)
            if other is not one and (id(a), id(b)) not in told:
                yield a, b


# --- schemas -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Value:
    """A schema of an operation or a channel in both versions: of a parameter, a
    header or a body. `bodies` is set where only one version states the media type of a
    body, which the other takes in by a range: both of them, as being of that type.
    """

    name: str
    operation: str
    direction: ir.Direction
    old: ir.SchemaId
    new: ir.SchemaId
    bodies: tuple[ops.Media, ops.Media] | None = None


InForms: TypeAlias = Callable[[ops.Media, ops.Media, str], bool]
"""Whether one version may write a property of a form that the other one looks at."""


def values(found: Match[ops.Operation], in_forms: InForms) -> Iterator[Value]:
    """Every schema of an operation that both versions have."""
    for before, after in found.both:
        yield from _of_operation(before, after, in_forms)


def _of_operation(
    old: ops.Operation, new: ops.Operation, in_forms: InForms
) -> Iterator[Value]:
    label, there = new.label, new.direction
    for a, b in parameters(old, new).both:
        yield from _value(f"{label} {b.where} {b.name}", label, there, a, b)
    if old.body is not None and new.body is not None:
        was, now = old.body.content, new.body.content
        yield from _of_bodies(label, there, was, now, in_forms)
    for first, second in responses(old, new).both:
        for a, b in headers(first.headers, second.headers).both:
            name = f"{label} {second.status} header {b.name}"
            yield from _value(name, label, there.back, a, b)
        was, now = first.content, second.content
        yield from _of_bodies(label, there.back, was, now, in_forms)
        for x, y in other_charsets(was, now, there.back):
            yield from _value(y.title, label, there.back, x, y)


def _of_bodies(
    label: str,
    direction: ir.Direction,
    old: Mapping[str, ops.Media],
    new: Mapping[str, ops.Media],
    in_forms: InForms,
) -> Iterator[Value]:
    for a, b in bodies(old, new).both:
        yield from _value(b.title, label, direction, a, b)
        if a.item is not None and b.item is not None:
            yield Value(f"{b.title} item", label, direction, a.item, b.item)
        encodings = match(
            a.encoding.items(), b.encoding.items(), lambda entry: entry[0]
        )
        for (name, one), (_, other) in encodings.both:
            if not in_forms(a, b, name):
                continue
            for x, y in headers(one.headers, other.headers).both:
                title = f"{b.title} {name} header {y.name}"
                yield from _value(title, label, direction, x, y)


def _value(
    name: str,
    operation: str,
    direction: ir.Direction,
    old: ops.Parameter | ops.Media,
    new: ops.Parameter | ops.Media,
) -> Iterator[Value]:
    if old.schema is not None and new.schema is not None:
        both = _of_one_type(old, new)
        yield Value(name, operation, direction, old.schema, new.schema, both)


def _of_one_type(
    old: ops.Parameter | ops.Media, new: ops.Parameter | ops.Media
) -> tuple[ops.Media, ops.Media] | None:
    """Two bodies as being of the type of which only one of them is; None for others."""
    if not isinstance(old, ops.Media) or not isinstance(new, ops.Media):
        return None
    if essence(old.media) == essence(new.media):
        return None
    media = old.media if in_range(old.media, new.media) else new.media
    return replace(old, media=media), replace(new, media=media)
