"""A document."""

from pathlib import Path

from tests.e2e.conftest import SPEC

Path("openapi.yaml").write_text(SPEC, "utf-8")
