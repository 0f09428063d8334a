"""The code tree: what is built, what is asked of it, what is printed of it."""

from __future__ import annotations

import pytest

from codegen.python.emit import module, printer, search, tree
from codegen.python.emit.tree import (
    Assign,
    Attribute,
    Call,
    Constant,
    Display,
    Do,
    For,
    If,
    Name,
    Return,
    Subscript,
    call,
    compare,
    every,
    negated,
    some,
)

a, b, c, v = map(Name, "abcv")
IS_TEXT = compare(Attribute(v, "__class__"), "is", Name("str"))


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (every([some([a, b]), c]), "(a or b) and c"),
        (some([every([a, b]), c]), "(a and b) or c"),
        (some([a, some([b, c])]), "a or b or c"),
        (tree.Not(some([a, b])), "not (a or b)"),
        (tree.Not(compare(a, "<", b)), "not a < b"),
        (compare(compare(a, "<", b), "==", c), "(a < b) == c"),
        (tree.Compare(("<", "<"), (a, b, c)), "a < b < c"),
        (Attribute(tree.Binary("+", a, b), "c"), "(a + b).c"),
        (tree.Binary("+", a, tree.Binary("+", b, c)), "a + (b + c)"),
        (tree.Binary("+", tree.Binary("+", a, b), c), "a + b + c"),
        (
            tree.Conditional(a, b, tree.Conditional(a, b, c)),
            "b if a else b if a else c",
        ),
        (Display("()", (a,)), "(a,)"),
        (Subscript(a, Display("()", (b, c))), "a[b, c]"),
        (tree.Slice(a, 2), "a[2:]"),
        (Constant({"k": [1, None, ("x",)]}), '{"k": [1, None, ("x",)]}'),
        (Constant('say "hi"\n'), "'say \"hi\"\\n'"),
        (call("f", tree.Conditional(a, b, c)), "f(b if a else c)"),
        (
            tree.Comprehension("", a, Display("()", (b, a)), c, IS_TEXT),
            "a for b, a in c if v.__class__ is str",
        ),
    ],
)
def test_an_expression_has_the_parentheses_that_it_needs(
    node: tree.Expr, text: str
) -> None:
    assert printer.expression(node) == text


@pytest.mark.parametrize(
    ("test", "text"),
    [
        (IS_TEXT, "v.__class__ is not str"),
        (every([IS_TEXT, a]), "v.__class__ is not str or not a"),
        (some([IS_TEXT, tree.Not(a)]), "v.__class__ is not str and a"),
        (compare(a, "<", b), "not a < b"),
        (compare(a, "not in", b), "a in b"),
        (Constant(True), "False"),
    ],
)
def test_the_opposite_of_a_test_reads_well(test: tree.Expr, text: str) -> None:
    assert printer.expression(negated(test)) == text


@pytest.mark.parametrize("text", ["", "a b", "a.b", "1", 'x"', "a\n", "a;b"])
def test_names_are_identifiers(text: str) -> None:
    for make in (Name, lambda t: Attribute(a, t), tree.Parameter):
        with pytest.raises(ValueError, match="no identifier"):
            make(text)
    with pytest.raises(ValueError, match="no identifier"):
        tree.Function(text, (), a, ())


def test_a_tree_knows_what_it_uses_and_assigns() -> None:
    block: tree.Block = (
        If(IS_TEXT, (Assign(a, b),), (For(c, v, (Do(call("f", c)),)),)),
        Return(a),
    )
    assert search.uses(block, b)
    assert not search.uses(block, Name("d"))
    assert search.assigns(block, a)
    assert not search.assigns(block, b)


def test_an_only_if_in_an_else_is_an_elif() -> None:
    statement = If(a, (Return(b),), (If(b, (), (Return(c),)),))
    assert printer.statements([[statement]]) == (
        "if a:\n    return b\nelif b:\n    pass\nelse:\n    return c\n"
    )


def test_cases_become_a_chain() -> None:
    chained = tree.chain([(a, (Return(a),)), (b, (Return(b),))], (Return(c),))
    assert chained == (If(a, (Return(a),), (If(b, (Return(b),), (Return(c),)),)),)
    assert tree.chain([], (Return(c),)) == (Return(c),)


def test_imports_are_what_a_module_uses() -> None:
    nodes = [
        Assign(a, Call(Name("drift", "._runtime.registry"))),
        Assign(b, Name("Any", "typing")),
        Assign(c, Name("Voice", tree.MODELS)),
    ]
    assert module.imports(search.mentions(nodes)) == (
        "from __future__ import annotations\n\n"
        "from typing import Any\n\n"
        "from ._runtime.registry import drift\n"
        "from .models import (\n    Voice,\n)\n"
    )


def test_a_model_that_would_hide_something_gets_another_name() -> None:
    model = Name("drift", tree.MODELS)
    nodes = [Do(Call(Name("drift", "._runtime.registry"))), Assign(a, model)]
    renamed = module.renames(search.mentions(nodes))
    assert renamed == {".models:drift": "Class_drift"}
    assert printer.statements([nodes], renamed) == "drift()\na = Class_drift\n"
    imports = module.imports(search.mentions(nodes), module.aliases(renamed))
    assert "import drift\n" in imports
    assert "import drift as Class_drift\n" in imports


def test_a_value_can_be_bound_where_it_is_asked_for() -> None:
    absent = tree.compare(tree.NamedExpr(a, b), "is", Constant(None))
    block = (If(absent, (Assign(c, b, a),)),)
    assert printer.statements([block]) == ("if (a := b) is None:\n    c = a = b\n")
    assert search.assigns([absent], a)
    assert search.assigns(block[0].body, a)
    assert not search.assigns(block, b)


def test_groups_have_a_blank_line_between_and_functions_two() -> None:
    function = tree.Function("f", (), Name("int"), (Return(Constant(1)),))
    groups = [[Assign(a, b), Assign(b, c)], [Assign(c, a)], [function], [Do(call("f"))]]
    assert printer.statements([[Assign(a, b)], [Assign(b, call("f"))]]) == (
        "a = b\n\nb = f()\n"
    )
    assert printer.statements(groups) == (
        "a = b\nb = c\nc = a\n\n\n" "def f() -> int:\n    return 1\n\n\nf()\n"
    )
