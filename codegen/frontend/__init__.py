"""OpenAPI, AsyncAPI and JSON Schema drafts, lowered to one meaning in the IR.

What lowers them is imported when it is asked for: not everybody who looks at a document
goes on to read its schemas.
"""

from typing import TYPE_CHECKING, Any

from codegen.frontend.options import Options
from codegen.frontend.outlines import Outline, outline

if TYPE_CHECKING:
    from codegen.frontend.loading import Loaded, load

__all__ = ["Loaded", "Options", "Outline", "load", "outline"]


def __getattr__(name: str) -> Any:
    if name not in ("Loaded", "load"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from codegen.frontend import loading

    return getattr(loading, name)
