"""The `rules` module: conditions over the life of a session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codegen import render
from codegen.ir import model as ir
from codegen.python.lines import literal
from codegen.text import Code, code, listed, name

if TYPE_CHECKING:
    from codegen.python.plan import Package


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule as its template wants it; `frozen` are pointers by tag."""

    name: str
    description: str
    after: Code
    until: Code
    forbid: Code
    frozen: Mapping[str, str]


def want(package: Package) -> None:
    """See to it that the checks which the rules ask are written."""
    for rule in package.module.session_rules:
        for condition in (rule.after, rule.until, rule.forbid):
            if condition is not None and condition.where is not None:
                schema = package.module.schemas[condition.where]
                package.checks.want("valid", schema)


def pieces(package: Package) -> list[str]:
    """The class that watches a session."""

    rules = [_view(package, rule) for rule in package.module.session_rules]
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


def _view(package: Package, rule: ir.SessionRule) -> RuleView:
    return RuleView(
        rule.name,
        rule.description.replace("\n", " "),
        _condition(package, rule.after),
        _condition(package, rule.until),
        _condition(package, rule.forbid),
        rule.frozen,
    )


def _condition(package: Package, wanted: ir.EventCondition | None) -> Code:
    if wanted is None:
        return code("None")
    tags = listed(literal(tag) for tag in wanted.tags)
    if wanted.where is None:
        return code("Condition(frozenset({{{}}}))", tags)
    schema = package.module.schemas[wanted.where]
    valid = name(package.checks.want("valid", schema))
    return code("Condition(frozenset({{{}}}), checks.{})", tags, valid)
