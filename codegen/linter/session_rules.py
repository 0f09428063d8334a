"""Session rules that speak of events which no schema knows."""

from __future__ import annotations

from collections.abc import Iterator

from codegen.ir import model as ir
from codegen.linter.context import Context


def check(context: Context) -> None:
    """Report tags that are the value of no `enum` and no `const`."""
    rules = context.module.session_rules
    known = _values(context) if rules else frozenset()
    for rule in rules:
        for tag, where in _tags(rule):
            if tag not in known:
                key = where.pointer.startswith(rule.location.child("frozen").pointer)
                text = f"{rule.name}: no event is known by the tag {tag!r}"
                context.add("idle-rule", text, where, key=key)


def _values(context: Context) -> frozenset[ir.Json]:
    return frozenset(
        value
        for schema in context.schemas
        for assertion in schema.assertions
        if isinstance(assertion, ir.Enum)
        for value in assertion.values
        if isinstance(value, str)
    )


def _tags(rule: ir.SessionRule) -> Iterator[tuple[str, ir.Location]]:
    """The tags that a rule names, each where it does."""
    conditions = {"after": rule.after, "until": rule.until, "forbid": rule.forbid}
    for name, condition in conditions.items():
        for index, tag in enumerate(condition.tags if condition else ()):
            yield tag, rule.location.child(name, "tags", index)
    for tag in rule.frozen:
        yield tag, rule.location.child("frozen", tag)
