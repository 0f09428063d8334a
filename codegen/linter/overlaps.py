"""Branches of `oneOf` that accept a document together, so that it is rejected.

The document is a sample: an enumerated value or the smallest document that one
branch and everything beside the `oneOf` accept. That others accept it as well is
judged by an independent validator. No sample proves that there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from codegen.diagnostics import Severity
from codegen.ir import facts, tags
from codegen.ir import model as ir
from codegen.ir.accepts import accepts
from codegen.linter.context import Context
from codegen.oracle import Examiner, Undecided, shown
from codegen.samples.build import Builder
from codegen.samples.containers import NoSample

_MOST_BRANCHES: Final = 150
"""Above this, pairs of branches are not compared."""
_MOST_VALUES: Final = 50
"""Of longer enumerations only so many values are tried."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch as written, what it refers to, where it stands and at which index."""

    schema: ir.Schema
    target: ir.Schema
    where: ir.Location
    index: int


def check(
    context: Context,
    judge: Examiner,
    builder: Builder,
    schema: ir.Schema,
    union: ir.OneOf,
    branches: list[Branch],
) -> None:
    """Report each pair of branches once, at the later one."""
    if len(branches) > _MOST_BRANCHES:
        return
    beside = _beside(schema, union)
    pairs: dict[tuple[int, int], ir.Json] = {}
    lost: set[int] = set()
    for branch, rivals in _rivals(context, branches):
        values = _samples(context, builder, branch, beside) if rivals else []
        taken = 0
        for value in values:
            other = _accepting(judge, branch, rivals, value)
            if other is not None:
                taken += 1
                first, second = sorted((branch.index, other))
                pairs.setdefault((first, second), value)
        finite = facts.finite_values(context.module, branch.target)
        if finite is not None and taken == len(finite):
            lost.add(branch.index)
    by_index = {branch.index: branch for branch in branches}
    for (first, second), value in pairs.items():
        message = f"branches {first} and {second} both accept {shown(value)}"
        message += ", so `oneOf` rejects it"
        if _told_by_formats(context, by_index[first], by_index[second], value):
            message += " unless formats are enforced (`--assert-formats`)"
        gone = lost & {first, second}
        if gone:
            message += f", and nothing is left of branch {min(gone)}"
        severity = Severity.ERROR if gone else None
        where = by_index[second].where
        context.add("overlapping-branches", message, where, severity=severity)


def _beside(schema: ir.Schema, union: ir.OneOf) -> ir.Schema | None:
    """What the schema asserts apart from the union; None where that is nothing."""
    rest = tuple(other for other in schema.assertions if other is not union)
    identity = ir.SchemaId(f"{schema.id} without oneOf")
    return ir.Schema(identity, schema.location, rest) if rest else None


def _rivals(
    context: Context, branches: list[Branch]
) -> list[tuple[Branch, list[Branch]]]:
    """For each branch those that neither their types nor tags keep apart from it."""
    module = context.module
    kinds = {b.index: facts.types(module, b.target) for b in branches}
    objects = [b for b in branches if kinds[b.index] == {"object"}]
    targets = tuple(branch.target for branch in objects)
    tagged = tags.decide(module, targets) if len(targets) > 1 else None
    decided = tagged is not None and tagged.complete and tagged.exact
    apart = {branch.index for branch in objects} if decided else set()
    return [
        (
            branch,
            [
                other
                for other in branches
                if other is not branch
                and kinds[branch.index] & kinds[other.index]
                and not {branch.index, other.index} <= apart
            ],
        )
        for branch in branches
    ]


def _samples(
    context: Context, builder: Builder, branch: Branch, beside: ir.Schema | None
) -> list[ir.Json]:
    module, target = context.module, branch.target
    values = facts.finite_values(module, target)
    if values is not None:
        tried = values[:_MOST_VALUES]
        return [v for v in tried if beside is None or accepts(module, beside, v)]
    if beside is not None:
        identity = ir.SchemaId(f"{beside.id} and {branch.index}")
        both = (ir.AllOf((beside, branch.schema)),)
        target = ir.Schema(identity, branch.where, both)
    sample = builder.smallest(target)
    return [] if isinstance(sample, NoSample) else [sample]


def _accepting(
    judge: Examiner, branch: Branch, rivals: list[Branch], value: ir.Json
) -> int | None:
    """The index of a rival that accepts what the branch accepts."""
    try:
        if judge.valid_under(branch.schema, value):
            for rival in rivals:
                if judge.valid_under(rival.schema, value):
                    return rival.index
    except Undecided:
        pass
    return None


def _told_by_formats(
    context: Context, first: Branch, second: Branch, value: ir.Json
) -> bool:
    """Whether a text that two branches accept is one of just one of them where formats
    are enforced."""
    if not isinstance(value, str):
        return False
    stated = [
        facts.stated(context.module, branch.target, ir.Format)
        for branch in (first, second)
    ]
    if not any(stated):
        return False
    from codegen.runtime._formats import FORMATS  # It takes long to import.

    held = [
        all(FORMATS[one.name](value) for one in formats if one.name in FORMATS)
        for formats in stated
    ]
    return held[0] is not held[1]
