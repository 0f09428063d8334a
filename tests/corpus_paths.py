"""Where the corpora are, for tests that need real specifications.

They lie beside the checkout and are read where they lie. `CODEGEN_CORPUS` names
another place. A test that needs one calls `require` and is skipped, with the path
that was looked at, where it is absent.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MYPY_CACHE = str(ROOT / ".mypy_cache")
"""Shared with `make check`, so that the standard library is not read again."""
CORPUS = Path(os.environ.get("CODEGEN_CORPUS") or ROOT.parent / "shared" / "corpus")

OPENAI = CORPUS / "openai"
ASYNCAPI = CORPUS / "asyncapi"
JSON_SCHEMA_SUITE = CORPUS / "json-schema-test-suite"


def require(path: Path) -> Path:
    """The path itself; skips the test that asks where it does not exist."""
    if not path.exists():
        pytest.skip(f"CORPUS ABSENT: {path} (set CODEGEN_CORPUS)")
    return path
