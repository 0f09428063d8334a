"""A document."""

from pathlib import Path

from tests.e2e.talk import SPEC

Path("openapi.yaml").write_text(SPEC, "utf-8")
