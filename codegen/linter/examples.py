"""Examples and defaults that their own schema rejects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from codegen.frontend.media import is_json
from codegen.ir import facts
from codegen.ir import model as ir
from codegen.linter.context import Context
from codegen.oracle import Examiner, Undecided, summary
from codegen.source import json_text


class Found(NamedTuple):
    """A value that a schema shows or stands for: `what` is `example` or `default`."""

    what: str
    value: ir.Json
    where: ir.Location


def check(context: Context, judge: Examiner) -> None:
    """Every example and default of schemas and messages."""
    for schema, raw in context.objects():
        for found in _of_schema(context, schema, raw):
            _judge(context, judge, schema, found)
    told: set[tuple[ir.SchemaId, ir.Location]] = set()
    for target, example in _around(context):
        if (target.id, example.location) not in told:
            told.add((target.id, example.location))
            found = Found("example", example.value, example.location)
            _judge(context, judge, target, found)


def _around(context: Context) -> Iterator[tuple[ir.Schema, ir.Example]]:
    """The examples of messages, parameters and all else that holds a schema, each
    with that schema."""
    module = context.module
    for message in module.messages:
        target = context.payload(message)
        if target is not None:
            written = bool(message.content_type) and not is_json(message.content_type)
            yield from _shown(module, target, message.examples, written)
    for holder in context.loaded.around.holders:
        target = module.schemas.get(holder.schema)
        if target is not None:
            yield from _shown(module, target, holder.examples, holder.written)


def _shown(
    module: ir.Module,
    target: ir.Schema,
    examples: tuple[ir.Example, ...],
    written: bool,
) -> Iterator[tuple[ir.Schema, ir.Example]]:
    """Those of some examples that are values of a schema: a text may be one as it is
    `written` in XML, say."""
    written = written and "string" not in facts.types(module, target)
    for example in examples:
        if not (written and isinstance(example.value, str)):
            yield target, example


def _of_schema(
    context: Context, schema: ir.Schema, raw: dict[str, ir.Json]
) -> Iterator[Found]:
    dialect = context.dialect_of(schema)
    if dialect.ref_hides_siblings and "$ref" in raw:
        return
    known = dialect.keywords
    where = schema.location
    if "default" in raw and "default" in known:
        yield Found("default", raw["default"], where.child("default"))
    if "example" in raw and "example" in known:
        yield Found("example", raw["example"], where.child("example"))
    many = raw.get("examples")
    if isinstance(many, list) and "examples" in known:
        for index, value in enumerate(many):
            yield Found("example", value, where.child("examples", index))
    meta = raw.get("x-oaiMeta")
    if isinstance(meta, dict) and isinstance(meta.get("example"), str):
        inner = where.child("x-oaiMeta", "example")
        yield from _text(context, meta["example"], inner)


def _text(context: Context, text: str, where: ir.Location) -> Iterator[Found]:
    """An example that is written as JSON text; prose and code are left alone."""
    parsed = json_text.read(text)
    if parsed.readable:
        if isinstance(parsed.data, dict | list):
            yield Found("example", parsed.data, where)
        return
    stripped = text.strip()
    if stripped[:1] + stripped[-1:] in ("{}", "[]"):
        why = parsed.problems[0]
        place = f"line {why.line + 1}, column {why.column + 1}"
        message = f"the example is no JSON text: {why.message} ({place})"
        context.add("unreadable-example", message, where)


def _judge(context: Context, judge: Examiner, schema: ir.Schema, found: Found) -> None:
    what, value, where = found
    try:
        violations = judge.violations(schema, value)
    except Undecided as error:
        message = f"the {what} cannot be judged: {error}"
        context.add("undecided", message, where)
        return
    if violations:
        message = f"the {what} breaks its own schema: {summary(violations)}"
        context.add(f"invalid-{what}", message, where)
