"""Witnesses of a comparison as exchanges: whether what is shown to fail does."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from codegen.compat import Comparison
from codegen.compat.findings import Finding
from tests.property.exchanges import answers, bodies, wire
from tests.property.exchanges.judging import CLIENT, Pair, common
from tests.property.exchanges.requests import (
    Operation,
    Request,
    Version,
    Writer,
    refused,
    schema_of,
    way,
)
from tests.property.exchanges.schemas import followed

Json = Any
Told = tuple[str, Finding]
"""Whether a witness fails (`fails`, `false`, `unsent`, `unwritable`, `elsewhere`;
`masked` where something else fails first, `reread` where its text stands for another
value too, which is taken: one number and a list of it are the same)."""


def checked(told: Comparison, found: Pair) -> Iterator[Told]:
    """What the exchanges say of each witness."""
    for finding in told.findings:
        if finding.witness is not None and finding.direction is not None:
            try:
                yield _checked(finding, found), finding
            except wire.Unwritable:
                yield "unwritable", finding


def _checked(finding: Finding, found: Pair) -> str:
    assert finding.witness is not None
    assert finding.direction is not None
    if isinstance(finding.witness.value, dict) and "parts" in finding.witness.value:
        return "elsewhere"
    forward = finding.direction.value == CLIENT
    for old, new in common(found.old, found.new):
        sides = (found.old, old), (found.new, new)
        writes, reads = sides if forward else sides[::-1]
        label = f"{new.method.upper()} {new.path}"
        value = finding.witness.value
        whole = finding.operation == label and isinstance(value, dict)
        asks = forward is not new.called
        if whole and asks and "method" in value:
            return _request(found, writes, reads, value)
        if whole and not asks and "status" in value:
            return _answer(writes, reads, value, new.called)
        if finding.schema.startswith(f"{label} "):
            name = finding.schema.removeprefix(f"{label} ")
            part = _of_request if asks else _of_answer
            said = part(found, writes, reads, name, value)
            reread = said == "false" and not _taken(reads, asks, name, value)
            return "reread" if reread else said
    return "elsewhere"


def _taken(
    reads: tuple[Version, Operation], asks: bool, name: str, value: Json
) -> bool:
    """Whether a reader takes a value itself, whatever its text."""
    reader, other = reads
    schemas = reader.said(other.called, asks)
    told = list(_schemas(reader, other, name))
    return not told or any(schemas.accepts(one, value) for one in told)


def _schemas(reader: Version, other: Operation, name: str) -> Iterator[Json]:
    """The schemas of what goes by a name in an operation."""
    for one in other.parameters:
        if name == f"{one['in']} {one['name']}":
            yield schema_of(one)
    told = {"request": other.body or {}}
    told |= {key.lower(): one for key, one in other.responses.items()}
    for where, holder in told.items():
        for key, one in holder.get("headers", {}).items():
            if name.lower() == f"{where} header {key.lower()}":
                yield schema_of(followed(reader.spec, one))
        for key, media in holder.get("content", {}).items():
            if name.lower() == f"{where} {key.lower()}":
                yield media.get("schema", {})
            elif name.lower() == where and "schema" in media:
                yield media["schema"]


def _said(sent: str, wrong: str) -> str:
    """What is said of an exchange that its writer and its reader say this of."""
    return "unsent" if sent else "fails" if wrong else "false"


# --- requests ----------------------------------------------------------------------


def _asked(writes: Any, reads: Any, request: Request, of: str = "") -> str:
    (writer, one), (reader, _) = writes, reads
    name = one.path if one.called else ""
    sent, why = refused(writer, request, name), refused(reader, request, name)
    return "masked" if why and not why.startswith(of) else _said(sent, why)


def _request(found: Pair, writes: Any, reads: Any, value: dict[str, Json]) -> str:
    """A whole request."""
    writer, one = writes
    least = Writer(writer, found.atoms, found.known).least(one)
    if least is None:
        return "unwritable"
    parts: dict[str, tuple[wire.Pair, ...]] = {}
    for where in ("query", "header", "cookie"):
        mine = [p for p in one.of(where) if wire.how(p).name in value.get(where, {})]
        pairs = (way(p, value[where][wire.how(p).name]) for p in mine)
        parts[where] = tuple(pair for many in pairs for pair in many)
    every: list[bodies.Body | None] = [None]
    if "body" in value and one.body is not None:
        content, key = one.body["content"], value["content type"]
        schemas = writer.said(one.called, True)
        # A range stands for any type of which nothing nearer speaks.
        kinds = bodies.concrete(key, found.known)
        mine = (kind for kind in kinds if bodies.chosen(content, kind) == key)
        ways = (bodies.written(schemas, k, content[key], value["body"]) for k in mine)
        every = [body for way in ways for body in itertools.islice(way, 1)]
    query, header, cookie = parts.values()
    base = replace(least, query=query, header=header, cookie=cookie)
    told = [_asked(writes, reads, replace(base, body=body)) for body in every]
    return "fails" if "fails" in told else next(iter(told), "unwritable")


def _of_request(found: Pair, writes: Any, reads: Any, name: str, value: Json) -> str:
    """A value of a parameter or of a body."""
    writer, one = writes
    mine = Writer(writer, found.atoms, found.known)
    _, other = reads
    for index, parameter in enumerate(other.parameters):
        where = parameter["in"]
        if name != f"{where} {parameter['name']}":
            continue
        same = [p for p in one.parameters if p["in"] == where and _same(p, parameter)]
        if where == "path":
            same = one.of("path")[: index + 1]
        request = mine.with_one(one, same[0], value) if same else None
        if request is None:
            return "unwritable"
        return _asked(writes, reads, request, where)
    if not name.startswith("request") or one.body is None or name.endswith("item"):
        return "elsewhere"
    least = mine.least(one)
    schemas = writer.said(one.called, True)
    every = _bodies(
        found, schemas, one.body, name.removeprefix("request").strip(), value
    )
    told = [
        _asked(writes, reads, replace(least, body=body), "body")
        for body in every
        if least is not None
    ]
    return "fails" if "fails" in told else next(iter(told), "unwritable")


def _same(one: dict[str, Json], other: dict[str, Json]) -> bool:
    return wire.how(one).name == wire.how(other).name


def _bodies(
    found: Pair, schemas: Any, holder: dict[str, Json], media: str, value: Json
) -> Iterator[bodies.Body]:
    """A value as bodies of the media types that a finding may be about."""
    for key, told in holder.get("content", {}).items():
        if media not in ("", key) or not schemas.accepts(told.get("schema", {}), value):
            continue
        for kind in bodies.concrete(key, found.known):
            if bodies.chosen(holder["content"], kind) == key:
                yield from bodies.written(schemas, kind, told, value)


# --- answers -----------------------------------------------------------------------


def _answered(writes: Any, reads: Any, answer: answers.Answer, asking: bool) -> str:
    (writer, one), (reader, other) = writes, reads
    sent = answers.failure(writer, one, answer, False)
    wrong = answers.failure(reader, other, answer, asking)
    return _said(sent.why if sent else "", wrong.why if wrong else "")


def _answer(writes: Any, reads: Any, value: dict[str, Json], called: bool) -> str:
    """A whole answer."""
    writer, one = writes
    response = answers.ready(one, value["status"]) or {}
    header: list[wire.Pair] = []
    for name, told in response.get("headers", {}).items():
        if name.lower() in value.get("header", {}):
            how = wire.how(followed(writer.spec, told), "header", name)
            header += wire.pairs(how, value["header"][name.lower()])
    body = None
    if "body" in value:
        media = response.get("content", {}).get(value["content type"], {})
        kind = next(bodies.concrete(value["content type"], []))
        schemas = writer.said(one.called, False)
        body = next(bodies.written(schemas, kind, media, value["body"]), None)
    found = answers.Answer(value["status"], tuple(header), body)
    return _answered(writes, reads, found, not called)


def _of_answer(found: Pair, writes: Any, reads: Any, name: str, value: Json) -> str:
    """A value of a header or of a body."""
    writer, one = writes
    status, _, rest = name.partition(" ")
    key = status.upper()
    if key not in one.responses or rest.endswith("item"):
        return "elsewhere"
    schemas, response = writer.said(one.called, False), one.responses[key]
    told = []
    for code in answers.codes(one, key):
        for answer in answers.answers(writer, key, one, found.atoms, found.known):
            if answer.status != code:
                continue
            if rest.startswith("header "):
                told.append(_of_header(writes, reads, answer, rest[7:], value))
                break
            every = _bodies(found, schemas, response, rest, value)
            for body in every:
                exchange = replace(answer, body=body)
                told.append(_answered(writes, reads, exchange, not one.called))
            break
    return "fails" if "fails" in told else next(iter(told), "unwritable")


def _of_header(
    writes: tuple[Version, Operation],
    reads: Any,
    answer: answers.Answer,
    name: str,
    value: Json,
) -> str:
    writer, one = writes
    response = answers.ready(one, answer.status) or {}
    for key, told in response.get("headers", {}).items():
        if key.lower() == name.lower():
            pairs = wire.pairs(
                wire.how(followed(writer.spec, told), "header", key), value
            )
            rest = (p for p in answer.header if p[0] != name.lower())
            changed = replace(answer, header=(*rest, *pairs))
            return _answered(writes, reads, changed, not one.called)
    return "elsewhere"
