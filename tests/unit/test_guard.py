"""Generated code of a shape that generated code never has is not written."""

from __future__ import annotations

import pytest

from codegen import guard
from codegen.artifact import OutputFile
from codegen.diagnostics import Report


def problems(text: str, path: str = "sdk/models.py") -> list[str]:
    report = Report()
    guard.check(OutputFile(path, text), report)
    assert {item.code for item in report} <= {"unsafe-output"}
    return [f"{item.span.line}: {item.message}" for item in report]


HARMLESS = '''\
"""Doc."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from . import other

if TYPE_CHECKING:
    from collections.abc import Mapping

try:
    import orjson
except ImportError:
    orjson = None

A: Final = re.compile("a")
TABLE = {"eval": other.make(1)}


class Model:
    """Doc."""

    input: str
    compile: int = 1
    system: str

    def method(self) -> str:
        return self.input + "exec(1)"


async def f() -> None:
    pass
'''


def test_what_is_generated_passes() -> None:
    assert problems(HARMLESS) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x = = 1\n", "0: not Python: invalid syntax (<unknown>, line 1)"),
        ("print(1)\n", "1: a statement of kind Expr at this level"),
        ("x = 1\nfor y in x:\n    pass\n", "2: a statement of kind For at this level"),
        ("class A:\n    print(1)\n", "2: a statement of kind Expr at this level"),
        ("if x:\n    y = 1\n", "1: a statement of kind If at this level"),
        ("with x:\n    pass\n", "1: a statement of kind With at this level"),
        ("import subprocess\n", "1: an import of 'subprocess'"),
        ("import os.path\n", "1: an import of 'os.path'"),
        ("from ctypes import CDLL\n", "1: an import of 'ctypes'"),
        ("def f():\n    import socket\n", "2: an import of 'socket'"),
        ("def f():\n    exec('1')\n", "2: a call of 'exec'"),
        ("def f():\n    ｅｖａｌ('1')\n", "2: a call of 'eval'"),
        ("def f():\n    __import__('os')\n", "2: a call of '__import__'"),
        ("x = open('f')\n", "1: a call of 'open'"),
        ("x = (lambda: 1)()\n", "1: a call of what is no name"),
        ("x = a.__subclasses__\n", "1: a use of '__subclasses__'"),
    ],
)
def test_anything_else_is_reported(text: str, problem: str) -> None:
    assert problems(text) == [problem]


def test_the_runtime_and_data_are_not_looked_at() -> None:
    assert problems("import os\nos.getcwd()\n", "sdk/_runtime/model.py") == []
    assert problems("not python", "sdk/py.typed") == []


def test_tests_may_do_what_tests_do_but_execute_no_text() -> None:
    assert problems("import os\nif os:\n    f()\n", "tests/sdk/conftest.py") == []
    assert problems("exec('1')\n", "tests/sdk/conftest.py") == ["1: a call of 'exec'"]
