"""Examples and defaults that their own schema rejects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

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


_Problem: TypeAlias = tuple[str, str]
"""Code and message."""

_SHOWN: Final = 3
"""How many places are named of those that show the same value."""


def check(context: Context, judge: Examiner) -> None:
    """Every example and default of schemas and messages."""
    for schema, raw in context.objects():
        for found in _of_schema(context, schema, raw):
            for code, message in _problems(judge, schema, found):
                context.add(code, message, found.where)
    told: set[tuple[ir.SchemaId, ir.Location]] = set()
    same: dict[tuple[ir.Location, _Problem], list[ir.Location]] = {}
    for target, example in _around(context):
        where, end = example.location, example.end or example.location
        if (target.id, where) not in told:
            told.add((target.id, where))
            found = Found("example", example.value, where)
            for problem in _problems(judge, target, found):
                same.setdefault((end, problem), []).append(where)
    for (_, (code, message)), places in same.items():
        first, *more = sorted(dict.fromkeys(places), key=context.loaded.span)
        context.add(code, message + _shared(context, more), first)


def _shared(context: Context, more: Sequence[ir.Location]) -> str:
    """What is said of further places that show the same value."""
    if not more:
        return ""
    some = more if len(more) == _SHOWN + 1 else more[:_SHOWN]
    spans = map(context.loaded.span, some)
    found = [f"{span.file}:{span.line}:{span.column}" for span in spans]
    if len(more) > len(some):
        found.append(f"{len(more) - len(some)} more places")
    return f"; the same where {_listed(found)} refer{'s' * (len(more) == 1)} to it"


def _listed(some: Sequence[str]) -> str:
    *most, last = some
    return f"{', '.join(most)} and {last}" if most else last


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


def _problems(judge: Examiner, schema: ir.Schema, found: Found) -> Iterator[_Problem]:
    """What is wrong with a value."""
    what = found.what
    try:
        violations = judge.violations(schema, found.value)
    except Undecided as error:
        yield "undecided", f"the {what} cannot be judged: {error}"
        return
    if violations:
        message = f"the {what} breaks its own schema: {summary(violations)}"
        yield f"invalid-{what}", message
