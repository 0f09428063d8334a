"""Generated code that has what generated code never has is not written."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen import guard
from codegen.artifact import OutputFile
from codegen.diagnostics import Report
from tests.corpus_paths import ROOT

GENERATED = ROOT / "generated"
PACKAGE = "openai_realtime"


def problems(text: str, path: str = "sdk/_codec.py") -> list[str]:
    report = Report()
    guard.check(OutputFile(path, text), report)
    assert {item.code for item in report} <= {"unsafe-output"}
    return [f"{item.span.line}: {item.message}" for item in report]


FILES = sorted(GENERATED.rglob("*.py"))


@pytest.mark.parametrize(
    "path", FILES, ids=lambda path: str(path.relative_to(GENERATED))
)
def test_what_is_generated_passes(path: Path) -> None:
    name = path.relative_to(GENERATED).as_posix()
    assert problems(path.read_text(), name) == []


@pytest.mark.parametrize(
    "attack",
    [
        "import ctypes\n",
        "from importlib import import_module as sh\n",
        "__import__('os').system('id')\n",
        "X = __import__('os').system('id')\n",
        "X = [c for c in ().__class__.__base__.__subclasses__()]\n",
        "class X:\n    eval('1')\n",
        "def x(y=exec('1')): ...\n",
        "def x():\n    getattr(x, 'y')()\n",
        "X: exec('1')\n",
        "@exec\ndef x(): ...\n",
    ],
)
def test_one_statement_more_is_reported_in_every_file(attack: str) -> None:
    """Whatever the file: the table, the template, the tests, the copy."""
    passed = []
    for path in FILES:
        name = path.relative_to(GENERATED).as_posix()
        copied = path.parent.name in ("_runtime", f"_golden_{PACKAGE}")
        text = path.read_text() if copied else '"""Doc."""'
        if not problems(f"{text}\n{attack}", name):
            passed.append(name)
    assert passed == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x = = 1\n", "0: not Python: invalid syntax (<unknown>, line 1)"),
        ("print(1)\n", "1: a statement of kind Expr at this level"),
        ("for y in x:\n    pass\n", "1: a statement of kind For at this level"),
        ("if x:\n    y = 1\n", "1: a statement of kind If at this level"),
        ("with x:\n    pass\n", "1: a node of kind With"),
        ("x = lambda: 1\n", "1: a node of kind Lambda"),
        ("import subprocess\n", "1: an import of 'subprocess'"),
        ("import importlib\n", "1: an import of 'importlib'"),
        ("from os import path\n", "1: an import of 'path' from 'os'"),
        (
            "from importlib import import_module\n",
            "1: an import of 'import_module' from 'importlib'",
        ),
        ("from .. import x\n", "1: an import of 'x' from '..'"),
        ("from ._runtime.build import sys\n", None),
        ("def f():\n    import socket\n", "2: an import of 'socket'"),
        ("def f(x):\n    exec('1')\n", "2: a call of 'exec'"),
        ("def f(x):\n    ｅｖａｌ('1')\n", "2: a call of 'eval'"),
        ("def f(x):\n    x.system('id')\n", "2: a call of 'x.system'"),
        ("def f(x):\n    x()\n", "2: a call of 'x'"),
        ("def f(x):\n    x[0]()\n", "2: a call of 'x[0]'"),
        ("def f(x):\n    x().append(1)\n", "2: a call of 'x'"),
        ("X = draft(open)\n", "1: a use of 'open'"),
        ("X = (1).append(2)\n", "1: a call of 'append' of what is no name"),
        ("X = a.__subclasses__\n", "1: a use of '__subclasses__'"),
        ("X = __builtins__\n", "1: a use of '__builtins__'"),
        ("X = a.__class__.__base__\n", "1: a use of '__base__'"),
        ("@f\ndef f(): ...\n", "2: a decorator 'f'"),
        ("@_deprecated('x')\ndef f(): ...\n", "2: a decorator \"_deprecated('x')\""),
    ],
)
def test_anything_else_is_reported(text: str, problem: str | None) -> None:
    found = problems(text)
    assert found if problem is None else problem in found


def test_each_kind_of_file_has_a_table_of_its_own() -> None:
    """What one file needs no other may have."""
    assert problems("x = drift(1)\n", "sdk/_codec.py") == []
    assert problems("x = drift(1)\n", "sdk/_fields.py") == ["1: a call of 'drift'"]
    assert problems("class A(B):\n    x: int\n", "sdk/models.py") == []
    assert "1: a node of kind ClassDef" in problems("class A: ...\n", "sdk/_checks.py")
    assert problems("def f(o): ...\n", "sdk/schemas.py")


def test_names_of_classes_may_be_those_of_builtins() -> None:
    text = 'class open(Model):\n    input: str\n\n\nAlias: TypeAlias = "open | None"\n'
    assert problems(text, "sdk/models.py") == []
    assert (
        problems("from .models import open\nX = draft(open)\n", "sdk/_codec.py") == []
    )


def test_names_of_aliases_may_be_those_of_builtins_and_are_not_called() -> None:
    alias = "license: TypeAlias = str\nRoot: TypeAlias = license\n"
    assert problems(alias, "sdk/models.py") == []
    called = "license: TypeAlias = str\nX = license()\n"
    assert problems(called, "sdk/models.py") == ["2: a call of 'license'"]
    variable = "license: Any = str\nX = license\n"
    assert problems(variable, "sdk/models.py") == ["2: a use of 'license'"]


def test_types_of_other_pieces_may_be_called_like_builtins_and_are_not_called() -> None:
    taken = "if TYPE_CHECKING:\n    from .filter_ import filter\n"
    read = f"{taken}class A(Model):\n    x: list[filter]\n"
    assert problems(read, "sdk/models/a.py") == []
    called = f"{taken}X = filter()\n"
    assert problems(called, "sdk/models/a.py") == ["3: a call of 'filter'"]
    other = f"{taken}class A(Model):\n    x: list[map]\n"
    assert problems(other, "sdk/models/a.py") == ["4: a use of 'map'"]


@pytest.mark.parametrize(
    ("path", "word"),
    [
        (f"{PACKAGE}/_runtime/session.py", "Condition"),
        (f"{PACKAGE}/_runtime/kit.py", "Kit"),
        (f"tests/{PACKAGE}/_golden_{PACKAGE}/sdk.py", "Sdk"),
    ],
)
def test_a_copy_is_its_source(path: str, word: str) -> None:
    text = (GENERATED / path).read_text()
    assert problems(text, path) == []
    differs = ["0: differs from its source, which is copied into every package"]
    assert problems(text + "import os\n", path) == differs
    assert problems(text.replace(word, f"{word}_"), path) == differs
    _, _, source = text.partition("\n")
    assert problems(source, path) == differs
    for notice in ("# A copy.\rimport os", "import os", ""):
        assert problems(f"{notice}\n{source}", path) == differs


def test_files_that_nobody_generates_are_refused() -> None:
    refused = ["0: no file of this name is generated"]
    assert problems("", "sdk/setup.py") == refused
    assert problems("", "sdk/_runtime/other.py") == refused
    assert problems("", "tests/sdk/test_golden_other.py") == refused
    assert problems("", "tests/sdk/_golden_sdk/extra.py") == refused
    assert problems("", "tests/sdk/_golden_other/plugin.py") == refused
    assert problems("not python", "sdk/py.typed") == []


@pytest.mark.parametrize("package", ["models", "_codec", "_checks", "conftest"])
def test_a_package_may_be_called_like_a_folder_of_pieces(package: str) -> None:
    text = (GENERATED / f"tests/{PACKAGE}/conftest.py").read_text()
    text = text.replace(PACKAGE, package)
    assert problems(text, f"tests/{package}/conftest.py") == []
    assert problems("import os\n", f"tests/{package}/conftest.py")
    assert problems("", f"{package}/models.py") == []


def test_statements_of_a_template_count_however_they_are_laid_out() -> None:
    path = f"{PACKAGE}/strategies.py"
    text = (GENERATED / path).read_text()
    made = "return Kit(SCHEMAS, _constraints, _MADE, _KNOWN).schema(name)"
    assert problems(text.replace(made, f"return ({made[7:]})"), path) == []
    assert problems(text.replace(made, f"{made}\n    exec(name)"), path)


def test_a_line_that_only_looks_like_one_of_a_template_does_not_count() -> None:
    """Python counts lines otherwise than `str.splitlines` does."""
    path = f"tests/{PACKAGE}/conftest.py"
    text = (GENERATED / path).read_text()
    assert problems(f"{text}\n'\x0c'; import socket\nimport sys\n", path)
    assert problems(text.replace("import sys\n", "import sys; import socket\n"), path)


@pytest.mark.parametrize("said", ["f'{exec}'", "open", "'a', 'b'", "x='a'", "*'a'"])
def test_a_decorator_that_says_something_says_a_text(said: str) -> None:
    def judged(decorator: str) -> Report:
        text = f"class A(Model):\n    @{decorator}\n    def f(self): return self.g\n"
        report = Report()
        guard.check(OutputFile("sdk/models.py", text), report)
        return report

    assert not judged("_deprecated('b is a now')").failed
    assert judged(f"_deprecated({said})").failed
