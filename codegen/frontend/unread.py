"""Keywords of other dialects, which constrain nothing where they stand."""

from __future__ import annotations

from typing import Final

from codegen.frontend.dialects import BY_NAME
from codegen.frontend.scope import ANNOTATIONS, Scope

_SAYING_NOTHING: Final = ANNOTATIONS | frozenset(
    (
        *("$schema", "$id", "id", "$anchor", "$dynamicAnchor", "$recursiveAnchor"),
        *("$comment", "$vocabulary", "$defs", "definitions", "contentSchema"),
        *("format", "nullable"),
    )
)
_CONSTRAINING: Final = (
    frozenset(word for dialect in BY_NAME.values() for word in dialect.keywords)
    - _SAYING_NOTHING
)


def note(scope: Scope) -> None:
    """Note for the docstring which keywords the dialect does not have. `lint` says it,
    too; by the letter they assert nothing."""
    for keyword in scope.data:
        if keyword in _CONSTRAINING and not scope.dialect.reads(keyword):
            scope.unread(keyword)
