"""What the printer writes is what Black makes of the same code on long lines."""

from __future__ import annotations

import os

import black
import pytest
from black.mode import Mode, TargetVersion

from codegen.python.emit import layout, module, printer, tree
from codegen.python.emit.tree import (
    Assign,
    Call,
    Constant,
    Display,
    Name,
    Subscript,
    call,
)
from tests.sweeps import many
from tests.unit.emit.random_trees import Trees

MODE = Mode(target_versions={TargetVersion.PY311})

FUNCTIONS = int(os.environ.get("CODEGEN_LAYOUTS", many(24, 60)))
"""Random functions of the test."""


def flat(statement: tree.Statement, monkeypatch: pytest.MonkeyPatch) -> str:
    """A statement with every line as long as it comes."""
    with monkeypatch.context() as patch:
        patch.setattr(printer, "LINE_LENGTH", 10**9)
        patch.setattr(printer, "_is_disputed", lambda out, lines: False)
        return printer.statements([[statement]])


@pytest.mark.parametrize("seed", range(4))
def test_black_changes_nothing(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    trees = Trees(seed)
    for _ in range(FUNCTIONS // 4):
        function = trees.function()
        written = printer.statements([[function]])
        assert black.format_str(written, mode=MODE) == written
        asked = black.format_str(flat(function, monkeypatch), mode=MODE)
        with monkeypatch.context() as patch:
            # Where formatters differ neither is followed, as the line above has seen.
            patch.setattr(printer, "_is_disputed", lambda out, lines: False)
            assert printer.statements([[function]]) == asked


LONG = "a" * 40


def asking(name: str) -> tree.If:
    """An `if` that asks a function of this name about what is not None."""
    x = Name("x")
    parts = [tree.compare(x, "is not", Constant(None)), tree.negated(call(name, x))]
    return tree.If(tree.every(parts), (tree.Return(),))


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        (
            Assign(Name("x"), Call(Name("f"), (Name(LONG), Name(LONG)))),
            f"x = f(\n    {LONG}, {LONG}\n)\n",
        ),
        (
            Assign(Name("x"), tree.some([Name(LONG), Name(LONG), Name("b")])),
            f"x = (\n    {LONG}\n    or {LONG}\n    or b\n)\n",
        ),
        (
            Assign(Name("x"), Display("{}", (Constant(LONG), Constant(LONG)))),
            f'x = {{\n    "{LONG}",\n    "{LONG}",\n}}\n',
        ),
        (
            Assign(Subscript(Name("d"), Constant(LONG)), Constant(LONG)),
            f'd["{LONG}"] = (\n    "{LONG}"\n)\n',
        ),
        (
            Assign(Name("x"), tree.Mapping(((Constant("k"), Name("v")),), True)),
            'x = {\n    "k": v,\n}\n',
        ),
        (
            Assign(Name("x"), call("f", Name(LONG), Name(LONG)), Name("y")),
            f"x = y = f(\n    {LONG}, {LONG}\n)\n",
        ),
        (
            tree.If(
                tree.compare(
                    tree.NamedExpr(Name("x"), call("f", Name(LONG), Name(LONG))),
                    "is",
                    Constant(None),
                ),
                (tree.Return(),),
            ),
            "if (\n    x := f(\n"
            f"        {LONG},\n        {LONG},\n"
            "    )\n) is None:\n    return\n",
        ),
        (Assign(Name("x"), Constant("a" * 100)), f'x = "{"a" * 100}"\n'),
        (
            asking("f" * 61),
            f"if x is not None and not {'f' * 61}(\n    x\n):\n    return\n",
        ),
        # Up to its bracket this fills a line, where ruff begins another and Black two.
        (
            asking("f" * 62),
            f"if x is not None and not {'f' * 62}(x):  # fmt: skip\n    return\n",
        ),
    ],
)
def test_lines_break_where_they_should(statement: tree.Statement, text: str) -> None:
    assert printer.statements([[statement]]) == text
    assert black.format_str(text, mode=MODE) == text


def test_wide_characters_count_twice() -> None:
    short = Assign(Name("x"), Call(Name("f"), (Constant("日" * 38), Name("y"))))
    assert printer.statements([[short]]).count("\n") == 1
    wide = Assign(Name("x"), Call(Name("f"), (Constant("日" * 40), Name("y"))))
    assert printer.statements([[wide]]).count("\n") > 1


def test_imports_are_broken_one_name_a_line() -> None:
    names = [f"name_number_{i}" for i in range(8)]
    lines = "".join(f"    {name},\n" for name in names)
    assert printer.imports("._runtime", names) == f"from ._runtime import (\n{lines})\n"
    assert printer.imports("a.b", ["c"]) == "from a.b import c\n"


def test_a_line_that_cannot_be_broken_stays() -> None:
    name = "a" * 100
    assert layout.broken([name], 0) == [name]


def test_an_annotation_that_only_black_puts_in_brackets_stays() -> None:
    of = Subscript(Name("dict"), Display("()", (Name("str"), Name("Any"))))
    table = tree.Declare(Name("T" * 82), of, tree.Mapping(()))
    line = f"{'T' * 82}: dict[str, Any] = {{}}  # fmt: skip\n"
    assert printer.statements([[table]]) == line


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (
            Assign(Subscript(Name("x"), Name("a" * 90)), Call(Name("f"), (Name("y"),))),
            f"x[{'a' * 90}] = f(y)",
        ),
        (
            Assign(
                Subscript(Name("x"), Constant(LONG * 3)),
                tree.Conditional(Name("y"), Name("z"), Name("v")),
            ),
            f'x["{LONG}{LONG}{LONG}"] = z if y else v',
        ),
        (
            tree.Return(tree.Attribute(Subscript(Name("y"), Name("a" * 90)), "b")),
            f"return y[{'a' * 90}].b",
        ),
    ],
)
def test_what_formatters_break_each_in_its_own_way_stays(
    statement: tree.Statement, line: str
) -> None:
    written = printer.statements([[statement]])
    assert written == f"{line}  # fmt: skip\n"
    assert black.format_str(written, mode=MODE) == written


def test_a_short_tuple_of_one_is_no_line_that_formatters_differ_about() -> None:
    one = Assign(Name("x"), Display("()", (Constant("a"),)))
    assert printer.statements([[one]]) == 'x = ("a",)\n'


def test_an_annotation_that_is_a_union_stands_in_brackets() -> None:
    union = tree.Binary("|", tree.Binary("|", Name(LONG), Name(LONG)), Name("None"))
    field = tree.Declare(Name("x"), union, Name("None"))
    text = f"x: (\n    {LONG}\n    | {LONG}\n    | None\n) = None\n"
    assert printer.statements([[field]]) == text
    assert black.format_str(text, mode=MODE) == text


def test_names_are_imported_in_the_order_of_linters() -> None:
    names = ["BetaAgentTag", "Beta_AgentTagParam", "x10", "x9", "UNSET", "A", "Ü"]
    expected = ["UNSET", "Ü", "A", "Beta_AgentTagParam", "BetaAgentTag", "x9", "x10"]
    assert module.in_order(names) == expected


def test_modules_stand_as_linters_sort_them() -> None:
    expected = [".._runtime", "._checks", ".u_2", ".u_10", ".u_a"]
    assert module.modules_in_order(sorted(expected)) == expected
