"""Circles of imports are found, however an import is written."""

from __future__ import annotations

import pytest

from tests.architecture.import_graph import circles, graph


@pytest.mark.parametrize(
    "text",
    [
        "import p.b",
        "from p import b",
        "from p.b import name",
        "from . import b",
        "from .b import name",
        "def f():\n    from p.b import name",
        "if TYPE_CHECKING:\n    from p.b import name",
        "import_module('p.b')",
        "importlib.import_module('p.b')",
        "protected(import_module, 'p.b')",
        "__import__('p.b')",
    ],
)
def test_an_import_is_seen_however_it_is_written(text: str) -> None:
    texts = {"p": "", "p.a": text, "p.b": "from p.a import other"}
    assert graph(texts)["p.a"] == {"p.b"}
    assert circles(graph(texts)) == [("p.a", "p.b")]


@pytest.mark.parametrize(
    "text",
    [
        "import json",
        "from q.b import name",
        "'p.b'",
        "show('p.b')",
        "import_module(f'{name}.b')",
    ],
)
def test_what_imports_nothing_of_the_project_makes_no_circle(text: str) -> None:
    texts = {"p": "from p.b import name", "p.a": text, "p.b": "from p.a import other"}
    assert circles(graph(texts)) == []


def test_a_package_is_in_a_circle_with_modules_that_take_names_from_it() -> None:
    texts = {"p": "from p.b import name", "p.b": "from p.a import other"}
    taking = texts | {"p.a": "from p import name"}
    assert circles(graph(taking)) == [("p", "p.a", "p.b")]
    running = texts | {"p.a": "from p.c import name", "p.c": ""}
    assert circles(graph(running)) == []


def test_circles_are_whole_and_apart() -> None:
    edges = {
        "a": {"b", "d"},
        "b": {"c"},
        "c": {"a"},
        "d": {"e"},
        "e": {"d"},
        "f": {"a"},
        "g": {"g"},
    }
    assert circles(edges) == [("a", "b", "c"), ("d", "e"), ("g",)]
