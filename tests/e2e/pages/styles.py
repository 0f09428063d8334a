"""A shop whose texts are typed, and what a module of types imports."""

import importlib
from datetime import datetime, timezone  # noqa: F401
from decimal import Decimal  # noqa: F401
from pathlib import Path
from typing import Literal, TypeAlias  # noqa: F401

from codegen import cli

Path("codegen.toml").write_text(
    """[[sdk]]
spec = "shop.json"
package = "shop"
output = "sdk"
tests = false
[sdk.types]
date-time = "datetime"
decimal = "Decimal"
""",
    "utf-8",
)
Path("shop.json").write_text(
    """{"$defs": {"Order": {"type": "object", "properties": {
        "at": {"type": "string", "format": "date-time"},
        "price": {"type": "string", "format": "decimal"}}}}}""",
    "utf-8",
)
assert cli.main(["generate", "--quiet"]) == 0
importlib.invalidate_caches()
shop = importlib.import_module("shop")
