"""What the constraints of a generated package find wrong with a value.

A schema that is asked for no side takes the word of its checks for what is valid. Tests
that hold both against something else ask the constraints by themselves.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

from codegen.golden.machinery.sdk import Sdk


def violations(sdk: ModuleType, schema: Any, value: Any) -> list[Any]:
    """Every violation of a schema in a value that comes, by the constraints alone."""
    found: list[Any] = schema.violations(value, side=Sdk(sdk).reader)
    return found
