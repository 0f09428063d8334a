"""What is written is what Black writes, whether Black was asked or not."""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Iterator
from pathlib import Path

import black
import pytest

from codegen.format import Formatter, blacken, format_file, join, mode, tidy
from codegen.format_cache import FILE, Cache
from codegen.layout import Layout
from tests.corpus_paths import ROOT


def ask(text: str) -> str | None:
    try:
        return blacken(text)
    except ValueError:
        return None


def top_level_pieces(path: Path) -> Iterator[str]:
    """The statements of a Python file, each as its own piece."""
    source = path.read_text()
    lines = source.split("\n")
    for node in ast.parse(source).body:
        decorators = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(one.lineno for one in decorators)])
        yield "\n".join(lines[first - 1 : node.end_lineno]) + "\n"


OWN = sorted((ROOT / "codegen").rglob("*.py")) + sorted(
    (ROOT / "generated").rglob("*.py")
)


def damaged(piece: str, random: random.Random) -> str:
    """A piece with one small change that Black might object to."""
    lines = piece.split("\n")[:-1]
    at = random.randrange(len(lines))
    line = lines[at]
    match random.randrange(10):
        case 0:
            lines.insert(at, "")
        case 1:
            blank = [index for index, text in enumerate(lines) if not text]
            if blank:
                del lines[random.choice(blank)]
        case 2:
            lines[at] = line.rstrip(",")
        case 3 if at + 1 < len(lines):
            lines[at : at + 2] = [line + lines[at + 1].strip()]
        case 4:
            names = list(re.finditer(r"\b[A-Za-z_]{3,}\b", line))
            if names:
                name = random.choice(names)
                other = random.choice(["x", "longer_name_" * random.randrange(1, 5)])
                lines[at] = line[: name.start()] + other + line[name.end() :]
        case 5:
            lines[at] = line.replace("(", "((", 1).replace(")", "))", 1)
        case 6:
            lines[at] = line.replace(")", ",)", 1)
        case 7:
            lines.insert(at, line[: len(line) - len(line.lstrip())] + "# comment")
        case 8:
            lines.insert(at, line)
        case _:
            lines[at] = line.replace('"', "'")
    return "\n".join(lines) + "\n"


def test_what_is_laid_out_is_what_black_writes() -> None:
    """Sound on real code and on the same code with one thing changed."""
    rnd = random.Random(20240501)
    layout = Layout(ask)
    understood = 0
    pieces = [piece for path in OWN for piece in top_level_pieces(path)]
    for piece in rnd.sample(pieces, min(150, len(pieces))):
        for text in (piece, damaged(piece, rnd), damaged(piece, rnd)):
            laid_out = layout.format(text)
            if laid_out is not None:
                assert laid_out == ask(text)
                understood += 1
    assert understood > 150


FORMATTED = [
    "import json\n",
    "A: Final = 1\n",
    '# A comment.\nA = {"a": 1}\n',
    "class A:\n    pass\n",
    'class A:\n    """Doc."""\n\n    x: int = 1\n    y: str = "a"\n',
    (
        'class A:\n    """Doc.\n\n    More.\n    """\n\n'
        "    def f(self) -> int:\n        return 1\n"
    ),
    "@decorated\nclass A:\n    pass\n",
    "x = [\n    1,\n    2,\n]\n",
    'x = {\n    "a": [\n        1,\n    ],\n    "b": f(\n        a=1,\n    ),\n}\n',
    (
        "def f(\n    a: int,\n    *,\n"
        "    b: dict[str, int] | None = None,\n) -> None:\n    pass\n"
    ),
    (
        "def f(x: int) -> int:\n    if x:\n        return 1\n    elif y:\n        z()\n"
        "    else:\n        return 2\n"
        "    try:\n        a()\n    except (A, B) as e:\n        raise\n"
        "    return x**2 - 1\n"
    ),
    (
        "def f(x):\n    match x:\n        case A(b=1):\n            return 1\n"
        "        case _:\n            return 2\n"
    ),
    (
        "class A:\n    x: int\n    # Why.\n    y: int\n\n"
        "    # Why.\n    def f(self): ...\n\n"
        "    def g(self):\n        async with a as b:\n            pass\n"
    ),
    (
        "if (\n    some_long_condition_that_goes_on_and_on_for_ever\n"
        "    and another_long_condition_that_goes_on_and_on\n):\n    pass\n"
    ),
    'x = "' + "long" * 40 + '"\n',
]


@pytest.mark.parametrize("piece", FORMATTED)
def test_formatted_pieces_are_recognised(piece: str) -> None:
    assert ask(piece) == piece
    assert Layout(ask).is_formatted(piece)


