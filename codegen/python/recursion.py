"""Which generated functions call themselves, be it through others.

Values nest up to a limit that the stack of the interpreter does not reach. So such
functions are decorated: where the stack ends they go on with another one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from codegen.python.emit import search, tree

DEPTH = "._runtime._depth"
"""The module of the decorators."""


def prepared(
    functions: Mapping[str, tree.Statement],
    more: Mapping[str, Iterable[str]],
    by: Callable[[str], str],
) -> dict[str, tree.Statement]:
    """The functions, those decorated that call themselves; `by` has the decorator of
    a function, and `more` is as for `recursive`."""
    found = dict(functions)
    for name in recursive(functions, more):
        function = functions[name]
        if isinstance(function, tree.Function):
            decorator = tree.Name(by(name), DEPTH)
            found[name] = replace(function, decorators=(decorator,))
    return found


def recursive(
    functions: Mapping[str, tree.Statement], more: Mapping[str, Iterable[str]]
) -> frozenset[str]:
    """The functions on a circle of calls, and those on a way between two circles.

    A function calls what it names; `more` says what else a function calls, and which
    functions a table names.
    """
    names = {*functions, *more}
    calls = {name: set(more.get(name, ())) & names for name in names}
    for name, function in functions.items():
        for home, used in search.names([function]).used:
            # What is imported under a function's own name is another one.
            if used in names and (used != name or home is None):
                calls[name].add(used)
    callers: dict[str, set[str]] = {name: set() for name in names}
    for name, called in calls.items():
        for other in called:
            callers[other].add(name)
    _peel(calls, callers)
    _peel(callers, calls)
    return frozenset(calls.keys() & functions.keys())


def _peel(edges: dict[str, set[str]], back: dict[str, set[str]]) -> None:
    """Take out what leads nowhere, until nothing does."""
    ends = [name for name, others in edges.items() if not others]
    while ends:
        name = ends.pop()
        del edges[name]
        for other in back.pop(name):
            if other in edges:
                edges[other].discard(name)
                if not edges[other]:
                    ends.append(other)
