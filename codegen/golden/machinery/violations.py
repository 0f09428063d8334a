"""Violations: how golden files have them, and whether those found are expected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, TypeAlias

Pairs: TypeAlias = list[tuple[str, str]]
"""Violations by place and reason, in order."""

SEVERAL = "oneOf: several"
"""The reason of a `oneOf` that several alternatives match; `oneOf` if none does."""

_MESSAGE = " matches more than one of the alternatives"

Expected: TypeAlias = list[list[Any]]
"""Violations as golden files have them; a place that is null may be any."""


def pairs(violations: Iterable[Any]) -> Pairs:
    """The places and reasons of violations."""
    return sorted((violation.path, _reason(violation)) for violation in violations)


def _reason(violation: Any) -> str:
    """The keyword of a violation; of `oneOf`, its message tells one of two reasons."""
    keyword: str = violation.keyword
    several = keyword == "oneOf" and violation.message.endswith(_MESSAGE)
    return SEVERAL if several else keyword


def agree(found: Pairs, expected: Expected) -> bool:
    """Whether violations are those expected; a place that is null may be any. One that
    is expected several times, because the schema asks for the same in several ways, may
    be found once."""
    if any(path is None for path, _ in expected):
        return bool(found)
    most = Counter((str(path), str(key)) for path, key in expected)
    return {*found} == {*most} and Counter(found) <= most
