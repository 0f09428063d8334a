"""Whatever texts a specification has, its code differs from a harmless one's in
literals and in names that were checked, and in nothing else."""

from __future__ import annotations

import ast
import os
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from codegen import frontend, golden, guard
from codegen import python as python_sdk
from codegen.artifact import printed
from codegen.diagnostics import Report
from codegen.golden.documents import Author
from codegen.golden.strategies import strategies_files
from codegen.text import name as checked
from tests.hostile.documents import BENIGN, FORMATS, PAYLOADS, Slots, write

LONG = bool(os.environ.get("CODEGEN_LONG"))
"""Whether all formats take all texts, and what is generated is formatted and gets its
tests, for which it runs."""


PAIRS = [
    (form, payload)
    for number, payload in enumerate(PAYLOADS)
    for place, form in enumerate(FORMATS)
    if LONG or (number + place) % len(FORMATS) == 0
]
"""Each text in a format, or in all of them."""


def package(form: str, slots: Slots, folder: Path) -> dict[str, str]:
    """The Python files of a document's package, at all of which the guard looked."""
    spec, overlay = write(folder, form, slots)
    report = Report()
    options = frontend.Options(overlays=(overlay,))
    loaded = frontend.load(spec, options, report)
    assert not report.failed, [str(item) for item in report]
    asserted = form == "openapi-3.1"
    settings = python_sdk.Settings("sdk", ("Event",), assert_formats=asserted)
    if form.startswith("asyncapi"):
        settings = python_sdk.Settings("sdk")
    made = python_sdk.decide(loaded.module, settings)
    files = list(python_sdk.package_files(made))
    if LONG:
        files += golden.test_files(made, files, {}, report, loaded.span)
    else:
        builder = Author(loaded.module, ()).builder
        files += printed(strategies_files(loaded.module, "sdk", builder))
    for file in files:
        guard.check(file, report)
    assert not report.failed, [(i.span, i.message, i.source[:200]) for i in report]
    return {file.path: file.text for file in files if file.path.endswith(".py")}


@cache
def shape(text: str) -> str:
    """The syntax of a module without literals, and with one name for all names.

    What is imported is sorted, as it is by names; that a name is one is checked.
    """
    tree = Questions().visit(Patterns().visit(ast.parse(text)))
    for node in ast.walk(tree):
        for part in ("name", "id", "attr", "arg", "asname"):
            word = getattr(node, part, None)
            if isinstance(word, str) and not isinstance(node, ast.alias):
                checked(word)
                setattr(node, part, "NAME")
        match node:
            case ast.Constant():
                node.value = 0
            case ast.alias():
                for word in node.name.split("."):
                    checked(word)
                node.name, node.asname = "NAME", None
            case _:
                pass
    return ast.dump(Literals().visit(tree))


class Patterns(ast.NodeTransformer):
    """Makes one literal of the two texts of a pattern that Python writes otherwise, and
    one statement of those that import from one module."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        match node:
            case ast.Call(
                ast.Name("Pattern"), [ast.Constant(str()), ast.Constant(str())]
            ):
                return ast.Constant(value=0)
        return node

    def visit_Module(self, node: ast.Module) -> ast.Module:
        """What is imported under another name is imported by a statement of its own."""
        self.generic_visit(node)
        body: list[ast.stmt] = []
        for each in node.body:
            if isinstance(each, ast.ImportFrom):
                each.names = [name for name in each.names if name.name != "Pattern"]
                before = body[-1] if body else None
                if isinstance(before, ast.ImportFrom) and before.module == each.module:
                    before.names += each.names
                    continue
                if not each.names:
                    continue
            body.append(each)
        node.body = body
        return node


class Questions(ast.NodeTransformer):
    """Asks one after the other what is asked in one condition where it fits there:
    that follows from how long it is."""

    def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt]:
        self.generic_visit(node)
        match node:
            case ast.If(ast.BoolOp(ast.Or(), tests), [ast.Return(answer)], []):
                return [ast.If(test, [ast.Return(answer)], []) for test in tests]
        return node


class Literals(ast.NodeTransformer):
    """Makes one literal of a list, a tuple, a set or a dict of literals."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        if isinstance(node, ast.List | ast.Tuple | ast.Set | ast.Dict | ast.UnaryOp):
            inside = (n for n in ast.iter_child_nodes(node) if isinstance(n, ast.expr))
            if all(isinstance(n, ast.Constant) for n in inside):
                return ast.Constant(value=0)
        return node


@cache
def benign(form: str, text: str) -> dict[str, str]:
    with TemporaryDirectory() as folder:
        return package(form, Slots(text), Path(folder))


@pytest.mark.parametrize(("form", "payload"), PAIRS)
def test_the_code_is_that_of_the_harmless_twin(
    form: str, payload: str, tmp_path: Path
) -> None:
    found = package(form, Slots(PAYLOADS[payload]), tmp_path)
    # Where a name is so long that nothing fits beside it, statements are divided.
    twins = [benign(form, text) for text in (BENIGN, " ".join([BENIGN] * 6))]
    for path, text in found.items():
        assert shape(text) in [shape(twin[path]) for twin in twins], path
    assert all(found.keys() == twin.keys() for twin in twins)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ('"""a"""', '"""a"""; f()'),
        ("x = 'a'", "x = 'a' or f()"),
        ("x = ['a']", "x = ['a', y]"),
        ("x: int = 1", "x = 1"),
        ("# a\nx = 1", "# a\nf()\nx = 1"),
        ("from a import b", "from a import b, c"),
    ],
)
def test_code_that_differs_is_told_apart(text: str, other: str) -> None:
    assert shape(text) != shape(other)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ('"""a"""', "'b'"),
        ("x = {'a': [1, -2]}", "z = {}"),
        ("import a\nf(a.b)", "import c\ng(c.d)"),
    ],
)
def test_literals_and_names_are_not(text: str, other: str) -> None:
    assert shape(text) == shape(other)


def test_slots_and_payloads_are_many(tmp_path: Path) -> None:
    counts = {}
    for form in FORMATS:
        slots = Slots(BENIGN)
        write(tmp_path, form, slots)
        counts[form] = len(slots.names)
    assert min(counts.values()) >= 30, counts
    assert sum(counts.values()) * len(PAYLOADS) >= 7_000, (counts, len(PAYLOADS))
