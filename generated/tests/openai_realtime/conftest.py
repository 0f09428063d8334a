"""Lets pytest find `openai_realtime` and the machinery of its golden tests."""

from __future__ import annotations

import sys
from importlib import import_module
from os.path import normpath
from pathlib import Path

WAY = "../.."

HERE = Path(__file__).parent

for folder in (str(HERE), normpath(HERE / WAY)):
    if folder not in sys.path:
        sys.path.append(folder)

plugin = import_module(".plugin", "_golden_openai_realtime")

golden = plugin.golden
pytest_addoption = plugin.pytest_addoption
pytest_configure = plugin.pytest_configure
pytest_terminal_summary = plugin.pytest_terminal_summary
