"""What keywords of editors say of a schema, see `ir.editors`."""

from __future__ import annotations

from codegen.frontend.scope import Scope
from codegen.ir import editors


def description(scope: Scope, given: str) -> str:
    """The description of a schema whose `description` is `given`, with why the schema
    is deprecated."""
    own = given or _text(scope, editors.DESCRIPTION)
    return "\n\n".join(filter(None, (own, _text(scope, editors.DEPRECATION))))


def is_deprecated(scope: Scope) -> bool:
    """Whether it is said why a schema is deprecated."""
    return bool(_text(scope, editors.DEPRECATION))


def _text(scope: Scope, keyword: str) -> str:
    text = scope.data.get(keyword)
    return text.strip() if isinstance(text, str) else ""
