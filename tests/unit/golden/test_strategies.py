"""How the module of strategies is written."""

from __future__ import annotations

from codegen import golden, python
from codegen.artifact import printed
from tests.differential.packages import module_of


def test_what_is_the_same_is_written_once() -> None:
    """1 and true are equal to Python, and are two."""
    module = module_of(
        {
            "$defs": {
                "A": {"enum": [1]},
                "B": {"enum": [True]},
                "C": {"enum": [1]},
                "Never": False,
            },
        }
    )
    assert module is not None
    files = printed(golden.strategies(module, python.Settings("sdk")))
    (text,) = (file.text for file in files if file.path == "sdk/strategies.py")
    assert "_make_C" not in text
    for line in (
        '    "A": _make_A,\n',
        '    "B": _make_B,\n',
        '    "C": _make_A,\n',
        '    "A": "1",\n',
        '    "B": "true",\n',
        '    "C": "1",\n',
    ):
        assert line in text
    assert text.count('    "Never":') == 1  # It has no value.
