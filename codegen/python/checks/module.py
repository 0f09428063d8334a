"""The statements of the `checks` module, in their order."""

from __future__ import annotations

from typing import Final

from codegen.python import conditions as cond
from codegen.python import recursion
from codegen.python.checks.context import Checks
from codegen.python.checks.writer import ANY, write
from codegen.python.emit import tree
from codegen.python.emit.tree import Constant, Declare, Name, Subscript, call

_NONE: Final = Constant(None)
_FOUND: Final = Name("Found", cond.HELPERS)
_CHECK: Final = Subscript(
    Name("Callable", "collections.abc"),
    tree.Display("()", (tree.Display("[]", (ANY, Name("str"), _FOUND)), _NONE)),
)
_CHECKS: Final = Name("CHECKS")


def groups(checks: Checks) -> list[list[tree.Statement]]:
    """The functions; the table of those that collect; the one that asks it."""
    functions = recursion.prepared(
        dict(write(checks)),
        {},
        lambda name: "deep_check" if name.startswith("check_") else "deep",
    )
    pairs = tuple((Constant(symbol), Name(n)) for symbol, n in checks.entries.items())
    of = Subscript(Name("dict"), tree.Display("()", (Name("str"), _CHECK)))
    table = Declare(_CHECKS, of, tree.Mapping(pairs))
    return [*([function] for function in functions.values()), [table], [_violations()]]


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
