"""Whether the full sweeps run, as `make test-long` asks for."""

from __future__ import annotations

import os
from typing import Final

LONG: Final = bool(os.environ.get("CODEGEN_LONG"))
