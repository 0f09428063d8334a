"""ECMA-262 regular expressions as patterns for Python's `re`.

JSON Schema's `pattern` is an ECMA-262 expression with the flag `u` (2020-12 Core,
6.4). `re` spells most of it alike and means something else in places: `$` also
matches before a final line break, `\\d`, `\\w`, `\\s` and `\\b` know all of Unicode,
`.` stops at `\\n` only, a group that took no part fails a reference to it, and a
lookbehind must have one width. So the pattern is parsed and written anew.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from codegen.ecma import syntax as ast
from codegen.ecma.parser import Parser
from codegen.ecma.syntax import ECMASyntaxError, ECMAUnsupportedError, Node

__all__ = ["ECMASyntaxError", "ECMAUnsupportedError", "parse", "translate"]

MAX_WIDTHS = 64
"""Into how many alternatives of one width a lookbehind may be unfolded."""


@functools.lru_cache(maxsize=4096)
def parse(regex: str) -> Node:
    """The syntax tree of a pattern; by Annex B where the rules of `u` refuse it.

    Flags that are set inside of it, as other languages have them, are read as there.
    Raises `ECMASyntaxError`, with what the rules of `u` say, where both refuse.
    """
    try:
        return Parser(regex, unicode=True, inline=True).parse()
    except ECMAUnsupportedError:
        raise
    except ECMASyntaxError as error:
        try:
            return Parser(regex, unicode=False, inline=True).parse()
        except ECMASyntaxError:
            raise error from None


@functools.lru_cache(maxsize=4096)
def translate(regex: str) -> str:
    """A pattern for which `re.compile(…).search` finds what ECMA-262 finds.

    Raises `ECMASyntaxError` where `regex` does not compile, and its subclass
    `ECMAUnsupportedError` where `re` cannot say the same.
    """
    tree = parse(regex)
    pattern = _Writer(_live_groups(tree)).write(tree)
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise ECMAUnsupportedError(f"cannot be expressed: {error}", 0) from None
    return pattern


# --- groups and references ---------------------------------------------------------


def _live_groups(tree: Node) -> dict[int, int]:
    """The groups that a reference can read, each with its number in the result.

    A reference inside its own group, before it, or outside the negative lookaround
    that holds it always reads nothing, and nothing matches the empty text.
    """
    places: dict[int, tuple[Node, ...]] = {}
    order: list[tuple[ast.Back, tuple[Node, ...]]] = []
    live: set[int] = set()
    for node, path in _walk(tree, ()):
        if isinstance(node, ast.Group):
            places[node.index] = (*path, node)
        elif isinstance(node, ast.Back):
            order.append((node, path))
            if any(isinstance(p, ast.Lookaround) and p.behind for p in path):
                raise ECMAUnsupportedError("reference inside lookbehind", node.offset)
            if node.index in places and _readable(places[node.index], node, path):
                live.add(node.index)
    return {index: number for number, index in enumerate(sorted(live), 1)}


def _walk(
    node: Node, path: tuple[Node, ...]
) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    yield node, path
    for child in _children(node):
        yield from _walk(child, (*path, node))


def _children(node: Node) -> tuple[Node, ...]:
    match node:
        case ast.Lookaround(body=body) | ast.Group(body=body) | ast.Repeat(body=body):
            return (body,)
        case ast.Sequence(items=many) | ast.Choice(options=many):
            return many
        case _:
            return ()


def _readable(group: tuple[Node, ...], back: ast.Back, path: tuple[Node, ...]) -> bool:
    """Whether a reference can read what a group before it captured.

    Each round of a loop forgets what its groups captured, which `re` does not do.
    That shows only where a round can pass the group by; such a pattern is refused.
    """
    own = {id(parent) for parent in path}
    if id(group[-1]) in own:
        return False
    always_set, meeting = True, True
    for parent in reversed(group[:-1]):
        shared = id(parent) in own
        first_shared, meeting = shared and meeting, meeting and not shared
        match parent:
            case ast.Lookaround(negated=True) if not shared:
                return False
            case ast.Lookaround(behind=True):
                raise ECMAUnsupportedError("reference to lookbehind", back.offset)
            case ast.Choice() if first_shared or not shared:
                always_set = False
            case ast.Repeat(minimum=low, maximum=high):
                if not always_set and high != 1:
                    message = "reference to a group that a loop may leave unset"
                    raise ECMAUnsupportedError(message, back.offset)
                always_set = always_set and (low > 0 or shared)
            case _:
                pass
    return True


# --- writing -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes a tree for `re`; `groups` are those that must capture."""

    groups: dict[int, int]

    def write(self, node: Node) -> str:
        match node:
            case ast.Chars(chars):
                return chars.pattern()
            case ast.Start():
                return "^"
            case ast.End():
                return r"\Z"
            case ast.Boundary(negated):
                # Before 3.14, `\B` of `re` did not match in the empty text.
                return r"(?!(?a:\b))" if negated else r"(?a:\b)"
            case ast.Lookaround():
                return self._lookaround(node)
            case ast.Group(index, body):
                opening = "(" if index in self.groups else "(?:"
                return f"{opening}{self.write(body)})"
            case ast.Back(index):
                number = self.groups.get(index)
                return f"(?({number})\\{number})" if number else ""
            case ast.Repeat():
                return self._repeat(node)
            case ast.Sequence(items):
                return "".join(map(self._item, items))
            case ast.Choice(options):
                return "|".join(map(self.write, options))
            case _:
                assert_never(node)

    def _item(self, node: Node) -> str:
        text = self.write(node)
        return f"(?:{text})" if isinstance(node, ast.Choice) else text

    def _repeat(self, node: ast.Repeat) -> str:
        inner = node.body
        while isinstance(inner, ast.Sequence) and len(inner.items) == 1:
            inner = inner.items[0]
        body = self.write(inner)
        if not isinstance(inner, (ast.Chars, ast.Group, ast.Lookaround)):
            body = f"(?:{body})"
        bounds = (node.minimum, node.maximum)
        counts = _COUNTS.get(bounds) or (
            f"{{{node.minimum}}}"
            if node.minimum == node.maximum
            else f"{{{node.minimum},{'' if node.maximum is None else node.maximum}}}"
        )
        return f"{body}{counts}{'?' if node.lazy else ''}"

    def _lookaround(self, node: ast.Lookaround) -> str:
        if not node.behind:
            return f"(?{'!' if node.negated else '='}{self.write(node.body)})"
        by_width: dict[int, list[str]] = {}
        for width, option in _unfold(_trim(node.body), node.offset):
            by_width.setdefault(width, []).append(self.write(option))
        sign = "!" if node.negated else "="
        looks = [f"(?<{sign}{'|'.join(by_width[width])})" for width in sorted(by_width)]
        if len(looks) == 1 or node.negated:
            return "".join(looks) if len(looks) == 1 else f"(?:{''.join(looks)})"
        return f"(?:{'|'.join(looks)})"


