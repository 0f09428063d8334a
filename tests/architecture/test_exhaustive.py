"""Whoever decides by the kind of an assertion decides for every kind.

A `case _: pass` at the end of a `match` over assertions hides each one that is added
later. `assert_never` there lets the type checker name the place instead.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final, get_args

import pytest

from codegen.ir import model as ir
from tests.corpus_paths import ROOT

ASSERTIONS: Final = frozenset(kind.__name__ for kind in get_args(ir.Assertion))
GROUPS: Final = frozenset(
    base.__name__ for kind in get_args(ir.Assertion) for base in kind.__mro__[1:-1]
)

_NAMED: Final = re.compile(r"case\b.*\bir\s*\.", re.DOTALL)
"""What stands in every module with such a `match`."""

SOURCES: Final = sorted((ROOT / "codegen").rglob("*.py"))


def open_ends(source: str) -> Iterator[int]:
    """The lines of each `match` over assertions that does not end in `assert_never`."""
    if not _NAMED.search(source):
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Match) and any(map(_is_assertion, ast.walk(node))):
            last = node.cases[-1]
            if not (_takes_the_rest(last) and _is_never(last.body)):
                yield node.lineno


def _is_assertion(node: ast.AST) -> bool:
    match node:
        case ast.MatchClass(cls=ast.Attribute(value=ast.Name(id="ir"), attr=name)):
            return name in ASSERTIONS | GROUPS
        case _:
            return False


def _takes_the_rest(case: ast.match_case) -> bool:
    pattern = case.pattern
    is_name = isinstance(pattern, ast.MatchAs) and pattern.pattern is None
    return is_name and case.guard is None


def _is_never(body: list[ast.stmt]) -> bool:
    return len(body) == 1 and ast.unparse(body[0]).startswith("assert_never(")


def test_matches_over_assertions_end_in_assert_never() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in SOURCES
        for line in open_ends(path.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "end",
    [
        "case _:\n  pass",
        "case ir.OnStrings():\n  pass",
        "case _ if late:\n  assert_never(a)",
        "case _:\n  pass\n  assert_never(a)",
    ],
)
@pytest.mark.parametrize("first", ["ir.Items()", "ir.InPlace()", "(1, [ir.Ref(x)])"])
def test_an_open_end_is_found(first: str, end: str) -> None:
    match = f"match a:\n case {first}:\n  pass\n case _ if x:\n  pass\n {end}"
    assert list(open_ends(match)) == [1]


@pytest.mark.parametrize(
    "source",
    [
        "match a:\n case ir.Items():\n  pass\n case _:\n  assert_never(a)",
        "match f(a):\n case ir.Items():\n  pass\n case other:\n  assert_never(other)",
        "match a:\n case ir.Schema():\n  pass\n case _:\n  pass",
        "match a:\n case int():\n  pass\n case _:\n  pass",
    ],
)
def test_what_is_closed_or_about_something_else_is_not(source: str) -> None:
    assert list(open_ends(source)) == []
