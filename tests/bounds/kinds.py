"""Every kind of document that asks for a great deal, each in two versions.

The two versions that `diff` is given differ at the innermost place alone, so nothing
but the whole way through tells them apart.
"""

from __future__ import annotations

import json
from typing import Final

from tests.bounds import documents, references, wide
from tests.bounds.documents import Json, Kind

OLD: Final = {"type": "integer", "minimum": 1}
NEW: Final = {"type": "integer", "minimum": 2}
"""What stands innermost in the two versions."""

KINDS: Final[dict[str, Kind]] = {
    **documents.KINDS,
    **wide.KINDS,
    **references.KINDS,
}


def text(kind: str, leaf: Json) -> str:
    """A document of a kind."""
    made = KINDS[kind](leaf)
    return made if isinstance(made, str) else json.dumps(made)
