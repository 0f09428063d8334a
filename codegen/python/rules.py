"""The `rules` module: conditions over the life of a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codegen import render
from codegen.ir import model as ir
from codegen.python.lines import literal

if TYPE_CHECKING:
    from codegen.python.plan import Package


def want(package: Package) -> None:
    """See to it that the checks which the rules ask are written."""
    for rule in package.module.session_rules:
        for condition in (rule.after, rule.until, rule.forbid):
            if condition is not None and condition.where is not None:
                schema = package.module.schemas[condition.where]
                package.checks.want("valid", schema)


def pieces(package: Package) -> list[str]:
    """The class that watches a session."""

    def condition(wanted: ir.EventCondition | None) -> str:
        if wanted is None:
            return "None"
        tags = ", ".join(literal(tag) for tag in wanted.tags)
        where = ""
        if wanted.where is not None:
            schema = package.module.schemas[wanted.where]
            where = f", checks.{package.checks.want('valid', schema)}"
        return f"Condition(frozenset({{{tags}}}){where})"

    tables = package.directions.values()
    tagged = {t.tagged.property for t in tables if t.tagged.property}
    tag = literal(min(tagged, default="type"))
    text = render.render(
        "python/rules.jinja",
        rules=package.module.session_rules,
        condition=condition,
        tag=tag,
    )
    return [text]
