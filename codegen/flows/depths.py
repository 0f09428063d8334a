"""Specifications whose schemas lead from one to the next through more levels than
Python can follow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen import addresses, frontend
from codegen.config import Sdk
from codegen.diagnostics import CodegenError, Report, Span
from codegen.flows import reading
from codegen.ir import model as ir
from codegen.ir import walk

MESSAGE: Final = "the schemas refer to each other through too many levels"


def report(sdk: Sdk, problems: Report) -> None:
    """Report the schema from which the longest way down begins. The specification is
    read again to find it, because the step that ran out of stack can not tell."""
    span, source, message = Span(addresses.shown(sdk.path), 1, 1), "", MESSAGE
    try:
        loaded = frontend.load(sdk.path, reading.options(sdk, Report()), Report())
        found = _longest(loaded.module)
    except (CodegenError, RecursionError):
        found = None
    if found is not None:
        schema, levels = found
        span = loaded.span(schema.location)
        source = loaded.line(span)
        message = f"{MESSAGE}: {levels} from here on"
    way_out = "`--overlay` can shorten the way"
    problems.add("too-large", f"{message}; {way_out}", span, source=source)


def _longest(module: ir.Module) -> tuple[ir.Schema, int] | None:
    """Where the longest way down begins, with its number of levels. The first schema on
    the way that is the target of a reference is named, if there is one."""
    below = _levels(module)
    start = max(
        module.schemas.values(), key=lambda one: below.get(one.id, 0), default=None
    )
    if start is None:
        return None
    current: ir.Schema | None = start
    while current is not None:
        refers = any(isinstance(one, ir.Ref) for one in current.assertions)
        following = _next(module, current, below)
        if refers and following is not None and following.id in module.schemas:
            return following, below[following.id]
        current = following
    return start, below[start.id]


def _next(
    module: ir.Module, schema: ir.Schema, below: dict[ir.SchemaId, int]
) -> ir.Schema | None:
    """The schema directly below from which the way down is longest."""
    found = [one for one in _inner(module, schema) if below[one.id] < below[schema.id]]
    return max(found, key=lambda one: below[one.id], default=None)


def _levels(module: ir.Module) -> dict[ir.SchemaId, int]:
    """How many levels each schema has below it. A reference that leads back counts as
    no level."""
    below: dict[ir.SchemaId, int] = {}
    entered: set[ir.SchemaId] = set()
    for root in module.schemas.values():
        stack = [root]
        while stack:
            schema = stack[-1]
            if schema.id not in entered:
                entered.add(schema.id)
                stack += [s for s in _inner(module, schema) if s.id not in entered]
                continue
            stack.pop()
            if schema.id not in below:
                inner = (below.get(s.id, 0) for s in _inner(module, schema))
                below[schema.id] = 1 + max(inner, default=0)
    return below


def _inner(module: ir.Module, schema: ir.Schema) -> Iterator[ir.Schema]:
    """The schemas directly below this one: its parts, and the targets of its
    references."""
    yield from walk.children(schema)
    for assertion in schema.assertions:
        if isinstance(assertion, ir.Ref) and assertion.target in module.schemas:
            yield module.schemas[assertion.target]
