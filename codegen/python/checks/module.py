"""The statements of the `checks` module, in their order."""

from __future__ import annotations

from typing import Final

from codegen.ir.sides import Side
from codegen.python import conditions as cond
from codegen.python import recursion
from codegen.python.checks.context import Checks, SentChecks
from codegen.python.checks.writer import ANY, write
from codegen.python.emit import tree
from codegen.python.emit.tree import Assign, Constant, Declare, Name, Subscript, call

_NONE: Final = Constant(None)
_FOUND: Final = Name("Found", cond.HELPERS)
_CHECK: Final = Subscript(
    Name("Callable", "collections.abc"),
    tree.Display("()", (tree.Display("[]", (ANY, Name("str"), _FOUND)), _NONE)),
)
_CHECKS: Final = Name("CHECKS")


def groups(checks: Checks, sent: SentChecks, other: Side) -> list[list[tree.Statement]]:
    """The functions; the table of those that collect; the one that asks it. Where what
    is `sent` to the `other` side must meet something else, a table of these."""
    # What is sent may ask for more of the others.
    written = write(sent)
    functions = recursion.prepared(
        {**write(checks), **written},
        {},
        lambda name: "deep_check" if name.startswith("check_") else "deep",
    )
    tables = [[_table(_CHECKS, checks)]]
    if sent.entries:
        reader = Assign(Name("SENT_TO"), Constant(other.value))
        tables.append([_table(Name("SENT"), sent), reader])
    each = ([function] for function in functions.values())
    return [*each, *tables, [_violations()]]


def _table(name: Name, checks: Checks) -> tree.Statement:
    pairs = tuple((Constant(symbol), Name(n)) for symbol, n in checks.entries.items())
    of = Subscript(Name("dict"), tree.Display("()", (Name("str"), _CHECK)))
    return Declare(name, of, tree.Mapping(pairs))


def _violations() -> tree.Function:
    symbol, value = Name("symbol"), Name("value")
    found = call("collect", Subscript(_CHECKS, symbol), value, home=cond.HELPERS)
    return tree.Function(
        "violations",
        (tree.Parameter("symbol", Name("str")), tree.Parameter("value", ANY)),
        _FOUND,
        (tree.Return(found),),
        doc="Every violation of one schema, named as its class or alias is.",
    )
