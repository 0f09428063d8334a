"""Answers: those that a server of one version may give, and whether a client of another
one is ready for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tests.property.exchanges import bodies, wire
from tests.property.exchanges.requests import Operation, Version, schema_of
from tests.property.exchanges.schemas import Atoms, Schemas, followed

Json = Any
_CODES: Final = (200, 201, 204, 299, 302, 404, 429, 500)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it travels."""

    status: int
    header: tuple[wire.Pair, ...] = ()
    body: bodies.Body | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """What goes wrong, and whether a tolerant client survives it."""

    why: str
    exchange: object
    tolerable: bool = False


def ready(operation: Operation, code: int) -> dict[str, Json] | None:
    """What an operation says of the answers with a code. `default` is for failures
    where another answer is a success."""
    told = operation.responses
    for key in (str(code), f"{code // 100}XX"):
        if key in told:
            return told[key]
    success = any(key.startswith("2") for key in told)
    return None if 200 <= code < 300 and success else told.get("DEFAULT")


def codes(operation: Operation, key: str) -> Iterator[int]:
    """Codes that an answer of an operation may have."""
    if key.isdecimal():
        yield int(key)
        return
    response = operation.responses[key]
    yield from (code for code in _CODES if ready(operation, code) is response)


def answers(
    version: Version, key: str, operation: Operation, atoms: Atoms, known: Sequence[str]
) -> Iterator[Answer]:
    """Answers under one status of an operation, each with one thing that is remarkable;
    of each code the plain ones, of the first all."""
    response = operation.responses[key]
    told = {
        name.lower(): followed(version.spec, one)
        for name, one in response.get("headers", {}).items()
        if name.lower() != "content-type"
    }
    schemas = version.said(operation.called, False)
    pools = {name: list(_ways(schemas, name, one, atoms)) for name, one in told.items()}
    if any(told[n].get("required") and not pool for n, pool in pools.items()):
        return
    least = {n: pools[n][0] for n, one in told.items() if one.get("required")}
    every = list(_bodies(schemas, response, atoms, known))
    found: list[bodies.Body | None] = [*every] if every else [None]
    if response.get("content") and found == [None]:
        return
    for number, code in enumerate(codes(operation, key)):
        for body in found[: None if number == 0 else 1]:
            yield Answer(code, tuple(sum(least.values(), ())), body)
        for name, pool in pools.items():
            for way in pool[: None if number == 0 else 0]:
                mine = {**least, name: way}
                yield Answer(code, tuple(sum(mine.values(), ())), found[0])


def _ways(
    schemas: Schemas, name: str, one: dict[str, Json], atoms: Atoms
) -> Iterator[tuple[wire.Pair, ...]]:
    told = wire.how(one, "header", name)
    for value in schemas.values(schema_of(one), atoms):
        try:
            yield tuple(wire.pairs(told, value))
        except wire.Unwritable:
            continue


def _bodies(
    schemas: Schemas, response: dict[str, Json], atoms: Atoms, known: Sequence[str]
) -> Iterator[bodies.Body]:
    content = response.get("content", {})
    for key, media in content.items():
        for kind in bodies.concrete(key, known):
            if bodies.chosen(content, kind) != key:
                continue
            for value in schemas.values(media.get("schema", {}), atoms):
                try:
                    yield from bodies.written(schemas, kind, media, value)
                except wire.Unwritable:
                    continue


# --- reading -----------------------------------------------------------------------


def failure(
    version: Version, operation: Operation, answer: Answer, asking: bool
) -> Failure | None:
    """Why who called an operation is not ready for an answer. `asking` says that who
    answers keeps to the media types that are asked for."""
    told = ready(operation, answer.status)
    if told is None:
        if 200 <= answer.status < 300:
            return Failure("status", answer, tolerable=asking)
        return None
    schemas = version.said(operation.called, False)
    for name, one in told.get("headers", {}).items():
        how = wire.how(followed(version.spec, one), "header", name)
        one = followed(version.spec, one)
        if how.name == "content-type":
            continue
        found = [text for key, text in answer.header if key == how.name]
        if not found and one.get("required"):
            return Failure(f"header {name} is missing", answer)
        values = list(wire.read(how, found)) if found else []
        if found and not any(schemas.accepts(schema_of(one), v) for v in values):
            soft = any(schemas.only_unknown(schema_of(one), v) for v in values)
            return Failure(f"header {name}", answer, soft and asking)
    return _body(schemas, told.get("content", {}), answer, asking)


def _body(
    schemas: Schemas, content: dict[str, Json], answer: Answer, asking: bool
) -> Failure | None:
    if answer.body is None:
        return Failure("body is missing", answer) if content else None
    if not content:
        return None
    media = answer.body.media
    key = bodies.chosen(content, media)
    if key is None:  # Who asks takes every charset.
        alike = (k for k in content if bodies.essence(k) == bodies.essence(media))
        key = next(alike, None)
    if key is None:
        return None if asking else Failure(f"media type {media}", answer)
    if "schema" not in content[key]:
        return None
    schema = content[key]["schema"]
    if any(
        schemas.accepts(schema, value)
        for value in bodies.read(schemas, content[key], answer.body)
    ):
        return None
    values = bodies.read(schemas, content[key], answer.body, tolerant=True)
    soft = any(schemas.only_unknown(schema, value) for value in values)
    return Failure(f"body {key}", answer, soft and asking)


def unserved(
    writer: Operation, reader: Operation, known: Sequence[str]
) -> Iterator[Failure]:
    """What who asks waits for in vain: answers, and media types of them."""
    for key in reader.responses:
        if not key.startswith("2"):
            continue
        if all(ready(writer, code) is None for code in codes(reader, key)):
            yield Failure(f"{key} does not come", "")
    for key, told in writer.responses.items():
        for code in codes(writer, key):
            asked = (ready(reader, code) or {}).get("content", {})
            yield from _unserved(code, told.get("content", {}), asked, known)


def _unserved(
    code: int, content: dict[str, Json], asked: dict[str, Json], known: Sequence[str]
) -> Iterator[Failure]:
    # Who asks takes every charset.
    served = {bodies.essence(one) for one in content}
    for one in asked if content else ():
        for kind in bodies.concrete(one, known):
            mine = bodies.chosen(asked, kind) == one
            if not mine or bodies.essence(kind) in served:
                continue
            if bodies.chosen(content, kind) is None:
                yield Failure(f"{code}: no {kind}", "")
