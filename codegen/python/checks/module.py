"""The statements of the modules `_checks` and `_constraints`, in their order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from codegen.ir import model as ir
from codegen.python import recursion
from codegen.python.asked import Placed, Written
from codegen.python.checks.constraints import Constraints, SentConstraints
from codegen.python.checks.context import Checks
from codegen.python.checks.writer import write
from codegen.python.emit import search, tree
from codegen.python.emit.tree import Assign, Constant, Declare, Name
from codegen.python.model.annotations import ANY, TEXT, dict_of, list_of
from codegen.python.model.package import Package


def functions(
    package: Package,
    checks: Checks,
    known: recursion.Calls,
    again: Callable[[], None],
    named: search.Named,
) -> Written:
    """The functions that answer yes or no, each in a group of its own. What earlier
    runs have written (`known`) is left out; `again` asks for what these functions
    need."""
    written = package.pieces.in_order(write(checks, again), checks.owners)
    calls = recursion.calls(written, known, named)
    deep = recursion.recursive(calls)
    met = package.circles.meetings
    twice = {n for n in written if checks.answers(n) and checks.owners[n] in met}
    found = recursion.decorated(written, deep | twice, _decorator(checks, twice))
    groups: list[Placed] = [(checks.owners[n], [made]) for n, made in found.items()]
    return Written(groups, calls, deep)


def _decorator(checks: Checks, twice: Collection[str]) -> Callable[[str], Name]:
    """Gives the decorator of a function by its name; `twice` are the checks that would
    judge the same value again."""

    def decorator(name: str) -> Name:
        if name in twice:
            return recursion.REMEMBERING
        return recursion.DEEP_CHECK if checks.answers(name) else recursion.DEEP

    return decorator


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a package with their schemas, and the tables beside them."""

    by_name: dict[str, tuple[ir.SchemaId, tree.Expr]]
    tables: list[list[tree.Statement]]

    def table(self, names: Iterable[str]) -> tree.Statement:
        """The statement for the table of some rules."""
        pairs = tuple((Constant(name), self.by_name[name][1]) for name in names)
        return Declare(Name("CONSTRAINTS"), dict_of(ANY), tree.Mapping(pairs))


def constraints(package: Package) -> Rules:
    """The rules of a package, and four tables: the rules that lead back to themselves;
    the rule that objects of a class must meet, where that is not the rule with the name
    of the class; the rules for what is sent; and which of these are read by whom."""
    named = [one.schema for one in package.named]
    classes = [schema for schema, _ in package.classes]
    of, sides = package.names.of, package.sides
    own = frozenset(schema.id for schema in classes)
    received = Constraints(package.module, package.names, package.formats, own)
    meanings = {
        str(of(schema.id)): received.refer(meaning)
        for schema, meaning in (
            *((schema, schema) for schema in named),
            *((schema, package.meaning(schema)) for schema in classes),
        )
    }
    sending = SentConstraints(sides.sending, received, sides.sided)
    sent = {
        str(of(schema.id)): sending.refer(sides.sent_parts[package.meaning(schema).id])
        for schema in (*named, *classes)
        if schema.id in sides.sided
    }
    # What is sent may ask for more of what comes.
    written = sending.rules()
    rules = received.rules() | written
    owners = received.owners | sending.owners
    others = {name: rule for name, rule in meanings.items() if name != rule}
    other = package.settings.reader.other.value if sent else None
    again = package.circles.circular | package.circles.meetings
    circular = [name for name in sorted(rules) if owners[name] in again]
    tables: list[list[tree.Statement]] = [
        [Declare(Name("CIRCULAR"), list_of(TEXT), Constant(circular))],
        [Declare(Name("MEANINGS"), dict_of(TEXT), Constant(others))],
        [
            Declare(Name("SENT"), dict_of(TEXT), Constant(sent)),
            Assign(Name("SENT_TO"), Constant(other)),
        ],
    ]
    return Rules({name: (owners[name], rule) for name, rule in rules.items()}, tables)
