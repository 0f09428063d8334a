"""No text of a specification stands in source but through a door.

Doors (`codegen.text`) write whole tokens, quotes and all. So neither a template of
Python nor an f-string of an emitter may put anything into a string, a docstring or a
comment of its own: whether what is put in could end it would be a question of each
place, and was answered wrongly once.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pytest
from jinja2 import nodes

from codegen import render
from codegen.text import Code
from tests.architecture.lexical import CODE, COMMENT, after, is_code
from tests.corpus_paths import ROOT

PYTHON: Final = sorted(
    path.relative_to(ROOT / "templates").as_posix()
    for folder in ("python", "golden")
    for path in (ROOT / "templates" / folder).rglob("*.jinja")
)
"""The templates of which Python comes."""

DOORS: Final = frozenset(["docstring", "comment"])
"""Filters that make a token of a whole block."""


class Reader:
    """Reads a template in the order of its text, and notes what it puts where."""

    def __init__(self) -> None:
        self.state = CODE
        self.found: list[tuple[int, str]] = []
        self.printed = 0

    def all(self, parts: Iterable[nodes.Node]) -> None:
        for part in parts:
            self.read(part)

    def read(self, node: nodes.Node) -> None:
        match node:
            case nodes.Output():
                for part in node.nodes:
                    if isinstance(part, nodes.TemplateData):
                        self.state = after(part.data, self.state)
                    else:
                        self.put(part)
            case nodes.If():
                branches = [node.body, *(e.body for e in node.elif_), node.else_]
                self.branches(node, branches)
            case nodes.For():
                self.branches(node, [node.body, node.else_])
            case nodes.Include():
                self.put(node)
            case nodes.FilterBlock():
                self.block(node)
            case _:
                self.found.append((node.lineno, f"a {type(node).__name__}"))

    def put(self, node: nodes.Node) -> None:
        self.printed += 1
        if not is_code(self.state):
            self.found.append((node.lineno, f"an expression in {self.state}"))

    def branches(self, node: nodes.Node, bodies: list[list[nodes.Node]]) -> None:
        """Each way through must end as the others, and loops as they began."""
        before = self.state
        for body in bodies:
            self.state = before
            self.all(body)
            if self.state != before:
                self.found.append((node.lineno, f"a way that ends in {self.state}"))
        self.state = before

    def block(self, node: nodes.FilterBlock) -> None:
        """A block that goes through a door as a whole is no Python yet."""
        self.put(node)
        name = node.filter.name
        if name not in DOORS or not isinstance(node.filter.node, nodes.Node | None):
            self.found.append((node.lineno, f"a block through {name}"))


def problems(text: str) -> list[str]:
    """What a template puts where it should not, line by line."""
    reader = Reader()
    reader.all(render.python_environment().parse(text).body)
    if reader.state not in {CODE, COMMENT}:
        reader.found.append((0, f"an end inside {reader.state}"))
    return [f"{line}: {what}" for line, what in reader.found]


@pytest.mark.parametrize("name", PYTHON)
def test_templates_put_nothing_into_strings_and_comments(name: str) -> None:
    assert problems((ROOT / "templates" / name).read_text()) == []


def test_what_templates_print_is_seen() -> None:
    """The reader is not blind: it has met the expressions that are there."""
    reader = Reader()
    for name in PYTHON:
        text = (ROOT / "templates" / name).read_text()
        reader.all(render.python_environment().parse(text).body)
    assert len(PYTHON) >= 10
    assert reader.printed >= 20


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('"""{{ a }}"""', '1: an expression in """'),
        ("x = '{{ a }}'", "1: an expression in '"),
        ("x = '\\'{{ a }}'", "1: an expression in '"),
        ('x = f"{y}: {{ a }}"', '1: an expression in f"'),
        ("# {{ a }}", "1: an expression in comment"),
        ("x = 1  # it's\n'{{ a }}'", "2: an expression in '"),
        (
            '"""\n{% for a in b %}\n{{ a }}\n{% endfor %}\n"""',
            '3: an expression in """',
        ),
        ('{% if a %}\n"""\n{% endif %}\n', '1: a way that ends in """'),
        ("{% filter upper %}x{% endfilter %}", "1: a block through upper"),
        ("# {% filter comment %}x{% endfilter %}", "1: an expression in comment"),
        ("'{% include 'python/alias.jinja' %}'", "1: an expression in '"),
        ("{% macro a() %}{% endmacro %}", "1: a Macro"),
        ('"""', '0: an end inside """'),
    ],
)
def test_what_stands_in_another_token_is_found(text: str, problem: str) -> None:
    assert problem in problems(text)


@pytest.mark.parametrize(
    "text",
    [
        "x = {{ a }}  # why\ny = {{ b }}",
        "{% filter docstring %}\nOf `{{ a }}`.\n{% endfilter %}",
        '\'a\' + {{ a }} + """it\'s \\"""" + {{ b }}',
    ],
)
def test_what_stands_on_its_own_is_not(text: str) -> None:
    assert problems(text) == []


def test_a_template_of_python_prints_source_only() -> None:
    """Text that has been through no door is an error wherever it is printed."""
    made = render.python_environment().from_string("x = {{ value }}")
    assert made.render(value=Code("1")) == "x = 1"
    for value in ("1", 1, None, ["1"]):
        with pytest.raises(TypeError, match="prints text that is no source"):
            made.render(value=value)


@pytest.mark.parametrize("door", ["docstring", "comment", "string", "literal"])
def test_the_filters_are_doors(door: str) -> None:
    made = render.python_environment().from_string(f"{{{{ value | {door} }}}}")
    text = made.render(value="a\"\"\"'''\nimport os\n\\")
    tree = ast.parse(text)
    assert all(isinstance(node, ast.Expr) for node in tree.body), text


# --- what emitters write without a template ----------------------------------------

EMITTERS: Final = sorted(
    [
        *(ROOT / "codegen" / "python").rglob("*.py"),
        ROOT / "codegen" / "golden" / "strategies.py",
        ROOT / "codegen" / "golden" / "author.py",
    ]
)


def put_into_tokens(source: str) -> Iterator[int]:
    """The lines of f-strings that put something into a string or comment of the
    Python that they write."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.JoinedStr):
            continue
        state = CODE
        for part in node.values:
            if isinstance(part, ast.Constant):
                try:
                    state = after(str(part.value), state)
                except ValueError:
                    yield node.lineno
                    break
            elif not is_code(state):
                yield node.lineno
                break


@pytest.mark.parametrize("path", EMITTERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_emitters_put_nothing_into_strings_and_comments(path: Path) -> None:
    assert list(put_into_tokens(path.read_text())) == []


def test_an_emitter_that_does_is_found() -> None:
    assert list(put_into_tokens("f'\"{x}\"'")) == [1]
    assert list(put_into_tokens("\nf'x = 1  # {x}'")) == [2]
    assert list(put_into_tokens("f'{x}[\"a\"]: {y}'")) == []
    assert list(put_into_tokens("f'f\"{{{x}}}\"'")) == []
    assert list(put_into_tokens("f'f\"{{1}}{x}\"'")) == [1]
