"""Where the corpora lie: beside the repository, never inside it."""

from __future__ import annotations

from pathlib import Path

import pytest

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"


def corpus(*parts: str) -> Path:
    """A path inside the corpus; skips the test, with a reason, where it is absent."""
    path = CORPUS.joinpath(*parts)
    if not path.exists():
        pytest.skip(
            f"the corpus is absent: no ../shared/corpus/{'/'.join(parts)}",
            allow_module_level=True,
        )
    return path
