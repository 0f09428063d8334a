"""Exit codes of the commands."""

from __future__ import annotations

OK = 0
FINDINGS = 1
BAD_INPUT = 2
INTERRUPTED = 130
PIPE_CLOSED = 141
