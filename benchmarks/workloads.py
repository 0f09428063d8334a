"""The frames that are measured: recorded ones, beside the checkout.

Where they are absent nothing is measured: ratios of other frames would not compare
with anybody's figures.
"""

from __future__ import annotations

import gzip
import json
import os
from collections import defaultdict
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
SHARED: Final = ROOT.parent / "shared"
FRAMES: Final = Path(
    os.environ.get("CODEGEN_FRAMES") or SHARED / "bench" / "frames.jsonl.gz"
)
CORPUS: Final = Path(os.environ.get("CODEGEN_CORPUS") or SHARED / "corpus") / "openai"

DECODED: Final = (
    "transcript_delta",
    "audio_4k",
    "audio_64k",
    "session_updated",
    "response_done",
    "stream",
)
"""Workloads that are decoded, in the order in which they are reported."""

ENCODED: Final = ("client_session_update", "client_append_4k")
"""Workloads that are decoded once and then encoded."""


def load() -> dict[str, list[str]]:
    """Frames as text, by workload. Raises FileNotFoundError where there are none."""
    if not FRAMES.exists():
        raise FileNotFoundError(FRAMES)
    found: dict[str, list[str]] = defaultdict(list)
    with gzip.open(FRAMES, "rt", encoding="utf-8") as lines:
        for line in lines:
            workload, frame = json.loads(line)
            found[workload].append(frame)
    return dict(found)