_COUNTS = {(0, None): "*", (1, None): "+", (0, 1): "?"}


def _trim(node: Node) -> Node:
    """A lookbehind's body without the repetitions that lead it.

    Its start is free, so where more rounds match, the fewest match as well.
    """
    match node:
        case ast.Repeat(body, low, _, lazy, offset):
            return ast.Repeat(body, low, low, lazy, offset)
        case ast.Group(body=body):
            return _trim(body)
        case ast.Sequence((first, *rest)):
            return ast.Sequence((_trim(first), *rest))
        case ast.Choice(options):
            return ast.Choice(tuple(map(_trim, options)))
        case _:
            return node


def _unfold(node: Node, offset: int) -> list[tuple[int, Node]]:
    """All that a lookbehind's body can be, as alternatives of one width each."""
    match node:
        case ast.Chars():
            return [(1, node)]
        case ast.Group(body=body):
            return _unfold(body, offset)
        case ast.Sequence((single,)):
            return _unfold(single, offset)
        case ast.Choice(options):
            found = [each for option in options for each in _unfold(option, offset)]
        case ast.Sequence(items):
            found = _product([_unfold(item, offset) for item in items], offset)
        case ast.Repeat(body, low, high, _, _):
            if high is None or high > MAX_WIDTHS:
                raise ECMAUnsupportedError("lookbehind without a bound", offset)
            rounds = [_unfold(body, offset)] * high
            counts = range(low, high + 1)
            found = [each for n in counts for each in _product(rounds[:n], offset)]
        case _:
            return [(0, node)]
    if len(found) > MAX_WIDTHS:
        raise ECMAUnsupportedError("lookbehind of too many widths", offset)
    return found


def _product(
    parts: list[list[tuple[int, Node]]], offset: int
) -> list[tuple[int, Node]]:
    """Every way to pick one alternative of each part, in sequence."""
    found: list[tuple[int, tuple[Node, ...]]] = [(0, ())]
    for part in parts:
        found = [(w + v, (*nodes, one)) for w, nodes in found for v, one in part]
        if len(found) > MAX_WIDTHS:
            raise ECMAUnsupportedError("lookbehind of too many widths", offset)
    return [(width, ast.Sequence(nodes)) for width, nodes in found]
