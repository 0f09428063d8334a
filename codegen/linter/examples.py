"""Examples and defaults that their own schema rejects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from codegen.diagnostics import Severity
from codegen.frontend.openapi import VALUES
from codegen.ir import model as ir
from codegen.linter.context import Context
from codegen.oracle import Examiner, Undecided, summary
from codegen.source import json_text

Found: TypeAlias = tuple[str, ir.Json, ir.Location]
"""`example` or `default`, the value, and where it stands."""


def check(context: Context, judge: Examiner) -> None:
    """Every example and default of schemas and messages."""
    for schema, raw in context.objects():
        for what, value, where in _of_schema(context, schema, raw):
            _judge(context, judge, schema, what, value, where)
    told: set[ir.Location] = set()
    for message in context.module.messages:
        target = context.payload(message)
        if target is not None:
            for value, where in _of_message(context, message):
                told.add(where)
                _judge(context, judge, target, "example", value, where)
    for holder in context.loaded.around.holders:
        if holder.shown == VALUES:
            _mappings(context, holder.location.child("examples"))
        target = context.module.schemas.get(holder.schema)
        if target is not None:
            for value, where in _beside(context, holder.location, holder.shown):
                if where not in told:
                    _judge(context, judge, target, "example", value, where)


def _of_schema(
    context: Context, schema: ir.Schema, raw: dict[str, ir.Json]
) -> Iterator[Found]:
    dialect = context.dialect_of(schema)
    if dialect.ref_hides_siblings and "$ref" in raw:
        return
    known = dialect.keywords
    where = schema.location
    if "default" in raw and "default" in known:
        yield "default", raw["default"], where.child("default")
    if "example" in raw and "example" in known:
        yield "example", raw["example"], where.child("example")
    many = raw.get("examples")
    if isinstance(many, list) and "examples" in known:
        for index, value in enumerate(many):
            yield "example", value, where.child("examples", index)
    meta = raw.get("x-oaiMeta")
    if isinstance(meta, dict) and isinstance(meta.get("example"), str):
        inner = where.child("x-oaiMeta", "example")
        yield from _text(context, meta["example"], inner)


def _text(context: Context, text: str, where: ir.Location) -> Iterator[Found]:
    """An example that is written as JSON text; prose and code are left alone."""
    parsed = json_text.read(text)
    if parsed.readable:
        if isinstance(parsed.data, dict | list):
            yield "example", parsed.data, where
        return
    stripped = text.strip()
    if stripped[:1] + stripped[-1:] in ("{}", "[]"):
        why = parsed.problems[0]
        place = f"line {why.line + 1}, column {why.column + 1}"
        message = f"the example is no JSON text: {why.message} ({place})"
        context.add("unreadable-example", message, where)


def _of_message(
    context: Context, message: ir.Message
) -> Iterator[tuple[ir.Json, ir.Location]]:
    """The examples of a message, each where it stands if that is beside it."""
    where = message.location
    places = list(_beside(context, where, (*VALUES, "payload")))
    for value in message.examples:
        found = (where for known, where in places if known is value)
        yield value, next(found, message.location)


def _beside(
    context: Context, location: ir.Location, shown: Iterable[str]
) -> Iterator[tuple[ir.Json, ir.Location]]:
    """The examples that an object shows of the schema that it holds, each in a field
    of an entry of `examples`."""
    raw = context.raw(location)
    if not isinstance(raw, dict):
        return
    if "example" in raw:
        yield raw["example"], location.child("example")
    examples = raw.get("examples")
    members: list[tuple[str | int, ir.Json]] = []
    if isinstance(examples, dict):
        members.extend(examples.items())
    elif isinstance(examples, list):
        members.extend(enumerate(examples))
    for key, member in members:
        for field in shown if isinstance(member, dict) else ():
            if field in member:
                yield member[field], location.child("examples", key, field)


def _mappings(context: Context, where: ir.Location) -> None:
    """Report examples of OpenAPI that are no objects by name, which nobody looks at."""
    examples = context.raw(where)
    members = examples.items() if isinstance(examples, dict) else ()
    named = ((v, where.child(key)) for key, v in members if not key.startswith("x-"))
    for value, place in ((examples, where), *named):
        if value is not None and not isinstance(value, dict):
            message = "a mapping is expected here; it is left out"
            context.add("invalid-keyword", message, place, severity=Severity.WARNING)


def _judge(
    context: Context,
    judge: Examiner,
    schema: ir.Schema,
    what: str,
    value: ir.Json,
    where: ir.Location,
) -> None:
    try:
        violations = judge.violations(schema, value)
    except Undecided as error:
        message = f"the {what} cannot be judged: {error}"
        context.add("undecided", message, where)
        return
    if violations:
        message = f"the {what} breaks its own schema: {summary(violations)}"
        context.add(f"invalid-{what}", message, where)
