"""Patterns that a backtracking matcher may take exponential time to refuse."""

from __future__ import annotations

import itertools

from codegen.ecma import syntax as ast
from codegen.ecma.charset import EMPTY, CharSet
from codegen.ecma.syntax import Node
from codegen.ecma.translate import parse

_MANY = 20
"""From this many rounds on a bounded loop is as bad as one without a bound."""


def slow(regex: str) -> int | None:
    """The offset of a loop that can split one text in exponentially many ways.

    Found are loops around loops (`(a+)+`) and around alternatives that match the
    same character (`(a|a)*`), where something behind them can fail. Loops that only
    make the time grow with a power of the length are not reported. Raises
    `ECMASyntaxError`.
    """
    return _search(parse(regex), followed=False)


def _search(node: Node, followed: bool) -> int | None:
    match node:
        case ast.Sequence(items):
            for item in reversed(items):
                found = _search(item, followed)
                if found is not None:
                    return found
                followed = followed or _can_fail(item)
            return None
        case ast.Choice(options):
            results = (_search(option, followed) for option in options)
            return next((r for r in results if r is not None), None)
        case ast.Group(body=body):
            return _search(body, followed)
        case ast.Lookaround(body=body):
            return _search(body, followed=False)
        case ast.Repeat(body, _, high, _, offset):
            if followed and _unbounded(high) and _ambiguous(body):
                return offset
            return _search(body, followed or _can_fail(body))
        case _:
            return None


def _unbounded(maximum: int | None) -> bool:
    return maximum is None or maximum >= _MANY


def _can_fail(node: Node) -> bool:
    match node:
        case ast.Sequence(items):
            return any(map(_can_fail, items))
        case ast.Choice(options):
            return all(map(_can_fail, options))
        case ast.Group(body=body):
            return _can_fail(body)
        case ast.Repeat(body=body, minimum=low):
            return low > 0 and _can_fail(body)
        case ast.Back():
            return False
        case _:
            return True


def _ambiguous(body: Node) -> bool:
    """Whether a loop around `body` can match one text in two ways."""
    runs = [_run(option) for option in _options(body)]
    if any(many and chars for chars, many in runs):
        return True
    return any(a.meets(b) for (a, _), (b, _) in itertools.combinations(runs, 2))


def _options(node: Node) -> list[Node]:
    match node:
        case ast.Choice(options):
            return [inner for option in options for inner in _options(option)]
        case ast.Group(body=body) | ast.Sequence((body,)):
            return _options(body)
        case _:
            return [node]


def _run(node: Node) -> tuple[CharSet, bool]:
    """The characters c of which the node matches a run, and whether of any length."""
    match node:
        case ast.Chars(chars):
            return chars, False
        case ast.Group(body=body):
            return _run(body)
        case ast.Repeat(body=body, maximum=high):
            chars, many = _run(body)
            return chars, many or _unbounded(high)
        case ast.Choice(options):
            runs = [_run(option) for option in options]
            return _union(runs), any(many for _, many in runs)
        case ast.Sequence(items):
            runs = [_run(item) for item in items]
            common = _union(runs)
            for (chars, _), item in zip(runs, items, strict=True):
                if _can_fail(item):
                    common &= chars
            return common, any(many and chars.meets(common) for chars, many in runs)
        case _:
            return EMPTY, False


def _union(runs: list[tuple[CharSet, bool]]) -> CharSet:
    union = EMPTY
    for chars, _ in runs:
        union |= chars
    return union
