"""Lets pytest find `openai_realtime_ga` and the machinery of its golden tests."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent

for folder in map(str, (HERE, HERE.parents[1])):
    if folder not in sys.path:
        sys.path.append(folder)

plugin = import_module(".plugin", "_golden_openai_realtime_ga")

golden = plugin.golden
pytest_addoption = plugin.pytest_addoption
pytest_configure = plugin.pytest_configure
pytest_terminal_summary = plugin.pytest_terminal_summary