NOT_FORMATTED = [
    "x = 1",
    "\nx = 1\n",
    "x=1\n",
    "x = 'a'\n",
    "x = (1)\n",
    "x = [1,]\n",
    "x = 1E5\n",
    "x = 0XFF\n",
    "x = 1e+16\n",
    'x = "\\xAB"\n',
    "x = [\n    1,\n    2\n]\n",
    "x = [\n    1, 2,\n]\n",
    "x = [\n  1,\n  2,\n]\n",
    "x = 1;\n",
    "x = 1 # comment\n",
    "#comment\nx = 1\n",
    "x = 1\n\n\n\ny = 2\n",
    "x = 1\n\n",
    "import a\nx = 1\n",
    "def f(): return 1\n",
    "def f():\n    ...\n",
    "def f():\n    pass\ndef g():\n    pass\n",
    "class A:\n\n    x = 1\n\n\n    y = 2\n",
    'class A:\n    """Doc."""\n    x = 1\n',
    'class A:\n    """ Doc. """\n\n    x = 1\n',
    'class A:\n    """Doc.\n      More.\n    """\n',
    'class A:\n    """Doc.\n  More.\n    """\n',
    "class A:\n    def f(self):\n        pass\n    x = 1\n",
    "if x:\n    def f():\n        pass\n",
    "if x:\n    def f():\n        pass\n\nelse:\n    pass\n",
    "@a\n\ndef f():\n    pass\n",
    "x = 1\n# Comment.\ndef f():\n    pass\n",
    "for x in (a):\n    pass\n",
    "return_value = not(x)\n",
    "x = \\\n    1\n",
    "x = 1 \n",
    "x\t= 1\n",
    "# fmt: off\nx   =   1\n",
    "x = " + " + ".join(["name"] * 20) + "\n",
]


@pytest.mark.parametrize("piece", NOT_FORMATTED)
def test_other_pieces_are_not_recognised_and_are_formatted(piece: str) -> None:
    assert not Layout(ask).is_formatted(piece)
    assert Formatter().piece(tidy(piece)) == blacken(tidy(piece))


def test_a_file_of_pieces_is_what_black_makes_of_the_whole() -> None:
    header = '# Generated.\n"""Module."""'
    pieces = [
        "from __future__ import annotations",
        "import json\nfrom typing import Final",
        "A: Final = 1",
        "",
        'B = {"b":1}\n"""Doc of B."""\n\n',
        "# --- Section.",
        "class C:\n    x: int",
        "@decorator\ndef f(): return 1",
        "D = 1",
        "# Leads to E.\nclass E: ...",
    ]
    text = format_file(header, pieces)
    assert black.format_str(text, mode=mode()) == text
    assert black.format_str(text, mode=black.Mode()) == text
    names = [getattr(node, "name", "") for node in ast.parse(text).body]
    assert [name for name in names if name] == ["C", "f", "E"]


def test_files_of_this_project_survive_cutting_and_joining() -> None:
    for path in OWN[:20]:
        pieces = list(top_level_pieces(path))
        text = join([blacken(tidy(piece)) for piece in pieces])
        assert black.format_str(text, mode=mode()) == text, path


def test_what_is_no_python_is_an_error() -> None:
    with pytest.raises(ValueError, match="not Python"):
        format_file("", ["x = = 1"])


# --- the cache ---------------------------------------------------------------------


def test_the_cache_keeps_from_run_to_run(tmp_path: Path) -> None:
    cache = Cache("v1", tmp_path)
    cache.put("a", "b")
    cache.put("\ud800", "\n")
    cache.close()
    again = Cache("v1", tmp_path)
    assert (again.get("a"), again.get("\ud800"), again.get("c")) == ("b", "\n", None)
    again.close()
    assert Cache("v2", tmp_path).get("a") is None


def test_black_is_not_asked_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from codegen import format as module

    pieces = ["x = {'a': 1}", "def f(a,b): return a", "y = [\n    1,\n]"]
    first = Formatter(Cache("v", tmp_path))
    text = first.file("", pieces)
    first._cache.close()

    def refuse(piece: str) -> str:
        raise AssertionError(piece)

    monkeypatch.setattr(module, "blacken", refuse)
    assert Formatter(Cache("v", tmp_path)).file("", pieces) == text


@pytest.mark.parametrize(
    "damage", [b"", b"garbage" * 1000, b"SQLite format 3\0" + b"\xff" * 4096]
)
def test_a_damaged_cache_is_replaced(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / FILE).write_bytes(damage)
    cache = Cache("v", tmp_path)
    cache.put("a", "b")
    assert cache.get("a") == "b"
    cache.close()
    assert Cache("v", tmp_path).get("a") == "b"


def test_an_entry_that_was_tampered_with_is_not_believed(tmp_path: Path) -> None:
    import sqlite3

    cache = Cache("v", tmp_path)
    cache.put("a", "b")
    cache.close()
    with sqlite3.connect(tmp_path / FILE) as disk:
        disk.execute("UPDATE entry SET text = 'evil'")
    assert Cache("v", tmp_path).get("a") is None


def test_the_cache_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from codegen import format_cache

    monkeypatch.setattr(format_cache, "MAX_BYTES", 20_000)
    for batch in range(5):
        cache = Cache("v", tmp_path)
        cache.get("kept")
        for index in range(20):
            cache.put(f"{batch}.{index}", "x" * 500)
        cache.put("kept", "y")
        cache.close()
    cache = Cache("v", tmp_path)
    assert cache.get("kept") == "y"
    found = [cache.get(f"{b}.{i}") is not None for b in range(5) for i in range(20)]
    assert 0 < sum(found) <= 28
    assert all(found[-20:])


def test_without_a_place_there_is_only_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache("v", tmp_path / "file" / "below")
    cache.put("a", "b")
    assert cache.get("a") == "b"
    cache.close()
