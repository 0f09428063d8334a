"""What two versions say without constraining anything: documentation and defaults."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never

from codegen.compat import rules
from codegen.compat.changes.constraints import show
from codegen.compat.changes.locations import escape
from codegen.compat.findings import Finding, Verdict
from codegen.compat.normal.forms import freeze
from codegen.compat.rules.rule import Rule
from codegen.ir import model as ir

_DEPTH: Final = 60


def notes(
    name: str, old: ir.Schema, new: ir.Schema, affected: tuple[str, ...]
) -> Iterator[Finding]:
    """Findings about annotations; plain documentation gives one for a schema."""
    documented: list[tuple[str, str, ir.Schema, ir.Schema]] = []
    for pointer, a, b in _aligned(old, new, "", 0):
        for rule, message in _differing(a.annotations, b.annotations):
            if rule is rules.DOCUMENTATION_CHANGED:
                documented.append((pointer, message, a, b))
                continue
            if rule is rules.DEPRECATED and not pointer:
                rule = rules.EVENT_DEPRECATED if affected else rule
            yield _finding(rule, name, pointer, message, a, b, affected)
    if documented:
        pointer, message, a, b = documented[0]
        if len(documented) > 1:
            message += f" and {len(documented) - 1} more places"
        yield _finding(
            rules.DOCUMENTATION_CHANGED, name, pointer, message, a, b, affected
        )


def _finding(
    rule: Rule,
    name: str,
    pointer: str,
    message: str,
    a: ir.Schema,
    b: ir.Schema,
    affected: tuple[str, ...],
) -> Finding:
    return Finding(
        rule,
        Verdict.COMPATIBLE,
        ir.Direction.UNKNOWN,
        name,
        pointer,
        message,
        a.location,
        b.location,
        affected=affected,
    )


def _differing(a: ir.Annotations, b: ir.Annotations) -> Iterator[tuple[Rule, str]]:
    if _key(a.default) != _key(b.default):
        message = f"the default {_shown(a.default)} became {_shown(b.default)}"
        yield rules.DEFAULT_CHANGED, message
    if a.deprecated != b.deprecated:
        if b.deprecated:
            yield rules.DEPRECATED, "deprecated"
        else:
            yield rules.UNDEPRECATED, "no longer deprecated"
    if a.read_only != b.read_only:
        yield rules.READ_ONLY_CHANGED, f"readOnly became {str(b.read_only).lower()}"
    if a.write_only != b.write_only:
        yield rules.WRITE_ONLY_CHANGED, f"writeOnly became {str(b.write_only).lower()}"
    words = [
        word
        for word, before, after in (
            ("title", a.title, b.title),
            ("description", a.description, b.description),
            ("contentEncoding", a.content_encoding, b.content_encoding),
            ("contentMediaType", a.content_media_type, b.content_media_type),
        )
        if before != after
    ]
    if tuple(map(freeze, a.examples)) != tuple(map(freeze, b.examples)):
        words.append("examples")
    if words:
        yield rules.DOCUMENTATION_CHANGED, f"{', '.join(words)} changed"


def _key(value: ir.Json) -> object:
    return value if value is ir.MISSING else freeze(value)


def _shown(value: ir.Json) -> str:
    return "none" if value is ir.MISSING else show(value)


def _aligned(
    old: ir.Schema, new: ir.Schema, pointer: str, depth: int
) -> Iterator[tuple[str, ir.Schema, ir.Schema]]:
    """Pairs of schemas that stand at the same place, as far as both have it."""
    yield pointer, old, new
    if depth > _DEPTH:
        return
    theirs = {type(assertion): assertion for assertion in new.assertions}
    for assertion in old.assertions:
        other = theirs.get(type(assertion))
        if other is None:
            continue
        for token, a, b in _members(assertion, other):
            yield from _aligned(a, b, pointer + token, depth + 1)


def _members(
    old: ir.Assertion, new: ir.Assertion
) -> Iterator[tuple[str, ir.Schema, ir.Schema]]:
    """The subschemas of two assertions of one kind, paired, with their pointers."""
    match old:
        case ir.Properties(a):
            assert isinstance(new, ir.Properties)
            for name in a:
                if name in new.schemas:
                    yield f"/properties/{escape(name)}", a[name], new.schemas[name]
        case ir.Items(one):
            assert isinstance(new, ir.Items)
            yield "/items", one, new.schema
        case ir.AdditionalProperties(one):
            assert isinstance(new, ir.AdditionalProperties)
            yield "/additionalProperties", one, new.schema
        case ir.AllOf(many) | ir.AnyOf(many) | ir.OneOf(many):
            assert isinstance(new, ir.AllOf | ir.AnyOf | ir.OneOf)
            keyword = type(old).__name__
            keyword = keyword[0].lower() + keyword[1:]
            if len(many) == len(new.schemas):
                for index, (x, y) in enumerate(zip(many, new.schemas, strict=True)):
                    yield f"/{keyword}/{index}", x, y
        case ir.OnAnyValue() | ir.OnNumbers() | ir.OnStrings() | ir.Ref():
            return
        # What stands inside these describes no value of its own that people look up.
        case ir.Not() | ir.IfThenElse() | ir.OnArrays() | ir.OnObjects():
            return
        case _:
            assert_never(old)
