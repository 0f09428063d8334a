"""The `rules` module: conditions over the life of a session."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from codegen.ir import model as ir
from codegen.python.checks.context import Checks
from codegen.python.emit import module, printer, search, tree
from codegen.python.emit.line import INDENT
from codegen.python.emit.tree import Call, Constant, Name, call
from codegen.python.model.package import Package
from codegen.text import Code


@dataclass(frozen=True, slots=True)
class RulesView:
    """The class of the rules: what it imports, what it says, the property that is the
    tag, the statements with the rules."""

    imports: Code
    doc: str
    tag: str
    rules: Code


def require_checks(package: Package, checks: Checks) -> None:
    """See to it that the checks which the rules ask are written."""
    for schema in asked(package):
        checks.require("valid", schema)


def asked(package: Package) -> Iterator[ir.Schema]:
    """The schemas that the rules hold events against."""
    for rule in package.module.session_rules:
        for condition in (rule.after, rule.until, rule.forbid):
            if condition is not None and condition.where is not None:
                yield package.module.schemas[condition.where]


def view(package: Package, checks: Checks) -> RulesView:
    """The class that watches a session."""
    rules = package.module.session_rules
    places = places_of(package)
    listed = "\n".join(f"* {rule.name}: {rule.description}" for rule in rules)
    made = tuple(_rule(package, checks, rule) for rule in rules)
    statements = [tree.Assign(Name("rules"), tree.Display("()", made))]
    if len(places) > 1 or len(places[0]) > 1:
        statements.insert(0, tree.Assign(Name("places"), Constant(places)))
    mentioned = search.mentions([Name("Observer", _SESSION), *statements])
    return RulesView(
        Code(module.imports(mentioned)),
        f"{_DOC}\n\n{listed}",
        ".".join(places[0]),
        Code(f"\n{INDENT}".join(printer.inside(one, 1) for one in statements)),
    )


def places_of(package: Package) -> tuple[tuple[str, ...], ...]:
    """Where the tags of events stand: the properties that lead to each."""
    tables = package.directions.values()
    found = {table.tagged.path for table in tables if table.tagged.property}
    return tuple(sorted(found)) or (("type",),)


_SESSION: Final = "._runtime.session"

_DOC: Final = (
    "Watches one session: give `observe` every event, sent or received, in order."
)


def _rule(package: Package, checks: Checks, rule: ir.SessionRule) -> tree.Expr:
    return Call(
        Name("Rule", _SESSION),
        (Constant(rule.name), Constant(rule.description.replace("\n", " "))),
        (
            ("after", _condition(package, checks, rule.after)),
            ("until", _condition(package, checks, rule.until)),
            ("forbid", _condition(package, checks, rule.forbid)),
            ("frozen", Constant(dict(rule.frozen))),
        ),
        exploded=True,
    )


def _condition(
    package: Package, checks: Checks, condition: ir.EventCondition | None
) -> tree.Expr:
    if condition is None:
        return Constant(None)
    tags = tree.Display("{}", tuple(map(Constant, condition.tags)))
    parts: list[tree.Expr] = [call("frozenset", tags)]
    if condition.where is not None:
        schema = package.module.schemas[condition.where]
        valid = checks.require("valid", schema)
        parts.append(tree.Attribute(Name("_checks", "."), valid))
    return call("Condition", *parts, home=_SESSION)
