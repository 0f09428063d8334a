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
        ("collect_unheld(o, v)", "lose extra", "pass"),
        (
            "o._extra = None if len(v) == n else unknown_of(o, v)",
            "lose extra",
            "o._extra = None",
        ),
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
        # Where an integer is made of it, anything else drifts, as it would behind it,
        (
            "if x.__class__ is int:\n        if x.__class__ is not int: x = whole(x)"
            "\n    else: drift()",
            [],
        ),
        # unless there another branch takes it, or it may be anything.
        (
            "if x.__class__ is int:\n        if x.__class__ is not int: x = whole(x)"
            "\n    elif x.__class__ is str: a()\n    else: drift()",
            ["(int, str)", "(str, bool)"],
        ),
        (
            "if x.__class__ is int:\n        if x.__class__ is not int: x = whole(x)",
            ["(int, list)"],
        ),
        # Whatever is let in differs from these as well.
        ("if x.__class__ is str:\n        if x != 'a' and x != 'b': drift()", []),
    ],
)
def test_an_extra_type_makes_a_difference(branch: str, more: list[str]) -> None:
    changed = damaged(function(branch), "extra type")
    assert [text.partition(" in ")[2].partition(":")[0] for text in changed] == more


@pytest.mark.parametrize(
    ("handler", "count"),
    [("x = decode_B(x)", 0), ("v = fill_missing(B, v)", 1), ("drift()", 1)],
)
def test_a_key_that_only_spares_a_call_can_be_any(handler: str, count: int) -> None:
    text = function("try: decode = BY_TAG_B[x['b']]", f"except KeyError: {handler}")
    assert len(damaged(text, "wrong key")) == count


def test_an_extra_type_is_one_that_no_earlier_branch_has_taken() -> None:
    text = function("if x.__class__ is int: a()", "elif x.__class__ is str: b()")
    changed = damaged(text, "extra type")
    assert function(
        "if x.__class__ is int: a()", "elif x.__class__ in (str, bool): b()"
    ) in (changed)


def same(one: str, two: str) -> bool:
    return plain(one) == plain(two)


def plain(body: str) -> str:
    lines = ["def f(x):", *body.splitlines()]
    return ast.dump(plainly(ast.parse("\n ".join(lines))))


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("if a: b()\nelse: pass", "if a: b()", True),
        ("y: int\ny = a", "y = a", True),
        ("y: int = 1", "pass", False),
        ("if len(x) < 1: a()", "if not x: a()", True),
        ("if len(x) < 2: a()", "if not x: a()", False),
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
            "if a is not x: return 1\nb()",
            "if a is not x: return 1\nif a is x: b()",
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
        # Conditions inside of conditions, and what is denied as a whole or in parts.
        ("if a:\n if b: c()", "if a and b: c()", True),
        ("if a: c()\nelif b: c()\nelse: d()", "if a or b: c()\nelse: d()", True),
        ("if a or (b or d): c()", "if a or b or d: c()", True),
        ("if not (a is x or not b): c()", "if a is not x and not not b: c()", True),
        ("if a: return False\nreturn True", "return not a", True),
        (
            "if a in b: return False\nreturn bool(c < d)",
            "return a not in b and c < d",
            True,
        ),
        ("return not (a is b and c not in d)", "return a is not b or c in d", True),
        ("if a:\n if b: c()\n else: d()", "if a and b: c()\nelse: d()", False),
        ("if a: c()\nif b: c()", "if a or b: c()", False),
        ("return bool(a)", "return a", False),
        ("return not not a", "return a", False),
        ("return not a == b", "return a != b", True),
        ("return not a < b", "return a >= b", False),
        (
            "a = x if x.__class__ is str else SHALLOW[x.__class__](x)",
            "a = SHALLOW[x.__class__](x)",
            True,
        ),
        (
            "a = x if x.__class__ is str else SHALLOW[y.__class__](x)",
            "a = SHALLOW[y.__class__](x)",
            False,
        ),
        ("return x not in ('a', 'b')", "return x != 'a' and x != 'b'", True),
        ("return x in ('a', 1)", "return x == 'a' or x == 1", False),
        ("if a: return True\nreturn b", "return not a and b", False),
        # What is known of a class need not be asked,
        (
            "if x.__class__ is not str or x.__class__ is str and len(x) > 1: b()",
            "if x.__class__ is not str or len(x) > 1: b()",
            True,
        ),
        (
            "if x.__class__ is int or x.__class__ is float:\n"
            " if x.__class__ is float or x.__class__ is int: b()\n"
            " elif x is None: c()",
            "if x.__class__ is int or x.__class__ is float: b()",
            True,
        ),
        (
            "if x is not None and x.__class__ is not str: return 1\n"
            "if x is None: a()\nelif x.__class__ is str: b()",
            "if x is not None and x.__class__ is not str: return 1\n"
            "if x is None: a()\nelse: b()",
            True,
        ),
        (
            "if x is None: return 1\nreturn x is not None and a(x)",
            "if x is None: return 1\nreturn a(x)",
            True,
        ),
        # unless the variable has another value by then,
        (
            "if x.__class__ is not int:\n x = a(x)\n if x.__class__ is int: b()",
            "if x.__class__ is not int:\n x = a(x)",
            False,
        ),
        (
            "if x is not None:\n for y in z:\n  if x is None: b()\n  x = y",
            "if x is not None:\n for y in z:\n  x = y",
            False,
        ),
        # or something else has been asked.
        (
            "if x.__class__ is str or a: b()\nelif x.__class__ is str: c()\nelse: d()",
            "if x.__class__ is str or a: b()\nelse: c()",
            False,
        ),
        (
            "if x.__class__ is str or a:\n if x.__class__ is str: b()",
            "if x.__class__ is str or a: b()",
            False,
        ),
        (
            "if x.__class__ is A:\n if x.__class__ is B: b()",
            "if x.__class__ is A: pass",
            False,
        ),
        ("if f():\n if f(): b()", "if f(): b()", False),
    ],
)  # fmt: skip
def test_ways_of_writing_the_same(one: str, two: str, expected: bool) -> None:
    assert same(one, two) is expected
