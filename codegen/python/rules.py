"""The `rules` module: conditions over the life of a session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from codegen import render
from codegen.ir import model as ir
from codegen.python.checks.context import Checks
from codegen.python.lines import literal
from codegen.python.plan import Package
from codegen.text import Code, code, listed, name


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule as its template wants it; `frozen` are pointers by tag."""

    name: str
    description: str
    after: Code
    until: Code
    forbid: Code
    frozen: Mapping[str, str]


def want(package: Package, checks: Checks) -> None:
    """See to it that the checks which the rules ask are written."""
    for rule in package.module.session_rules:
        for condition in (rule.after, rule.until, rule.forbid):
            if condition is not None and condition.where is not None:
                schema = package.module.schemas[condition.where]
                checks.want("valid", schema)


def pieces(package: Package, checks: Checks) -> list[str]:
    """The class that watches a session."""

    rules = [_view(package, checks, rule) for rule in package.module.session_rules]
    tables = package.directions.values()
    tagged = {t.tagged.property for t in tables if t.tagged.property}
    doc = "Watches one session: give `observe` every event, sent or received, in order."
    told = "\n".join(f"* {rule.name}: {rule.description}" for rule in rules)
    return [
        render.python(
            "python/rules.jinja",
            rules=rules,
            doc=f"{doc}\n\n{told}",
            tag=min(tagged, default="type"),
        )
    ]


def _view(package: Package, checks: Checks, rule: ir.SessionRule) -> RuleView:
    return RuleView(
        rule.name,
        rule.description.replace("\n", " "),
        _condition(package, checks, rule.after),
        _condition(package, checks, rule.until),
        _condition(package, checks, rule.forbid),
        rule.frozen,
    )


def _condition(
    package: Package, checks: Checks, wanted: ir.EventCondition | None
) -> Code:
    if wanted is None:
        return code("None")
    tags = listed(literal(tag) for tag in wanted.tags)
    if wanted.where is None:
        return code("Condition(frozenset({{{}}}))", tags)
    schema = package.module.schemas[wanted.where]
    valid = name(checks.want("valid", schema))
    return code("Condition(frozenset({{{}}}), checks.{})", tags, valid)
