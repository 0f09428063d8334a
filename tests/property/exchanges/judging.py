"""What the exchanges of two versions say of a comparison."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from codegen.compat import Comparison, Verdict
from tests.property.exchanges import bodies
from tests.property.exchanges.addresses import NAMED
from tests.property.exchanges.answers import Failure, answers, failure, unserved
from tests.property.exchanges.requests import (
    UNKNOWN_VALUE,
    Operation,
    Version,
    Writer,
    refused,
)
from tests.property.exchanges.schemas import Atoms, Spec, atoms

CLIENT: Final = "client_to_server"
SERVER: Final = "server_to_client"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions with what is tried of both."""

    old: Version
    new: Version
    atoms: Atoms
    known: tuple[str, ...]


def pair(old: Spec, new: Spec) -> Pair:
    """Two documents, made ready."""
    before, after = Version(old), Version(new)
    stated = (*before.media(), *after.media())
    # Who says nothing of a charset writes another one than who does.
    known = dict.fromkeys((*stated, *map(bodies.essence, stated)))
    own = {_named(o) for v in (before, after) for o in v.operations if o.own_security}
    for version in (before, after):
        # What holds for the whole document is about those who call it.
        version.operations = [
            (
                replace(one, security=({},))
                if one.called and _named(one) not in own
                else one
            )
            for one in version.operations
        ]
    return Pair(before, after, atoms(old, new), tuple(known))


def failures(found: Pair) -> dict[str, list[Failure]]:
    """Exchanges that go wrong, by the direction of what is not understood."""
    old, new = found.old, found.new
    told: dict[str, list[Failure]] = {CLIENT: [], SERVER: []}
    for one in old.operations:
        if not one.called:
            told[CLIENT] += _requests(found, old, one, new, "")
    for one, other in common(old, new):
        if one.called:
            told[SERVER] += _requests(found, new, other, old, one.path)
            told[CLIENT] += _answers(found, (old, one), (new, other), False)
        else:
            told[SERVER] += _answers(found, (new, other), (old, one), True)
    return told


def common(old: Version, new: Version) -> Iterator[tuple[Operation, Operation]]:
    """The operations that both versions have."""
    left = list(new.operations)
    for key in (_named, _addressed):
        waiting = {key(one): one for one in left}
        for one in old.operations:
            other = waiting.pop(key(one), None)
            if other is not None:
                left.remove(other)
                yield one, other


def _named(one: Operation) -> tuple[str, str]:
    return one.method, one.path if one.called else NAMED.sub("{}", one.path)


def _addressed(one: Operation) -> tuple[str, str]:
    """An operation by its path below the host, whatever of it the server says."""
    base = re.sub(r"^[a-z]+://[^/]*", "", one.servers[0]["url"].lower())
    return one.method, base.removesuffix("/") + _named(one)[1]


def _requests(
    found: Pair, writer: Version, one: Operation, reader: Version, name: str
) -> Iterator[Failure]:
    mine = Writer(writer, found.atoms, found.known)
    for request in dict.fromkeys(mine.requests(one)):
        why = refused(reader, request, name)
        # What not even its own version takes is written ambiguously.
        if why and not refused(writer, request, name):
            soft = why == "body is unknown" or why.endswith(UNKNOWN_VALUE)
            soft = soft if name else why == "address" and not one.stated
            yield Failure(why, request, soft)


def _answers(
    found: Pair,
    writes: tuple[Version, Operation],
    reads: tuple[Version, Operation],
    asking: bool,
) -> Iterator[Failure]:
    writer, mine = writes
    reader, theirs = reads
    if asking:
        yield from unserved(mine, theirs, found.known)
    for key in mine.responses:
        for one in answers(writer, key, mine, found.atoms, found.known):
            wrong = failure(reader, theirs, one, asking)
            # What not even its own version takes is written ambiguously.
            if wrong is not None and failure(writer, mine, one, asking) is None:
                yield wrong


@dataclass(frozen=True, slots=True)
class Dispute:
    """Where a comparison and the exchanges disagree: `lie`, `understated`, `idle`."""

    kind: str
    direction: str
    rules: tuple[str, ...]
    shown: Failure | None


def disputes(told: Comparison, found: Pair) -> Iterator[Dispute]:
    """What a comparison says against the exchanges."""
    wrong = failures(found)
    for direction, many in wrong.items():
        verdict = told.directions[direction]
        mine = tuple(
            sorted({
                f.rule
                for f in told.findings
                if f.verdict is verdict and _about(f.direction, direction)
            })
        )  # fmt: skip
        hard = [one for one in many if not one.tolerable]
        match verdict:
            case Verdict.COMPATIBLE | Verdict.IDENTICAL if many:
                yield Dispute("lie", direction, (), many[0])
            case Verdict.RISKY if hard:
                yield Dispute("understated", direction, mine, hard[0])
            case Verdict.BREAKING | Verdict.RISKY if not many:
                yield Dispute("idle", direction, mine, None)
            case _:
                pass


def _about(direction: object, wanted: str) -> bool:
    told = getattr(direction, "value", None) or CLIENT
    return told in (wanted, "unknown")
