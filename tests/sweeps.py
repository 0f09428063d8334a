"""Whether the full sweeps run, as `make test-long` asks for."""

from __future__ import annotations

import os
from typing import Final

LONG: Final = bool(os.environ.get("CODEGEN_LONG"))


def many(each_day: int, in_all: int) -> int:
    """How many of a sweep are made: some in every run, all of them in a full one."""
    return in_all if LONG else each_day
