"""Finds generated functions that call themselves, directly or through others.

Values may nest deeper than the interpreter's stack allows. Such functions are
decorated, so that they continue on another stack where the first one ends.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from codegen.python.emit import search, tree

DEPTH = "._runtime._depth"
"""The module of the decorator for most functions."""

DEEP: Final = tree.Name("deep", DEPTH)
"""The decorator for functions without side effects."""

DEEP_CHECK: Final = tree.Name("deep_check", "._runtime._remembering")
"""The decorator for checks, which decoders may ask at each level of a value."""

REMEMBERING: Final = tree.Name("remembering", "._runtime._remembering")
"""The decorator for checks that would themselves judge the same value again and
again."""

DEEP_DECODER: Final = tree.Name("deep_decoder", "._runtime.wire")
"""The decorator for decoders, which may have put typed lists into the value when the
stack ends."""

REMEMBERING_DECODER: Final = tree.Name("remembering_decoder", "._runtime.wire")
"""The decorator for decoders that ask such checks."""


Calls: TypeAlias = Mapping[str, Collection[str]]
"""Which functions each function calls, or a table holds."""


def calls(
    functions: Mapping[str, tree.Statement], more: Calls, named: search.Named
) -> Calls:
    """What functions call: which of these functions they mention, and what `more`
    says."""
    names = {*functions, *more}
    found = {name: names.intersection(more.get(name, ())) for name in names}
    for name, function in functions.items():
        for home, used in named.of(function).used:
            # What is imported under a function's own name is another one.
            if used in names and (used != name or home is None):
                found[name].add(used)
    return found


def recursive(calls: Calls) -> frozenset[str]:
    """The functions on a circle of calls, or on the way from one circle to another."""
    edges = {name: set(called) for name, called in calls.items()}
    callers: dict[str, set[str]] = {name: set() for name in edges}
    for name, called in edges.items():
        for other in called:
            callers[other].add(name)
    _peel(edges, callers)
    _peel(callers, edges)
    return frozenset(edges)


def decorated(
    functions: Mapping[str, tree.Statement],
    some: Collection[str],
    decorator: Callable[[str], tree.Name],
) -> dict[str, tree.Statement]:
    """The functions, some of them decorated as is said for their names."""
    return {
        name: (
            replace(function, decorators=(decorator(name),))
            if name in some and isinstance(function, tree.Function)
            else function
        )
        for name, function in functions.items()
    }


def _peel(edges: dict[str, set[str]], back: dict[str, set[str]]) -> None:
    """Remove what leads nowhere, until nothing does."""
    ends = [name for name, others in edges.items() if not others]
    while ends:
        name = ends.pop()
        del edges[name]
        for other in back.pop(name):
            if other in edges:
                edges[other].discard(name)
                if not edges[other]:
                    ends.append(other)
