"""What people choose about the face of a package, as the configuration says it.

A choice is part of what is decided about a package (`codegen.python.model`), so what is
printed, what `lint` says of names and what `diff` says of programs all follow from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Style:
    """How names are spelled.

    naming   `wire`: attributes as in the specification, or `snake_case`: by PEP 8
    """

    naming: str = "wire"

    @property
    def snake_case(self) -> bool:
        """Whether attributes are spelled by PEP 8."""
        return self.naming == "snake_case"


PLAIN: Final = Style()
"""What holds where nothing is chosen."""
