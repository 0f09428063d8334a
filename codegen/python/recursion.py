"""Which generated functions call themselves, be it through others.

Values nest up to a limit that the stack of the interpreter does not reach. So such
functions are decorated: where the stack ends they go on with another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from codegen.python.lines import Lines


def recursive(
    functions: Mapping[str, Lines], more: Mapping[str, Iterable[str]]
) -> frozenset[str]:
    """The functions on a circle of calls, and those on a way between two circles.

    A function calls what its text names; `more` says what else a function calls, and
    which functions a table names.
    """
    names = {*functions, *more}
    kinds = {name.partition("_")[0] for name in names}
    word = re.compile(rf"\b(?:{'|'.join(sorted(kinds))})_\w+") if kinds else None
    calls = {name: set(more.get(name, ())) & names for name in names}
    for name, lines in functions.items():
        body = "\n".join(lines[1:])
        calls[name] |= names & set(word.findall(body) if word else ())
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


def decorated(functions: dict[str, Lines], names: Iterable[str], by: str) -> None:
    """Put a decorator before some functions."""
    for name in names:
        if functions[name][0].startswith("def "):
            functions[name] = [f"@{by}", *functions[name]]
