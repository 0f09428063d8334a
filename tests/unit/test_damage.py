"""The ways in which `make mutate` damages code, and what it takes for no damage."""

from __future__ import annotations

import ast

import pytest

from benchmarks.equivalence import plainly
from benchmarks.mutations import GENERATED, mutations


def damaged(text: str, operator: str) -> list[str]:
    """The text after each mutation of one kind."""
    found = mutations("_codec.py", text, GENERATED)
    return [m.apply(text) for m in found if m.operator == operator]


def function(*lines: str) -> str:
    return "\n    ".join(["def decode_A(v):", *lines]) + "\n"


@pytest.mark.parametrize(
    ("statement", "operator", "expected"),
    [
        ("o.a = x", "lose on decode", "o.a = x; o.a = None"),
        (
            "o.a = y = get(v, 'a')",
            "lose on decode",
            "o.a = y = get(v, 'a'); o.a = None",
        ),
        ("x = v['a']", "wrong key", "x = v['ax']"),
        ("x = get(v, 'a', UNSET)", "wrong key", "x = get(v, 'ax', UNSET)"),
        ("x = get(v, 'a', UNSET)", "wrong absent", "x = get(v, 'a', None)"),
        ("collect_unknown(o, v, PROPERTIES_A)", "lose extra", "pass"),
        (
            "if x.__class__ is not str: drift()",
            "drop check",
            "if x.__class__ is not str: pass",
        ),
        (
            "if x.__class__ is not str: drift()",
            "extra type",
            "if x.__class__ not in (str, int): drift()",
        ),
        # An integer is not among strings either, so that would be no damage.
        (
            "if x.__class__ is not str or x not in {'a'}: drift()",
            "extra type",
            "if x.__class__ not in (str, list) or x not in {'a'}: drift()",
        ),
    ],
)  # fmt: skip
def test_damage(statement: str, operator: str, expected: str) -> None:
    assert damaged(function(statement), operator) == [function(expected)]


@pytest.mark.parametrize(
    ("branch", "more"),
    [
        ("if x.__class__ is str: a()", ["(str, int)"]),
        # Whose size is asked next: a boolean has one, too.
        ("if x.__class__ is int: a()", ["(int, list)"]),
        # Whatever is let in differs from these as well.
        ("if x.__class__ is str:\n        if x != 'a' and x != 'b': drift()", []),
    ],
)
def test_an_extra_type_makes_a_difference(branch: str, more: list[str]) -> None:
    changed = damaged(function(branch), "extra type")
    assert [text.partition(" in ")[2].partition(":")[0] for text in changed] == more


def test_an_extra_type_is_one_that_no_earlier_branch_has_taken() -> None:
    text = function("if x.__class__ is int: a()", "elif x.__class__ is str: b()")
    changed = damaged(text, "extra type")
    assert function(
        "if x.__class__ is int: a()", "elif x.__class__ in (str, bool): b()"
    ) in (changed)


def same(one: str, two: str) -> bool:
    return ast.dump(plainly(ast.parse(one))) == ast.dump(plainly(ast.parse(two)))


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("if a: b()\nelse: pass", "if a: b()", True),
        (
            "if a is not x: fail()\nelse: b()",
            "if a is not x: fail()\nif a is x: b()",
            True,
        ),
        (
            "if a is not x and a is not y: fail()\nelse: b()",
            "if a is not x and a is not y: fail()\nif a is x or a is y: b()",
            True,
        ),
        (
            "def f():\n if a is not x: return 1\n b()",
            "def f():\n if a is not x: return 1\n if a is x: b()",
            True,
        ),
        (
            "if a is not x: fail()\nelse: b()",
            "if a is not x: fail()\nif a is y: b()",
            False,
        ),
        ("if a is not x: fail()\nelse: b()", "if a is not x: fail()\nb()", False),
        # What is called in between may change what `a` is.
        ("if a is not x: c()\nelse: b()", "if a is not x: c()\nif a is x: b()", False),
    ],
)  # fmt: skip
def test_ways_of_writing_the_same(one: str, two: str, expected: bool) -> None:
    assert same(one, two) is expected
