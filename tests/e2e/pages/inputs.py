"""A folder of schemas, and a document."""

import json
from pathlib import Path

from tests.e2e.talk import SPEC

Path("schemas/shared").mkdir(parents=True)
for name in ("order", "shared/address"):
    Path(f"schemas/{name}.json").write_text(
        json.dumps({"type": "object", "properties": {"id": {"type": "string"}}}),
        "utf-8",
    )
Path("openapi.yaml").write_text(SPEC.replace("Session", "Order"), "utf-8")
