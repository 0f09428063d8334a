"""What a module of types imports."""

from typing import Literal, TypeAlias  # noqa: F401
