"""Where commits are judged, Hypothesis draws the same examples each time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
DRAW = """
from tests import conftest
from hypothesis import given, settings, strategies as st
drawn = []
@settings(max_examples=10)
@given(st.integers())
def draw(number):
    drawn.append(number)
draw()
print(drawn, settings().database)
"""


def drawn() -> str:
    return subprocess.run(
        [sys.executable, "-c", DRAW],
        cwd=ROOT,
        env={**os.environ, "CI": "1", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_where_ci_is_set_nothing_is_left_to_luck() -> None:
    first = drawn()
    assert first.endswith("] None\n")
    assert first.count(",") == 9
    assert drawn() == first
