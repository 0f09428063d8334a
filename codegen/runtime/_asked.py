"""What is wrong with a value that a program asks a schema about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ._depth import TooDeep
from .constraints import sent_violations, violations
from .errors import Violation, too_deep
from .wire import located, plain


def violations_for(
    side: str | None,
    name: str,
    symbol: str,
    value: Any,
    rules: Callable[[], Any],
    valid: Callable[[Any], bool] | None = None,
) -> list[Violation]:
    """Every violation of a schema in a value, as a side reads it; None is the side that
    uses the package. `name` is the schema's in the specification and `symbol` in the
    package, whose constraints `rules` loads.

    Most values are valid, and `valid`, if it is given, says so sooner than the
    constraints.

    Raises `ValueError` for what is no side, and `TypeError` for what is no JSON.
    """
    if side not in (None, "client", "server"):
        raise ValueError(f"side is 'client' or 'server', not {side!r}")
    try:
        value = plain(value)
    except TooDeep:
        return [too_deep()]
    except TypeError as error:
        raise located(name, value, error) from None
    if valid is not None and _is_valid(valid, value):
        return []
    found = rules()
    if side is not None and side == found.SENT_TO:
        return sent_violations(found, symbol, value)
    return violations(found, symbol, value)


def _is_valid(valid: Callable[[Any], bool], value: Any) -> bool:
    """Whether a check says so, if it can say anything: the stack may end."""
    try:
        return valid(value)
    except (RecursionError, TypeError, ValueError):
        return False
