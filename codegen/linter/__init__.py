"""Checks of a specification that go beyond reading it.

What runs all of them is imported when it is asked for: who generates asks for two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from codegen.linter.codes import RULES, Rule
    from codegen.linter.page import reference
    from codegen.linter.running import run

__all__ = ["RULES", "STRICT", "Rule", "reference", "run"]


STRICT: Final = frozenset(
    (
        *("invalid-keyword", "unknown-type", "invalid-pattern", "unsupported-pattern"),
        *("dangling-ref", "circular-ref", "remote-ref"),
    )
)
"""Warnings of reading that are errors to `lint`: `generate` goes on without what it
cannot enforce, and `lint` judges the document."""


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from codegen.linter import codes, page, running

    return getattr({"run": running, "reference": page}.get(name, codes), name)
